//! Handles results of deep inspection: bodies of failed responses, streams that ended early, and the origin of errors.
//!
//! Decodes the service's own text and drops it. No prompt and no answer is ever part of the input.

use super::record::failed;
use crate::core::{
    Effect, Millis, Model,
    decode::{self, Raw},
    endpoint::{Endpoint, EndpointKind, classify},
    event::TabId,
    observe::{Failure, Reached, Source},
    stream_end::StreamEnd,
    text::clip,
};

/// How much of a body is decoded, in bytes: error bodies are short.
const LONGEST: usize = 4_096;

impl Model {
    /// Whether deep inspection is on in this tab.
    pub fn inspects_deeply(&self, id: TabId) -> bool {
        self.tab(id).is_some_and(|tab| tab.deep_inspection)
    }
}

/// Switches deep inspection on or off.
pub(super) fn switch(model: &mut Model, id: TabId, on: bool) -> Vec<Effect> {
    let tab = model.tab_mut(id);
    if tab.deep_inspection == on {
        return Vec::new();
    }
    tab.deep_inspection = on;
    vec![Effect::DeepInspection { tab: id, on }]
}

/// Handles the body of a failed response.
pub(super) fn body(
    model: &mut Model,
    id: TabId,
    at: Millis,
    url: &str,
    status: u16,
    text: &str,
    now: Millis,
) -> Vec<Effect> {
    let Endpoint { kind: endpoint, path } = classify(url);
    if status < 400 || matches!(endpoint, EndpointKind::Unrelated | EndpointKind::Telemetry | EndpointKind::Stop) {
        return Vec::new();
    }
    let raw = Raw { at, status: Some(status), text: Some(clip(text, LONGEST)), ..Raw::default() };
    let saw = Failure {
        at,
        endpoint: Some(endpoint),
        path: Some(path),
        reached: Reached::Answer,
        status: Some(status),
        facts: decode::decode(&raw),
        ends: decode::ends(&raw),
        ..Failure::default()
    };
    failed(model, id, Source::DeepInspection, saw, now)
}

/// Handles the end of a response's stream. An error in it is a failure; an early end counts only if the page then
/// shows an error, because Stop looks the same.
pub(super) fn stream(
    model: &mut Model,
    id: TabId,
    at: Millis,
    url: &str,
    end: StreamEnd,
    text: &str,
    now: Millis,
) -> Vec<Effect> {
    let Endpoint { kind: endpoint, path } = classify(url);
    if !matches!(endpoint, EndpointKind::Chat | EndpointKind::Files) {
        return Vec::new();
    }
    let raw = Raw { at, text: Some(clip(text, LONGEST)), stream: Some(end), ..Raw::default() };
    let (facts, ends) = (decode::decode(&raw), decode::ends(&raw));
    let mut saw = Failure {
        at,
        endpoint: Some(endpoint),
        path: Some(path),
        reached: Reached::Answer,
        facts,
        ends,
        ..Failure::default()
    };
    if end == StreamEnd::Error {
        return failed(model, id, Source::DeepInspection, saw, now);
    }
    saw.sources.mark(Source::DeepInspection);
    let tab = model.tab_mut(id);
    // After a handoff the answer continues elsewhere; an early end alone does not count as working.
    if end == StreamEnd::Open {
        tab.unsettled = Some(at);
    }
    tab.doubt = Some(saw);
    Vec::new()
}
