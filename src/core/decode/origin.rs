//! Which server answered: the service itself, the edge in its place, or an intermediary.

use super::{Decoder, Raw};
use crate::core::text::{clip, holds};
use crate::core::{fact::Fact, request_ids::Ids};

/// Names of servers behind the edge, which it may pass on.
const BEHIND: &[&str] = &["envoy", "uvicorn", "istio-envoy"];
/// Names of proxies in front of the API or of a network. OpenAI's edge is Cloudflare, which replaces the name of the
/// server behind it with its own (Cloudflare, "HTTP headers").
const BETWEEN: &[&str] =
    &["nginx", "awselb", "microsoft-azure-application-gateway", "kong", "openresty", "caddy", "haproxy", "litellm"];
/// Marks of the default error pages of such servers (nginx, `ngx_http_special_response.c`).
const BETWEEN_PAGES: &[&str] = &["<center>nginx", "<center>openresty"];
/// Marks of the edge's own pages (Cloudflare, "5xx errors"), used where the media type is not known.
const EDGE_PAGES: &[&str] = &["<center>cloudflare", "cloudflare ray id", "cf-error-details", "/cdn-cgi/"];
/// How much of a page is searched for a mark, in bytes.
const HEAD: usize = 8_192;

pub(super) const DECODER: Decoder =
    Decoder { name: "origin", decode, tells: &[Fact::FromService, Fact::FromEdge, Fact::FromBetween] };

/// The service adds its request id to its responses (OpenAI API reference, "Debugging requests") or writes it into the
/// text. The edge adds `cf-ray` to everything that passes (Cloudflare, "HTTP headers"), so a ray alone proves nothing:
/// only a page with the edge's mark is the edge's own, and never JSON or a stream.
fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let ids = Ids::of(raw.headers, raw.text);
    if ids.request.is_some() {
        return vec![Fact::FromService];
    }
    let page = clip(raw.text.unwrap_or_default(), HEAD).to_ascii_lowercase();
    let signed = |names: &[&str]| names.iter().any(|name| holds(&page, name));
    let text = |value: Option<&String>| value.map(|value| value.to_ascii_lowercase()).unwrap_or_default();
    let server = text(raw.headers.and_then(|headers| headers.server.as_ref()));
    let kind = text(raw.headers.and_then(|headers| headers.content_type.as_ref()));
    let (is_html, is_data) = (holds(&kind, "html"), holds(&kind, "json") || holds(&kind, "event-stream"));
    let by_edge = raw.headers.is_some() && (ids.ray.is_some() || server == "cloudflare");
    // All responses of ChatGPT pass the edge, which names itself. A page of a server with another name, without a ray,
    // is that of a proxy, a filter or a network.
    let other = !server.is_empty() && !by_edge && !BEHIND.contains(&server.as_str());
    if BETWEEN.iter().any(|name| server.starts_with(name)) || signed(BETWEEN_PAGES) || (other && is_html) {
        return vec![Fact::FromBetween];
    }
    // The edge also refuses programs in plain text; the service sends JSON.
    let is_page = is_html || holds(&kind, "text/plain") || (kind.is_empty() && signed(EDGE_PAGES));
    if by_edge && is_page && !is_data { vec![Fact::FromEdge] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::headers::Headers;

    fn facts(server: &str, kind: &str, ray: bool, body: &str) -> Vec<Fact> {
        let told = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let ray = ray.then(|| "9bd5b5e1ea09c7b3-DUS".to_owned());
        let headers = Headers { server: told(server), content_type: told(kind), cf_ray: ray, ..Headers::default() };
        decode(&Raw { headers: Some(&headers), text: Some(body), ..Raw::default() })
    }

    #[test]
    fn a_ray_alone_is_not_the_edge_s_word() {
        assert_eq!(facts("cloudflare", "text/html; charset=UTF-8", true, ""), [Fact::FromEdge]);
        assert_eq!(facts("cloudflare", "", true, "<center>cloudflare</center>"), [Fact::FromEdge]);
        assert!(facts("cloudflare", "application/json", true, "{}").is_empty());
        assert!(facts("cloudflare", "text/event-stream", true, "").is_empty());
        assert!(facts("", "", true, "no such thing").is_empty());
    }

    #[test]
    fn the_service_s_id_stands_in_its_words() {
        let words = "Try again later. (de9cbfeb-41d2-8a1f-bcca-acdede9243d4)";
        assert_eq!(facts("cloudflare", "application/json", true, words), [Fact::FromService]);
    }

    #[test]
    fn a_server_of_somebody_s_own_is_neither() {
        for server in ["nginx/1.25.3", "awselb/2.0", "Microsoft-Azure-Application-Gateway/v2", "Kong/3", "litellm"] {
            for kind in ["text/html", "application/json", ""] {
                assert_eq!(facts(server, kind, false, ""), [Fact::FromBetween], "{server}");
            }
        }
        assert_eq!(facts("", "", false, "<hr><center>nginx</center>"), [Fact::FromBetween]);
    }
}
