//! Lines of a text that tell of a program's records of what it did, or of telemetry, and of nothing that anybody waits for.

use super::named_server::urls;
use crate::core::{
    endpoint::{EndpointKind, classify},
    text::holds,
};

/// What programs say where only their own records of what they did could not be sent.
const WORDS: &[&str] = &[
    "exporting span",
    "failed to export batch",
    "failed to export span",
    "tracing: request failed",
    "tracing client error",
    "telemetry event",
    "trace export",
    "[non-fatal] tracing",
];
/// What people write of a failure in their own words.
const COMPLAINTS: &[&str] = &[
    "not answer",
    "no answer",
    "no response",
    "not respond",
    "never",
    "stuck",
    "hangs",
    "not work",
    "not saved",
    "no output",
    "nothing happens",
    "antwortet nicht",
    "reagiert nicht",
    "funktioniert nicht",
    "no responde",
    "no funciona",
    "ne répond pas",
    "ne fonctionne pas",
    "não responde",
    "não funciona",
    "応答し",
    "動かない",
    "응답",
    "没有回",
    "无法",
];

/// Whether the line, in any case, is about such records: by its words, or because all its URLs are telemetry's.
pub fn is_noise(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    let kinds = || urls(line).map(|url| classify(url).kind);
    let of_telemetry = kinds().next().is_some() && kinds().all(|kind| kind == EndpointKind::Telemetry);
    of_telemetry || WORDS.iter().any(|word| holds(&lower, word))
}

/// Whether a person says in the line that something does not work.
pub fn is_complaint(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    COMPLAINTS.iter().any(|word| holds(&lower, word))
}
