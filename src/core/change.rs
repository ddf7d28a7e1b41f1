//! What Mend has changed in the browser and can put back.
//!
//! Holds ids only: the copy of cookies lies in the shell's hands, in the session's memory, and ends with the browser.

use serde::{Deserialize, Serialize};

use super::{Millis, event::TabId, names::Rung};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its id: that of the copy, where there is one.
    pub id: u32,
    /// The rung that made it.
    pub rung: Rung,
    /// The tab that it was made for.
    pub tab: TabId,
    /// When it was made.
    pub at: Millis,
    /// The ids of the extensions that were switched off.
    pub off: Vec<String>,
    /// Putting it back failed; it may be tried again.
    pub stuck: bool,
}

impl Change {
    /// Whether it can be put back after the browser was closed: extensions stay off, copies of cookies are gone by then.
    pub fn lasts(&self) -> bool {
        !self.off.is_empty()
    }
}
