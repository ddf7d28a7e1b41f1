//! Facts → ranked causes → one [`Verdict`], with its confidence and the facts that it rests on.
//!
//! Owns the arithmetic; the rules are in [`table::RULES`]. Uses facts only, never a request.

pub mod forecast;
mod no_failure;
mod strength;
pub mod table;

use super::{
    Millis, Model,
    check::{self, CheckContext},
    endpoint::EndpointKind,
    fact::Fact,
    model::{Case, Tab},
    names::{Blame, Cause},
    observe::Failure,
    time::SECOND,
};
pub use no_failure::{NoFailure, Tally};
pub use strength::Strength;
use table::RULES;

/// Confidence below which the blame is unknown.
const UNKNOWN_BELOW: f64 = 0.5;

/// The diagnosis of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Whose side the failure is on.
    pub blame: Blame,
    /// What exactly failed.
    pub cause: Cause,
    /// The likeliest cause, even where the evidence is too weak (`cause` is then unknown).
    pub guess: Cause,
    /// Confidence, from 0 to 1.
    pub confidence: f64,
    /// Every fact for or against it.
    pub evidence: Vec<Fact>,
}

/// The primary failure of a case: of the newest ones, the one that is closest to the person's message.
pub fn primary(case: &Case) -> Option<&Failure> {
    let newest = case.newest()?;
    let recent = case.failures.iter().filter(|failure| newest.saturating_sub(failure.at) <= 10 * SECOND);
    let weight = |failure: &Failure| match failure.endpoint {
        Some(
            EndpointKind::Chat
            | EndpointKind::Api
            | EndpointKind::Azure
            | EndpointKind::Gateway
            | EndpointKind::Untold
            | EndpointKind::Foreign,
        ) => 5,
        Some(EndpointKind::Gate | EndpointKind::Resume | EndpointKind::SignIn) => 4,
        Some(EndpointKind::Page) => 3,
        Some(EndpointKind::History | EndpointKind::Session | EndpointKind::Files) => 2,
        None | Some(_) => 1,
    };
    recent.max_by_key(|failure| (weight(failure), failure.at))
}

/// Whether an answer to a message proves that this works again. Files and the page's other requests take other ways,
/// some to other hosts, and the list of conversations has a limit of its own.
pub fn is_of_messages(failure: &Failure) -> bool {
    !failure.has(Fact::HostBlocked)
        && !matches!(failure.endpoint, Some(EndpointKind::Files | EndpointKind::Other | EndpointKind::History))
}

/// Diagnoses a case as it is now; none without a failure.
pub fn diagnosis(model: &Model, tab: Option<&Tab>, case: &Case, now: Millis) -> Option<Verdict> {
    let primary = primary(case)?;
    Some(verdict(&CheckContext { model, tab, case, primary, now }))
}

/// Diagnoses a snapshot.
pub fn verdict(context: &CheckContext<'_>) -> Verdict {
    judge(&check::facts(context))
}

/// Diagnoses a set of facts.
pub fn judge(facts: &[Fact]) -> Verdict {
    // Of another's server nothing is known.
    if facts.contains(&Fact::OnForeign) {
        let (blame, cause) = (Blame::Unknown, Cause::Unknown);
        return Verdict { blame, cause, guess: cause, confidence: 0.0, evidence: vec![Fact::OnForeign] };
    }
    let weighed: Vec<(Cause, f64)> =
        Cause::ALL.iter().map(|cause| (*cause, support(*cause, facts))).filter(|(_, support)| *support > 0.0).collect();
    // The first of the best: ties are broken by the contract's order.
    let best = weighed.iter().rev().max_by(|(_, one), (_, other)| one.total_cmp(other));
    let evidence = |blame: Blame| -> Vec<Fact> {
        let used =
            RULES.iter().filter(|rule| rule.says.blame() == blame && rule.fires(facts)).flat_map(|rule| rule.when);
        let mut used: Vec<Fact> = used.copied().collect();
        // Context that is always shown, even if no rule used it.
        used.extend(facts.iter().filter(|fact| table::CONTEXT.contains(fact)));
        facts.iter().copied().filter(|fact| used.contains(fact) && *fact != Fact::ExplainedHere).collect()
    };
    let Some((guess, _)) = best.copied() else {
        let shown = facts.iter().copied().filter(|fact| *fact != Fact::Unexplained).collect();
        return Verdict {
            blame: Blame::Unknown,
            cause: Cause::Unknown,
            guess: Cause::Unknown,
            confidence: 0.0,
            evidence: shown,
        };
    };
    let confidence = confidence(guess.blame(), &weighed);
    let cause = if confidence < UNKNOWN_BELOW { Cause::Unknown } else { guess };
    Verdict { blame: cause.blame(), cause, guess, confidence, evidence: evidence(guess.blame()) }
}

/// How well the facts support one cause: the strongest rule, a little more for every further one, less for each
/// against. Weaker rules never lift a cause into the next class, so one strong fact outweighs several weak ones.
fn support(cause: Cause, facts: &[Fact]) -> f64 {
    let fired = || RULES.iter().filter(|rule| rule.says == cause && rule.fires(facts));
    let pro = || fired().filter(|rule| !rule.against).map(|rule| rule.strength);
    let Some(strongest) = pro().max() else { return 0.0 };
    // Of all rules but the strongest.
    let doubt: f64 = pro().map(|weaker| 1.0 - weaker.value()).product::<f64>() / (1.0 - strongest.value());
    let room = (strongest.next() - strongest.value()) / 2.0;
    let against: f64 = fired().filter(|rule| rule.against).map(|rule| 1.0 - rule.strength.value()).product();
    (strongest.value() + room * (1.0 - doubt)) * against
}

/// The odds of one side against all others and against an unknown cause (odds of 1).
fn confidence(blame: Blame, weighed: &[(Cause, f64)]) -> f64 {
    let odds = |blame: Blame| {
        let best = weighed.iter().filter(|(cause, _)| cause.blame() == blame).map(|(_, support)| *support);
        best.fold(0.0, f64::max).min(0.99)
    };
    let odds = |blame: Blame| odds(blame) / (1.0 - odds(blame));
    odds(blame) / (1.0 + Blame::ALL.iter().map(|one| odds(*one)).sum::<f64>())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_fact_says_nothing() {
        let verdict = judge(&[]);
        assert_eq!((verdict.blame, verdict.confidence), (Blame::Unknown, 0.0));
    }

    #[test]
    fn a_contradiction_lowers_confidence() {
        let alone = judge(&[Fact::OnChat, Fact::Status500, Fact::FromService]);
        let torn = judge(&[Fact::OnChat, Fact::Status500, Fact::FromService, Fact::UnusualActivity]);
        assert!(torn.confidence < alone.confidence);
        assert_eq!(torn.blame, Blame::Them);
    }

    #[test]
    fn every_rule_names_its_source_and_can_fire() {
        for rule in RULES {
            assert!(rule.source.len() > 8, "{rule:?}");
            assert!(rule.fires(rule.when), "{rule:?}");
        }
    }

    proptest! {
        #[test]
        fn confidence_stays_in_range(facts in proptest::sample::subsequence(Fact::ALL.to_vec(), 0..12)) {
            let verdict = judge(&facts);
            prop_assert!((0.0..1.0).contains(&verdict.confidence));
            prop_assert_eq!(verdict.blame, verdict.cause.blame());
        }
    }
}
