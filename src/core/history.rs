//! The provider's past incidents on ChatGPT, as its status page lists them: the newest ones, reduced to minutes.
//!
//! Owns the list's schema and when it is worth reading. It changes slowly and only a forecast needs it, so it is read for
//! one, by the page that shows it, and kept for the session beside the model. Never says how long anything lasts.

use super::{
    Millis,
    check::Stage,
    diagnose::duration::{NOT_SAID, Past},
    observe::{Role, component},
    plain::{Data, Plain, plain},
    time::{HOUR, MINUTE, rfc3339, since},
};

/// So many are kept, the newest: with them it takes 2 KB at most.
const NEWEST: usize = 60;
/// A list is looked at so far, …
const LOOKED: usize = 2_000;
/// … and the parts and updates of an incident.
const PARTS: usize = 100;
/// It is not read more often than this, …
const EVERY: Millis = 6 * HOUR;
/// … nor, while none could be read, than this.
const AGAIN: Millis = 10 * MINUTE;

/// What is kept of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// When it was asked for last.
    pub at: Millis,
    /// The newest incidents first.
    pub past: Vec<Past>,
}
plain!(History by field { at, past });

impl History {
    /// Whether it is time to read it.
    pub fn is_due(&self, now: Millis) -> bool {
        // A clock that was set back must not keep it for ever.
        now < self.at || since(now, self.at) >= if self.past.is_empty() { AGAIN } else { EVERY }
    }
}

/// The past incidents on ChatGPT, as the list tells of them now; what cannot be read is left out.
pub fn read(list: &Plain, now: Millis) -> Vec<Past> {
    let mut known = Vec::new();
    for raw in list.get("incidents").items().iter().take(LOOKED) {
        known.extend(incident(raw, now));
    }
    known.sort_unstable_by_key(|(published, _)| std::cmp::Reverse(*published));
    known.truncate(NEWEST);
    known.into_iter().map(|(_, past)| past).collect()
}

/// One incident, and when it was published.
fn incident(raw: &Plain, now: Millis) -> Option<(Millis, Past)> {
    let impacts = || {
        // The list names no groups, so only what is known by its id is known to be ChatGPT's.
        let ours = |part: &str| [Role::Chat, Role::Session].into_iter().any(|role| component(role) == part);
        let all = raw.get("component_impacts").items().iter().take(PARTS);
        all.filter(move |impact| ours(impact.get("component_id").text()))
    };
    impacts().next()?;
    let told = |stage: &str| {
        let all = raw.get("updates").items().iter().take(PARTS);
        let of_it = all.filter(|update| update.get("to_status").text() == stage);
        of_it.filter_map(|update| rfc3339(update.get("published_at").text())).min()
    };
    // The table counts from the first notice. An impact may have begun before it.
    let began = rfc3339(raw.get("published_at").text())
        .or_else(|| impacts().filter_map(|impact| rfc3339(impact.get("start_at").text())).min())?;
    let ended = match raw.get("status").text() {
        "resolved" => true,
        // Maintenance stands in the same list.
        stage if matches!(Stage::from_name(stage), None | Some(Stage::Other)) => return None,
        _ => false,
    };
    let end = if ended {
        told("resolved").or_else(|| impacts().filter_map(|impact| rfc3339(impact.get("end_at").text())).max())?
    } else {
        now
    };
    let minutes = |at: Millis| at.checked_sub(began).filter(|gone| *gone >= 0).map(|gone| gone / MINUTE);
    let over = minutes(end).filter(|over| *over > 0)?.min(i64::from(NOT_SAID) - 1);
    let stage = |name| {
        let at = told(name).and_then(minutes).filter(|at| *at <= over);
        at.and_then(|at| u16::try_from(at).ok()).unwrap_or(NOT_SAID)
    };
    let past = Past { known: stage("identified"), fixed: stage("monitoring"), over: u16::try_from(over).ok()?, ended };
    Some((began, past))
}

/// As four values: named, sixty of them would take twice the room.
impl Data for Past {
    fn to_plain(&self) -> Plain {
        let minutes = [self.known, self.fixed, self.over].map(|minutes| minutes.to_plain());
        Plain::List(minutes.into_iter().chain([self.ended.to_plain()]).collect())
    }

    fn read(plain: &Plain, bad: &mut bool) -> Past {
        Past {
            known: u16::read(plain.at(0), bad),
            fixed: u16::read(plain.at(1), bad),
            over: u16::read(plain.at(2), bad),
            ended: bool::read(plain.at(3), bad),
        }
    }
}
