//! Which extensions break ChatGPT: a search by halves, one load of the page at a time.
//!
//! Owns the search, as plain data that survives the worker, and what is known so far. Never switches anything, and never
//! judges a load: the caller says whether the failure in question came back, and says nothing where another one came.
//!
//! The candidates stand in one order. Some head of it works and some longer head breaks; halving between the two finds the
//! shortest head that breaks, and its last one is a culprit (Zeller and Hildebrandt, "Simplifying and isolating
//! failure-inducing input", 2002, with one difference: the known culprits stay on while the next is looked for). Culprits
//! are all found once they break the page by themselves. One culprit of n takes ⌈log₂ n⌉ + 1 loads, a pair at most twice
//! as many.

use serde::{Deserialize, Serialize};

/// A search under way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bisection {
    /// The ids of all that may be switched, the likeliest first. Pinned ones do not belong here: they stay on.
    order: Vec<String>,
    /// Known culprits, as places in `order`.
    culprits: Vec<u32>,
    /// With the culprits and so many from the head on, the page works; none where it is not known that the culprits alone
    /// do.
    works: Option<u32>,
    /// With the culprits and so many from the head on, the page breaks.
    breaks: u32,
    /// Whether any load worked yet.
    worked: bool,
    /// Even with all candidates off the page breaks.
    innocent: bool,
    /// How often the failure shows, in per cent of the loads.
    odds: u32,
    /// Good loads in a row with the candidates that are on now.
    good_in_row: u32,
    /// How often a load was believed to work.
    beliefs: u32,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum BisectStep {
    /// Have only these candidates on, load the page, and say what came of it.
    Try {
        /// Their ids.
        on: Vec<String>,
        /// How many loads it still takes at most, unless one more culprit turns out to be needed.
        left: u32,
    },
    /// These break the page: one alone, or several only together.
    Found {
        /// Their ids.
        culprits: Vec<String>,
        /// How sure, from 0 to 1: less where the failure comes and goes.
        sure: f64,
    },
    /// None of the candidates does it.
    Innocent,
    /// The loads contradict each other: the failure has gone by itself, or comes too rarely.
    Unclear,
}

/// A failure that showed on every load so far may still have been lucky.
const MOST: u32 = 98;
/// A failure that hides more often cannot be searched for in a bearable number of loads.
const LEAST: u32 = 30;
/// A good load is believed when chance would give so many in a row this rarely, in per cent.
const DOUBT: f64 = 5.0;
/// Nobody loads a page more often than that for one answer.
const PATIENCE: u32 = 8;
/// So many extensions that break a page only all together are chance, not a finding.
const CROWD: usize = 4;

impl Bisection {
    /// Begins a search among these, the likeliest first; the failure showed on `broken` of `loads` with all of them
    /// on.
    pub fn new(candidates: Vec<String>, broken: u32, loads: u32) -> Bisection {
        let odds = broken.saturating_mul(100).checked_div(loads).unwrap_or(MOST).clamp(LEAST, MOST);
        let breaks = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
        let mut search = Bisection { order: candidates, works: Some(0), breaks, odds, ..Bisection::default() };
        search.close_in();
        search
    }

    /// What to do next. Asking twice changes nothing.
    pub fn next(&self) -> BisectStep {
        let known: Vec<u32> = self.culprits.clone();
        match self.works {
            _ if self.innocent || self.order.is_empty() => BisectStep::Innocent,
            Some(works) if works >= self.breaks => BisectStep::Unclear,
            _ if self.culprits.len() > CROWD => BisectStep::Unclear,
            _ if self.breaks == 0 && self.worked => BisectStep::Found { culprits: self.ids(&known), sure: self.sure() },
            // The first of all breaks it, with nothing else on; does the page break without it, too?
            _ if self.breaks == 0 => BisectStep::Try { on: Vec::new(), left: 1 },
            None => BisectStep::Try { on: self.ids(&known), left: 1 },
            Some(works) => {
                let head = (0..self.middle(works)).chain(known);
                BisectStep::Try {
                    on: self.ids(&head.collect::<Vec<_>>()),
                    left: 1 + Self::halvings(self.breaks.saturating_sub(works)),
                }
            }
        }
    }

