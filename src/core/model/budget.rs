//! A token bucket that limits the failures of one tab, refilled over time.

use serde::{Deserialize, Serialize};

use crate::core::{
    Millis,
    time::{SECOND, since},
};

/// Capacity: a failed message is reported by up to four sources.
pub(crate) const MOST: u32 = 240;
/// Time per token.
pub(crate) const EVERY: Millis = SECOND / 2;

/// The state of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Tokens left.
    pub left: u32,
    /// When, in milliseconds since the epoch.
    pub at: Millis,
}

impl Budget {
    /// A full bucket.
    pub(crate) fn full(now: Millis) -> Budget {
        Budget { left: MOST, at: now }
    }

    /// Takes one token; none if the bucket is empty.
    pub(crate) fn spend(self, now: Millis) -> Option<Budget> {
        // After the clock was set back the bucket is full, as it would otherwise not refill until then.
        let more = if self.at > now { i64::from(MOST) } else { since(now, self.at) / EVERY };
        let left = u32::try_from(more).unwrap_or(MOST).saturating_add(self.left).min(MOST).checked_sub(1)?;
        // The rest of a token's time counts towards the next one.
        Some(Budget { left, at: now - since(now, self.at) % EVERY })
    }
}
