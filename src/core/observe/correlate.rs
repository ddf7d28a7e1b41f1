//! Correlates what two or three sources saw to one [`Failure`].
//!
//! A failure has one slot per source. An observation joins the nearest failure in time whose slot is free and that
//! does not contradict it; otherwise it is a new failure. So the order and the delay of the sources do not matter:
//! only the times of the events count.

use super::{Failure, FailureStub, Reached, Source, Sources};
use crate::core::endpoint::EndpointKind;
use crate::core::{Millis, time::SECOND};

/// `webRequest` and the page's timing differ by less than a second; the rest is for a busy machine.
const NETWORK_WINDOW: Millis = 3 * SECOND;
/// A page may show its error late, after its own retries.
const PAGE_WINDOW: Millis = 10 * SECOND;

/// Joins an observation to the failure it belongs to, or adds a new one. Returns whether it is new.
///
/// Of older failures only stubs are left; a late observation of one of them is recognised by it and adds nothing.
pub(crate) fn correlate(failures: &mut Vec<Failure>, stubs: &mut [FailureStub], who: Source, mut saw: Failure) -> bool {
    let near = |at: Millis| at.abs_diff(saw.at);
    let failure = failures
        .iter_mut()
        .filter(|one| same(one.at, one.endpoint, one.status, one.sources, who, &saw))
        .min_by_key(|one| near(one.at));
    let shadow =
        stubs.iter_mut().filter(|one| same(one.0, one.1, one.2, one.3, who, &saw)).min_by_key(|one| near(one.0));
    match (failure, shadow) {
        (Some(failure), Some(shadow)) if near(shadow.0) < near(failure.at) => shadow.3.mark(who),
        (Some(failure), _) => {
            failure.sources.mark(who);
            join(failure, saw);
        }
        (None, Some(shadow)) => shadow.3.mark(who),
        (None, None) => {
            saw.sources.mark(who);
            let later = failures.iter().position(|one| one.at > saw.at).unwrap_or(failures.len());
            failures.insert(later, saw);
            return true;
        }
    }
    false
}

fn same(
    at: Millis,
    endpoint: Option<EndpointKind>,
    status: Option<u16>,
    seen: Sources,
    who: Source,
    saw: &Failure,
) -> bool {
    let window = if who == Source::Page || endpoint.is_none() { PAGE_WINDOW } else { NETWORK_WINDOW };
    !seen.by(who)
        && at.abs_diff(saw.at) <= window.unsigned_abs()
        && (endpoint.is_none() || saw.endpoint.is_none() || endpoint == saw.endpoint)
        && (status.is_none() || saw.status.is_none() || status == saw.status)
}

fn join(failure: &mut Failure, saw: Failure) {
    failure.at = failure.at.min(saw.at);
    failure.endpoint = failure.endpoint.or(saw.endpoint);
    failure.path = failure.path.take().or(saw.path);
    failure.status = failure.status.or(saw.status);
    failure.error = failure.error.take().or(saw.error);
    failure.ends = failure.ends.or(saw.ends);
    if failure.reached == Reached::Page {
        failure.reached = saw.reached;
    }
    if failure.ids.request.is_none() {
        (failure.ids.request, failure.ids.oai) = (saw.ids.request, saw.ids.oai);
    }
    failure.ids.ray = failure.ids.ray.take().or(saw.ids.ray);
    for fact in saw.facts {
        if !failure.facts.contains(&fact) {
            failure.facts.push(fact);
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Adds an observation of one source, and returns whether it is a new failure.
    fn tell(failures: &mut Vec<Failure>, stubs: &mut [FailureStub], who: Source, at: Millis) -> bool {
        let known = who != Source::Page;
        let (endpoint, status) = (known.then_some(EndpointKind::Chat), known.then_some(500));
        correlate(failures, stubs, who, Failure { at, endpoint, status, ..Failure::default() })
    }

    #[test]
    fn quick_retries_stay_apart() {
        let mut failures = Vec::new();
        for at in [0, 800, 1_600] {
            tell(&mut failures, &mut [], Source::Network, at);
            tell(&mut failures, &mut [], Source::Page, at + 90);
        }
        assert_eq!(failures.len(), 3);
        assert!(failures.iter().all(|failure| failure.sources.by(Source::Network) && failure.sources.by(Source::Page)));
    }

    #[test]
    fn a_source_that_reports_long_after_the_others_is_still_known() {
        let (mut failures, mut stubs) = (Vec::new(), Vec::new());
        for at in 0..50 {
            tell(&mut failures, &mut stubs, Source::Network, at * 330);
            if failures.len() > 6 {
                stubs.push(FailureStub::from(failures.remove(0)));
            }
        }
        for at in 0..50 {
            assert!(!tell(&mut failures, &mut stubs, Source::Timing, at * 330 + 20), "{at}");
            assert!(!tell(&mut failures, &mut stubs, Source::Page, at * 330 + 150), "{at}");
        }
    }

    proptest! {
        /// In any order of the three sources of failures 20 s apart, each failure is counted once.
        #[test]
        fn order_does_not_matter(order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle()) {
            let mut failures = Vec::new();
            for index in order {
                let (who, late) = [(Source::Network, 0), (Source::Timing, 40), (Source::Page, 300)][index % 3];
                tell(&mut failures, &mut [], who, (index / 3) as Millis * 20_000 + late);
            }
            prop_assert_eq!(failures.len(), 4);
        }
    }
}
