//! The headers of a response that Mend looks at (RFC 9110 and the vendors' own); no other one enters.

use serde::{Deserialize, Serialize};

/// The headers that Mend looks at; no other one enters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Headers {
    /// The service's id of the request.
    #[serde(rename = "x-request-id")]
    pub x_request_id: Option<String>,
    /// `x-oai-request-id`: the same of ChatGPT's own backend.
    #[serde(rename = "x-oai-request-id")]
    pub x_oai_request_id: Option<String>,
    /// The edge's id of the request.
    #[serde(rename = "cf-ray")]
    pub cf_ray: Option<String>,
    /// `challenge` where the edge asks for proof of a person.
    #[serde(rename = "cf-mitigated")]
    pub cf_mitigated: Option<String>,
    /// Seconds, or an HTTP date (RFC 9110 §10.2.3).
    #[serde(rename = "retry-after")]
    pub retry_after: Option<String>,
    /// The server's clock.
    pub date: Option<String>,
    /// Who answered.
    pub server: Option<String>,
    /// The media type of the body.
    #[serde(rename = "content-type")]
    pub content_type: Option<String>,
    /// The size of the body in bytes.
    #[serde(rename = "content-length")]
    pub content_length: Option<String>,
}
