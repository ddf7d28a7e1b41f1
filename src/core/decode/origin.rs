//! Who answered: the service itself, or the edge in its place.

use super::{Decoder, Raw, holds};
use crate::core::{fact::Fact, observe::Ids};

/// Names of servers behind the edge, which an answer may carry through it.
const BEHIND: &[&str] = &["envoy", "uvicorn", "istio-envoy"];

pub(super) const DECODER: Decoder =
    Decoder { name: "origin", decode, tells: &[Fact::FromService, Fact::FromEdge, Fact::FromBetween] };

/// The service stamps `x-request-id` (OpenAI API reference, "Debugging requests"); the edge stamps `cf-ray` on
/// everything that passes (Cloudflare, "HTTP headers"). A ray without a request id, and no JSON, is the edge's own page.
fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let Some(headers) = raw.headers else { return Vec::new() };
    let ids = Ids::read(headers.x_request_id.as_deref(), headers.cf_ray.as_deref());
    let kind = headers.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let is_data = holds(&kind, "json") || holds(&kind, "event-stream");
    let from_edge = ids.ray.is_some() || headers.server.as_deref() == Some("cloudflare");
    // Everything of ChatGPT's passes the edge, which names itself. A page from a server of another name, without a ray,
    // is a proxy's, a filter's or a network's own.
    let other = headers.server.as_deref().is_some_and(|server| !from_edge && !BEHIND.contains(&server));
    match (ids.request.is_some(), from_edge && !is_data) {
        (true, _) => vec![Fact::FromService],
        (false, true) => vec![Fact::FromEdge],
        _ if other && holds(&kind, "html") => vec![Fact::FromBetween],
        _ => Vec::new(),
    }
}
