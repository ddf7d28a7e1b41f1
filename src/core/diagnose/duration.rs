//! How long an incident still lasts, as a range. The longer it has lasted, the longer it will.
//!
//! Owns the durations of past incidents and what they say of a running one. Never reads the status page.
//!
//! Source: 95 incidents of ChatGPT, February 2023 to August 2024, derived from the data set of the ICPE'25 study by
//! atlarge-research.

use crate::core::check::Stage;

/// Minutes from the provider's first notice until the reason was known, until a fix was in, and until it was over.
const INCIDENTS: &[(u16, u16, u16)] = &[
    (NOT_SAID, NOT_SAID, 4),
    (NOT_SAID, 1, 4),
    (NOT_SAID, 2, 5),
    (NOT_SAID, 8, 10),
    (0, 3, 11),
    (0, NOT_SAID, 11),
    (NOT_SAID, NOT_SAID, 11),
    (6, NOT_SAID, 14),
    (NOT_SAID, 13, 15),
    (16, NOT_SAID, 17),
    (NOT_SAID, 10, 19),
    (NOT_SAID, 3, 20),
    (8, NOT_SAID, 22),
    (NOT_SAID, NOT_SAID, 22),
    (NOT_SAID, 19, 23),
    (NOT_SAID, 11, 23),
    (NOT_SAID, 15, 27),
    (NOT_SAID, 5, 27),
    (0, 13, 27),
    (0, NOT_SAID, 29),
    (NOT_SAID, 5, 30),
    (NOT_SAID, 19, 30),
    (21, 25, 32),
    (NOT_SAID, NOT_SAID, 35),
    (NOT_SAID, NOT_SAID, 39),
    (NOT_SAID, NOT_SAID, 39),
    (NOT_SAID, 25, 40),
    (0, 20, 41),
    (19, NOT_SAID, 44),
    (18, NOT_SAID, 47),
    (NOT_SAID, 22, 48),
    (NOT_SAID, 24, 59),
    (35, 55, 59),
    (0, NOT_SAID, 60),
    (NOT_SAID, NOT_SAID, 61),
    (NOT_SAID, 43, 63),
    (NOT_SAID, 42, 64),
    (NOT_SAID, 43, 68),
    (NOT_SAID, 56, 69),
    (0, 44, 70),
    (9, 41, 70),
    (NOT_SAID, 43, 71),
    (NOT_SAID, 15, 71),
    (42, 55, 72),
    (22, 35, 73),
    (NOT_SAID, 64, 75),
    (NOT_SAID, 6, 75),
    (NOT_SAID, 34, 79),
    (0, 60, 80),
    (8, 24, 82),
    (NOT_SAID, 72, 85),
    (NOT_SAID, 7, 86),
    (55, NOT_SAID, 88),
    (0, 32, 91),
    (0, 64, 93),
    (NOT_SAID, 87, 97),
    (28, 47, 98),
    (0, NOT_SAID, 98),
    (31, 62, 101),
    (NOT_SAID, 59, 102),
    (NOT_SAID, 82, 107),
    (56, 99, 112),
    (NOT_SAID, 49, 122),
    (NOT_SAID, NOT_SAID, 124),
    (NOT_SAID, 101, 124),
    (NOT_SAID, NOT_SAID, 143),
    (NOT_SAID, 84, 147),
    (NOT_SAID, 58, 154),
    (NOT_SAID, 25, 158),
    (NOT_SAID, 53, 158),
    (NOT_SAID, 66, 162),
    (NOT_SAID, NOT_SAID, 164),
    (163, 173, 180),
    (NOT_SAID, 161, 191),
    (27, 95, 207),
    (127, 184, 210),
    (5, 201, 217),
    (0, 128, 235),
    (71, 238, 264),
    (19, 144, 269),
    (113, NOT_SAID, 273),
    (NOT_SAID, 51, 337),
    (NOT_SAID, 35, 342),
    (32, NOT_SAID, 400),
    (34, 63, 427),
    (NOT_SAID, NOT_SAID, 489),
    (3, 306, 574),
    (137, 211, 613),
    (0, 28, 699),
    (92, 157, 958),
    (NOT_SAID, 38, 1518),
    (33, 1656, 1777),
    (NOT_SAID, 0, 1835),
    (NOT_SAID, 1886, 1890),
    (NOT_SAID, NOT_SAID, 4907),
];

/// The provider left that stage out.
const NOT_SAID: u16 = u16::MAX;

/// So many cases at least stand behind a range; fewer say little of its ends.
const FEWEST: usize = 25;

/// How far from the time gone a past incident may be to count in full: a factor of e^1.5, about four and a half.
const NEAR: f64 = 1.5;

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

/// What remains of an incident that was published so many minutes ago and has come so far.
pub fn remaining(minutes: i64, stage: Stage) -> Remaining {
    let past: Vec<_> = INCIDENTS.iter().map(|(known, fixed, over)| [*known, *fixed, *over]).collect();
    predict(&past, minutes.clamp(0, i64::from(u16::MAX)) as f64, stage)
}

fn predict(past: &[[u16; 3]], gone: f64, stage: Stage) -> Remaining {
    match stage {
        Stage::Identified => within(past, gone, |[known, fixed, over]| (*known, (*fixed).min(*over))),
        Stage::Monitoring => within(past, gone, |[_, fixed, over]| (*fixed, *over)),
        Stage::Investigating | Stage::Other => outlasting(past, gone),
    }
}

