//! Two or three witnesses, one [`Failure`].
//!
//! A failure has one slot for each witness. A sighting joins the nearest failure in time whose slot is free and that
//! does not contradict it; otherwise it is a failure of its own. So it does not matter in which order witnesses speak,
//! or how late: the times are those of the events.

use serde::{Deserialize, Serialize};

use super::{Failure, Ids, Role, Stage};
use crate::core::{Millis, fact::Fact, time::SECOND};

/// Who saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Who {
    Network,
    Timing,
    Page,
}

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

/// Joins the sighting to the failure it belongs to and says which (its index) and whether it is new.
pub(crate) fn fuse(failures: &mut Vec<Failure>, sighting: Sighting) -> (usize, bool) {
    let nearest = failures
        .iter()
        .enumerate()
        .filter(|(_, failure)| same(failure, &sighting))
        .min_by_key(|(_, failure)| failure.at.abs_diff(sighting.at))
        .map(|(index, _)| index);
    if let Some(failure) = nearest.and_then(|index| failures.get_mut(index)) {
        join(failure, sighting);
        return (nearest.unwrap_or_default(), false);
    }
    failures.push(alone(sighting));
    (failures.len() - 1, true)
}

fn same(failure: &Failure, sighting: &Sighting) -> bool {
    let free = match sighting.who {
        Who::Network => !failure.by_network,
        Who::Timing => !failure.by_timing,
        Who::Page => !failure.by_page,
    };
    let page = sighting.who == Who::Page || failure.role.is_none();
    let window = if page { PAGE_WINDOW } else { NETWORK_WINDOW };
    let agree = |one: Option<u16>, other: Option<u16>| one.is_none() || other.is_none() || one == other;
    free && failure.at.abs_diff(sighting.at) <= window.unsigned_abs()
        && (failure.role.is_none() || sighting.role.is_none() || failure.role == sighting.role)
        && agree(failure.status, sighting.status)
}

fn join(failure: &mut Failure, sighting: Sighting) {
    mark(failure, sighting.who);
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

fn mark(failure: &mut Failure, who: Who) {
    match who {
        Who::Network => failure.by_network = true,
        Who::Timing => failure.by_timing = true,
        Who::Page => failure.by_page = true,
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
        by_network: false,
        by_timing: false,
        by_page: false,
    };
    mark(&mut failure, sighting.who);
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
            fuse(&mut failures, seen(Who::Network, at));
            fuse(&mut failures, seen(Who::Page, at + 90));
        }
        assert_eq!(failures.len(), 3);
        assert!(failures.iter().all(|failure| failure.by_network && failure.by_page));
    }

    proptest! {
        /// In whatever order the three witnesses of failures 20 s apart speak, each failure is counted once.
        #[test]
        fn order_does_not_matter(order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle()) {
            let mut failures = Vec::new();
            for index in order {
                let (who, late) = [(Who::Network, 0), (Who::Timing, 40), (Who::Page, 300)][index % 3];
                fuse(&mut failures, seen(who, (index / 3) as Millis * 20_000 + late));
            }
            prop_assert_eq!(failures.len(), 4);
        }
    }
}
