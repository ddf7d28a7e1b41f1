//! What happened, in one word list: the only way anything reaches the core.
//!
//! Owns the shapes that cross from the shell. Never holds a secret: cookies, authorization and chat text are dropped
//! before an event is made.

mod page_signal;
mod web_request;

use serde::{Deserialize, Serialize};

use super::{
    Millis,
    connectivity::finding::Finding,
    cookies::CookieSummary,
    names::{Action, Rung},
    permission::Permission,
    reason::Reason,
};

pub use page_signal::{PageKnown, PageSignal};
pub use web_request::{NetError, Redirect, Response};

/// A browser tab's id.
pub type TabId = i32;

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "one at a time lives, and for one update")]
pub enum Event {
    /// The worker came up. Deadlines are looked at, badges are drawn again.
    Boot(BootReason),
    /// webRequest saw an answer begin (a HAR or a case file: end).
    Response(Response),
    /// webRequest saw a request end without an answer, or in the middle of one.
    NetError(NetError),
    /// webRequest saw a request sent elsewhere.
    Redirect(Redirect),
    /// The content script reports what the page shows.
    PageReport(PageReport),
    /// The panel of the developer tools saw what only a deep inspection shows.
    Inspected(PageReport),
    /// The person did something on one of Mend's pages.
    Intent(Intent),
    /// The provider's status page was read, or could not be.
    StatusRead(StatusRead),
    /// Which extensions are enabled.
    Extensions(Extensions),
    /// The cookies were looked at.
    Cookies {
        /// The tab whose site and store.
        tab: TabId,
        /// What they look like.
        cookies: CookieSummary,
    },
    /// A task has ended.
    Done {
        /// The id it carried.
        id: u32,
        /// Done, or why not.
        result: Result<(), Reason>,
    },
    /// Which of the browser's stores a tab has.
    Store {
        /// The tab.
        tab: TabId,
        /// The one of ordinary windows: neither that of a private window nor a container's.
        home: bool,
    },
    /// When a tab was last looked at was read.
    TabLastSeen {
        /// The tab.
        tab: TabId,
        /// When somebody last saw it; none if it is gone.
        seen: Option<Millis>,
    },
    /// A tab's badge may be gone.
    Redraw {
        /// The tab.
        tab: TabId,
    },
    /// The alarm rang.
    Tick,
    /// Mend was installed, or it or the browser updated: in the browser's word, `install`, `update`, …
    Installed {
        /// Why.
        reason: String,
    },
    /// What Mend may do (a person can give and take that at any time).
    Access {
        /// May it see ChatGPT's hosts at all?
        granted: bool,
        /// What it was given beyond that.
        held: Vec<Permission>,
    },
}

/// What the browser's own listeners tell; the only events that come from outside as data: `{ kind: "response", … }`, as
/// `extension/js/messages.js` lists them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(clippy::large_enum_variant, reason = "one at a time lives, and for one update")]
pub enum BrowserEvent {
    /// webRequest: an answer began.
    Response(Response),
    /// webRequest: a request broke.
    NetError(NetError),
    /// webRequest: a request was sent elsewhere.
    Redirect(Redirect),
    /// The alarm rang.
    Tick,
    /// runtime.onInstalled.
    Installed {
        /// Why, in the browser's word.
        reason: String,
    },
}

impl From<BrowserEvent> for Event {
    fn from(heard: BrowserEvent) -> Event {
        match heard {
            BrowserEvent::Response(response) => Event::Response(response),
            BrowserEvent::NetError(error) => Event::NetError(error),
            BrowserEvent::Redirect(redirect) => Event::Redirect(redirect),
            BrowserEvent::Tick => Event::Tick,
            BrowserEvent::Installed { reason } => Event::Installed { reason },
        }
    }
}

/// Why the worker came up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BootReason {
    /// The browser slept Mend and woke it; the session's state is there.
    Wake,
    /// The browser or the extension started; tabs have other ids now.
    Start,
    /// Nothing was stored yet.
    FirstRun,
}

/// What the content script saw. It is told to the worker until the worker acknowledges it.
#[derive(Clone, Debug, PartialEq)]
pub struct PageReport {
    /// The tab; the browser says which, not the script.
    pub tab: TabId,
    /// Whether the tab is in a private window; none where it is not known.
    pub private: Option<bool>,
    /// Names this fact.
    pub key: String,
    /// When it was seen.
    pub at: Millis,
    /// What was seen.
    pub saw: PageSignal,
}

/// What a person wants: `{ kind: "run", tab, rung, act }`, as `extension/js/messages.js` lists them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Intent {
    /// A page of Mend was opened.
    Open {
        /// The tab it shows, if one is open.
        tab: Option<TabId>,
        /// Every open tab of ChatGPT; others are forgotten. (A listener for closed tabs would wake the worker at each.)
        open: Vec<TabId>,
    },
    /// Do the work of a rung.
    Run {
        /// The tab it concerns.
        tab: TabId,
        /// Which rung.
        rung: Rung,
        /// Which of its works.
        act: Action,
    },
    /// The browser was asked for what a rung needs, and it was refused.
    Refused {
        /// The tab it concerns.
        tab: TabId,
        /// Which rung.
        rung: Rung,
    },
    /// Put a change back.
    Undo {
        /// Its id.
        change: u32,
    },
    /// Inspect deeply in a tab, or no longer.
    DeepInspection {
        /// The tab it concerns.
        tab: TabId,
        /// From now on?
        on: bool,
    },
    /// Send a saved prompt when it is back, or no longer.
    Send {
        /// The tab that it failed in.
        tab: TabId,
        /// Its number; none to take it back.
        prompt: Option<Millis>,
        /// Something of its answer had come.
        begun: bool,
    },
    /// A connectivity test that the person ran is over.
    Probed {
        /// What it found.
        finding: Finding,
    },
    /// Forget everything that Mend keeps.
    Forget,
}

/// The outcome of reading the provider's status page.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusRead {
    /// The id of the effect that asked; a stale one is dropped.
    pub id: u32,
    /// When the answer came.
    pub at: Millis,
    /// What the page says, or none where it could not be read.
    pub page: Option<super::status::StatusPage>,
}

/// The enabled extensions, as far as known: case files tell of them, and the browser when it is asked with permission.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extensions {
    /// Each one, but for Mend itself.
    pub enabled: Vec<Extension>,
}

/// One enabled extension.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extension {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The hosts it may touch, as match patterns.
    pub hosts: Vec<String>,
    /// Its permissions.
    pub permissions: Vec<String>,
    /// The browser says that it reads or changes some page, be it only by a content script.
    #[serde(rename = "reads-pages")]
    pub reads_pages: bool,
    /// The browser lets nobody switch it off.
    pub pinned: bool,
    /// The browser lets only the person switch it.
    #[serde(rename = "by-hand")]
    pub by_hand: bool,
}
