//! Converts an event to a failure: decodes it and drops its text. Stateless.

use super::{Failure, Reached};
use crate::core::endpoint::{Endpoint, EndpointKind, classify};
use crate::core::request_ids::Ids;
use crate::core::{
    Millis, catalog,
    decode::{self, Raw},
    event::{NetError, Response},
    fact::Fact,
    stream_end::StreamEnd,
    text::clip,
};

/// Longest network error name that is kept, in bytes.
const ERROR: usize = 80;
/// Longest banner, in bytes; a longer text is not an error message.
const BANNER: usize = 400;

/// Facts that do not say why: a rare status has many reasons.
const VAGUE: &[Fact] = &[
    Fact::FromService,
    Fact::SaysNetworkError,
    Fact::SaysSomethingWrong,
    Fact::PageBroken,
    Fact::NetUnknown,
    Fact::StatusOther,
];

/// The facts of a failure; of a program's of which they do not say why also what the error catalog says of its names. What
/// reports a network error in a sentence is a program, too.
fn facts(raw: &Raw<'_>, endpoint: EndpointKind) -> Vec<Fact> {
    let mut facts = decode::decode(raw);
    let of_program = match endpoint {
        EndpointKind::Foreign | EndpointKind::Telemetry => false,
        _ => endpoint.is_of_programs() || raw.error.is_some_and(|error| decode::error_name(error).is_none()),
    };
    let text = raw.text.or(raw.error).filter(|_| of_program && facts.iter().all(|fact| VAGUE.contains(fact)));
    let named = |text| catalog::decode(catalog::known()?, text, endpoint == EndpointKind::Gateway);
    facts.extend(text.and_then(named));
    facts
}

impl Failure {
    /// A response with an error status, or whose stream did not end normally.
    pub fn answered(response: &Response, stream: Option<StreamEnd>) -> Failure {
        let Endpoint { kind: endpoint, path } = classify(&response.url);
        let headers = &response.headers;
        let raw = Raw {
            at: response.at,
            status: response.status,
            headers: Some(headers),
            text: response.body.as_deref(),
            stream,
            ..Raw::default()
        };
        Failure {
            at: response.at,
            endpoint: Some(endpoint),
            path: Some(path),
            reached: Reached::Answer,
            status: response.status,
            facts: facts(&raw, endpoint),
            ids: Ids::of(Some(headers), response.body.as_deref()),
            ends: decode::ends(&raw),
            ..Failure::default()
        }
    }

    /// A request that failed with a network error.
    pub fn broken(error: &NetError) -> Failure {
        let Endpoint { kind: endpoint, path } = classify(&error.url);
        // A program's own sentence may hold a status, a code or a reason; a browser's name does not.
        let text = decode::error_name(&error.error).is_none().then_some(error.error.as_str());
        let raw = Raw { at: error.at, error: Some(&error.error), text, ..Raw::default() };
        Failure {
            at: error.at,
            endpoint: Some(endpoint),
            path: Some(path),
            reached: Reached::NoAnswer,
            error: Some(clip(&error.error, ERROR).to_owned()),
            facts: facts(&raw, endpoint),
            ..Failure::default()
        }
    }

    /// An error that the page shows.
    pub fn shown(at: Millis, text: &str) -> Failure {
        let raw = Raw { at, text: Some(clip(text, BANNER)), ..Raw::default() };
        Failure {
            at,
            facts: decode::decode(&raw),
            ids: Ids::of(None, raw.text),
            ends: decode::ends(&raw),
            ..Failure::default()
        }
    }
}
