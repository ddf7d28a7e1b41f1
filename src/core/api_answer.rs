//! What the body of a good status of the developer API holds: a whole answer, or an error.
//!
//! Neither is parsed: a body may be clipped, or a stream. Within strings, quotes are escaped, so the names and values that are
//! searched are those of the body itself.

use super::text::after;

/// Reasons of an answer that ended by itself (OpenAI API reference, `finish_reason`). One that was cut at a limit of tokens
/// (`length`) is not among them.
const ENDED: &[&str] = &["\"stop\"", "\"tool_calls\"", "\"function_call\""];
/// Kinds of objects that are answers of a model in the Chat Completions API.
const COMPLETIONS: &[&str] = &["\"chat.completion\"", "\"chat.completion.chunk\"", "\"text_completion\""];
/// How a body of JSON and a stream of events begin (WHATWG HTML, server-sent events).
const BEGINNINGS: &[&str] = &["{", "data:", "event:", "id:"];

/// Whether the body holds this name with a value that begins so.
fn has(body: &str, name: &str, value: &str) -> bool {
    let values = after(body, name).filter_map(|rest| rest.trim_start().strip_prefix(':'));
    values.map(str::trim_start).any(|rest| rest.starts_with(value))
}

/// Whether it came with an error: a failed batch, a failed response, an `error` event of a stream, an answer that a content
/// filter ended (OpenAI API reference: `batch.errors`, `response.failed`, `error`, `finish_reason`, `incomplete_details`).
pub fn holds_error(body: &str) -> bool {
    let filtered = "\"content_filter\"";
    has(body, "\"error\"", "{")
        || has(body, "\"errors\"", "{")
        || has(body, "\"finish_reason\"", filtered)
        || has(body, "\"reason\"", filtered)
}

/// Whether it is an answer of a model from its beginning to its end, and nothing else.
pub fn is_whole(body: &str) -> bool {
    let body = body.trim();
    let begins = BEGINNINGS.iter().any(|begin| body.starts_with(begin));
    let is_ended = if body.starts_with('{') {
        let of_responses = has(body, "\"object\"", "\"response\"") && has(body, "\"status\"", "\"completed\"");
        body.ends_with('}') && (of_responses || is_completion(body))
    } else {
        body.ends_with("[DONE]") && is_completion(body) || has(body, "\"type\"", "\"response.completed\"")
    };
    begins && is_ended && !holds_error(body)
}

fn is_completion(body: &str) -> bool {
    let says = |name: &str, values: &[&str]| values.iter().any(|value| has(body, name, value));
    says("\"object\"", COMPLETIONS) && says("\"finish_reason\"", ENDED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_status_may_come_with_an_error() {
        for body in [
            r#"{"object":"batch","status":"failed","errors":{"object":"list","data":[{"code":"token_limit_exceeded"}]}}"#,
            "event: response.failed\ndata: {\"response\":{\"error\":{\"code\":\"server_is_overloaded\"}}}",
            r#"{"type": "error", "error": {"code": "session_expired"}}"#,
            r#"{"choices":[{"finish_reason": "content_filter"}]}"#,
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
    fn a_whole_answer_has_an_end_of_its_own() {
        for body in [
            r#"{"id":"chatcmpl-1","object":"chat.completion","choices":[{"finish_reason":"stop"}]}"#,
            r#"{"object": "response", "status": "completed", "error": null, "output": []}"#,
            "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n",
            "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"error\":null}}",
        ] {
            assert!(is_whole(body), "{body}");
        }
        for body in [
            r#"{"object":"chat.completion","choices":[{"finish_reason":"length"}]}"#,
            r#"{"object":"chat.completion","choices":[{"finish_reason":"stop""#,
            r#"{"object":"list","data":[]}"#,
            "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"finish_reason\":null}]}\n\ndata: [DONE]",
            "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"finish_reason\":\"stop\"}]}",
            "Error: 500\n{\"object\":\"chat.completion\",\"choices\":[{\"finish_reason\":\"stop\"}]}",
            "",
        ] {
            assert!(!is_whole(body), "{body}");
        }
    }
}
