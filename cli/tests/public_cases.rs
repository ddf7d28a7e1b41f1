//! Public failures on every surface, each as a case and as the text that a person would paste: how often the right side is
//! named, how sure the wrong one is, and never that all is well. `./build.sh bench cases` prints all figures.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::path::Path;

use mend_lab::public_cases::{Figures, Form, figures, judge};

fn both(set: &str) -> (Figures, Figures, usize) {
    let mend = Path::new(env!("CARGO_BIN_EXE_mend"));
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("public-cases");
    let [case, text] = [Form::Case, Form::Pasted].map(|form| judge(mend, set, form, &scratch).unwrap());
    let same = case.iter().filter(|(id, told)| text[*id].blame == told.blame).count();
    (figures(case.values()), figures(text.values()), same)
}

#[test]
fn public_failures_get_the_right_side_on_every_surface() {
    let (case, text, same) = both("public");
    assert!(case.right * 100 >= case.decidable * 84, "{case:?}");
    assert!(text.right * 100 >= text.decidable * 80, "{text:?}");
    for one in [&case, &text] {
        assert_eq!(one.benign, 0, "a failure is called well: {one:?}");
        assert!(one.honest * 10 >= one.undecidable * 8, "{one:?}");
        assert!(one.sure_and_wrong * 100 <= (one.decidable + one.undecidable) * 5, "{one:?}");
        assert!(one.brier <= 0.11, "{one:?}");
    }
    assert!(same * 100 >= (case.decidable + case.undecidable) * 88, "{same}");
}

/// The others are measured, and what must hold of every failure is held; no other figure, so that nobody works towards them.
#[test]
fn no_sealed_failure_is_called_well() {
    let (case, text, _) = both("sealed");
    assert_eq!((case.benign, text.benign), (0, 0));
}
