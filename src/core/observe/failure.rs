//! One failure, as all its sources together saw it. Holds no body, no banner text and no query.

use serde::{Deserialize, Serialize};

use crate::core::endpoint::EndpointKind;
use crate::core::request_ids::Ids;
use crate::core::{Millis, decode::is_ambiguous, fact::Fact, named::named};

named! {
    /// How far the request came.
    #[derive(Default)]
    pub enum Reached {
        /// No answer came.
        NoAnswer = "no-answer",
        /// An answer came, and it says no.
        Answer = "answer",
        /// Only the page shows it.
        #[default]
        Page = "page",
    }
}

/// One failure, or what one source saw of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// Names it within its case: which of the case's failures it is, from 1.
    pub id: u32,
    /// When it happened.
    pub at: Millis,
    /// What the request was for; none while only the page's banner is known.
    pub role: Option<EndpointKind>,
    /// The path of the request, ids replaced.
    pub path: Option<String>,
    /// How far it came.
    pub reached: Reached,
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
    pub sources: Sources,
}

/// A source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// webRequest.
    Network,
    /// The page's own timing.
    Timing,
    /// The page's structure.
    Page,
    /// A deep inspection at bodies and streams.
    DeepInspection,
}

/// Which sources told of a failure, each once: a bit for each, because shadows of many failures are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources(u8);

impl Sources {
    /// Whether this source told of it.
    pub fn by(self, who: Source) -> bool {
        self.0 & (1 << who as u8) != 0
    }

    /// This source told of it.
    pub fn mark(&mut self, who: Source) {
        self.0 |= 1 << who as u8;
    }
}

/// What is kept of an older failure: enough to know a late source of it, so that it is not counted again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureStub(pub Millis, pub Option<EndpointKind>, pub Option<u16>, pub Sources);

impl From<Failure> for FailureStub {
    fn from(failure: Failure) -> FailureStub {
        FailureStub(failure.at, failure.role, failure.status, failure.sources)
    }
}

impl Failure {
    /// Whether this is an answer that broke off by itself: not ended by anybody, nor by sleep or a change of network.
    pub fn is_cut(&self) -> bool {
        let broke = self.has(Fact::NetCut) || self.has(Fact::NetReset);
        broke && !self.error.as_deref().is_some_and(is_ambiguous)
    }

    /// Whether this fact was decoded.
    pub fn has(&self, fact: Fact) -> bool {
        self.facts.contains(&fact)
    }
}
