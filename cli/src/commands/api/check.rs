//! One check, and what it found.

use mend::core::names::Blame;

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As it should be.
    Good,
    /// It may be the cause of a failure.
    Doubtful,
    /// A program fails by it.
    Bad,
}

impl Outcome {
    /// The name in the JSON output.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Good => "good",
            Outcome::Doubtful => "doubtful",
            Outcome::Bad => "bad",
        }
    }

    /// The mark in the text output.
    pub fn mark(self) -> char {
        match self {
            Outcome::Good => '✓',
            Outcome::Doubtful => '!',
            Outcome::Bad => '✗',
        }
    }
}

/// One check.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What was checked, in one word.
    pub name: &'static str,
    /// How it went.
    pub outcome: Outcome,
    /// What was found, a sentence.
    pub words: String,
    /// What to do, a sentence; none where all is well.
    pub advice: Option<String>,
    /// Whose side it is, where a request failed.
    pub blame: Option<Blame>,
}

impl Check {
    /// All is well.
    pub fn good(name: &'static str, words: impl Into<String>) -> Check {
        Check { name, outcome: Outcome::Good, words: words.into(), advice: None, blame: None }
    }

    /// It may be a cause.
    pub fn doubtful(name: &'static str, words: impl Into<String>, advice: impl Into<String>) -> Check {
        Check { outcome: Outcome::Doubtful, advice: Some(advice.into()), ..Check::good(name, words) }
    }

    /// It is a cause.
    pub fn bad(name: &'static str, words: impl Into<String>, advice: impl Into<String>) -> Check {
        Check { outcome: Outcome::Bad, advice: Some(advice.into()), ..Check::good(name, words) }
    }
}
