//! Work that takes a while: asked for with an id, answered by `Event::Done` with the same one, and saved until then. A
//! worker that was killed asks again, so each is harmless when it is done twice.

use serde::{Deserialize, Serialize};

use super::{Millis, event::TabId, site_data::SiteDataScope};

/// What can be under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
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
        prompt: Millis,
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
        #[serde(default)]
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
