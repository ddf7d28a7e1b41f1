//! Two or three witnesses, one [`Failure`].
//!
//! A failure has one slot for each witness. A sighting joins the nearest failure in time whose slot is free and that
//! does not contradict it; otherwise it is a failure of its own. So it does not matter in which order witnesses speak,
//! or how late: the times are those of the events.

use serde::{Deserialize, Serialize};

use super::{Faded, Failure, Ids, Role, Seen, Stage, Who};
use crate::core::{Millis, fact::Fact, time::SECOND};

/// What one witness saw of a failure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sighting {
    pub who: Who,
    pub at: Millis,
    pub role: Option<Role>,
    pub path: Option<String>,
    pub stage: Stage,
    pub status: Option<u16>,
    pub error: Option<String>,
    pub facts: Vec<Fact>,
    pub ids: Ids,
    pub ends: Option<Millis>,
}

/// webRequest and the page's timing agree to within a second; the rest is for a busy machine.
const NETWORK_WINDOW: Millis = 3 * SECOND;
/// A page may render its error late, after retries of its own.
const PAGE_WINDOW: Millis = 10 * SECOND;

/// Joins the sighting to the failure it belongs to, or begins a new one. Says whether it is new.
///
/// Of older failures only a shadow is left; a late witness of one of them is known by it and adds nothing.
pub(crate) fn fuse(failures: &mut Vec<Failure>, faded: &mut [Faded], sighting: Sighting) -> bool {
    let near = |at: Millis| at.abs_diff(sighting.at);
    let failure = failures
        .iter_mut()
        .filter(|one| same(one.at, one.role, one.status, one.seen, &sighting))
        .min_by_key(|one| near(one.at));
    let shadow =
        faded.iter_mut().filter(|one| same(one.0, one.1, one.2, one.3, &sighting)).min_by_key(|one| near(one.0));
    match (failure, shadow) {
        (Some(failure), Some(shadow)) if near(shadow.0) < near(failure.at) => shadow.3.mark(sighting.who),
        (Some(failure), _) => join(failure, sighting),
        (None, Some(shadow)) => shadow.3.mark(sighting.who),
        (None, None) => {
            let later = failures.iter().position(|one| one.at > sighting.at).unwrap_or(failures.len());
            failures.insert(later, alone(sighting));
            return true;
        }
    }
    false
}

fn same(at: Millis, role: Option<Role>, status: Option<u16>, seen: Seen, sighting: &Sighting) -> bool {
    let page = sighting.who == Who::Page || role.is_none();
    let window = if page { PAGE_WINDOW } else { NETWORK_WINDOW };
    !seen.by(sighting.who)
        && at.abs_diff(sighting.at) <= window.unsigned_abs()
        && (role.is_none() || sighting.role.is_none() || role == sighting.role)
        && (status.is_none() || sighting.status.is_none() || status == sighting.status)
}

fn join(failure: &mut Failure, sighting: Sighting) {
    failure.seen.mark(sighting.who);
    failure.at = failure.at.min(sighting.at);
    failure.role = failure.role.or(sighting.role);
    failure.path = failure.path.take().or(sighting.path);
    failure.status = failure.status.or(sighting.status);
    failure.error = failure.error.take().or(sighting.error);
    failure.ends = failure.ends.or(sighting.ends);
    if failure.stage == Stage::Page {
        failure.stage = sighting.stage;
    }
    failure.ids.request = failure.ids.request.take().or(sighting.ids.request);
    failure.ids.ray = failure.ids.ray.take().or(sighting.ids.ray);
    for fact in sighting.facts {
        if !failure.facts.contains(&fact) {
            failure.facts.push(fact);
        }
    }
}

fn alone(sighting: Sighting) -> Failure {
    let mut failure = Failure {
        at: sighting.at,
        role: sighting.role,
        path: sighting.path,
        stage: sighting.stage,
        status: sighting.status,
        error: sighting.error,
        facts: sighting.facts,
        ids: sighting.ids,
        ends: sighting.ends,
        seen: Seen::default(),
    };
    failure.seen.mark(sighting.who);
    failure
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(who: Who, at: Millis) -> Sighting {
        let role = (who != Who::Page).then_some(Role::Chat);
        let status = (who != Who::Page).then_some(500);
        let (stage, facts, ids) = (Stage::Page, Vec::new(), Ids::default());
        Sighting { who, at, role, path: None, stage, status, error: None, facts, ids, ends: None }
    }

    #[test]
    fn quick_retries_stay_apart() {
        let mut failures = Vec::new();
        for at in [0, 800, 1_600] {
            fuse(&mut failures, &mut [], seen(Who::Network, at));
            fuse(&mut failures, &mut [], seen(Who::Page, at + 90));
        }
        assert_eq!(failures.len(), 3);
        assert!(failures.iter().all(|failure| failure.seen.by(Who::Network) && failure.seen.by(Who::Page)));
    }

    #[test]
    fn a_witness_that_speaks_long_after_the_others_is_still_known() {
        let (mut failures, mut faded) = (Vec::new(), Vec::new());
        for at in 0..50 {
            fuse(&mut failures, &mut faded, seen(Who::Network, at * 330));
            if failures.len() > 6 {
                faded.push(Faded::from(failures.remove(0)));
            }
        }
        for at in 0..50 {
            assert!(!fuse(&mut failures, &mut faded, seen(Who::Timing, at * 330 + 20)), "{at}");
            assert!(!fuse(&mut failures, &mut faded, seen(Who::Page, at * 330 + 150)), "{at}");
        }
    }

    proptest! {
        /// In whatever order the three witnesses of failures 20 s apart speak, each failure is counted once.
        #[test]
        fn order_does_not_matter(order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle()) {
            let mut failures = Vec::new();
            for index in order {
                let (who, late) = [(Who::Network, 0), (Who::Timing, 40), (Who::Page, 300)][index % 3];
                fuse(&mut failures, &mut [], seen(who, (index / 3) as Millis * 20_000 + late));
            }
            prop_assert_eq!(failures.len(), 4);
        }
    }
}
