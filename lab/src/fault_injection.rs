//! Applies the fault in force to a request at an endpoint.

use std::time::Duration;

use crate::cookies::MAX_COOKIE_BYTES;
use crate::fault::{Endpoint, Injection};
use crate::request::Request;
use crate::response::{Outcome, Response};
use crate::state::State;
use crate::{client_faults, first_response, turn_stream};

/// Delay of [`Injection::Delayed`].
const DELAY: Duration = Duration::from_secs(5);

/// The outcome at an endpoint; `healthy` makes the response that is given where nothing is injected.
pub(crate) fn respond(
    state: &State,
    endpoint: Endpoint,
    request: &Request,
    healthy: impl FnOnce() -> Response,
) -> Outcome {
    if let Some(fault) = state.client_fault() {
        return client_faults::respond(fault, state, endpoint, request, healthy).into();
    }
    let stream = |script| turn_stream::stream(script, &state.conversations, request);
    match state.injection(endpoint) {
        Injection::Delayed => Outcome::Delayed(DELAY, healthy()),
        Injection::Stream(script) => stream(script).into(),
        Injection::StreamThenReset(script) => Outcome::ResponseThenReset(stream(script)),
        Injection::Fixed(fixture) => Response::fixture(fixture).into(),
        Injection::RejectLargeCookies(fixture) if request.cookie_bytes > MAX_COOKIE_BYTES => {
            Response::fixture(fixture).into()
        }
        Injection::FirstOnly(first) => first_response::respond(first, state, request).into(),
        Injection::ResetStream => Outcome::ResetStream,
        Injection::CloseConnection => Outcome::CloseConnection,
        Injection::Healthy | Injection::RejectLargeCookies(_) | Injection::OneAtATime(_) | Injection::DropSocket => {
            healthy().into()
        }
    }
}
