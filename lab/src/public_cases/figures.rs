//! How often the right side and cause are named, and how sure the wrong ones are.

use std::collections::BTreeMap;

use super::Judged;

/// Confidence above which a wrong side hurts.
const SURE: f64 = 0.6;

/// The figures of one form of a set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// How many failures tell their side.
    pub decidable: usize,
    /// In how many of them the side is right.
    pub right: usize,
    /// In how many of them the cause is right, too.
    pub cause: usize,
    /// How many failures do not tell their side.
    pub undecidable: usize,
    /// In how many of them the program says so, or is not sure.
    pub honest: usize,
    /// How often it is sure of a wrong side.
    pub sure_and_wrong: usize,
    /// How often it calls a failure none.
    pub benign: usize,
    /// The mean squared distance of the confidence from the truth (Brier, 1950).
    pub brier: f64,
    /// Right sides of decidable failures, by surface.
    pub by_surface: BTreeMap<String, (usize, usize)>,
}

/// The figures.
pub fn figures<'a>(all: impl IntoIterator<Item = &'a Judged>) -> Figures {
    let (mut figures, mut count) = (Figures::default(), 0.0);
    for one in all {
        let (right, named) = (one.is_right(), one.is_named());
        if one.decidable {
            figures.decidable += 1;
            figures.right += usize::from(right);
            figures.cause += usize::from(right && one.causes.contains(&one.cause));
            let (fits, of) = figures.by_surface.entry(one.surface.clone()).or_default();
            *fits += usize::from(right);
            *of += 1;
        } else {
            figures.undecidable += 1;
            figures.honest += usize::from(!named || one.confidence <= SURE || right);
        }
        figures.sure_and_wrong += usize::from(!right && one.confidence > SURE);
        figures.benign += usize::from(one.blame == "benign" && !right);
        let told = if named { one.confidence } else { 0.0 };
        figures.brier += (told - f64::from(named && right)).powi(2);
        count += 1.0;
    }
    figures.brier /= f64::max(count, 1.0);
    figures
}

/// How often each side was named for each true one (the first of several), by surface.
pub fn confusion<'a>(all: impl IntoIterator<Item = &'a Judged>) -> BTreeMap<(String, String), BTreeMap<String, usize>> {
    let mut table: BTreeMap<_, BTreeMap<String, usize>> = BTreeMap::new();
    for one in all {
        let first = one.wanted.first().cloned().unwrap_or_default();
        let wanted = if one.is_right() { one.blame.clone() } else { first };
        *table.entry((one.surface.clone(), wanted)).or_default().entry(one.blame.clone()).or_default() += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(wanted: &str, decidable: bool, blame: &str, confidence: f64) -> Judged {
        Judged {
            surface: "api".to_owned(),
            wanted: vec![wanted.to_owned()],
            causes: vec!["outage".to_owned()],
            decidable,
            blame: blame.to_owned(),
            cause: "outage".to_owned(),
            confidence,
        }
    }

    #[test]
    fn each_figure_counts_what_it_says() {
        let all = [
            judged("them", true, "them", 0.9),
            judged("them", true, "network", 0.7),
            judged("network", true, "benign", 0.5),
            judged("unknown", false, "unknown", 0.3),
            judged("unknown", false, "them", 0.8),
        ];
        let told = figures(&all);
        assert_eq!((told.right, told.cause, told.decidable), (1, 1, 3));
        assert_eq!((told.honest, told.undecidable), (1, 2));
        assert_eq!((told.sure_and_wrong, told.benign), (2, 1));
        assert!((told.brier - (0.01 + 0.49 + 0.25 + 0.0 + 0.64) / 5.0).abs() < 1e-9, "{told:?}");
        assert_eq!(told.by_surface["api"], (1, 3));
        assert_eq!(confusion(&all)[&("api".to_owned(), "them".to_owned())]["network"], 1);
    }
}
