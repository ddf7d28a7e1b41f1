//! Two or three witnesses, one [`Failure`].
//!
//! A failure has one slot for each witness. A sighting joins the nearest failure in time whose slot is free and that
//! does not contradict it; otherwise it is a failure of its own. So it does not matter in which order witnesses speak,
//! or how late: the times are those of the events.

use super::{Faded, Failure, Seen, Stage, Who};
use crate::core::endpoint::Role;
use crate::core::{Millis, time::SECOND};

/// webRequest and the page's timing agree to within a second; the rest is for a busy machine.
const NETWORK_WINDOW: Millis = 3 * SECOND;
/// A page may render its error late, after retries of its own.
const PAGE_WINDOW: Millis = 10 * SECOND;

/// Joins what one witness saw to the failure it belongs to, or begins a new one. Says whether it is new.
///
/// Of older failures only a shadow is left; a late witness of one of them is known by it and adds nothing.
pub(crate) fn fuse(failures: &mut Vec<Failure>, faded: &mut [Faded], who: Who, mut saw: Failure) -> bool {
    let near = |at: Millis| at.abs_diff(saw.at);
    let failure = failures
        .iter_mut()
        .filter(|one| same(one.at, one.role, one.status, one.seen, who, &saw))
        .min_by_key(|one| near(one.at));
    let shadow =
        faded.iter_mut().filter(|one| same(one.0, one.1, one.2, one.3, who, &saw)).min_by_key(|one| near(one.0));
    match (failure, shadow) {
        (Some(failure), Some(shadow)) if near(shadow.0) < near(failure.at) => shadow.3.mark(who),
        (Some(failure), _) => {
            failure.seen.mark(who);
            join(failure, saw);
        }
        (None, Some(shadow)) => shadow.3.mark(who),
        (None, None) => {
            saw.seen.mark(who);
            let later = failures.iter().position(|one| one.at > saw.at).unwrap_or(failures.len());
            failures.insert(later, saw);
            return true;
        }
    }
    false
}

fn same(at: Millis, role: Option<Role>, status: Option<u16>, seen: Seen, who: Who, saw: &Failure) -> bool {
    let window = if who == Who::Page || role.is_none() { PAGE_WINDOW } else { NETWORK_WINDOW };
    !seen.by(who)
        && at.abs_diff(saw.at) <= window.unsigned_abs()
        && (role.is_none() || saw.role.is_none() || role == saw.role)
        && (status.is_none() || saw.status.is_none() || status == saw.status)
}

fn join(failure: &mut Failure, saw: Failure) {
    failure.at = failure.at.min(saw.at);
    failure.role = failure.role.or(saw.role);
    failure.path = failure.path.take().or(saw.path);
    failure.status = failure.status.or(saw.status);
    failure.error = failure.error.take().or(saw.error);
    failure.ends = failure.ends.or(saw.ends);
    if failure.stage == Stage::Page {
        failure.stage = saw.stage;
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

    /// Tells one witness's word, and says whether it is of a new failure.
    fn tell(failures: &mut Vec<Failure>, faded: &mut [Faded], who: Who, at: Millis) -> bool {
        let known = who != Who::Page;
        let (role, status) = (known.then_some(Role::Chat), known.then_some(500));
        fuse(failures, faded, who, Failure { at, role, status, ..Failure::default() })
    }

    #[test]
    fn quick_retries_stay_apart() {
        let mut failures = Vec::new();
        for at in [0, 800, 1_600] {
            tell(&mut failures, &mut [], Who::Network, at);
            tell(&mut failures, &mut [], Who::Page, at + 90);
        }
        assert_eq!(failures.len(), 3);
        assert!(failures.iter().all(|failure| failure.seen.by(Who::Network) && failure.seen.by(Who::Page)));
    }

    #[test]
    fn a_witness_that_speaks_long_after_the_others_is_still_known() {
        let (mut failures, mut faded) = (Vec::new(), Vec::new());
        for at in 0..50 {
            tell(&mut failures, &mut faded, Who::Network, at * 330);
            if failures.len() > 6 {
                faded.push(Faded::from(failures.remove(0)));
            }
        }
        for at in 0..50 {
            assert!(!tell(&mut failures, &mut faded, Who::Timing, at * 330 + 20), "{at}");
            assert!(!tell(&mut failures, &mut faded, Who::Page, at * 330 + 150), "{at}");
        }
    }

    proptest! {
        /// In whatever order the three witnesses of failures 20 s apart speak, each failure is counted once.
        #[test]
        fn order_does_not_matter(order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle()) {
            let mut failures = Vec::new();
            for index in order {
                let (who, late) = [(Who::Network, 0), (Who::Timing, 40), (Who::Page, 300)][index % 3];
                tell(&mut failures, &mut [], who, (index / 3) as Millis * 20_000 + late);
            }
            prop_assert_eq!(failures.len(), 4);
        }
    }
}
