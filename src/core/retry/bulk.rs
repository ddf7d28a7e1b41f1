//! How long many requests take below a rate limit, how far apart to send them, and whether the Batch API suits them better.
//!
//! Sources: OpenAI, rate-limits guide (requests and tokens are counted per minute, and enforced over shorter spans, too; a
//! request's tokens are its input and the most that it may answer); OpenAI, Batch API guide and FAQ (help.openai.com, article
//! 9197833): within 24 hours, half the price, limits of its own, 50,000 requests a batch.

use crate::core::{
    Millis,
    time::{HOUR, MINUTE},
};

/// The share of a limit that is planned with, in per cent: other programs of the project count, too, and estimates of tokens err.
const SHARE: u64 = 90;
/// Requests of one batch.
pub const BATCH: u64 = 50_000;
/// From this length on, waiting for a batch is hardly longer.
const LONG: Millis = HOUR;
/// Within this time a batch is done, or what is not done of it is given back.
pub const BATCH_WINDOW: Millis = 24 * HOUR;

/// What is to be sent, and the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// Requests a minute.
    pub rpm: u64,
    /// Tokens a minute.
    pub tpm: u64,
    /// Requests in all.
    pub requests: u64,
    /// Tokens of one request: its input, and the most that it may answer.
    pub tokens: u64,
}

/// Which limit is reached first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Requests a minute.
    Requests,
    /// Tokens a minute.
    Tokens,
}

/// How to send them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The limit that decides.
    pub bound: Bound,
    /// From the beginning of one request to that of the next, in ms, at least 1.
    pub spacing: Millis,
    /// From the first to the last, in ms.
    pub lasts: Millis,
    /// Whether the Batch API is the better way.
    pub batch: bool,
    /// How many batches that would be.
    pub batches: u64,
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BulkError {
    /// A limit of nothing.
    #[error("a limit is 0, so nothing can be sent")]
    NoLimit,
    /// Not even one fits.
    #[error("one request has more tokens than the limit allows in a minute: shorten it, or ask for a higher limit")]
    TooLarge,
}

impl Bulk {
    /// How to send them.
    ///
    /// # Errors
    /// They cannot be sent at all.
    pub fn plan(self) -> Result<Plan, BulkError> {
        if self.rpm == 0 || self.tpm == 0 {
            return Err(BulkError::NoLimit);
        }
        if self.tokens > self.tpm {
            return Err(BulkError::TooLarge);
        }
        let minute = MINUTE.unsigned_abs();
        // Whole ms, rounded up.
        let apart = |each: u64, limit: u64| (minute * 100).saturating_mul(each).div_ceil(limit.saturating_mul(SHARE));
        let (by_requests, by_tokens) = (apart(1, self.rpm), apart(self.tokens, self.tpm));
        let bound = if by_tokens > by_requests { Bound::Tokens } else { Bound::Requests };
        let spacing = by_requests.max(by_tokens).max(1);
        let lasts = spacing.saturating_mul(self.requests.saturating_sub(1));
        let lasts = Millis::try_from(lasts).unwrap_or(Millis::MAX);
        Ok(Plan {
            bound,
            spacing: Millis::try_from(spacing).unwrap_or(Millis::MAX),
            lasts,
            batch: lasts >= LONG,
            batches: self.requests.div_ceil(BATCH),
        })
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_scarcer_limit_decides() {
        let bulk = Bulk { rpm: 500, tpm: 30_000, requests: 1_000, tokens: 1_000 };
        let plan = bulk.plan().unwrap();
        // 27 a minute.
        assert_eq!((plan.bound, plan.spacing, plan.batch), (Bound::Tokens, 2_223, false));
        assert_eq!(plan.lasts / MINUTE, 37);
        let plan = Bulk { tokens: 10, ..bulk }.plan().unwrap();
        assert_eq!((plan.bound, plan.spacing), (Bound::Requests, 134));
        let plan = Bulk { requests: 100_001, ..bulk }.plan().unwrap();
        assert_eq!((plan.batch, plan.batches), (true, 3));
    }

    #[test]
    fn what_cannot_be_sent_has_no_plan() {
        let bulk = Bulk { rpm: 500, tpm: 30_000, requests: 1, tokens: 30_001 };
        assert_eq!(bulk.plan(), Err(BulkError::TooLarge));
        assert_eq!(Bulk { rpm: 0, ..bulk }.plan(), Err(BulkError::NoLimit));
    }

    proptest! {
        #[test]
        fn a_plan_keeps_both_limits(rpm in 1_u64..100_000, tpm in 1_u64..10_000_000, requests in 0_u64..1_000_000, tokens in 0_u64..200_000) {
            let Ok(plan) = (Bulk { rpm, tpm, requests, tokens }).plan() else { return Ok(()) };
            let a_minute = MINUTE.unsigned_abs() / plan.spacing.unsigned_abs();
            prop_assert!(a_minute <= rpm.max(1));
            prop_assert!(a_minute.saturating_mul(tokens) <= tpm);
        }
    }
}
