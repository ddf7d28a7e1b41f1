//! Everything that can happen, as one enum: the only input of the core.
//!
//! Owns the data that crosses from the web layer. Holds no secret: cookies, authorization headers and chat text are
//! dropped before an event is made.

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

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "one at a time lives, and for one update")]
pub enum Event {
    /// The worker started. Deadlines are checked and badges are shown again.
    Boot(BootReason),
    /// `webRequest` saw a response begin (in a HAR or a case file: end).
    Response(Response),
    /// `webRequest` saw a request end without a complete response.
    NetError(NetError),
    /// `webRequest` saw a redirect.
    Redirect(Redirect),
    /// The content script reports a page signal.
    PageReport(PageReport),
    /// The developer tools' panel reports a result of deep inspection.
    Inspected(PageReport),
    /// The person asked for something on one of Mend's pages.
    Intent(Intent),
    /// The provider's status page was read, or could not be read.
    StatusRead(StatusRead),
    /// The list of enabled extensions was read.
    Extensions(Extensions),
    /// The cookies were summarised.
    Cookies {
        /// The id of the tab whose site and cookie store were read.
        tab: TabId,
        /// Their summary.
        cookies: CookieSummary,
    },
    /// A task ended.
    Done {
        /// The id of the task.
        id: u32,
        /// Success, or why it failed.
        result: Result<(), Reason>,
    },
    /// The cookie store of a tab was determined.
    CookieStore {
        /// The browser's tab id.
        tab: TabId,
        /// Whether it is the store of ordinary windows: neither a private window's nor a container's.
        default_store: bool,
    },
    /// The time at which a tab was last active was read.
    TabLastSeen {
        /// The browser's tab id.
        tab: TabId,
        /// Milliseconds since the epoch; none if the tab is gone.
        seen: Option<Millis>,
    },
    /// The badge of a tab may have been cleared.
    Redraw {
        /// The browser's tab id.
        tab: TabId,
    },
    /// The alarm fired.
    Tick,
    /// `runtime.onInstalled`: Mend was installed, or Mend or the browser was updated.
    Installed {
        /// The browser's `OnInstalledReason`: `install`, `update`, …
        reason: String,
    },
    /// The permissions that Mend has (a person can grant and revoke them at any time).
    Access {
        /// Whether Mend may access ChatGPT's hosts.
        granted: bool,
        /// The optional permissions that are granted.
        held: Vec<Permission>,
    },
}

/// An event of the browser's own listeners, as the worker's script passes it on: `{ kind: "response", … }`, as
/// `extension/js/messages.js` lists them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(clippy::large_enum_variant, reason = "one at a time lives, and for one update")]
pub enum BrowserEvent {
    /// `webRequest`: a response began.
    Response(Response),
    /// `webRequest`: a request failed.
    NetError(NetError),
    /// `webRequest`: a request was redirected.
    Redirect(Redirect),
    /// The alarm fired.
    Tick,
    /// `runtime.onInstalled`.
    Installed {
        /// The browser's `OnInstalledReason`.
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

/// Why the worker started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BootReason {
    /// The browser had suspended the worker; session storage still holds the state.
    Wake,
    /// The browser or the extension was started; tab ids have changed.
    Start,
    /// Nothing is stored yet.
    FirstRun,
}

/// A page signal of the content script, sent to the worker until it is acknowledged.
#[derive(Clone, Debug, PartialEq)]
pub struct PageReport {
    /// The tab id as the browser reports it, not the script.
    pub tab: TabId,
    /// Whether the tab is in a private window; none where not known.
    pub private: Option<bool>,
    /// Identifies the report.
    pub key: String,
    /// When it was observed, in milliseconds since the epoch.
    pub at: Millis,
    /// What was observed.
    pub saw: PageSignal,
}

/// What a person asks for: `{ kind: "run", tab, rung, act }`, as `extension/js/messages.js` lists them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Intent {
    /// A page of Mend was opened.
    Open {
        /// The id of the tab that it is about, if one is open.
        tab: Option<TabId>,
        /// Ids of all open ChatGPT tabs; the others are forgotten. (A listener for closed tabs would wake the worker
        /// at each.)
        open: Vec<TabId>,
    },
    /// Start an action of a rung.
    Run {
        /// The browser's tab id.
        tab: TabId,
        /// The rung.
        rung: Rung,
        /// The action.
        act: Action,
    },
    /// The person refused a permission that a rung needs.
    Refused {
        /// The browser's tab id.
        tab: TabId,
        /// The rung.
        rung: Rung,
    },
    /// Undo a change.
    Undo {
        /// The id of the change.
        change: u32,
    },
    /// Switch deep inspection of a tab on or off.
    DeepInspection {
        /// The browser's tab id.
        tab: TabId,
        /// Whether it is switched on.
        on: bool,
    },
    /// Send a saved prompt once the service is back, or cancel that.
    Send {
        /// The id of the tab in which it failed.
        tab: TabId,
        /// The id of the prompt; none to cancel.
        prompt: Option<Millis>,
        /// Whether part of its answer had been received.
        begun: bool,
    },
    /// A connectivity test ended.
    Probed {
        /// Its result.
        finding: Finding,
    },
    /// Switch notifications of every incident on or off.
    IncidentAlerts {
        /// Whether they are on.
        on: bool,
    },
    /// Delete everything that Mend has stored.
    Forget,
}

/// The result of reading the provider's status page.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusRead {
    /// The id of the task; a result with a stale id is dropped.
    pub id: u32,
    /// When the response arrived, in milliseconds since the epoch.
    pub at: Millis,
    /// What the page says; none where it could not be read.
    pub page: Option<super::status::StatusPage>,
}

/// The enabled extensions, from a case file, or from the browser where the permission is granted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extensions {
    /// All enabled extensions except Mend.
    pub enabled: Vec<Extension>,
}

/// One enabled extension.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extension {
    /// Its id; may be empty in a case file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its host permissions, as match patterns.
    pub hosts: Vec<String>,
    /// Its API permissions.
    pub permissions: Vec<String>,
    /// Whether the browser reports that it reads or changes pages, if only by a content script.
    #[serde(rename = "reads-pages")]
    pub reads_pages: bool,
    /// Whether it cannot be switched off (`mayDisable` is false, or it was installed by policy).
    pub pinned: bool,
    /// Whether only the person can switch it, not another extension.
    #[serde(rename = "by-hand")]
    pub by_hand: bool,
}
