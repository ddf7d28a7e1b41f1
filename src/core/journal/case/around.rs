//! The observations around the failures of a case, as far as a verdict may rest on them.

use super::{observation, text};
use crate::core::{
    Millis, Model,
    endpoint::EndpointKind,
    json::{Json, Value, tagged, to_value},
    model::Tab,
    observe::Failure,
    time::MINUTE,
};

/// Longest distance of a good answer that counts, as in the check `site`.
const NEAR: Millis = 5 * MINUTE;
/// How long a connectivity test is valid, as in its check.
const PATH: Millis = 10 * MINUTE;
/// Longer ago than any limit that depends on time.
const BEFORE: Millis = 20 * MINUTE;

/// The observations, each with its time.
pub(super) fn seen(snapshot: &Model, tab: &Tab, failures: &[Failure], judged: Millis) -> Vec<(Millis, Value)> {
    let (Some(first), Some(last)) = (failures.first(), failures.last()) else { return Vec::new() };
    let mut seen = Vec::new();
    if let Some(signed_in) = tab.signed_in {
        let size = if signed_in { "900" } else { "2" };
        let headers = tagged("content-length", text(size));
        let at = first.at.saturating_sub(BEFORE);
        seen.push((at, answer("chatgpt.com/api/auth/session", at).with("headers", headers)));
    }
    let near = tab.fine.iter().filter(|(_, at)| at.abs_diff(last.at) <= NEAR.unsigned_abs());
    seen.extend(near.filter_map(|(endpoint, at)| Some((*at, answer(address(*endpoint)?, *at)))));
    if let Some(cookies) = &tab.cookies {
        let row = observation("cookies", cookies.at).with("count", to_value(&cookies.count));
        seen.push((cookies.at, row.with("bytes", to_value(&cookies.bytes)).with("token", to_value(&cookies.token))));
    }
    // A test that was too old at the time of the verdict is left out.
    if let Some(path) = snapshot.connectivity.filter(|path| judged.abs_diff(path.at) <= PATH.unsigned_abs()) {
        seen.push((path.at, observation("path", path.at).with("finding", to_value(&path.finding))));
    }
    if let Some(works) = tab.case.as_ref().and_then(|case| case.private) {
        // Placed after all of the case's failures, like a report of the person: before them it would belong to none.
        let at = failures.iter().map(|failure| failure.at).fold(last.at, Millis::max) + 1;
        seen.push((at, observation("private", at).with("works", to_value(&works))));
    }
    let page = |at: Millis, kind: &str, name: &str, value: Value| {
        (at, observation("page", at).with("saw", tagged("kind", text(kind)).with(name, value)))
    };
    seen.extend(tab.full.map(|at| page(at, "room", "used", to_value(&100_u32))));
    seen.extend(tab.thrown.as_ref().map(|one| page(one.at, "thrown", "by", text(&one.by))));
    seen
}

fn answer(place: &str, at: Millis) -> Value {
    let answer = observation("response", at).with("method", text("GET")).with("url", text(&format!("https://{place}")));
    answer.with("status", to_value(&200_u16))
}

/// A URL of this kind; none if a good answer of it proves nothing.
fn address(endpoint: EndpointKind) -> Option<&'static str> {
    Some(match endpoint {
        EndpointKind::Chat => "chatgpt.com/backend-api/f/conversation",
        EndpointKind::Gate => "chatgpt.com/backend-api/sentinel/chat-requirements",
        EndpointKind::Resume => "chatgpt.com/backend-api/f/conversation/resume",
        EndpointKind::Session => "chatgpt.com/backend-api/me",
        EndpointKind::History => "chatgpt.com/backend-api/conversations",
        EndpointKind::Files => "chatgpt.com/backend-api/files",
        EndpointKind::Socket => "ws.chatgpt.com/",
        EndpointKind::Check => "challenges.cloudflare.com/",
        EndpointKind::Edge => "chatgpt.com/cdn-cgi/trace",
        EndpointKind::SignIn => "auth.openai.com/",
        EndpointKind::Api => "api.openai.com/",
        EndpointKind::Azure => "resource.openai.azure.com/",
        EndpointKind::Gateway => "gateway.example/v1/models",
        EndpointKind::Untold => "untold.invalid/",
        EndpointKind::Foreign => "foreign.invalid/",
        EndpointKind::Page => "chatgpt.com/",
        EndpointKind::Asset => "chatgpt.com/cdn/assets/",
        EndpointKind::Other => "chatgpt.com/backend-api/",
        EndpointKind::Stop | EndpointKind::Telemetry | EndpointKind::Unrelated => return None,
    })
}
