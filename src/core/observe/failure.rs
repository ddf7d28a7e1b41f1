//! One failure, as all its sources saw it. Holds no body, no banner text and no query.

use serde::{Deserialize, Serialize};

use crate::core::endpoint::EndpointKind;
use crate::core::request_ids::Ids;
use crate::core::{Millis, decode::is_ambiguous, fact::Fact, named::named};

named! {
    /// How far the request came.
    #[derive(Default)]
    pub enum Reached {
        /// No response came.
        NoAnswer = "no-answer",
        /// A response with an error came.
        Answer = "answer",
        /// Only the page shows it.
        #[default]
        Page = "page",
    }
}

/// One failure, or what one source observed of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// Its number within the case, from 1.
    pub id: u32,
    /// When it happened, in milliseconds since the epoch.
    pub at: Millis,
    /// The kind of endpoint; none while only the page's banner is known.
    pub endpoint: Option<EndpointKind>,
    /// The path of the request, with ids replaced.
    pub path: Option<String>,
    /// How far it came.
    pub reached: Reached,
    /// HTTP status, if there was a response.
    pub status: Option<u16>,
    /// The browser's name of a network error, truncated.
    pub error: Option<String>,
    /// The decoded facts.
    pub facts: Vec<Fact>,
    /// The request ids, for a support desk.
    pub ids: Ids,
    /// When the limit ends, if the response says so.
    pub ends: Option<Millis>,
    /// The sources that observed it.
    pub sources: Sources,
}

/// A source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `webRequest`.
    Network,
    /// The page's own timing (`PerformanceResourceTiming`).
    Timing,
    /// The page's structure.
    Page,
    /// Deep inspection of bodies and streams.
    DeepInspection,
}

/// The sources that observed a failure, as a bit set, because many stubs are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources(u8);

impl Sources {
    /// Whether this source is included.
    pub fn by(self, who: Source) -> bool {
        self.0 & (1 << who as u8) != 0
    }

    /// Adds this source.
    pub fn mark(&mut self, who: Source) {
        self.0 |= 1 << who as u8;
    }
}

/// The rest of an older failure: enough to recognise a late observation of it, so that it is not counted again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureStub(pub Millis, pub Option<EndpointKind>, pub Option<u16>, pub Sources);

impl From<Failure> for FailureStub {
    fn from(failure: Failure) -> FailureStub {
        FailureStub(failure.at, failure.endpoint, failure.status, failure.sources)
    }
}

impl Failure {
    /// Whether the response broke off by itself: neither cancelled, nor by sleep or a change of network.
    pub fn is_cut(&self) -> bool {
        let broke = self.has(Fact::NetCut) || self.has(Fact::NetReset);
        broke && !self.error.as_deref().is_some_and(is_ambiguous)
    }

    /// Whether this fact was decoded.
    pub fn has(&self, fact: Fact) -> bool {
        self.facts.contains(&fact)
    }
}
