//! Whether a message may be sent again without the person's hand on it. The rule, written down once:
//!
//! - only before the first token of its answer: after that the service has the message, and a second one would be double;
//! - never for what sending cannot mend or makes worse: account, session, request, the edge's refusals, this browser and
//!   its extensions, and what nobody could name;
//! - not while the provider itself says that it is broken;
//! - for a limit only once it is over, and only where its end is known;
//! - never two at once;
//! - within a budget, so that an error that stays is not fed;
//! - never in a tab that the person has left for good.
//!
//! Owns that rule. When to try is [`super::Policy`]'s; who asks is the wait's.

use crate::core::{
    Millis,
    named::named,
    names::{Blame, Cause},
    time::{HOUR, since},
};

/// So many messages an hour are sent for a person at most. OpenAI's own SDKs send one request three times at most
/// (`DEFAULT_MAX_RETRIES = 2` in openai-python), and each of theirs is a matter of seconds.
pub const BUDGET: usize = 3;

/// A tab that nobody has looked at for so long is left for good: nobody waits for its answer.
pub const LEFT: Millis = 24 * HOUR;

named! {
    /// Why a message is not sent.
    pub enum ResendRefusal {
        /// Its answer had begun.
        Begun = "begun",
        /// Sending again cannot help, or does harm.
        Cause = "cause",
        /// The provider's page knows of an incident, or of work that goes on.
        Outage = "outage",
        /// The limit is not over, or nobody knows when it is.
        Limit = "limit",
        /// Another message is on its way, or another answer runs.
        Running = "running",
        /// Too many were sent within the hour.
        Budget = "budget",
        /// The tab is closed, or nobody has looked at it for a day.
        Left = "left",
    }
}

/// What is known when a message is to be sent.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// What failed.
    pub cause: Cause,
    /// Something of its answer had come.
    pub begun: bool,
    /// Another one is on its way.
    pub running: bool,
    /// When the limit ends, where that is known.
    pub ends: Option<Millis>,
    /// When messages were last sent for the person.
    pub sent: &'a [Millis],
    /// When the tab was last looked at; none if it is gone.
    pub seen: Option<Millis>,
}

/// Whether it may be sent now.
///
/// # Errors
/// The first part of the rule that speaks against it; those that time does not change come first.
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

/// Whether a message that failed for this can succeed by being sent again, later.
pub fn mends(cause: Cause) -> bool {
    match cause.blame() {
        Blame::Them | Blame::Limit => true,
        // Asking again is what makes an edge refuse an address for longer.
        Blame::Network => {
            !matches!(cause, Cause::EdgeChallenge | Cause::AddressBlocked | Cause::RegionBlocked | Cause::CaptivePortal)
        }
        Blame::Extension
        | Blame::Browser
        | Blame::Session
        | Blame::Account
        | Blame::Request
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

    /// What the contract lists under `account`, `session` and `request`, and what is benign or unknown.
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
