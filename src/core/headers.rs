//! The headers of a response that Mend looks at (RFC 9110 and the vendors' own); no other one enters.

use super::plain::plain;

/// The headers that Mend looks at; no other one enters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// The service's id of the request.
    pub x_request_id: Option<String>,
    /// `x-oai-request-id`: the same of ChatGPT's own backend.
    pub x_oai_request_id: Option<String>,
    /// The edge's id of the request.
    pub cf_ray: Option<String>,
    /// `challenge` where the edge asks for proof of a person.
    pub cf_mitigated: Option<String>,
    /// Seconds, or an HTTP date (RFC 9110 §10.2.3).
    pub retry_after: Option<String>,
    /// The server's clock.
    pub date: Option<String>,
    /// Who answered.
    pub server: Option<String>,
    /// The media type of the body.
    pub content_type: Option<String>,
    /// The size of the body in bytes.
    pub content_length: Option<String>,
}
plain!(Headers by field_or_default {
    x_request_id as "x-request-id",
    x_oai_request_id as "x-oai-request-id",
    cf_ray as "cf-ray",
    cf_mitigated as "cf-mitigated",
    retry_after as "retry-after",
    date,
    server,
    content_type as "content-type",
    content_length as "content-length",
});