    /// Takes in what came of the load that [`Bisection::next`] asked for.
    pub fn learn(&mut self, broke: bool) {
        if !matches!(self.next(), BisectStep::Try { .. }) {
            return;
        }
        if !broke {
            self.good_in_row += 1;
            if self.good_in_row < self.repeats() {
                return;
            }
            self.beliefs += 1;
            self.worked = true;
        }
        self.good_in_row = 0;
        match (self.works, broke) {
            _ if self.breaks == 0 => self.innocent = broke,
            // The culprits break it by themselves; nothing is left to look for.
            (None, true) => self.breaks = 0,
            (None, false) => self.works = Some(0),
            (Some(works), true) => self.breaks = self.middle(works),
            (Some(works), false) => self.works = Some(self.middle(works)),
        }
        self.close_in();
    }

    /// Between a head that works and the next longer one, which breaks, stands a culprit.
    fn close_in(&mut self) {
        while let Some(works) = self.works
            && self.breaks == works.saturating_add(1)
        {
            self.culprits.push(works);
            self.breaks = works;
            // With this one on, more of the head may break it than before, and none of it need.
            self.works = None;
        }
    }

    fn middle(&self, works: u32) -> u32 {
        works + self.breaks.saturating_sub(works).div_ceil(2).min(self.breaks.saturating_sub(works + 1))
    }

    /// How many good loads in a row it takes to believe that the page works.
    fn repeats(&self) -> u32 {
        let hidden = f64::from(100 - self.odds.min(MOST)) / 100.0;
        (1..PATIENCE).find(|count| hidden.powi(*count as i32) * 100.0 <= DOUBT).unwrap_or(PATIENCE)
    }

    fn sure(&self) -> f64 {
        let hidden = f64::from(100 - self.odds.min(MOST)) / 100.0;
        (1.0 - hidden.powi(self.repeats() as i32)).powi(self.beliefs as i32)
    }

    fn halvings(width: u32) -> u32 {
        width.checked_next_power_of_two().map_or(u32::BITS, u32::trailing_zeros)
    }

