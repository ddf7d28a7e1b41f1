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

/// One failure. Two sightings of the same one (network, timing, page) are fused into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// webRequest told of it.
    pub by_network: bool,
    /// The page's own timing told of it.
    pub by_timing: bool,
    /// The page shows it.
    pub by_page: bool,
}

impl Failure {
    /// Whether this fact was decoded.
    pub fn has(&self, fact: Fact) -> bool {
        self.facts.contains(&fact)
    }
}
