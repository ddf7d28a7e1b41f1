//! The journal: every failure, verdict, fix, proof and recovery, as structured data.
//!
//! A projection of the [`Model`](super::Model): the entries to write are derived from it, and each has its own key. So
//! writing is idempotent and can be repeated after any error. Holds no chat text, no text of a banner, no cookie, no
//! query, and nothing of a window that is or may be private.

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

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Identifies it. An entry with the same key replaces the earlier one.
    pub key: String,
    /// The key of its case.
    pub case: String,
    /// Milliseconds since the epoch.
    pub at: Millis,
    /// What happened: `kind` is its name, `body` its data.
    #[serde(flatten)]
    pub what: JournalEvent,
}

/// What an entry records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
pub enum JournalEvent {
    /// A request or the page failed.
    Failure(Failure),
    /// A verdict was given.
    Verdict(RecordedVerdict),
    /// A rung was tried; with its outcome, and when it was undone.
    Fix(Attempt),
    /// It works again.
    Mended(Mended),
    /// The person rated a verdict.
    Feedback(Feedback),
}

named! {
    /// Why the journal is incomplete. Whatever can be kept is kept, and the person is informed.
    pub enum JournalHealth {
        /// The quota is exceeded: the newest entries wait in session storage.
        Full = "full",
        /// It cannot be written for another reason: the newest entries wait in session storage.
        Broken = "broken",
        /// The stored journal cannot be read by this version: it is left as it is, and a new one was begun.
        Aside = "aside",
    }
}

named! {
    /// The kinds of entries, by their names in storage and in a bundle.
    pub enum EntryKind {
        /// A request or the page failed.
        Failure = "failure",
        /// A verdict was given.
        Verdict = "verdict",
        /// A rung was tried.
        Fix = "fix",
        /// It works again.
        Mended = "mended",
        /// The person rated a verdict.
        Feedback = "feedback",
    }
}

/// A verdict, as it was shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordedVerdict {
    /// Whose side the failure is on.
    pub blame: Blame,
    /// What exactly failed.
    pub cause: Cause,
    /// The likeliest cause, even where `cause` is unknown.
    pub guess: Cause,
    /// Confidence in per cent.
    pub confidence: u32,
    /// The names of the facts that it rests on.
    pub evidence: Vec<String>,
}

/// A person's rating of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// Whose side it really was; none where the person does not say.
    pub blame: Option<Blame>,
    /// Whether the verdict was right.
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
    /// The message key of its text.
    pub fn message_key(self) -> &'static str {
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
    /// The entry for a rating of the last verdict on a case. A later one replaces it.
    pub fn feedback(case: &str, feedback: Feedback, at: Millis) -> JournalEntry {
        JournalEntry { key: format!("{case}/said"), case: case.to_owned(), at, what: JournalEvent::Feedback(feedback) }
    }
}
