//! The response headers that Mend reads (RFC 9110 and the vendors' own); all others are dropped.

use serde::{Deserialize, Serialize};

use super::text::clip;

/// The values of the allowed headers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Headers {
    /// `x-request-id`: the service's id of the request.
    #[serde(rename = "x-request-id")]
    pub x_request_id: Option<String>,
    /// `x-oai-request-id`: the same for ChatGPT's own backend.
    #[serde(rename = "x-oai-request-id")]
    pub x_oai_request_id: Option<String>,
    /// `cf-ray`: the edge's id of the request.
    #[serde(rename = "cf-ray")]
    pub cf_ray: Option<String>,
    /// `cf-mitigated`: `challenge` where the edge asks for proof of a person.
    #[serde(rename = "cf-mitigated")]
    pub cf_mitigated: Option<String>,
    /// `retry-after`: seconds, or an HTTP date (RFC 9110 §10.2.3).
    #[serde(rename = "retry-after")]
    pub retry_after: Option<String>,
    /// `date`: the server's clock.
    pub date: Option<String>,
    /// `server`: the software that answered.
    pub server: Option<String>,
    /// `content-type`: the media type of the body.
    #[serde(rename = "content-type")]
    pub content_type: Option<String>,
    /// `content-length`: the size of the body in bytes.
    #[serde(rename = "content-length")]
    pub content_length: Option<String>,
}

/// Longest value of a header that is kept, in bytes; `background.js` allows as many characters.
const LONGEST: usize = 256;

impl Headers {
    /// Their names in lower case; names are case-insensitive (RFC 9110 §5.1).
    ///
    /// Sources: `x-request-id`, OpenAI API reference, "Debugging requests"; `x-oai-request-id`, the same for ChatGPT's
    /// own backend: openai/codex, `codex-rs/codex-api/src/api_bridge.rs` reads both; `cf-ray`, `cf-mitigated` and
    /// `server`, Cloudflare, "HTTP headers" and "Detect a Challenge Page response"; `retry-after`, RFC 9110 §10.2.3;
    /// `date`, §6.6.1; `content-type`, §8.3; `content-length`, §8.6.
    pub const NAMES: [&str; 9] = [
        "x-request-id",
        "x-oai-request-id",
        "cf-ray",
        "cf-mitigated",
        "retry-after",
        "date",
        "server",
        "content-type",
        "content-length",
    ];

    /// Picks the allowed headers; names are compared case-insensitively, and of a repeated name the last value counts.
    pub fn from_pairs(pairs: impl Iterator<Item = (impl AsRef<str>, impl AsRef<str>)>) -> Headers {
        let mut headers = Headers::default();
        for (name, value) in pairs {
            if let Some(slot) = headers.slot(&name.as_ref().to_ascii_lowercase()) {
                *slot = Some(clip(value.as_ref(), LONGEST).to_owned());
            }
        }
        headers
    }

    fn slot(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "x-request-id" => &mut self.x_request_id,
            "x-oai-request-id" => &mut self.x_oai_request_id,
            "cf-ray" => &mut self.cf_ray,
            "cf-mitigated" => &mut self.cf_mitigated,
            "retry-after" => &mut self.retry_after,
            "date" => &mut self.date,
            "server" => &mut self.server,
            "content-type" => &mut self.content_type,
            "content-length" => &mut self.content_length,
            _ => return None,
        })
    }
}
