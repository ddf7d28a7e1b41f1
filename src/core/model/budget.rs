//! What is left of the failures of one tab that Mend follows: a bucket of tokens, filled again by time.

use serde::{Deserialize, Serialize};

use crate::core::{
    Millis,
    time::{SECOND, since},
};

/// So many at once: a failed message is told by up to four sources.
pub(crate) const MOST: u32 = 240;
/// One more for each such time.
pub(crate) const EVERY: Millis = SECOND / 2;

/// What is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// So many.
    pub left: u32,
    /// At this time.
    pub at: Millis,
}

impl Budget {
    /// A full one.
    pub(crate) fn full(now: Millis) -> Budget {
        Budget { left: MOST, at: now }
    }

    /// One failure less; none where none is left.
    pub(crate) fn spend(self, now: Millis) -> Option<Budget> {
        // A clock that was set back fills it: it would stand still until then.
        let more = if self.at > now { i64::from(MOST) } else { since(now, self.at) / EVERY };
        let left = u32::try_from(more).unwrap_or(MOST).saturating_add(self.left).min(MOST).checked_sub(1)?;
        // What is left of a token's time counts for the next one.
        Some(Budget { left, at: now - since(now, self.at) % EVERY })
    }
}
