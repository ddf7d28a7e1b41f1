//! One record of a stream: an error, the end of a turn, or a handoff.
//!
//! Sources: OpenAI, streaming guide (`response.completed`, `response.failed`, `error`) and API reference
//! (`finish_reason`); ChatGPT's own streams in public recordings (caiwuu/web2api, austinulfers/ai-geo-injector,
//! blackglobeco/bl4ck0PS); PawanOsman/OpenCursor#103 (`"message": null` with an error);
//! betabitplus/chatgpt-web-adapter (`error_code`).

use serde_json::{Value, json};

use super::{
    json::{at, is_given, patches},
    turn::Turn,
};

/// Longest error message that is kept, in bytes.
const MESSAGE: usize = 300;

/// Names of events and types that always mean an error.
const FAILED: &[&str] = &["error", "response.failed"];

/// What a record means.
#[derive(Debug, Default)]
pub(super) struct StreamRecord {
    /// The error: type, code, message and the end of a limit.
    pub error: Option<Value>,
    /// ChatGPT's record of the end of a turn, good or bad.
    pub closed: bool,
    /// The API's turn is finished.
    pub done: bool,
    /// The turn continues on another connection.
    pub handed: bool,
}

impl StreamRecord {
    /// Reads a record and updates the turn. Anything but a JSON object is ignored; `[DONE]` means only that no more
    /// records follow.
    pub(super) fn read(event: &str, data: &str, turn: &mut Turn) -> StreamRecord {
        let Ok(record @ Value::Object(_)) = serde_json::from_str::<Value>(data) else {
            let error = FAILED.contains(&event).then(|| json!({ "error": {} }));
            return StreamRecord { error, ..StreamRecord::default() };
        };
        turn.take(&record);
        let named = |name: &str| event == name || at(&record, "type") == name;
        StreamRecord {
            error: error(event, &record),
            closed: named("message_stream_complete") || finished(&record),
            done: named("response.completed") || chosen(&record),
            handed: named("stream_handoff"),
        }
    }
}

fn error(event: &str, record: &Value) -> Option<Value> {
    let failed = FAILED.iter().any(|name| event == *name || at(record, "type") == *name);
    let inner = [at(record, "error"), at(at(record, "response"), "error"), at(at(record, "v"), "error")];
    if let Some(found) = inner.into_iter().find(|found| is_given(found)) {
        let beside = if is_given(at(at(record, "v"), "error")) {
            at(at(record, "v"), "error_code")
        } else {
            at(record, "error_code")
        };
        return Some(kept(found, beside));
    }
    let patched = patches(record)
        .filter(|patch| at(patch, "p") == "/error")
        .map(|patch| at(patch, "v"))
        .find(|found| is_given(found));
    match patched {
        Some(found) => Some(kept(found, &Value::Null)),
        None => failed.then(|| kept(record, &Value::Null)),
    }
}

/// The error's known fields, truncated.
fn kept(found: &Value, code_beside: &Value) -> Value {
    let found = if found.is_string() { json!({ "message": found }) } else { found.clone() };
    let mut error = serde_json::Map::new();
    for name in ["type", "code", "resets_in_seconds", "clears_in"] {
        if let Some(value) = found.get(name).filter(|value| value.is_string() || value.is_number()) {
            error.insert(name.to_owned(), value.clone());
        }
    }
    if code_beside.is_string() && !error.contains_key("code") {
        error.insert("code".to_owned(), code_beside.clone());
    }
    if let Some(text) = at(&found, "message").as_str() {
        error.insert("message".to_owned(), Value::from(text.chars().take(MESSAGE).collect::<String>()));
    }
    json!({ "error": error })
}

/// A complete answer, or the patches that complete one.
fn finished(record: &Value) -> bool {
    let whole = |message: &Value| {
        let by = at(at(message, "author"), "role").as_str().unwrap_or("assistant");
        by == "assistant" && at(message, "end_turn") == true && at(message, "status") == "finished_successfully"
    };
    let ends = |patch: &Value| at(patch, "p") == "/message/end_turn" && at(patch, "v") == true;
    whole(at(record, "message")) || whole(at(at(record, "v"), "message")) || patches(record).any(ends)
}

/// A complete completion of the API: `length` and `content_filter` mean that it is truncated.
fn chosen(record: &Value) -> bool {
    const WHOLE: &[&str] = &["stop", "tool_calls", "function_call"];
    let mut choices = at(record, "choices").as_array().into_iter().flatten();
    choices.any(|choice| at(choice, "finish_reason").as_str().is_some_and(|reason| WHOLE.contains(&reason)))
}
