//! The request ids that a support desk asks for. Holds no id of a conversation or a person.

use serde::{Deserialize, Serialize};

use crate::core::{
    headers::Headers,
    text::{after, clip},
};

/// The request id and `cf-ray` of one response, each only if it has its known format, so that nothing else can be in
/// them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ids {
    /// `req_` and 32 hex digits (API), or a UUID (web).
    pub request: Option<String>,
    /// Whether the request id is that of ChatGPT's own backend, from `x-oai-request-id`.
    pub oai: bool,
    /// 16 hex digits, usually followed by a dash and a three-letter data centre.
    pub ray: Option<String>,
}

/// How much of a body is searched for an id, in bytes; error bodies are short.
const NEAR: usize = 1_024;
/// The parts of a UUID (RFC 9562 §4).
const UUID: [usize; 5] = [8, 4, 4, 4, 12];

impl Ids {
    /// Reads both ids; a value of another format is left out.
    pub fn read(request: Option<&str>, ray: Option<&str>) -> Ids {
        let request = request.map(str::trim).filter(|id| is_request_id(id));
        // Some clients print the ray as the "request id".
        let ray = ray.or(request).map(str::trim).filter(|id| is_ray(id));
        let request = request.filter(|id| !is_ray(id)).map(str::to_owned);
        Ids { request, oai: false, ray: ray.map(str::to_owned) }
    }

    /// The ids of a response, from its headers or its body.
    pub fn of(headers: Option<&Headers>, body: Option<&str>) -> Ids {
        let header = |name: fn(&Headers) -> &Option<String>| headers.and_then(|headers| name(headers).as_deref());
        let (api, ray) = (header(|headers| &headers.x_request_id), header(|headers| &headers.cf_ray));
        let known = Ids::read(api, ray);
        if known.request.is_some() {
            return known;
        }
        let backend = header(|headers| &headers.x_oai_request_id).or_else(|| said(body?));
        let own = Ids::read(backend, known.ray.as_deref());
        Ids { oai: own.request.is_some(), request: own.request, ray: known.ray.or(own.ray) }
    }

    /// Validates both again, for data that was stored.
    pub fn again(&self) -> Ids {
        Ids { oai: self.oai, ..Ids::read(self.request.as_deref(), self.ray.as_deref()) }
    }

    /// The name of the request id's header.
    pub fn header(&self) -> &'static str {
        if self.oai { "x-oai-request-id" } else { "x-request-id" }
    }
}

/// The id in the text of ChatGPT's backend: "Try again later. (<id>)" (caiwuu/web2api; it is the id of the header).
fn said(body: &str) -> Option<&str> {
    let end = |rest: &str| rest.bytes().position(|byte| byte == b')');
    after(clip(body, NEAR), "(").find_map(|rest| {
        let id = rest.get(..end(rest)?)?;
        (is_uuid(id) || is_ray(id)).then_some(id)
    })
}

fn is_uuid(id: &str) -> bool {
    let hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    id.split('-').map(str::len).eq(UUID) && id.split('-').all(hex)
}

fn is_request_id(id: &str) -> bool {
    let body = id.strip_prefix("req_").unwrap_or(id);
    (16..=64).contains(&body.len()) && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_ray(id: &str) -> bool {
    let (hex, place) = id.split_once('-').map_or((id, None), |(hex, place)| (hex, Some(place)));
    hex.len() == 16
        && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
        && place.is_none_or(|place| place.len() == 3 && place.bytes().all(|byte| byte.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEB: &str = "bd8e52b7-7993-4407-a17b-c697e6ae3ef6";

    #[test]
    fn a_ray_printed_as_request_id_is_still_a_ray() {
        let ids = Ids::read(Some("9bd5b5e1ea09c7b3-DUS"), None);
        assert_eq!(ids, Ids { ray: Some("9bd5b5e1ea09c7b3-DUS".into()), ..Ids::default() });
    }

    #[test]
    fn other_shapes_are_left_out() {
        assert_eq!(Ids::read(Some("<script>alert(1)</script>"), Some("x")), Ids::default());
        let web = Ids::read(Some(WEB), Some("a355a9cdf90fec87-MAD"));
        assert!(web.request.is_some() && web.ray.is_some());
    }

    #[test]
    fn the_backend_s_own_id_in_its_header_and_in_its_words() {
        let header = Headers { x_oai_request_id: Some(WEB.into()), ..Headers::default() };
        let words = format!("{{\"detail\":\"(b) Try again later. ({WEB})\"}}");
        for ids in [Ids::of(Some(&header), None), Ids::of(None, Some(&words))] {
            assert_eq!((ids.request.as_deref(), ids.header()), (Some(WEB), "x-oai-request-id"));
            assert_eq!(ids.again(), ids);
        }
        assert_eq!(Ids::of(None, Some("Try again. (soon) ((")), Ids::default());
        let api = Headers { x_request_id: Some(format!("req_{}", "a".repeat(32))), ..header };
        assert_eq!(Ids::of(Some(&api), Some(&words)).header(), "x-request-id");
    }
}
