//! Dispatches a request to the module of its host.

use crate::fault::{Endpoint, Transport};
use crate::fault_injection::respond;
use crate::hostnames::{
    API, ASSETS, AUTH, CHAT_OPENAI, CHATGPT, CONNECTIVITY_CHECK, FILES, LOOPBACK, STATUS, STATUS_INCIDENT,
    STATUS_OPERATIONAL, STATUS_TRUNCATED, STATUS_UNREACHABLE, TELEMETRY, THIRD_PARTIES, TURNSTILE, WEBSOCKETS, WWW,
};
use crate::request::Request;
use crate::response::{Outcome, Response, TEXT};
use crate::state::State;
use crate::{api, captive_portal, files, site, socket, status, telemetry, third_parties};

/// The outcome of a request to any host.
pub(crate) fn answer(state: &State, request: &Request) -> Outcome {
    match state.transport() {
        Transport::Unchanged => host(state, request),
        Transport::ClockAhead(days) => host(state, request).map(|response| response.days_ahead(days)),
        Transport::CaptivePortal => captive_portal::answer(request).into(),
    }
}

fn host(state: &State, request: &Request) -> Outcome {
    if request.host == LOOPBACK {
        return api::answer(state, request);
    }
    if request.plaintext {
        let location = format!("https://{}{}", request.host, request.target);
        return Response::new(301, TEXT, "").with("location", &location).by_edge().into();
    }
    match request.host.as_str() {
        CHATGPT => site::answer(state, request),
        WWW | CHAT_OPENAI => moved(request).into(),
        ASSETS => site::asset(state, request),
        STATUS => status::answer(state, request),
        WEBSOCKETS => socket::answer(state, request),
        FILES => files::upload(state, request),
        TURNSTILE => respond(state, Endpoint::Turnstile, request, || {
            Response::new(200, "text/javascript; charset=utf-8", "window.turnstile = {};\n").by_edge()
        }),
        API => api::answer(state, request),
        AUTH => api::sign_in(state, request),
        CONNECTIVITY_CHECK => Response::new(204, TEXT, "").into(),
        STATUS_OPERATIONAL | STATUS_INCIDENT | STATUS_TRUNCATED | STATUS_UNREACHABLE => third_parties::status(request),
        host if TELEMETRY.contains(&host) => telemetry::answer(state, request, Endpoint::TelemetryHost),
        host if THIRD_PARTIES.contains(&host) => third_parties::service(request),
        other => Response::new(404, TEXT, format!("the lab does not stand in for {other}\n")).into(),
    }
}

/// Permanent redirect to the same target on chatgpt.com.
fn moved(request: &Request) -> Response {
    Response::new(308, TEXT, "").with("location", &format!("https://{CHATGPT}{}", request.target)).by_edge()
}
