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

use serde::{Deserialize, Serialize};

use super::{
    Millis,
    diagnose::Verdict,
    model::{Attempt, Mended},
    named::named,
    names::{Blame, Cause},
    observe::Failure,
};

pub use case::cases;
pub use keep::{KEPT_BYTES, KEPT_FOR, UNWRITTEN, size};
pub use notes::{JournalRecord, fresh, notes};
pub use replay::{Difference, replay};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Names it. What is told again under the same name takes the place of what was told before.
    pub key: String,
    /// The case that it belongs to.
    pub case: String,
    /// When.
    pub at: Millis,
    /// What: `kind` names it, `body` is the rest.
    #[serde(flatten)]
    pub what: JournalEvent,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
pub enum JournalEvent {
    /// Something failed.
    Failure(Failure),
    /// Mend judged.
    Verdict(RecordedVerdict),
    /// A rung was tried; how it ended is its proof, and it may have been put back.
    Fix(Attempt),
    /// It works again.
    Mended(Mended),
    /// The person says whether a verdict was right.
    Feedback(Feedback),
}

named! {
    /// Why the journal is not as it should be. What could be kept is kept, and the person is told.
    pub enum JournalHealth {
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
    pub enum EntryKind {
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordedVerdict {
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

/// What a person says of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// Whose side it really was; none where nobody knows better.
    pub blame: Option<Blame>,
    /// The verdict was right.
    pub right: bool,
}

impl From<&Verdict> for RecordedVerdict {
    fn from(verdict: &Verdict) -> RecordedVerdict {
        RecordedVerdict {
            blame: verdict.blame,
            cause: verdict.cause,
            guess: verdict.guess,
            confidence: (verdict.confidence * 100.0).round() as u32,
            evidence: verdict.evidence.iter().map(|fact| fact.name().to_owned()).collect(),
        }
    }
}

impl JournalHealth {
    /// The message key of its words.
    pub fn words(self) -> &'static str {
        match self {
            JournalHealth::Full => "journal_full",
            JournalHealth::Broken => "journal_broken",
            JournalHealth::Aside => "journal_aside",
        }
    }
}

impl JournalEvent {
    /// Its kind.
    pub fn kind(&self) -> EntryKind {
        match self {
            JournalEvent::Failure(_) => EntryKind::Failure,
            JournalEvent::Verdict(_) => EntryKind::Verdict,
            JournalEvent::Fix(_) => EntryKind::Fix,
            JournalEvent::Mended(_) => EntryKind::Mended,
            JournalEvent::Feedback(_) => EntryKind::Feedback,
        }
    }
}

impl JournalEntry {
    /// What a person says of the last verdict on a case. Said again, it takes the place of what was said before.
    pub fn feedback(case: &str, feedback: Feedback, at: Millis) -> JournalEntry {
        JournalEntry { key: format!("{case}/said"), case: case.to_owned(), at, what: JournalEvent::Feedback(feedback) }
    }
}
