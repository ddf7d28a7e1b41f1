//! Telemetry endpoints, which content blockers block and no diagnosis may rely on. Bodies are discarded.

use hyper::Method;

use crate::fault::Endpoint;
use crate::fault_injection::respond;
use crate::request::Request;
use crate::response::{Outcome, Response, TEXT};
use crate::state::State;

/// Accepts any telemetry, and CORS preflights.
pub(crate) fn answer(state: &State, request: &Request, endpoint: Endpoint) -> Outcome {
    respond(state, endpoint, request, || {
        let answer = if request.method == Method::OPTIONS {
            Response::new(204, TEXT, "")
        } else {
            Response::new(202, "application/json", r#"{"success":true}"#)
        };
        if endpoint == Endpoint::TelemetryHost { cors(answer).by_edge() } else { answer.by_service() }
    })
}

fn cors(answer: Response) -> Response {
    answer
        .with("access-control-allow-origin", "https://chatgpt.com")
        .with("access-control-allow-methods", "GET, POST, OPTIONS")
        .with("access-control-allow-headers", "content-type")
        .with("access-control-allow-credentials", "true")
        .with("vary", "origin")
}
