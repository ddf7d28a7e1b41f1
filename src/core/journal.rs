//! What happened, kept: every failure, verdict, fix, proof and recovery, as structured facts.
//!
//! A projection of the [`Model`](super::Model): what is to be written follows from what is remembered, and each entry has
//! a name of its own. So it may be told again after any accident, and is written once. Never holds chat text, a banner's
//! words, a cookie, a query, or anything of a window that is private or may be.

mod case;
mod keep;
mod line;
mod notes;
mod replay;

use super::{
    Millis,
    diagnose::Verdict,
    model::{Attempt, Mended},
    named::named,
    names::{Blame, Cause},
    observe::Failure,
    plain::{Data, Plain, plain},
};

pub use case::cases;
pub use keep::{KEPT_BYTES, KEPT_FOR, UNWRITTEN, size};
pub use notes::{Note, fresh, notes};
pub use replay::{Difference, replay};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Names it. What is told again under the same name takes the place of what was told before.
    pub key: String,
    /// The case that it belongs to.
    pub case: String,
    /// When.
    pub at: Millis,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Something failed.
    Failure(Failure),
    /// Mend judged.
    Verdict(Told),
    /// A rung was tried; how it ended is its proof, and it may have been put back.
    Fix(Attempt),
    /// It works again.
    Mended(Mended),
    /// The person says whether a verdict was right.
    Feedback(Feedback),
}

named! {
    /// Why the journal is not as it should be. What could be kept is kept, and the person is told.
    pub enum Trouble {
        /// The browser has no room: the newest entries wait in the session's memory.
        Full = "full",
        /// It cannot be written, for whatever reason: likewise.
        Broken = "broken",
        /// What stands there is not to be read by this version: it stays as it is, and a new journal was begun.
        Aside = "aside",
    }
}

named! {
    /// The kinds of entries, by their names in storage and in a bundle.
    pub enum Kind {
        /// Something failed.
        Failure = "failure",
        /// Mend judged.
        Verdict = "verdict",
        /// A rung was tried.
        Fix = "fix",
        /// It works again.
        Mended = "mended",
        /// The person says whether a verdict was right.
        Feedback = "feedback",
    }
}

/// A verdict, as it was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Whose side.
    pub blame: Blame,
    /// What exactly.
    pub cause: Cause,
    /// The likeliest cause, also where it was not said.
    pub guess: Cause,
    /// How sure, in percent.
    pub confidence: u32,
    /// What it rested on, by the names of the facts.
    pub evidence: Vec<String>,
}
plain!(Told by field { blame, cause, guess, confidence, evidence });

/// What a person says of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Whose side it really was; none where nobody knows better.
    pub blame: Option<Blame>,
    /// The verdict was right.
    pub right: bool,
}
plain!(Feedback by field { blame, right });

impl From<&Verdict> for Told {
    fn from(verdict: &Verdict) -> Told {
        Told {
            blame: verdict.blame,
            cause: verdict.cause,
            guess: verdict.guess,
            confidence: (verdict.confidence * 100.0).round() as u32,
            evidence: verdict.evidence.iter().map(|fact| fact.name().to_owned()).collect(),
        }
    }
}

impl Trouble {
    /// The message key of its words.
    pub fn words(self) -> &'static str {
        match self {
            Trouble::Full => "journal_full",
            Trouble::Broken => "journal_broken",
            Trouble::Aside => "journal_aside",
        }
    }
}

impl What {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            What::Failure(_) => Kind::Failure,
            What::Verdict(_) => Kind::Verdict,
            What::Fix(_) => Kind::Fix,
            What::Mended(_) => Kind::Mended,
            What::Feedback(_) => Kind::Feedback,
        }
    }
}

impl Entry {
    /// What a person says of the last verdict on a case. Said again, it takes the place of what was said before.
    pub fn feedback(case: &str, feedback: Feedback, at: Millis) -> Entry {
        Entry { key: format!("{case}/said"), case: case.to_owned(), at, what: What::Feedback(feedback) }
    }
}

impl Data for Entry {
    fn to_plain(&self) -> Plain {
        let body = match &self.what {
            What::Failure(failure) => failure.to_plain(),
            What::Verdict(told) => told.to_plain(),
            What::Fix(attempt) => attempt.to_plain(),
            What::Mended(mended) => mended.to_plain(),
            What::Feedback(feedback) => feedback.to_plain(),
        };
        Plain::Nothing
            .with("key", self.key.to_plain())
            .with("case", self.case.to_plain())
            .with("at", self.at.to_plain())
            .with("kind", self.what.kind().to_plain())
            .with("body", body)
    }

    fn read(plain: &Plain, bad: &mut bool) -> Entry {
        let body = plain.get("body");
        let what = match plain.field("kind", bad) {
            Kind::Failure => What::Failure(Data::read(body, bad)),
            Kind::Verdict => What::Verdict(Data::read(body, bad)),
            Kind::Fix => What::Fix(Data::read(body, bad)),
            Kind::Mended => What::Mended(Data::read(body, bad)),
            Kind::Feedback => What::Feedback(Data::read(body, bad)),
        };
        Entry { key: plain.field("key", bad), case: plain.field("case", bad), at: plain.field("at", bad), what }
    }
}
