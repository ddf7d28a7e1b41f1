//! The headers of an answer that may enter Mend. No other one does, whatever a browser or a file holds.

/// By their names in lower case (RFC 9110 §5.1).
///
/// Sources: `x-request-id`, OpenAI API reference, "Debugging requests"; `x-oai-request-id`, the same for ChatGPT's own
/// backend: openai/codex, `codex-rs/codex-api/src/api_bridge.rs` reads both; `cf-ray`, `cf-mitigated` and `server`,
/// Cloudflare, "HTTP headers" and "Detect a Challenge Page response"; `retry-after`, RFC 9110 §10.2.3; `date`, §6.6.1;
/// `content-type`, §8.3; `content-length`, §8.6.
pub const HEADERS: &[&str] = &[
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
