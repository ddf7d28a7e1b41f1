//! Telemetry: endpoints that blockers block and that no diagnosis may rest on.
//!
//! Owns their answers and the CORS headers they need. Never keeps what is sent to them.

use hyper::Method;

use crate::ask::Ask;
use crate::fault::Place;
use crate::hosts::reply;
use crate::reply::{Answer, Reply, TEXT};
use crate::state::State;

/// Takes whatever comes.
pub(crate) fn answer(state: &State, ask: &Ask, place: Place) -> Reply {
    reply(state, place, ask, || {
        let answer = if ask.method == Method::OPTIONS {
            Answer::new(204, TEXT, "")
        } else {
            Answer::new(202, "application/json", r#"{"success":true}"#)
        };
        if place == Place::Beacon { cors(answer).by_edge() } else { answer.by_service() }
    })
}

fn cors(answer: Answer) -> Answer {
    answer
        .with("access-control-allow-origin", "https://chatgpt.com")
        .with("access-control-allow-methods", "GET, POST, OPTIONS")
        .with("access-control-allow-headers", "content-type")
        .with("access-control-allow-credentials", "true")
        .with("vary", "origin")
}
