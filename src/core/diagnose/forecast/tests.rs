//! The back-test: each incident is predicted from the others, at many moments of its course. About half of the true
//! remaining times lie in the middle half, and four of five between the 10th and the 90th percentile.

#![allow(clippy::indexing_slicing, reason = "a test may fail loudly")]

use proptest::prelude::*;

use super::*;

const STAGES: [IncidentStatus; 3] =
    [IncidentStatus::Investigating, IncidentStatus::Identified, IncidentStatus::Monitoring];

#[test]
fn the_longer_it_has_lasted_the_longer_it_will() {
    let middle = |minutes| remaining(minutes, IncidentStatus::Investigating, &[]).p50;
    assert!(middle(0) < middle(120) && middle(120) < middle(1_000), "{} {} {}", middle(0), middle(120), middle(1_000));
    let at_an_hour = |status| remaining(60, status, &[]).p50;
    assert!(at_an_hour(IncidentStatus::Monitoring) < at_an_hour(IncidentStatus::Identified));
}

/// Number of predictions, and how many held in each range.
#[derive(Default)]
struct Tally {
    all: f64,
    middle: f64,
    wide: f64,
}

impl Tally {
    fn add(&mut self, told: Remaining, rest: f64) {
        let rest = rest.round() as i64;
        self.all += 1.0;
        self.middle += f64::from(u8::from((told.p25..=told.p75).contains(&rest)));
        self.wide += f64::from(u8::from((told.p10..=told.p90).contains(&rest)));
    }

    fn join(&mut self, other: Tally) {
        self.all += other.all;
        self.middle += other.middle;
        self.wide += other.wide;
    }

    fn print(&self, name: &str) -> (f64, f64) {
        let (middle, wide) = (self.middle / self.all, self.wide / self.all);
        println!("{name}: 25–75 % holds {middle:.3}, 10–90 % holds {wide:.3} of {}", self.all);
        (middle, wide)
    }

    fn holds(&self, name: &str, give: f64) {
        let (middle, wide) = self.print(name);
        assert!((middle - 0.50).abs() <= give, "{name}: {middle:.3} in the middle half");
        assert!((wide - 0.80).abs() <= give, "{name}: {wide:.3} in the wide range");
    }
}

/// The moments within a status at which an incident is predicted.
fn moments(one: &Past, status: IncidentStatus) -> Vec<f64> {
    let (began, left) = match status {
        IncidentStatus::Identified => (one.known, one.fixed.min(one.over)),
        IncidentStatus::Monitoring => (one.fixed, one.over),
        _ => (0, one.over),
    };
    if began == NOT_SAID || began >= one.over {
        return Vec::new();
    }
    let length = f64::from(left) - f64::from(began);
    [0.0, 0.1, 0.25, 0.5, 0.75].map(|part| f64::from(began) + length * part).to_vec()
}

/// Predicts the incidents at these indices from all others.
fn left_out(past: &[(Past, f64)], places: std::ops::Range<usize>, status: IncidentStatus) -> Tally {
    let mut tally = Tally::default();
    for place in places.filter(|place| past[*place].0.ended) {
        let mut others = past.to_vec();
        let (one, _) = others.remove(place);
        for gone in moments(&one, status) {
            tally.add(predict(&others, gone, status), f64::from(one.over) - gone);
        }
    }
    tally
}

fn weighed(past: Vec<Past>, weight: f64) -> Vec<(Past, f64)> {
    past.into_iter().map(|one| (one, weight)).collect()
}

#[test]
fn back_tested_leaving_one_out() {
    let past = weighed(past::table(), 1.0);
    for status in STAGES {
        left_out(&past, 0..past.len(), status).holds(&format!("{status:?}"), 0.07);
    }
    // Typical moments at which a person looks.
    for gone in [0.0, 30.0, 60.0, 120.0, 240.0] {
        let mut tally = Tally::default();
        for place in 0..past.len() {
            let mut others = past.clone();
            let (one, _) = others.remove(place);
            if f64::from(one.over) > gone {
                tally.add(predict(&others, gone, IncidentStatus::Investigating), f64::from(one.over) - gone);
            }
        }
        tally.print(&format!("after {gone} minutes"));
    }
}

