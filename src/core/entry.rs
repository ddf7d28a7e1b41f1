//! One entry of a HAR (1.2, <http://www.softwareishard.com/blog/har-12-spec/>), as the developer tools give it,
//! reduced to the fields that a timeline shows. Reads no cookie, no query and no request body.

use super::{
    Millis,
    decode::is_deliberate,
    endpoint::{Endpoint, EndpointKind, classify},
    event::{NetError, Response},
    headers::Headers,
    json::{Json, Value},
    observe::Failure,
    stream_end::StreamEnd,
    text::clip,
    time::rfc3339,
};

/// Longest method in bytes: the registered ones are shorter.
const METHOD: usize = 16;
/// Longest plausible duration.
const DAY: Millis = 86_400_000;
/// How much of a body is decoded, in bytes: error bodies are short.
const BODY: usize = 4_096;
/// Stands for an error without a name.
const UNNAMED: &str = "unnamed";

/// A request to ChatGPT.
#[derive(Clone, Debug, PartialEq)]
pub struct HarEntry {
    /// When it began, in milliseconds since the epoch.
    pub at: Millis,
    /// How long it took, in milliseconds.
    pub took: Millis,
    /// `GET`, `POST`, …
    pub method: String,
    /// The endpoint of the request.
    pub place: Endpoint,
    /// HTTP status, if there was a response.
    pub status: Option<u16>,
    /// The browser's name of a network error, such as `net::ERR_FAILED`.
    pub error: Option<String>,
    /// The size of the body in bytes.
    pub size: Option<i64>,
    /// The decoded failure, if it failed; without the body.
    pub failure: Option<Failure>,
}

impl HarEntry {
    /// Reads an entry; none where the request was not to ChatGPT. `_error` is Chromium's field for the name of a
    /// network error, `_stream` our own for how the response's stream ended.
    pub fn read(plain: &Value) -> Option<HarEntry> {
        let (request, answer) = (plain.field("request"), plain.field("response"));
        let url = request.field("url").text();
        let place = classify(url);
        if place.kind == EndpointKind::Unrelated {
            return None;
        }
        let at = rfc3339(plain.field("startedDateTime").text()).unwrap_or_default();
        let status =
            answer.field("status").number().and_then(|status| u16::try_from(status).ok()).filter(|one| *one > 0);
        let error = Some(answer.field("_error").text()).filter(|name| !name.is_empty());
        let content = answer.field("content");
        let mut entry = HarEntry {
            at,
            took: plain.field("time").number().unwrap_or_default().clamp(0, DAY),
            method: method(request.field("method").text()),
            place,
            status,
            error: error.or(status.is_none().then_some(UNNAMED)).map(str::to_owned),
            size: content.field("size").number().filter(|size| *size >= 0),
            failure: None,
        };
        let stream = plain.field("_stream");
        let end = StreamEnd::from_name(stream.field("end").text()).filter(|end| *end == StreamEnd::Error);
        let text = if end.is_some() { stream.field("text") } else { content.field("text") };
        entry.failure = entry.failed(end).then(|| entry.understand(url, headers(answer), end, clip(text.text(), BODY)));
        Some(entry)
    }

    /// Whether the entry counts as a failure: neither failed telemetry nor a request that was cancelled on purpose
    /// does.
    fn failed(&self, end: Option<StreamEnd>) -> bool {
        let broke = self.error.as_deref().is_some_and(|name| !is_deliberate(name));
        self.place.kind != EndpointKind::Telemetry
            && (broke || end.is_some() || (self.error.is_none() && self.status.is_some_and(|status| status >= 400)))
    }

    fn understand(&self, url: &str, headers: Headers, end: Option<StreamEnd>, text: &str) -> Failure {
        let at = self.at.saturating_add(self.took);
        let url = url.to_owned();
        match &self.error {
            Some(error) => Failure::broken(&NetError { at, url, error: error.clone(), ..NetError::default() }),
            None => {
                let body = Some(text.to_owned()).filter(|text| !text.is_empty());
                let response = Response { at, url, status: self.status, headers, body, ..Response::default() };
                Failure::answered(&response, end)
            }
        }
    }
}

