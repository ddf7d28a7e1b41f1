//! The figures as they are printed: one line each, as soon as it is known.

use anyhow::Result;

use crate::stats::Sample;

/// One figure.
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// In which browser; "host" for none.
    pub place: String,
    /// What came out.
    pub measured: String,
    /// What it should be; empty for a figure that stands for information.
    pub target: String,
    /// Whether it is.
    pub ok: bool,
}

impl Figure {
    /// A figure that has a target.
    pub fn new(what: &str, place: impl ToString, measured: String, target: &str, ok: bool) -> Figure {
        Figure { what: what.to_owned(), place: place.to_string(), measured, target: target.to_owned(), ok }
    }

    /// A figure without one.
    pub fn note(what: &str, place: impl ToString, measured: String) -> Figure {
        Figure::new(what, place, measured, "", true)
    }

    /// The medians of this build and the one to compare it with, in ms; none where there is nothing to compare. Right is what
    /// takes at most `factor` times as long, or `more` ms longer.
    pub fn compared(place: impl ToString, samples: &[Sample], factor: f64, more: f64) -> Option<Figure> {
        let [this, other] = samples else { return None };
        let (this, other) = (this.median(), other.median());
        let ratio = this / other.max(0.1);
        let target = if more > 0.0 { format!("≤ {factor} × or + {more} ms") } else { format!("≤ {factor} ×") };
        let measured = format!("{ratio:.2} × ({this:.1} ms, other {other:.1} ms)");
        let ok = ratio <= factor || this <= other + more;
        Some(Figure::new("… against the other build", place, measured, &target, ok))
    }
}

/// The headings.
pub fn print_head() {
    print_row("figure", "where", "measured", "target", "");
}

/// What was measured, or the reason why it could not be; false for the latter.
pub fn print_all(name: &str, place: impl ToString, measured: Result<Vec<Figure>>) -> bool {
    match measured {
        Ok(figures) => {
            figures.iter().for_each(print);
            true
        }
        Err(error) => {
            let reason = format!("{error:#}").replace('\n', " ");
            print_row(name, &place.to_string(), &format!("not measured: {reason}"), "", "failed");
            false
        }
    }
}

fn print(figure: &Figure) {
    let verdict = match (figure.target.is_empty(), figure.ok) {
        (true, _) => "",
        (_, true) => "ok",
        (_, false) => "miss",
    };
    print_row(&figure.what, &figure.place, &figure.measured, &figure.target, verdict);
}

fn print_row(what: &str, place: &str, measured: &str, target: &str, verdict: &str) {
    println!("{what:<44}{place:<10}{measured:<46}{target:<22}{verdict}");
}
