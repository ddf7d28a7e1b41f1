//! A change that Mend made in the browser and can undo.
//!
//! Holds ids only: the copy of the cookies is kept by the web layer in session storage, and is gone when the browser
//! closes.

use serde::{Deserialize, Serialize};

use super::{Millis, event::TabId, names::Rung};

/// One change that can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its id; also the id of the backup, where there is one.
    pub id: u32,
    /// The rung that made it.
    pub rung: Rung,
    /// The id of the tab that it was made for.
    pub tab: TabId,
    /// When it was made, in milliseconds since the epoch.
    pub at: Millis,
    /// The ids of the extensions that were switched off.
    pub off: Vec<String>,
    /// Whether an earlier undo failed; it may be tried again.
    pub stuck: bool,
}

impl Change {
    /// Whether it can be undone after a restart of the browser: true for extensions, false for cookies, whose copy is
    /// gone.
    pub fn lasts(&self) -> bool {
        !self.off.is_empty()
    }
}