/// The allowed headers of an entry's response.
pub fn headers(answer: &Value) -> Headers {
    let pair = |header: &Value| (header.field("name").text().to_owned(), header.field("value").text().to_owned());
    Headers::from_pairs(answer.field("headers").items().iter().map(pair))
}

/// A method is a token (RFC 9110 §9.1); anything else is not shown.
pub(super) fn method(text: &str) -> String {
    let word = text.len() <= METHOD && text.bytes().all(|byte| byte.is_ascii_uppercase());
    if word { text.to_owned() } else { String::new() }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use crate::core::fact::Fact;
    use serde_json::{Value, json};

    fn read(change: impl Fn(&mut Value)) -> Option<HarEntry> {
        let mut entry = json!({
            "startedDateTime": "2026-07-25T09:22:00.000Z", "time": 1250.7,
            "request": { "method": "POST", "url": "https://chatgpt.com/backend-api/f/conversation?secret=1" },
            "response": { "status": 500, "content": { "size": 61 }, "headers": [
                { "name": "X-Request-Id", "value": "bd8e52b7-7993-4407-a17b-c697e6ae3ef6" },
                { "name": "Set-Cookie", "value": "canary" },
            ] },
        });
        change(&mut entry);
        HarEntry::read(&entry)
    }

    #[test]
    fn an_answer_that_says_no() {
        let entry = read(|_| {}).unwrap();
        assert_eq!((entry.took, entry.size, entry.status), (1250, Some(61), Some(500)));
        assert_eq!(entry.place.path, "/backend-api/f/conversation");
        let failure = entry.failure.unwrap();
        assert!(failure.ids.request.is_some() && failure.has(Fact::Status500) && failure.has(Fact::FromService));
    }

    #[test]
    fn a_body_is_decoded_and_dropped() {
        let text = r#"{"detail":{"code":"token_expired","message":"canary"}}"#;
        let entry = read(|entry| {
            entry["response"]["status"] = json!(401);
            entry["response"]["content"]["text"] = json!(text);
        });
        let failure = entry.unwrap().failure.unwrap();
        assert!(failure.has(Fact::TokenExpired) && !format!("{failure:?}").contains("canary"));
    }

    #[test]
    fn a_cut_stream_and_an_error_inside_a_good_answer() {
        let cut = read(|entry| {
            entry["response"]["status"] = json!(200);
            entry["response"]["_error"] = json!("net::ERR_INCOMPLETE_CHUNKED_ENCODING");
        });
        assert!(cut.unwrap().failure.unwrap().has(Fact::NetCut));
        let inside = read(|entry| {
            entry["response"]["status"] = json!(200);
            entry["_stream"] = json!({ "end": "error", "text": "{}" });
        });
        assert!(inside.unwrap().failure.unwrap().has(Fact::StreamError));
    }

    #[test]
    fn what_was_ended_and_what_is_telemetry_did_not_fail() {
        let ended = read(|entry| entry["response"]["_error"] = json!("net::ERR_ABORTED"));
        assert_eq!(ended.unwrap().failure, None);
        let noise = read(|entry| entry["request"]["url"] = json!("https://chatgpt.com/ces/v1/t"));
        assert_eq!(noise.unwrap().failure, None);
        assert_eq!(read(|entry| entry["request"]["url"] = json!("https://example.org/")), None);
    }

    #[test]
    fn anything_is_read_without_a_word_of_complaint() {
        assert_eq!(HarEntry::read(&Value::Null), None);
        let bare = read(|entry| *entry = json!({ "request": { "url": "https://chatgpt.com/", "method": "ca na ry" } }));
        let bare = bare.unwrap();
        assert_eq!((bare.method.as_str(), bare.error.as_deref()), ("", Some(UNNAMED)));
    }
}
