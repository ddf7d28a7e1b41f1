//! One failure, as all its witnesses together saw it. Holds no body, no banner text and no query.

use serde::{Deserialize, Serialize};

use super::{Ids, Role};
use crate::core::{Millis, fact::Fact};

/// How far the request came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// No answer came.
    NoAnswer,
    /// An answer came, and it says no.
    Answer,
    /// Only the page shows it.
    #[default]
    Page,
}

/// One failure, or what one witness saw of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// When it happened.
    pub at: Millis,
    /// What the request was for; none while only the page's banner is known.
    pub role: Option<Role>,
    /// The path of the request, ids replaced.
    pub path: Option<String>,
    /// How far it came.
    pub stage: Stage,
    /// The status, where one came.
    pub status: Option<u16>,
    /// The browser's own name of a network error, cut short.
    pub error: Option<String>,
    /// What was decoded.
    pub facts: Vec<Fact>,
    /// Ids for a support desk.
    pub ids: Ids,
    /// When the limit ends, where the answer says so.
    pub ends: Option<Millis>,
    /// Who told of it.
    pub seen: Seen,
}

/// A witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// webRequest.
    Network,
    /// The page's own timing.
    Timing,
    /// The page's structure.
    Page,
}

/// Which witnesses told of a failure, each once: a bit for each, because shadows of many failures are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen(u8);

impl Seen {
    /// Whether this witness told of it.
    pub fn by(self, who: Who) -> bool {
        self.0 & (1 << who as u8) != 0
    }

    /// This witness told of it.
    pub fn mark(&mut self, who: Who) {
        self.0 |= 1 << who as u8;
    }
}

/// What is kept of an older failure: enough to know a late witness of it, so that it is not counted again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faded(pub Millis, pub Option<Role>, pub Option<u16>, pub Seen);

impl From<Failure> for Faded {
    fn from(failure: Failure) -> Faded {
        Faded(failure.at, failure.role, failure.status, failure.seen)
    }
}

impl Failure {
    /// Whether this fact was decoded.
    pub fn has(&self, fact: Fact) -> bool {
        self.facts.contains(&fact)
    }
}