/// A synthetic history: seeded draws from the table, each scaled by `factor`; every sixth is still open.
fn history(seed: u64, factor: f64) -> Vec<Past> {
    let mut dice = fastrand::Rng::with_seed(seed);
    let table = past::table();
    let mut one = |place: usize| {
        let drawn = table[dice.usize(..table.len())];
        let factor = factor * (0.8 + 0.4 * dice.f64());
        let stretched = |minutes: u16| match minutes {
            NOT_SAID => NOT_SAID,
            minutes => (f64::from(minutes) * factor).round().min(60_000.0) as u16,
        };
        let (known, fixed, over) = (stretched(drawn.known), stretched(drawn.fixed), stretched(drawn.over).max(1));
        if place % 6 != 5 {
            return Past { known, fixed, over, ended: true };
        }
        // Censored at a random moment: what had not happened by then is not set.
        let cut = dice.u16(1..=over);
        let by_then = |minutes: u16| if minutes < cut { minutes } else { NOT_SAID };
        Past { known: by_then(known), fixed: by_then(fixed), over: cut, ended: false }
    };
    (0..60).map(&mut one).collect()
}

/// With a history mixed in, the provider's newer incidents are predicted as well as before; those that last half or
/// twice as long not much worse.
#[test]
fn back_tested_with_a_history_mixed_in() {
    for (factor, give) in [(0.5, 0.12), (1.0, 0.07), (2.0, 0.12)] {
        for status in STAGES {
            let (mut newer, mut older) = (Tally::default(), Tally::default());
            for seed in 1..5 {
                let mut all = weighed(past::table(), 1.0);
                let first = all.len();
                all.extend(weighed(history(seed, factor), NEWER));
                newer.join(left_out(&all, first..all.len(), status));
                if factor == 1.0 {
                    older.join(left_out(&all, 0..first, status));
                }
            }
            newer.holds(&format!("newer ones that last {factor} times as long, {status:?}"), give);
            if factor == 1.0 {
                older.holds(&format!("the table's beside such newer ones, {status:?}"), give);
            }
        }
    }
}

#[test]
fn what_is_running_makes_the_range_no_shorter() {
    let running = vec![Past { known: NOT_SAID, fixed: NOT_SAID, over: 600, ended: false }; 20];
    let (without, with) = (remaining(30, IncidentStatus::Other, &[]), remaining(30, IncidentStatus::Other, &running));
    assert!(with.p50 > without.p50 && with.n == without.n + 20, "{without:?} {with:?}");
    // An open one that has not lasted as long says nothing: it may be the same one.
    assert_eq!(remaining(600, IncidentStatus::Other, &running), remaining(600, IncidentStatus::Other, &[]));
}

#[test]
fn several_that_ended_at_one_minute_are_counted() {
    let newer = vec![Past { known: 0, fixed: 0, over: 207, ended: true }; 5];
    assert!(remaining(48_340, IncidentStatus::Other, &newer).n as usize >= FEWEST);
}

proptest! {
    #[test]
    fn a_range_is_in_order(
        minutes in prop_oneof![0..5_000_i64, any::<i64>()],
        status in proptest::sample::select(IncidentStatus::ALL.to_vec()),
        newer in proptest::collection::vec(any::<(u16, u16, u16, bool)>(), 0..60),
    ) {
        let newer: Vec<Past> =
            newer.into_iter().map(|(known, fixed, over, ended)| Past { known, fixed, over, ended }).collect();
        let Remaining { p10, p25, p50, p75, p90, n } = remaining(minutes, status, &newer);
        prop_assert!(0 <= p10 && p10 <= p25 && p25 <= p50 && p50 <= p75 && p75 <= p90, "{p10} {p25} {p50} {p75} {p90}");
        prop_assert!(n as usize >= FEWEST);
    }
}

#[test]
fn all_of_three_days_has_a_range() {
    for status in IncidentStatus::ALL {
        for minutes in (0..=5_000).step_by(11) {
            let Remaining { p10, p25, p50, p75, p90, n } = remaining(minutes, *status, &[]);
            let range = [p10, p25, p50, p75, p90];
            assert!(p10 >= 0 && range.is_sorted() && p90 > p10 && n >= 25, "{minutes} {status:?} {range:?} {n}");
        }
    }
}
