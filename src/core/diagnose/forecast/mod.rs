//! How much longer an incident may last, as a range: the longer it has lasted, the longer it is expected to.
//!
//! Estimated from past incidents. Never reads the status page.

mod past;
mod survival;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use crate::core::status::IncidentStatus;
pub use past::{NOT_SAID, Past};
use survival::{Ends, PastOutage};

/// Fewest past incidents behind a range; fewer say little about its ends.
const FEWEST: usize = 25;

/// Standard deviation of the weight over the logarithm of the time gone: a factor of e^1.5, about four and a half.
const NEAR: f64 = 1.5;

/// Weight of an incident of the provider's own history, relative to one of the table, which is years older: the
/// service and the provider's reports have changed. In a simulation with 60 of them it costs nothing where they are
/// like the table's; where they last half or twice as long, a weight of 1 held 41 % in the middle half and 87 % in the
/// wide range, 3 holds 44 % and 85 %.
const NEWER: f64 = 3.0;

/// Quantiles of the remaining time, in minutes: the share of past incidents that was over by then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remaining {
    /// 10 %.
    pub p10: i64,
    /// 25 %.
    pub p25: i64,
    /// The median.
    pub p50: i64,
    /// 75 %.
    pub p75: i64,
    /// 90 %.
    pub p90: i64,
    /// Number of past incidents behind it.
    pub n: u32,
}

/// The remaining time of an incident that was published `minutes` ago and is in this status, from the table and the
/// `newer` incidents of the provider's own history.
pub fn remaining(minutes: i64, stage: IncidentStatus, newer: &[Past]) -> Remaining {
    let mut past = Vec::new();
    for one in past::table() {
        past.push((one, 1.0));
    }
    for one in newer {
        // The history also contains the incident in question, as an open one. It is no evidence of its own duration,
        // and no other open one is that has not lasted as long.
        if one.ended || i64::from(one.over) > minutes {
            past.push((*one, NEWER));
        }
    }
    predict(&past, minutes.clamp(0, i64::from(u16::MAX)) as f64, stage)
}

/// The estimate from past incidents, each with its weight.
fn predict(past: &[(Past, f64)], gone: f64, stage: IncidentStatus) -> Remaining {
    match stage {
        IncidentStatus::Identified => within(past, gone, |one| (one.known, one.fixed.min(one.over))),
        IncidentStatus::Monitoring => within(past, gone, |one| (one.fixed, one.over)),
        IncidentStatus::Investigating | IncidentStatus::Other => outlasting(past, gone),
    }
}

/// From incidents that lasted as long. If they are too few, from the latest moment at which enough were open, scaled
/// by how much longer this one has lasted: the tail of outage durations has no characteristic scale.
fn outlasting(past: &[(Past, f64)], gone: f64) -> Remaining {
    // The longest ones, one more than too few, and the shortest of those. A sort takes 1.5 KB of wasm per list type.
    let mut longest: Vec<u16> = Vec::new();
    for (one, _) in past.iter().filter(|(one, _)| one.ended) {
        longest.push(one.over);
        let shortest = (0..longest.len()).min_by_key(|at| longest.get(*at));
        if let Some(at) = shortest.filter(|_| longest.len() > FEWEST + 1) {
            longest.swap_remove(at);
        }
    }
    let last = longest.iter().min().copied().filter(|_| longest.len() > FEWEST).unwrap_or_default();
    // Where several ended at that very minute, too few would be left after it.
    let after = longest.iter().filter(|over| **over > last).count();
    let last = if after < FEWEST { last.saturating_sub(1) } else { last };
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

/// From incidents in this status, at its beginning and at three moments within it, weighted by their distance from the
/// time gone: when the present status began is not known.
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
            // Distant ones count a little, so that every time gone has some.
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
