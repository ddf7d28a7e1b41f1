//! How long an incident still lasts, as a range. The longer it has lasted, the longer it will.
//!
//! Owns what past incidents say of a running one. Never reads the status page.

mod past;
mod survival;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use crate::core::status::IncidentStatus;
pub use past::{NOT_SAID, Past};
use survival::{Ends, PastOutage};

/// So many cases at least stand behind a range; fewer say little of its ends.
const FEWEST: usize = 25;

/// How far from the time gone a past incident may be to count in full: a factor of e^1.5, about four and a half.
const NEAR: f64 = 1.5;

/// How much an incident of the provider's own history counts beside one of the table, which is years older: their service and
/// the way they tell of it have changed. In a simulation with 60 of them it costs nothing where they are like the table's; where
/// they last half or twice as long, a weight of 1 held 41 % in the middle half or 87 % in the wide range, 3 holds 44 % and 85 %.
const NEWER: f64 = 3.0;

/// A range of minutes that remain: with so many per cent of past incidents it was over by then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remaining {
    /// 10 %.
    pub p10: i64,
    /// 25 %.
    pub p25: i64,
    /// Half of them.
    pub p50: i64,
    /// 75 %.
    pub p75: i64,
    /// 90 %.
    pub p90: i64,
    /// How many past incidents stand behind it.
    pub n: u32,
}

/// What remains of an incident that was published so many minutes ago and has come so far, by the table and by `newer` ones of
/// the provider's own history, if there are any.
pub fn remaining(minutes: i64, stage: IncidentStatus, newer: &[Past]) -> Remaining {
    let mut past = Vec::new();
    for one in past::table() {
        past.push((one, 1.0));
    }
    for one in newer {
        // The incident in question stands in the history too, as a running one. It is no evidence of how long it lasts, nor is
        // any other that has not come as far.
        if one.ended || i64::from(one.over) > minutes {
            past.push((*one, NEWER));
        }
    }
    predict(&past, minutes.clamp(0, i64::from(u16::MAX)) as f64, stage)
}

/// By past incidents, each with its weight.
fn predict(past: &[(Past, f64)], gone: f64, stage: IncidentStatus) -> Remaining {
    match stage {
        IncidentStatus::Identified => within(past, gone, |one| (one.known, one.fixed.min(one.over))),
        IncidentStatus::Monitoring => within(past, gone, |one| (one.fixed, one.over)),
        IncidentStatus::Investigating | IncidentStatus::Other => outlasting(past, gone),
    }
}

/// By those that lasted as long. Where too few did, by the last moment at which enough were running, stretched by how much
/// longer this one has lasted: durations of outages have no scale of their own in their tail.
fn outlasting(past: &[(Past, f64)], gone: f64) -> Remaining {
    // The longest ones, one more than too few; the shortest of them. A sort takes 1.5 KB of wasm for each kind of list.
    let mut longest: Vec<u16> = Vec::new();
    for (one, _) in past.iter().filter(|(one, _)| one.ended) {
        longest.push(one.over);
        let shortest = (0..longest.len()).min_by_key(|at| longest.get(*at));
        if let Some(at) = shortest.filter(|_| longest.len() > FEWEST + 1) {
            longest.swap_remove(at);
        }
    }
    let last = longest.iter().min().copied().filter(|_| longest.len() > FEWEST).unwrap_or_default();
    let from = gone.min(f64::from(last));
    let stretch = if from > 0.0 { gone / from } else { 1.0 };
    let mut cases = Vec::new();
    for (one, weight) in past {
        let lasted = f64::from(one.over) - from;
        if lasted > 0.0 {
            cases.push(PastOutage { lasted: lasted * stretch, ended: one.ended, weight: *weight });
        }
    }
    let count = cases.len();
    range(cases, count)
}

/// By those that were in this stage, at its begin and at three moments within it, the more the nearer that was to the time
/// gone: nobody tells Mend when the stage began.
fn within(past: &[(Past, f64)], gone: f64, stage: fn(&Past) -> (u16, u16)) -> Remaining {
    let (mut cases, mut count) = (Vec::new(), 0);
    for (one, weight) in past {
        let (began, left) = stage(one);
        if began == NOT_SAID || began >= one.over {
            continue;
        }
        count += 1;
        let (began, left) = (f64::from(began), f64::from(left));
        for part in [0.0, 0.25, 0.5, 0.75] {
            let at = began + (left - began) * part;
            let far = (at.ln_1p() - gone.ln_1p()) / NEAR;
            // Far ones count a little, so that no time gone is without any.
            let near = (-far * far / 2.0).exp() + 0.02;
            cases.push(PastOutage { lasted: f64::from(one.over) - at, ended: one.ended, weight: weight * near });
        }
    }
    range(cases, count)
}

fn range(cases: Vec<PastOutage>, count: usize) -> Remaining {
    let ends = Ends::of(cases);
    Remaining {
        p10: ends.quantile(0.10),
        p25: ends.quantile(0.25),
        p50: ends.quantile(0.50),
        p75: ends.quantile(0.75),
        p90: ends.quantile(0.90),
        n: u32::try_from(count).unwrap_or(u32::MAX),
    }
}
