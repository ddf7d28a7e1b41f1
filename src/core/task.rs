//! Work that takes a while: asked for with an id, answered by `Event::Done` with the same one, and saved until then. A
//! worker that was killed asks again, so each is harmless when it is done twice.

use super::{
    Millis,
    event::TabId,
    plain::{Data, Plain},
    site_data::SiteDataScope,
};

/// What can be under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Read the provider's status page, without credentials. Answered by `Event::StatusRead`.
    StatusPage,
    /// Ask the edge for its own trace, without credentials: whether anything gets through at all.
    Edge,
    /// Read when somebody last looked at a tab. Tells `Event::TabLastSeen`.
    TabLastSeen {
        /// The tab.
        tab: TabId,
    },
    /// Have the page of a tab send a saved prompt, through its own button; a page does that once for each number.
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
    /// Copy what is about to be deleted into the session's memory, under the id of this task. Fails where the browser or the
    /// page would not take it back.
    BackUpSiteData {
        /// The tab whose site and store.
        tab: TabId,
        /// What is to be deleted.
        scope: SiteDataScope,
    },
    /// Delete.
    ClearSiteData {
        /// The tab whose site and store.
        tab: TabId,
        /// What.
        scope: SiteDataScope,
        /// Also by `browsingData.remove`, which reaches the store of ordinary windows only; else from within the page alone.
        browsing_data: bool,
    },
    /// Put a backup back in place of what is there now, and drop it.
    RestoreSiteData {
        /// The tab, for what only a page can put back.
        tab: TabId,
        /// The id of the task that made the backup.
        backup: u32,
    },
    /// List the extensions that are enabled. Tells `Event::Extensions`.
    Extensions,
    /// Enable and disable other extensions.
    SetExtensions {
        /// The ids of those to be on.
        on: Vec<String>,
        /// The ids of those to be off.
        off: Vec<String>,
    },
    /// Open the site in a private window.
    OpenIncognito,
    /// Take everything out of Mend's storage but the model, which is saved afresh by itself.
    Erase,
}

impl Task {
    /// Whether it changes what the site or its page consists of: until it is done, a failure says nothing about that.
    pub fn changes_browser(&self) -> bool {
        matches!(
            self,
            Task::BackUpSiteData { .. }
                | Task::ClearSiteData { .. }
                | Task::RestoreSiteData { .. }
                | Task::SetExtensions { .. }
        )
    }
}

impl Data for Task {
    fn to_plain(&self) -> Plain {
        let with = |name: &str, tab: TabId| {
            Plain::Nothing.with("task", Plain::Text(name.to_owned())).with("tab", tab.to_plain())
        };
        match self {
            Task::StatusPage => with("status-page", 0),
            Task::Edge => with("edge", 0),
            Task::TabLastSeen { tab } => with("tab-last-seen", *tab),
            Task::Send { tab, kept } => with("send", *tab).with("kept", kept.to_plain()),
            Task::Reload { tab, fresh } => with("reload", *tab).with("fresh", fresh.to_plain()),
            Task::Cookies { tab } => with("cookies", *tab),
            Task::BackUpSiteData { tab, scope } => with("back-up-site-data", *tab).with("scope", scope.to_plain()),
            Task::ClearSiteData { tab, scope, browsing_data } => with("clear-site-data", *tab)
                .with("scope", scope.to_plain())
                .with("browsing_data", browsing_data.to_plain()),
            Task::RestoreSiteData { tab, backup } => with("restore-site-data", *tab).with("backup", backup.to_plain()),
            Task::Extensions => with("extensions", 0),
            Task::SetExtensions { on, off } => {
                with("set-extensions", 0).with("on", on.to_plain()).with("off", off.to_plain())
            }
            Task::OpenIncognito => with("open-incognito", 0),
            Task::Erase => with("erase", 0),
        }
    }

    fn read(plain: &Plain, bad: &mut bool) -> Task {
        let name: String = plain.field("task", bad);
        let tab = plain.field("tab", bad);
        match name.as_str() {
            "status-page" => Task::StatusPage,
            "edge" => Task::Edge,
            "tab-last-seen" => Task::TabLastSeen { tab },
            "send" => Task::Send { tab, kept: plain.field("kept", bad) },
            "reload" => Task::Reload { tab, fresh: plain.field("fresh", bad) },
            "cookies" => Task::Cookies { tab },
            "back-up-site-data" => Task::BackUpSiteData { tab, scope: plain.field("scope", bad) },
            "clear-site-data" => Task::ClearSiteData {
                tab,
                scope: plain.field("scope", bad),
                browsing_data: plain.field_or_default("browsing_data", bad),
            },
            "restore-site-data" => Task::RestoreSiteData { tab, backup: plain.field("backup", bad) },
            "extensions" => Task::Extensions,
            "set-extensions" => Task::SetExtensions { on: plain.field("on", bad), off: plain.field("off", bad) },
            "open-incognito" => Task::OpenIncognito,
            "erase" => Task::Erase,
            _ => {
                *bad = true;
                Task::StatusPage
            }
        }
    }
}
