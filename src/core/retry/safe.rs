//! Whether a message may be sent again without a person. The rule, in one place:
//!
//! - only before the first token of its answer: after that the service has the message, and a second is a duplicate;
//! - never for a cause that sending again cannot mend or makes worse: account, session, request, refusals of the edge,
//!   this browser and its extensions, and unknown causes;
//! - not while the provider itself confirms an incident;
//! - for a limit only after its end, and only if that is known;
//! - never two at once;
//! - within a budget, to spare a service with a lasting error;
//! - never in a tab that the person has abandoned.
//!
//! The backoff is that of [`super::Policy`]; the caller is the wait for recovery.

use crate::core::{
    Millis,
    named::named,
    names::{Blame, Cause},
    time::{HOUR, since},
};

/// Most messages that are sent for a person in an hour. OpenAI's own SDKs send a request three times at most
/// (`DEFAULT_MAX_RETRIES = 2` in openai-python), within seconds.
pub const BUDGET: usize = 3;

/// A tab that was not active for this long is abandoned.
pub const LEFT: Millis = 24 * HOUR;

named! {
    /// Why a message must not be sent.
    pub enum ResendRefusal {
        /// Its answer had begun.
        Begun = "begun",
        /// Sending again cannot help, or makes it worse.
        Cause = "cause",
        /// The provider's page shows an incident or ongoing maintenance.
        Outage = "outage",
        /// The limit has not ended, or its end is not known.
        Limit = "limit",
        /// Another message is being sent, or another answer is running.
        Running = "running",
        /// Too many were sent within an hour.
        Budget = "budget",
        /// The tab is closed, or was not active for a day.
        Left = "left",
    }
}

/// The input of the rule.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The cause of the failure.
    pub cause: Cause,
    /// Whether part of its answer had been received.
    pub begun: bool,
    /// Whether another message is being sent.
    pub running: bool,
    /// When the limit ends, if known.
    pub ends: Option<Millis>,
    /// When messages were last sent for the person, in milliseconds since the epoch.
    pub sent: &'a [Millis],
    /// When the tab was last active, in milliseconds since the epoch; none if it is gone.
    pub seen: Option<Millis>,
}

/// Whether it may be sent now.
///
/// # Errors
/// The first condition that is not met; those that do not change with time come first.
pub fn may(ask: &Ask<'_>, now: Millis) -> Result<(), ResendRefusal> {
    if ask.begun {
        return Err(ResendRefusal::Begun);
    }
    if !mends(ask.cause) {
        return Err(ResendRefusal::Cause);
    }
    if matches!(ask.cause, Cause::Outage | Cause::Maintenance) {
        return Err(ResendRefusal::Outage);
    }
    if ask.cause.blame() == Blame::Limit && ask.ends.is_none_or(|ends| ends > now) {
        return Err(ResendRefusal::Limit);
    }
    if ask.running {
        return Err(ResendRefusal::Running);
    }
    if ask.sent.iter().filter(|at| since(now, **at) < HOUR).count() >= BUDGET {
        return Err(ResendRefusal::Budget);
    }
    if ask.seen.is_none_or(|seen| since(now, seen) >= LEFT) {
        return Err(ResendRefusal::Left);
    }
    Ok(())
}

/// Whether a message that failed for this cause can succeed when it is sent again later.
pub fn mends(cause: Cause) -> bool {
    match cause.blame() {
        Blame::Them | Blame::Limit => true,
        // More requests make an edge refuse an address for longer.
        Blame::Network => {
            !matches!(cause, Cause::EdgeChallenge | Cause::AddressBlocked | Cause::RegionBlocked | Cause::CaptivePortal)
        }
        Blame::Extension
        | Blame::Browser
        | Blame::Session
        | Blame::Account
        | Blame::Request
        | Blame::Gateway
        | Blame::Benign
        | Blame::Unknown => false,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Millis = 1_790_000_000_000;

    fn good() -> Ask<'static> {
        Ask { cause: Cause::ServerError, begun: false, running: false, ends: None, sent: &[], seen: Some(NOW) }
    }

    #[test]
    fn each_part_of_the_rule_by_itself() {
        let refusal = |ask: Ask<'_>| may(&ask, NOW).err();
        assert_eq!(refusal(good()), None);
        assert_eq!(refusal(Ask { begun: true, ..good() }), Some(ResendRefusal::Begun));
        assert_eq!(refusal(Ask { cause: Cause::Expired, ..good() }), Some(ResendRefusal::Cause));
        assert_eq!(refusal(Ask { cause: Cause::EdgeChallenge, ..good() }), Some(ResendRefusal::Cause));
        assert_eq!(refusal(Ask { cause: Cause::Outage, ..good() }), Some(ResendRefusal::Outage));
        assert_eq!(refusal(Ask { running: true, ..good() }), Some(ResendRefusal::Running));
        let limited = Ask { cause: Cause::PlanWindow, ..good() };
        assert_eq!(refusal(limited), Some(ResendRefusal::Limit));
        assert_eq!(refusal(Ask { ends: Some(NOW + 1), ..limited }), Some(ResendRefusal::Limit));
        assert_eq!(refusal(Ask { ends: Some(NOW), ..limited }), None);
        let sent = [NOW - HOUR, NOW - 3, NOW - 2, NOW - 1];
        assert_eq!(refusal(Ask { sent: &sent[..3], ..good() }), None);
        assert_eq!(refusal(Ask { sent: &sent, ..good() }), Some(ResendRefusal::Budget));
        assert_eq!(refusal(Ask { seen: None, ..good() }), Some(ResendRefusal::Left));
        assert_eq!(refusal(Ask { seen: Some(NOW - LEFT), ..good() }), Some(ResendRefusal::Left));
    }

    /// The causes under `account`, `session` and `request` in the contract, and benign or unknown ones.
    const FORBIDDEN: &[&str] = &["account", "session", "request", "benign", "unknown"];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn what_is_let_through_breaks_no_part_of_it(
            cause in proptest::sample::select(Cause::ALL), begun in any::<bool>(), running in any::<bool>(),
            ends in proptest::option::of(NOW - HOUR..NOW + HOUR), seen in proptest::option::of(NOW - 2 * LEFT..NOW),
            sent in proptest::collection::vec(NOW - 3 * HOUR..=NOW, 0..8),
        ) {
            let ask = Ask { cause, begun, running, ends, sent: &sent, seen };
            if may(&ask, NOW).is_ok() {
                prop_assert!(!begun && !running);
                prop_assert!(!FORBIDDEN.contains(&cause.blame().name()), "{cause:?}");
                prop_assert!(cause != Cause::Outage && cause != Cause::Maintenance);
                prop_assert!(cause.blame() != Blame::Limit || ends.unwrap() <= NOW);
                prop_assert!(sent.iter().filter(|at| **at > NOW - HOUR).count() < BUDGET);
                prop_assert!(seen.unwrap() > NOW - LEFT);
            }
        }
    }
}
