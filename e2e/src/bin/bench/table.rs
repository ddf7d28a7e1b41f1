//! The figures as they are printed: one line each, as soon as it is known.

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
}

/// The line above them all.
pub fn head() {
    line("figure", "where", "measured", "target", "");
}

/// One of them.
pub fn print(figure: &Figure) {
    let verdict = match (figure.target.is_empty(), figure.ok) {
        (true, _) => "",
        (_, true) => "ok",
        (_, false) => "miss",
    };
    line(&figure.what, &figure.place, &figure.measured, &figure.target, verdict);
}

fn line(what: &str, place: &str, measured: &str, target: &str, verdict: &str) {
    println!("{what:<44}{place:<10}{measured:<46}{target:<12}{verdict}");
}
