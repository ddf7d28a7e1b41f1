//! Work that takes a while: asked for with an id, answered by `Event::Done` with the same one, and saved until then. A
//! worker that was killed asks again, so each is harmless when it is done twice.

use super::{
    Millis,
    event::TabId,
    names::Action,
    plain::{Data, Plain},
};

/// What can be under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Read the provider's status page, without credentials. Answered by `Event::StatusRead`.
    StatusPage,
    /// Ask the edge for its own trace, without credentials: whether anything gets through at all.
    Edge,
    /// See when somebody last looked at a tab. Tells `Event::Glanced`.
    Glance {
        /// The tab.
        tab: TabId,
    },
    /// Have the page of a tab send a kept prompt, through its own button; a page does that once for each number.
    Send {
        /// The tab.
        tab: TabId,
        /// The prompt's number.
        kept: Millis,
    },
    /// Load a tab again.
    Reload {
        /// The tab.
        tab: TabId,
        /// Past the cache.
        fresh: bool,
    },
    /// Look at the cookies: how many, how large, and whether the session's are in order. Tells `Event::Cookies`.
    Cookies {
        /// The tab whose site and store.
        tab: TabId,
    },
    /// Keep a copy of what `act` is about to delete, in the session's memory, under the id of this task.
    Keep {
        /// The tab whose site and store.
        tab: TabId,
        /// What is to be deleted.
        act: Action,
    },
    /// Delete.
    Clear {
        /// The tab whose site and store.
        tab: TabId,
        /// What.
        act: Action,
        /// By the browser's own means as well, which reach the store of ordinary windows only; else from within the page.
        wide: bool,
    },
    /// Put back what was kept, and drop the copy.
    Restore {
        /// The tab, for what only a page can put back.
        tab: TabId,
        /// The copy: the id of the task that made it.
        change: u32,
    },
    /// List the extensions that are enabled. Tells `Event::Extensions`.
    Extensions,
    /// Switch other extensions.
    Switch {
        /// The ids of those to be on.
        on: Vec<String>,
        /// The ids of those to be off.
        off: Vec<String>,
    },
    /// Open the site in a private window.
    Private,
    /// Take everything out of Mend's storage but the model, which is saved afresh by itself.
    Erase,
}

impl Data for Task {
    fn to_plain(&self) -> Plain {
        let with = |name: &str, tab: TabId| {
            Plain::Nothing.with("task", Plain::Text(name.to_owned())).with("tab", tab.to_plain())
        };
        match self {
            Task::StatusPage => with("status-page", 0),
            Task::Edge => with("edge", 0),
            Task::Glance { tab } => with("glance", *tab),
            Task::Send { tab, kept } => with("send", *tab).with("kept", kept.to_plain()),
            Task::Reload { tab, fresh } => with("reload", *tab).with("fresh", fresh.to_plain()),
            Task::Cookies { tab } => with("cookies", *tab),
            Task::Keep { tab, act } => with("keep", *tab).with("act", act.to_plain()),
            Task::Clear { tab, act, wide } => {
                with("clear", *tab).with("act", act.to_plain()).with("wide", wide.to_plain())
            }
            Task::Restore { tab, change } => with("restore", *tab).with("change", change.to_plain()),
            Task::Extensions => with("extensions", 0),
            Task::Switch { on, off } => with("switch", 0).with("on", on.to_plain()).with("off", off.to_plain()),
            Task::Private => with("private", 0),
            Task::Erase => with("erase", 0),
        }
    }

    fn read(plain: &Plain, bad: &mut bool) -> Task {
        let name: String = plain.field("task", bad);
        let tab = plain.field("tab", bad);
        match name.as_str() {
            "status-page" => Task::StatusPage,
            "edge" => Task::Edge,
            "glance" => Task::Glance { tab },
            "send" => Task::Send { tab, kept: plain.field("kept", bad) },
            "reload" => Task::Reload { tab, fresh: plain.field("fresh", bad) },
            "cookies" => Task::Cookies { tab },
            "keep" => Task::Keep { tab, act: plain.field("act", bad) },
            "clear" => Task::Clear { tab, act: plain.field("act", bad), wide: plain.field_or_default("wide", bad) },
            "restore" => Task::Restore { tab, change: plain.field("change", bad) },
            "extensions" => Task::Extensions,
            "switch" => Task::Switch { on: plain.field("on", bad), off: plain.field("off", bad) },
            "private" => Task::Private,
            "erase" => Task::Erase,
            _ => {
                *bad = true;
                Task::StatusPage
            }
        }
    }
}
