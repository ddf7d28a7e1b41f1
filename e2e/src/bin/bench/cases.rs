//! The command line's verdicts on the public failures of `tests/cases`: how often the side and the cause are right, by surface,
//! and how far the confidence can be believed, as a picture.

use std::{collections::BTreeMap, fs};

use anyhow::Result;
use mend_e2e::workspace;
use mend_lab::public_cases::{Form, Judged, confusion, diagram, figures, judge};

use crate::report::Figure;

/// The sets of failures, and what they should reach: per hundred of the decidable as cases, and as pasted.
const SETS: &[(&str, usize, usize)] = &[("public", 85, 80), ("sealed", 85, 75)];
/// Where the picture of the sealed set goes.
const PICTURE: &str = "docs/reliability.svg";
/// What share of all may be sure and wrong, per hundred, and the largest Brier score.
const SURE_AND_WRONG: usize = 4;
const BRIER: f64 = 0.11;

/// The figures of both sets and forms, and a table of what was taken for what.
pub fn measure() -> Result<Vec<Figure>> {
    let mend = std::env::current_exe()?.with_file_name("mend");
    let scratch = tempfile::tempdir()?;
    let mut told = Vec::new();
    for (set, as_cases, as_pasted) in SETS {
        let case = judge(&mend, set, Form::Case, scratch.path())?;
        let text = judge(&mend, set, Form::Pasted, scratch.path())?;
        told.extend(lines(&format!("{set}, as cases"), case.values(), *as_cases));
        told.extend(lines(&format!("{set}, as pasted"), text.values(), *as_pasted));
        let same = case.iter().filter(|(id, one)| text.get(*id).is_some_and(|other| other.blame == one.blame)).count();
        let share = format!("{same} of {}", case.len());
        told.push(Figure::new("… the same side in both forms", "host", share, "≥ 90 %", same * 100 >= case.len() * 90));
        if *set == "sealed" {
            let series = [("as cases", case.values().collect()), ("as pasted", text.values().collect())];
            let picture = diagram("Verdicts on the sealed public failures", &series);
            fs::write(workspace().join(PICTURE), picture)?;
            told.push(Figure::note("… reliability diagram", "host", PICTURE.to_owned()));
        }
        told.extend(table(case.values()));
    }
    Ok(told)
}

fn lines<'a>(name: &str, all: impl Iterator<Item = &'a Judged>, aim: usize) -> Vec<Figure> {
    let one = figures(all);
    let count = one.decidable + one.undecidable;
    let by_surface = one.by_surface.iter().map(|(surface, (right, of))| format!("{surface} {right}/{of}"));
    let sides = format!("{} of {}; cause {}", one.right, one.decidable, one.cause);
    let doubts = format!("{} of {}", one.honest, one.undecidable);
    let wrong = format!("{} of {count}; called well {}", one.sure_and_wrong, one.benign);
    let is_calm = one.benign == 0 && one.sure_and_wrong * 100 <= count * SURE_AND_WRONG;
    vec![
        Figure::new(name, "host", sides, &format!("≥ {aim} %"), one.right * 100 >= one.decidable * aim),
        Figure::note("… by surface", "host", by_surface.collect::<Vec<_>>().join(", ")),
        Figure::new("… undecidable, and told so", "host", doubts, "≥ 90 %", one.honest * 10 >= one.undecidable * 9),
        Figure::new("… sure and wrong", "host", wrong, &format!("≤ {SURE_AND_WRONG} %; 0"), is_calm),
        Figure::new("… Brier score", "host", format!("{:.3}", one.brier), &format!("≤ {BRIER}"), one.brier <= BRIER),
    ]
}

/// A line for each true side of a surface: what it was taken for.
fn table<'a>(all: impl Iterator<Item = &'a Judged>) -> Vec<Figure> {
    let line = |((surface, wanted), taken): (_, BTreeMap<String, usize>)| {
        let taken: Vec<String> = taken.iter().map(|(blame, count)| format!("{blame} {count}")).collect();
        Figure::note(&format!("… {surface}: {wanted} taken for"), "host", taken.join(", "))
    };
    let (table, line): (_, fn(_) -> Figure) = (confusion(all), line);
    table.into_iter().map(line).collect()
}
