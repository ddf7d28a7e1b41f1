//! What the body of a good status of the developer API holds: a whole answer, or an error.

#[cfg(not(target_arch = "wasm32"))]
use super::json::{Json, Value};
use super::text::after;

/// Longest body that is read for a whole answer, in bytes; a longer one is none.
#[cfg(not(target_arch = "wasm32"))]
const LONGEST: usize = 262_144;
/// Reasons of an answer that ended by itself (OpenAI API reference, `finish_reason`). One that was cut at a limit of tokens
/// (`length`) is not among them.
#[cfg(not(target_arch = "wasm32"))]
const ENDED: &[&str] = &["stop", "tool_calls", "function_call"];
/// Kinds of objects that are answers of a model in the Chat Completions API.
#[cfg(not(target_arch = "wasm32"))]
const COMPLETIONS: &[&str] = &["chat.completion", "chat.completion.chunk", "text_completion"];
/// What a list holds that is an answer by itself.
#[cfg(not(target_arch = "wasm32"))]
const LISTED: &[&str] = &["embedding", "model"];
/// Events of a stream that did not go well (OpenAI API reference, Responses, streaming events).
#[cfg(not(target_arch = "wasm32"))]
const FAILED: &[&str] = &["error", "response.failed", "response.incomplete"];

/// Whether it came with an error: a failed batch, a failed response, an `error` event of a stream, an answer that a content
/// filter ended (OpenAI API reference: `batch.errors`, `response.failed`, `error`, `finish_reason`, `incomplete_details`).
///
/// The body is not parsed: it may be clipped. Within strings, quotes are escaped, so the names and values that are searched
/// are those of the body itself.
pub fn holds_error(body: &str) -> bool {
    let has = |name: &str, value: &str| {
        let values = after(body, name).filter_map(|rest| rest.trim_start().strip_prefix(':'));
        values.map(str::trim_start).any(|rest| rest.starts_with(value))
    };
    let filtered = "\"content_filter\"";
    has("\"error\"", "{")
        || has("\"errors\"", "{")
        || has("\"finish_reason\"", filtered)
        || has("\"reason\"", filtered)
        || body.lines().any(|line| line.trim_end() == "event: error")
}

/// Whether it is an answer of a model from its beginning to its end, with something in it, and nothing else.
///
/// For files and texts only: the extension's modules hold no parser of JSON, and its page says when an answer is whole.
#[cfg(not(target_arch = "wasm32"))]
pub fn is_whole(body: &str) -> bool {
    let body = body.trim();
    if body.len() > LONGEST || holds_error(body) {
        return false;
    }
    let mut parts = Parts::default();
    let is_one = if body.starts_with('{') {
        parts.add(body)
    } else {
        // A stream of events (WHATWG HTML, server-sent events).
        body.lines().all(|line| parts.add_line(line.trim_end()))
    };
    is_one && parts.has_content && parts.is_ended
}

/// What the objects of an answer say together.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Default)]
struct Parts {
    /// A model wrote something.
    has_content: bool,
    /// It ended by itself.
    is_ended: bool,
}

#[cfg(not(target_arch = "wasm32"))]
impl Parts {
    /// Adds a line of a stream; false for one that is none of an answer.
    fn add_line(&mut self, line: &str) -> bool {
        match line.strip_prefix("data:").map(str::trim_start) {
            Some(data) => data == "[DONE]" || self.add(data),
            None => line.is_empty() || [":", "event:", "id:", "retry:"].iter().any(|field| line.starts_with(field)),
        }
    }

