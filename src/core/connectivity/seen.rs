//! What is kept of one probe.

use super::{Probe, ProbeEnd, ProbeTarget, Trace};
use crate::core::{
    Millis,
    decode::{Raw, decode},
    fact::Fact,
    text::clip,
};

/// The trace is about 300 bytes, an edge's page a few thousand.
const LONGEST: usize = 4_096;

/// One probe, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeResult {
    /// Who was asked.
    pub target: ProbeTarget,
    /// How long it took.
    pub took: Millis,
    /// What came of it.
    pub came: ProbeOutcome,
}

/// What came of a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeOutcome {
    /// An answer, as it should be.
    Fine,
    /// An answer that says that whoever gave it cannot.
    Failing,
    /// The front door asks for proof of a person.
    Challenged,
    /// The front door refuses this address.
    Refused,
    /// The answer says that this country is not served.
    Abroad,
    /// Something else answered in its place.
    Elsewhere,
    /// No answer, and why, as far as the browser tells.
    Nothing(Fact),
}

impl ProbeResult {
    /// Understands a probe, and keeps no more than that.
    pub fn of(probe: &Probe) -> ProbeResult {
        let came = match &probe.end {
            ProbeEnd::Answer { status, headers, text } => {
                let text = clip(text, LONGEST);
                let raw = Raw {
                    at: probe.at,
                    status: Some(*status),
                    headers: Some(headers),
                    text: Some(text),
                    ..Raw::default()
                };
                answered(probe.target, *status, text, &decode(&raw))
            }
            ProbeEnd::Diverted if probe.target == ProbeTarget::Edge => ProbeOutcome::Elsewhere,
            ProbeEnd::Opaque | ProbeEnd::Diverted => ProbeOutcome::Fine,
            ProbeEnd::Broken(error) => ProbeOutcome::Nothing(why(probe.at, error.as_deref())),
            ProbeEnd::Late => ProbeOutcome::Nothing(Fact::NetTimeout),
        };
        ProbeResult { target: probe.target, took: probe.took.max(0), came }
    }
}

fn answered(target: ProbeTarget, status: u16, text: &str, facts: &[Fact]) -> ProbeOutcome {
    let has = |fact: Fact| facts.contains(&fact);
    match target {
        // Whatever these say, they were reached.
        ProbeTarget::Status | ProbeTarget::Neutral => ProbeOutcome::Fine,
        _ if has(Fact::EdgeChallenge) => ProbeOutcome::Challenged,
        _ if has(Fact::Portal) || has(Fact::FromBetween) => ProbeOutcome::Elsewhere,
        _ if has(Fact::UnsupportedRegion) => ProbeOutcome::Abroad,
        _ if has(Fact::AddressRefused) || (status == 403 && has(Fact::FromEdge)) => ProbeOutcome::Refused,
        _ if status >= 500 => ProbeOutcome::Failing,
        // Only the front door itself gives its trace (RFC 8952 §1: a portal answers in the server's place).
        ProbeTarget::Edge if status < 300 && Trace::read(text).is_none() => ProbeOutcome::Elsewhere,
        // A refusal of the service's is an answer of the service's.
        ProbeTarget::Edge | ProbeTarget::Service => ProbeOutcome::Fine,
    }
}

/// Fetch tells no reason; webRequest does, under the browser's own name.
fn why(at: Millis, error: Option<&str>) -> Fact {
    let told = decode(&Raw { at, error, ..Raw::default() }).first().copied();
    // Fetch has no Stop: what a browser calls deliberate here is no more than broken.
    told.filter(|fact| !matches!(fact, Fact::GaveUp | Fact::NetUnknown)).unwrap_or(Fact::NetDropped)
}