/// By those that lasted as long (Kaplan and Meier, 1958; here every case is complete). Where too few did, by the last
/// moment at which enough were running, stretched by how much longer this one has lasted: durations of outages have no
/// scale of their own in their tail.
fn outlasting(past: &[[u16; 3]], gone: f64) -> Remaining {
    let mut all: Vec<f64> = past.iter().map(|[.., over]| f64::from(*over)).collect();
    all.sort_unstable_by(|one, other| other.total_cmp(one));
    let running = all.iter().filter(|over| **over > gone).count();
    let from = if running >= FEWEST { gone } else { all.get(FEWEST).copied().unwrap_or_default() };
    let stretch = if from > 0.0 { gone.max(from) / from } else { 1.0 };
    let rest = all.iter().filter(|over| **over > from);
    range(rest.map(|over| ((over - from) * stretch, 1.0)).collect(), running.max(FEWEST))
}

/// By those that were in this stage, at its begin and at three moments within it, the more the nearer that was to the time
/// gone: nobody tells Mend when the stage began.
fn within(past: &[[u16; 3]], gone: f64, stage: fn(&[u16; 3]) -> (u16, u16)) -> Remaining {
    let (mut rest, mut count) = (Vec::new(), 0);
    for one in past {
        let ((began, left), over) = (stage(one), f64::from(one[2]));
        if began == NOT_SAID || f64::from(began) >= over {
            continue;
        }
        count += 1;
        let (began, left) = (f64::from(began), f64::from(left));
        for part in [0.0, 0.25, 0.5, 0.75] {
            let at = began + (left - began) * part;
            let far = (at.ln_1p() - gone.ln_1p()) / NEAR;
            // Far ones count a little, so that no time gone is without any.
            rest.push((over - at, (-far * far / 2.0).exp() + 0.02));
        }
    }
    range(rest, count)
}

/// Quantiles of weighted cases, interpolated between their middles.
fn range(mut cases: Vec<(f64, f64)>, count: usize) -> Remaining {
    cases.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let total: f64 = cases.iter().map(|(_, weight)| weight).sum();
    let quantile = |part: f64| -> i64 {
        let (mut before, mut last) = (0.0, (0.0, 0.0));
        for (value, weight) in &cases {
            let middle = (before + weight / 2.0) / total;
            if middle >= part {
                let (at, low) = last;
                return (low + (value - low) * (part - at) / (middle - at)).round() as i64;
            }
            before += weight;
            last = (middle, *value);
        }
        last.1.round() as i64
    };
    Remaining {
        p10: quantile(0.10),
        p25: quantile(0.25),
        p50: quantile(0.50),
        p75: quantile(0.75),
        p90: quantile(0.90),
        n: u32::try_from(count).unwrap_or(u32::MAX),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_longer_it_has_lasted_the_longer_it_will() {
        let middle = |minutes| remaining(minutes, Stage::Investigating).p50;
        assert!(
            middle(0) < middle(120) && middle(120) < middle(1_000),
            "{} {} {}",
            middle(0),
            middle(120),
            middle(1_000)
        );
        assert!(remaining(60, Stage::Monitoring).p50 < remaining(60, Stage::Identified).p50);
    }

    /// Each incident is predicted from the others, at many moments of its life: about half of what really remained lies in
    /// the middle half, and four of five between the 10th and the 90th percentile.
    #[test]
    fn back_tested_leaving_one_out() {
        let past: Vec<[u16; 3]> = INCIDENTS.iter().map(|(known, fixed, over)| [*known, *fixed, *over]).collect();
        for stage in [Stage::Investigating, Stage::Identified, Stage::Monitoring] {
            let (mut all, mut middle, mut wide) = (0.0, 0.0, 0.0);
            for (index, one) in past.iter().enumerate() {
                let [known, fixed, over] = *one;
                let (began, left) = match stage {
                    Stage::Identified => (known, fixed.min(over)),
                    Stage::Monitoring => (fixed, over),
                    _ => (0, over),
                };
                if began == NOT_SAID || began >= over {
                    continue;
                }
                let mut others = past.clone();
                others.remove(index);
                for part in [0.0, 0.1, 0.25, 0.5, 0.75] {
                    let gone = f64::from(began) + f64::from(left - began) * part;
                    let told = predict(&others, gone, stage);
                    let rest = (f64::from(over) - gone).round() as i64;
                    all += 1.0;
                    middle += f64::from(u8::from((told.p25..=told.p75).contains(&rest)));
                    wide += f64::from(u8::from((told.p10..=told.p90).contains(&rest)));
                }
            }
            let (middle, wide) = (middle / all, wide / all);
            println!("{stage:?}: {middle:.3} {wide:.3} of {all}");
            assert!((0.42..=0.58).contains(&middle), "{stage:?}: {middle:.3} in the middle half");
            assert!((0.73..=0.87).contains(&wide), "{stage:?}: {wide:.3} in the wide range");
        }
    }

    proptest! {
        #[test]
        fn a_range_is_in_order(minutes in any::<i64>(), stage in proptest::sample::select(Stage::ALL.to_vec())) {
            let Remaining { p10, p25, p50, p75, p90, n } = remaining(minutes, stage);
            prop_assert!(0 <= p10 && p10 <= p25 && p25 <= p50 && p50 <= p75 && p75 <= p90, "{p10} {p25} {p50} {p75} {p90}");
            prop_assert!(n as usize >= FEWEST);
        }
    }
}
