//! Asynchronous tasks: each is asked for with an id, answered by `Event::Done` with the same id, and saved until then.
//! A worker that was stopped asks again, so each task is idempotent.

use serde::{Deserialize, Serialize};

use super::{Millis, event::TabId, site_data::SiteDataScope};

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Task {
    /// Read the provider's status page, without credentials. Answered by `Event::StatusRead`.
    StatusPage,
    /// Request the edge's trace, without credentials, to see whether it can be reached.
    Edge,
    /// Read when a tab was last active. Answered by `Event::TabLastSeen`.
    TabLastSeen {
        /// The browser's tab id.
        tab: TabId,
    },
    /// Make the page of a tab send a saved prompt with its own button; a page does that only once for each prompt.
    Send {
        /// The browser's tab id.
        tab: TabId,
        /// The id of the prompt.
        prompt: Millis,
    },
    /// Reload a tab.
    Reload {
        /// The browser's tab id.
        tab: TabId,
        /// Whether the cache is bypassed.
        fresh: bool,
    },
    /// Summarise the cookies: number, size, and state of the session cookie. Answered by `Event::Cookies`.
    Cookies {
        /// The id of the tab whose site and cookie store are read.
        tab: TabId,
    },
    /// Back up the data that will be deleted into session storage, under the id of this task. Fails where the browser
    /// or the page could not restore it.
    BackUpSiteData {
        /// The id of the tab whose site and cookie store are read.
        tab: TabId,
        /// The data to back up.
        scope: SiteDataScope,
    },
    /// Delete site data.
    ClearSiteData {
        /// The id of the tab whose site and cookie store are cleared.
        tab: TabId,
        /// The data to delete.
        scope: SiteDataScope,
        /// Also use `browsingData.remove`, which affects the store of ordinary windows only; otherwise delete only
        /// from within the page.
        #[serde(default)]
        browsing_data: bool,
    },
    /// Restore a backup in place of the present data, and drop it.
    RestoreSiteData {
        /// The id of the tab, for data that only a page can restore.
        tab: TabId,
        /// The id of the task that made the backup.
        backup: u32,
    },
    /// List the enabled extensions. Answered by `Event::Extensions`.
    Extensions,
    /// Enable and disable other extensions.
    SetExtensions {
        /// The ids to enable.
        on: Vec<String>,
        /// The ids to disable.
        off: Vec<String>,
    },
    /// Open the site in a private window.
    OpenIncognito,
    /// Delete all of Mend's storage except the model, which is saved again separately.
    Erase,
}

impl Task {
    /// Whether it changes the site's data or page; until it is done, a failure says nothing about the change.
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
