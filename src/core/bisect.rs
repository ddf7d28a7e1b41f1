//! Finds the extensions that break ChatGPT by bisection, one page load per step.
//!
//! Owns the search state as plain data that survives a stop of the worker. It switches nothing and does not classify a
//! load: the caller reports whether the failure in question came back, and reports nothing where a different failure
//! came.
//!
//! The candidates are in one fixed order. Some prefix works and some longer prefix breaks; bisecting between the two
//! finds the shortest prefix that breaks, and its last element is a culprit (Zeller and Hildebrandt, "Simplifying and
//! isolating failure-inducing input", 2002, with one difference: known culprits stay on while the next is searched
//! for). All culprits are found once they break the page by themselves. One culprit of n takes ⌈log₂ n⌉ + 1 loads, a
//! pair at most twice as many.

use serde::{Deserialize, Serialize};

/// A search under way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bisection {
    /// Ids of all candidates, the likeliest first. Extensions that cannot be switched off are not included: they stay
    /// on.
    order: Vec<String>,
    /// Known culprits, as indices into `order`.
    culprits: Vec<u32>,
    /// Length of a prefix with which, plus the culprits, the page works; none while it is not known that the culprits
    /// alone do not break it.
    works: Option<u32>,
    /// Length of a prefix with which, plus the culprits, the page breaks.
    breaks: u32,
    /// Whether any load has worked yet.
    worked: bool,
    /// Whether the page breaks even with all candidates off.
    innocent: bool,
    /// How often the failure shows, in per cent of the loads.
    odds: u32,
    /// Good loads in a row with the candidates that are on now.
    good_in_row: u32,
    /// How many times a configuration was accepted as working.
    beliefs: u32,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum BisectStep {
    /// Enable only these candidates, load the page, and report the result.
    Try {
        /// The ids of the candidates.
        on: Vec<String>,
        /// Upper bound of the loads that remain, unless one more culprit turns out to be needed.
        left: u32,
    },
    /// These extensions break the page, one alone or several only together.
    Found {
        /// Their ids.
        culprits: Vec<String>,
        /// Probability that the result is right, 0 to 1: lower where the failure is intermittent.
        sure: f64,
    },
    /// None of the candidates breaks the page.
    Innocent,
    /// The results contradict each other: the failure is gone, or too rare.
    Unclear,
}

/// Upper bound of the failure rate, in per cent: a failure on every load so far may still be intermittent.
const MOST: u32 = 98;
/// Lower bound of the failure rate, in per cent: a rarer failure takes too many loads to search for.
const LEAST: u32 = 30;
/// A configuration counts as working when chance would produce its run of good loads this rarely, in per cent.
const DOUBT: f64 = 5.0;
/// Most loads of one configuration.
const PATIENCE: u32 = 8;
/// More culprits than this that break the page only together are taken for chance.
const CROWD: usize = 4;

impl Bisection {
    /// Begins a search among these candidates, the likeliest first. With all of them on, the failure showed on
    /// `broken` of `loads` loads.
    pub fn new(candidates: Vec<String>, broken: u32, loads: u32) -> Bisection {
        let odds = broken.saturating_mul(100).checked_div(loads).unwrap_or(MOST).clamp(LEAST, MOST);
        let breaks = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
        let mut search = Bisection { order: candidates, works: Some(0), breaks, odds, ..Bisection::default() };
        search.close_in();
        search
    }

    /// What to do next. Does not change the state.
    pub fn next(&self) -> BisectStep {
        let known: Vec<u32> = self.culprits.clone();
        match self.works {
            _ if self.innocent || self.order.is_empty() => BisectStep::Innocent,
            Some(works) if works >= self.breaks => BisectStep::Unclear,
            _ if self.culprits.len() > CROWD => BisectStep::Unclear,
            _ if self.breaks == 0 && self.worked => BisectStep::Found { culprits: self.ids(&known), sure: self.sure() },
            // The first candidate alone breaks the page; check that the page works without it.
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

    /// Records the result of the load that [`Bisection::next`] asked for.
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

    /// Takes the last element of the shortest breaking prefix as a culprit, once the prefixes are one apart.
    fn close_in(&mut self) {
        while let Some(works) = self.works
            && self.breaks == works.saturating_add(1)
        {
            self.culprits.push(works);
            self.breaks = works;
            // With this culprit on, a longer prefix may break the page than before, or an empty one.
            self.works = None;
        }
    }

    fn middle(&self, works: u32) -> u32 {
        works + self.breaks.saturating_sub(works).div_ceil(2).min(self.breaks.saturating_sub(works + 1))
    }

    /// How many good loads in a row are needed to accept that the page works.
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

    /// Searches to the end; `breaks` gives the result of a load with these on. Each step is serialised and read again,
    /// as if the worker had been stopped.
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

    /// Breaks only with all of these on.
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

        /// Exactly the extensions that break the page together are named, however many there are.
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

        /// No sequence of results causes a panic or an endless search, and every named extension did break the page.
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

    /// A culprit that breaks the page on two loads of three is found nearly as often as the reported probability.
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
