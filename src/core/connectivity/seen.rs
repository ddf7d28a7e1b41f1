//! The result of one probe.

use super::{Probe, ProbeEnd, ProbeTarget, Trace};
use crate::core::{
    Millis,
    decode::{Raw, decode},
    fact::Fact,
    text::clip,
};

/// How much of a body is parsed, in bytes: the trace has about 300, an error page of the edge a few thousand.
const LONGEST: usize = 4_096;

/// The result of one probe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeResult {
    /// The target.
    pub target: ProbeTarget,
    /// How long it took, in milliseconds.
    pub took: Millis,
    /// Its outcome.
    pub came: ProbeOutcome,
}

/// The outcome of a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeOutcome {
    /// The expected response.
    Fine,
    /// A server error.
    Failing,
    /// The edge asks for proof of a person.
    Challenged,
    /// The edge refuses this IP address.
    Refused,
    /// The response says that this country is not served.
    Abroad,
    /// Another server answered in its place.
    Elsewhere,
    /// No response; with the reason, as far as the browser reports one.
    Nothing(Fact),
}

impl ProbeResult {
    /// Evaluates a probe.
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
        // Any response proves that these can be reached.
        ProbeTarget::Status | ProbeTarget::Neutral => ProbeOutcome::Fine,
        _ if has(Fact::EdgeChallenge) => ProbeOutcome::Challenged,
        _ if has(Fact::Portal) || has(Fact::FromBetween) => ProbeOutcome::Elsewhere,
        _ if has(Fact::UnsupportedRegion) => ProbeOutcome::Abroad,
        _ if has(Fact::AddressRefused) || (status == 403 && has(Fact::FromEdge)) => ProbeOutcome::Refused,
        _ if status >= 500 => ProbeOutcome::Failing,
        // Only the edge itself gives its trace (RFC 8952 §1: a captive portal answers in the server's place).
        ProbeTarget::Edge if status < 300 && Trace::read(text).is_none() => ProbeOutcome::Elsewhere,
        // An error of the service still proves that it answers.
        ProbeTarget::Edge | ProbeTarget::Service => ProbeOutcome::Fine,
    }
}

/// The reason of a failed request. `fetch` gives none; `webRequest` gives the browser's error name.
fn why(at: Millis, error: Option<&str>) -> Fact {
    let told = decode(&Raw { at, error, ..Raw::default() }).first().copied();
    // A probe cannot be stopped by the person, so a deliberate end counts as a dropped connection.
    told.filter(|fact| !matches!(fact, Fact::GaveUp | Fact::NetUnknown)).unwrap_or(Fact::NetDropped)
}