    /// Adds an object; false for one that is none of an answer, or tells of a failure.
    fn add(&mut self, text: &str) -> bool {
        let Ok(object) = serde_json::from_str::<Value>(text) else { return false };
        let event = object.field("type").text();
        let is_none = |name: &str| object.field(name).is_null();
        if !is_none("error") || !is_none("detail") || FAILED.contains(&event) {
            return false;
        }
        let kind = object.field("object").text();
        let response = if kind == "response" { &object } else { object.field("response") };
        if !response.is_null() {
            let is_completed = response.field("status").text() == "completed";
            self.is_ended |= is_completed;
            self.has_content |= !response.field("output").items().is_empty();
            return response.field("error").is_null() && (is_completed || event != "response.completed");
        }
        let first = object.field("data").element(0).field("object").text();
        if kind == "list" && LISTED.contains(&first) {
            (self.has_content, self.is_ended) = (true, true);
            return true;
        }
        let choices = object.field("choices").items();
        for choice in choices {
            self.is_ended |= ENDED.contains(&choice.field("finish_reason").text());
            self.has_content |= !choice.field("text").text().is_empty();
            for part in [choice.field("message"), choice.field("delta")] {
                let calls = !part.field("tool_calls").items().is_empty() || !part.field("function_call").is_null();
                self.has_content |= calls || !part.field("content").text().is_empty();
            }
        }
        let is_empty = object.field("usage").field("completion_tokens").number() == Some(0);
        // Not every gateway names the kind of its answer.
        let is_completion = COMPLETIONS.contains(&kind) || (kind.is_empty() && !choices.is_empty());
        (is_completion && !is_empty) || event.starts_with("response.")
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_good_status_may_come_with_an_error() {
        for body in [
            r#"{"object":"batch","status":"failed","errors":{"object":"list","data":[{"code":"token_limit_exceeded"}]}}"#,
            "event: response.failed\ndata: {\"response\":{\"error\":{\"code\":\"server_is_overloaded\"}}}",
            r#"{"type": "error", "error": {"code": "session_expired"}}"#,
            r#"{"choices":[{"finish_reason": "content_filter"}]}"#,
            "event: error\ndata: {\"message\":\"boom\"}",
        ] {
            assert!(holds_error(body) && !is_whole(body), "{body}");
        }
        for body in [
            r#"{"status":"completed","error":null,"output":[]}"#,
            r#"{"choices":[{"message":{"content":"{\"error\":{}}"},"finish_reason":"stop"}]}"#,
            "",
        ] {
            assert!(!holds_error(body), "{body}");
        }
    }

    #[test]
    fn a_whole_answer_has_words_and_an_end_of_its_own() {
        const CHUNK: &str = "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n";
        for body in [
            r#"{"id":"chatcmpl-1","object":"chat.completion","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#,
            r#"{"object":"chat.completion","choices":[{"message":{"content":null,"tool_calls":[{}]},"finish_reason":"tool_calls"}]}"#,
            r#"{"object": "response", "status": "completed", "error": null, "output": [{}]}"#,
            r#"{"object":"list","data":[{"object":"embedding","embedding":[0.1]}]}"#,
            r#"{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#,
            &format!("{CHUNK}data: [DONE]\n"),
            &format!(": OPENROUTER PROCESSING\n\n{CHUNK}data: [DONE]\n"),
            "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"error\":null,\"output\":[{}]}}",
        ] {
            assert!(is_whole(body), "{body}");
        }
        for body in [
            r#"{"object":"chat.completion","choices":[{"message":{"content":"Hi"},"finish_reason":"length"}]}"#,
            r#"{"object":"chat.completion","choices":[{"message":{"content":""},"finish_reason":"stop"}]}"#,
            r#"{"object":"chat.completion","choices":[{"message":{"content":"<html>502</html>"},"finish_reason":"stop"}],"usage":{"completion_tokens":0}}"#,
            r#"{"object":"chat.completion","error":"quota exceeded","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#,
            r#"{"object":"chat.completion","detail":"failed","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#,
            r#"{"status":500,"last_response":{"object":"chat.completion","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}}"#,
            r#"{"object":"chat.completion","choices":[{"finish_reason":"stop""#,
            r#"{"object":"chat.completion","choices":null,"finish_reason":"stop"}"#,
            r#"{"object": "response", "status": "completed", "output": []}"#,
            r#"{"object":"list","data":[]}"#,
            r#"{"object":"list","data":[{"object":"fine_tuning.job.event","level":"error"}]}"#,
            "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\ndata: [DONE]",
            &format!("{CHUNK}event: error\ndata: {{\"message\":\"boom\"}}\n\ndata: [DONE]"),
            &format!("data: {{\"error\":\"boom\"}}\n\n{CHUNK}data: [DONE]"),
            &format!("Error: 500\n{CHUNK}data: [DONE]"),
            &format!("{CHUNK}curl: (92) HTTP/2 stream 1 was not closed cleanly"),
            "data: {\"type\":\"response.incomplete\",\"response\":{\"status\":\"incomplete\"}}\n\ndata: {\"type\":\"response.completed\",\"response\":{\"status\":\"incomplete\",\"output\":[{}]}}",
            "",
        ] {
            assert!(!is_whole(body), "{body}");
        }
    }
}