    fn ids(&self, places: &[u32]) -> Vec<String> {
        places.iter().filter_map(|place| self.order.get(*place as usize)).cloned().collect()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::core::json::{from_value, to_value};
    use proptest::prelude::*;

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|number| format!("candidate-{number}")).collect()
    }

    /// Searches to the end; `breaks` says what a load with these on does. Every step is stored and read again, as if the
    /// worker had been killed.
    fn search(mut search: Bisection, mut breaks: impl FnMut(&[String]) -> bool) -> (BisectStep, u32) {
        let mut loads = 0;
        loop {
            assert!(loads < 1_000, "it never ends");
            search = from_value::<Bisection>(&to_value(&search)).unwrap_or_default();
            match search.next() {
                BisectStep::Try { on, .. } => {
                    assert_eq!(search.next(), search.next());
                    let broke = breaks(&on);
                    search.learn(broke);
                }
                end => return (end, loads),
            }
            loads += 1;
        }
    }

    /// Only together they break it.
    fn together(culprits: &[String]) -> impl Fn(&[String]) -> bool {
        move |on| culprits.iter().all(|culprit| on.contains(culprit))
    }

    fn found(end: BisectStep) -> Vec<String> {
        let mut culprits = if let BisectStep::Found { culprits, .. } = end { culprits } else { Vec::new() };
        culprits.sort();
        culprits
    }

    #[test]
    fn one_among_16_takes_5_loads_and_among_64_7() {
        for (count, most) in [(16, 5), (64, 7)] {
            let candidates = names(count);
            for culprit in &candidates {
                let culprit = [culprit.clone()];
                let (end, loads) = search(Bisection::new(candidates.clone(), 3, 3), together(&culprit));
                assert_eq!(found(end), culprit);
                assert!(loads <= most, "{culprit:?} of {count} took {loads}");
            }
        }
    }

    #[test]
    fn a_pair_among_16_takes_12_loads_at_most() {
        let candidates = names(16);
        for one in 0..16 {
            for other in 0..one {
                let mut pair = vec![candidates[one].clone(), candidates[other].clone()];
                pair.sort();
                let (end, loads) = search(Bisection::new(candidates.clone(), 3, 3), together(&pair));
                assert_eq!(found(end), pair);
                assert!(loads <= 12, "{pair:?} took {loads}");
            }
        }
    }

    #[test]
    fn where_none_does_it_none_is_named() {
        let (end, loads) = search(Bisection::new(names(16), 3, 3), |_| true);
        assert_eq!((end, loads), (BisectStep::Innocent, 5));
        assert_eq!(search(Bisection::new(Vec::new(), 3, 3), |_| true).0, BisectStep::Innocent);
    }

    #[test]
    fn what_is_left_only_shrinks() {
        let mut search = Bisection::new(names(16), 3, 3);
        let mut before = 6;
        while let BisectStep::Try { on, left } = search.next() {
            assert!(left < before, "{left} after {before}");
            before = left;
            search.learn(on.contains(&"candidate-9".to_owned()));
        }
        assert_eq!(before, 1);
    }

    #[test]
    fn a_failure_that_has_gone_by_itself_is_nobody_s() {
        assert_eq!(search(Bisection::new(names(16), 3, 3), |_| false).0, BisectStep::Unclear);
    }

    #[test]
    fn damaged_memory_ends_the_search_or_goes_on_but_never_panics() {
        let odd = Bisection { works: Some(9), breaks: 3, culprits: vec![77], order: names(4), ..Bisection::default() };
        let mut odd = from_value::<Bisection>(&to_value(&odd)).expect("numbers are numbers");
        for broke in [true, false].into_iter().cycle().take(50) {
            odd.learn(broke);
            odd.next();
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Whoever breaks the page together, and however many there are: exactly those are named.
        #[test]
        fn the_culprits_are_found(count in 1usize..64, picks in proptest::collection::btree_set(0usize..64, 1..5)) {
            let candidates = names(count);
            let mut culprits: Vec<String> = picks.iter().map(|pick| candidates[pick % count].clone()).collect();
            culprits.sort();
            culprits.dedup();
            let (end, loads) = search(Bisection::new(candidates, 2, 2), together(&culprits));
            let each = (usize::BITS - (count - 1).leading_zeros()) as usize + 1;
            prop_assert!(loads as usize <= each * culprits.len(), "{} loads", loads);
            prop_assert_eq!(found(end), culprits);
        }

        /// Nothing that a load can show makes it panic or go on for ever, and what it names did break the page.
        #[test]
        fn any_story_ends(count in 0usize..40, story in proptest::collection::vec(any::<bool>(), 1..60), odds in 0u32..5) {
            let mut told = story.iter().cycle().copied();
            let mut broken: Vec<Vec<String>> = vec![names(count)];
            let (end, _) = search(Bisection::new(names(count), odds, 4), |on| {
                let broke = told.next().unwrap_or(true);
                if broke {
                    broken.push(on.to_vec());
                }
                broke
            });
            if let BisectStep::Found { culprits, sure } = end {
                prop_assert!((0.0..=1.0).contains(&sure));
                prop_assert!(broken.iter().any(|on| on.iter().all(|one| culprits.contains(one)) || culprits.len() == count));
            }
        }
    }

    /// One that breaks the page on two loads of three is found nearly as often as the search says that it is sure.
    #[test]
    fn it_is_as_sure_as_it_is_right() {
        let (mut right, mut sure, mut seed) = (0.0, 0.0, 7u64);
        const RUNS: u32 = 2_000;
        for run in 0..RUNS {
            let candidates = names(16);
            let culprit = [candidates[run as usize % 16].clone()];
            let (end, _) = search(Bisection::new(candidates, 4, 6), |on| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                on.contains(&culprit[0]) && (seed >> 33) % 3 < 2
            });
            if let BisectStep::Found { culprits, sure: said } = end {
                right += f64::from(u8::from(culprits == culprit));
                sure += said;
            }
        }
        let (right, sure) = (right / f64::from(RUNS), sure / f64::from(RUNS));
        assert!((right - sure).abs() < 0.06 && right > 0.8, "right {right:.3}, sure {sure:.3}");
    }
}
