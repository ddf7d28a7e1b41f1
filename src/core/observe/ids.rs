//! The ids a support desk asks for. Never holds a conversation's or a person's id.

use crate::core::plain::plain;

/// `x-request-id` and `cf-ray` of one answer, each only in its known shape, so that nothing else can hide in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids {
    /// `req_` and 32 hex digits (API), or a UUID (web).
    pub request: Option<String>,
    /// 16 hex digits, and mostly a dash and a three-letter place.
    pub ray: Option<String>,
}
plain!(Ids by field { request, ray });

impl Ids {
    /// Reads both headers; a value of another shape is left out.
    pub fn read(request: Option<&str>, ray: Option<&str>) -> Ids {
        let request = request.map(str::trim).filter(|id| is_request_id(id));
        // Some clients print the ray as the "request id".
        let ray = ray.or(request).map(str::trim).filter(|id| is_ray(id));
        Ids { request: request.filter(|id| !is_ray(id)).map(str::to_owned), ray: ray.map(str::to_owned) }
    }
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

    #[test]
    fn a_ray_printed_as_request_id_is_still_a_ray() {
        let ids = Ids::read(Some("9bd5b5e1ea09c7b3-DUS"), None);
        assert_eq!(ids, Ids { request: None, ray: Some("9bd5b5e1ea09c7b3-DUS".into()) });
    }

    #[test]
    fn other_shapes_are_left_out() {
        assert_eq!(Ids::read(Some("<script>alert(1)</script>"), Some("x")), Ids::default());
        let web = Ids::read(Some("bd8e52b7-7993-4407-a17b-c697e6ae3ef6"), Some("a355a9cdf90fec87-MAD"));
        assert!(web.request.is_some() && web.ray.is_some());
    }
}
