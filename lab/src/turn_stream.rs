//! The event stream of one turn: its records, their order and timing. `faults` decides which [`Script`] is streamed.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::conversations::{Completion, Conversations};
use crate::fault::Script;
use crate::request::Request;
use crate::response::{Cut, Response};

const SHORT: &str = "Here is a short answer, from the lab and not from a model. It comes in small pieces, as a real one \
    does, and it ends as it should.\n\nAsk again whenever you like.";
const LONG: &str = "This answer takes its time, so that you can press Stop, reload the page or leave it half way. ";
const HALF: &str = "Half an answer is on its way, and the other half will never";
const QUOTES: &str = include_str!("page/quotes.md");

/// Text, timing and end of a script.
struct Timeline {
    text: String,
    /// Number of deltas that the text is split into.
    deltas: usize,
    /// Time between two records.
    gap: Duration,
    end: End,
}

/// How a stream ends after its text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The records that complete a turn, then a clean end.
    Complete,
    /// The error record of this script, then a clean end.
    Error(Script),
    /// The record that hands the turn over to a WebSocket, then a clean end.
    Handoff,
    /// A clean end.
    NoRecord,
    /// The connection is cut.
    Cut,
    /// Nothing more is sent; the connection stays open for [`SILENCE`].
    Never,
}

/// Longer than any client waits.
const SILENCE: Duration = Duration::from_secs(600);

/// Reads of a conversation until its cut answer is complete.
const READS_UNTIL_COMPLETE: u32 = 5;

impl Script {
    fn timeline(self) -> Timeline {
        let timeline = |text: &str, deltas, gap, end| Timeline {
            text: text.to_owned(),
            deltas,
            gap: Duration::from_millis(gap),
            end,
        };
        match self {
            Script::Short | Script::SmallerModel => timeline(SHORT, 20, 15, End::Complete),
            Script::Long => timeline(&LONG.repeat(12), 200, 150, End::Complete),
            Script::Cut | Script::CutThenComplete | Script::CutThenResume => timeline(HALF, 8, 40, End::Cut),
            Script::TooLarge => timeline(SHORT, 20, 15, End::Error(self)),
            Script::Error | Script::ErrorString | Script::ErrorInDelta | Script::ErrorEvent | Script::Failed => {
                timeline(HALF, 8, 40, End::Error(self))
            }
            Script::NoEnd => timeline(HALF, 8, 40, End::NoRecord),
            Script::Handoff => timeline("", 0, 40, End::Handoff),
            Script::Hang => timeline(HALF, 8, 20, End::Never),
            Script::Silence | Script::Empty => {
                timeline("", 0, 0, if self == Script::Empty { End::NoRecord } else { End::Never })
            }
            Script::Quotes => timeline(QUOTES, 40, 15, End::Complete),
        }
    }

    /// When the conversation contains the complete answer.
    fn completion(self) -> Completion {
        match self {
            Script::CutThenComplete => Completion::AfterReads(READS_UNTIL_COMPLETE),
            Script::Short | Script::Quotes | Script::SmallerModel | Script::TooLarge | Script::CutThenResume => {
                Completion::Immediate
            }
            _ => Completion::Never,
        }
    }

    /// The complete answer.
    fn answer(self) -> &'static str {
        if self == Script::Quotes { QUOTES } else { SHORT }
    }
}

/// Starts a stream; it stops when the client disconnects.
pub(crate) fn stream(script: Script, conversations: &Conversations, request: &Request) -> Response {
    let timeline = script.timeline();
    let turn = Turn::of(script, request);
    conversations.add(&turn.conversation, &turn.question, script.answer(), script.completion());
    let records = match script {
        Script::Silence | Script::Empty => Vec::new(),
        _ => turn.records(&timeline),
    };
    let (mut sender, body) = Channel::<Bytes, Cut>::new(1);
    tokio::spawn(async move {
        for record in records {
            if sender.send_data(Bytes::from(record)).await.is_err() {
                return;
            }
            tokio::time::sleep(timeline.gap).await;
        }
        match timeline.end {
            End::Cut => sender.abort(Cut),
            End::Never => tokio::time::sleep(SILENCE).await,
            End::Complete | End::Error(_) | End::Handoff | End::NoRecord => {}
        }
    });
    Response::with_body(200, "text/event-stream; charset=utf-8", body.boxed_unsync())
        .with("cache-control", "no-cache")
        .by_service()
}

/// Values that the records of one turn share.
struct Turn {
    script: Script,
    conversation: String,
    question: String,
    /// Id of the answer message.
    message: String,
}

/// JSON Pointer to the text of an answer.
const TEXT_POINTER: &str = "/message/content/parts/0";
const DONE: &str = "data: [DONE]\n\n";

fn data(value: &Value) -> String {
    format!("data: {value}\n\n")
}

fn event(name: &str, value: &Value) -> String {
    format!("event: {name}\ndata: {value}\n\n")
}

impl Turn {
    fn of(script: Script, request: &Request) -> Turn {
        let body = request.json();
        let text = |path: &str| body.pointer(path).and_then(Value::as_str).map(str::to_owned);
        Turn {
            script,
            conversation: text("/conversation_id").unwrap_or_else(|| Uuid::new_v4().to_string()),
            question: text("/messages/0/content/parts/0").unwrap_or_default(),
            message: Uuid::new_v4().to_string(),
        }
    }

    /// The records of the turn as the site sends them, one string per write. Shapes: public recordings of 2025-12 to 2026-06
    /// (caiwuu/web2api, `chatgpt.com.har`; austinulfers/ai-geo-injector, `chatgpt.com.har`).
    fn records(&self, timeline: &Timeline) -> Vec<String> {
        let mut records = vec![self.beginning()];
        let patched = self.script == Script::Short;
        let mut count = 0;
        for (at, piece) in split(&timeline.text, timeline.deltas).into_iter().enumerate() {
            count += piece.split_whitespace().count();
            let value = if patched {
                json!([
                    {"p": TEXT_POINTER, "o": "append", "v": piece},
                    {"p": "/message/metadata/token_count", "o": "replace", "v": count},
                ])
            } else {
                json!(piece)
            };
            // Deltas after the first omit the path and operation, which stay the same.
            let record = match (at, patched) {
                (0, true) => json!({"p": "", "o": "patch", "v": value}),
                (0, false) => json!({"p": TEXT_POINTER, "o": "append", "v": value}),
                _ => json!({"v": value}),
            };
            if at == 0 {
                records.push(self.marker("user_visible_token", "first"));
            }
            records.push(event("delta", &record));
        }
        match timeline.end {
            End::Complete => records.push(self.finished() + &self.complete() + DONE),
            End::Error(Script::TooLarge) => records.push(self.finished() + &self.error() + DONE),
            End::Error(_) => records.push(self.error() + DONE),
            End::Handoff => records.push(
                data(&json!({
                    "type": "stream_handoff", "conversation_id": self.conversation,
                    "topic_id": "conversation-turn-lab",
                    "websocket_url": "wss://ws.chatgpt.com/p7/ws/user/user-lab",
                })) + DONE,
            ),
            End::NoRecord | End::Cut | End::Never => {}
        }
        records
    }

    fn beginning(&self) -> String {
        // Only a `topic` token can resume a stream; otherwise the page reads the rest from the conversation.
        let kind = if self.script == Script::CutThenResume { "topic" } else { "conduit" };
        let adjustments: &[&str] =
            if self.script == Script::SmallerModel { &["auto:smaller_model:reached_message_cap"] } else { &[] };
        let model = if self.script == Script::SmallerModel { "gpt-5-3-mini" } else { "gpt-5-3" };
        event("delta_encoding", &json!("v1"))
            + &data(&json!({
                "type": "resume_conversation_token", "kind": kind, "token": "lab", "conversation_id": self.conversation,
            }))
            + &data(&json!({
                "type": "input_message", "conversation_id": self.conversation,
                "input_message": {
                    "id": Uuid::new_v4().to_string(), "author": {"role": "user", "name": null, "metadata": {}},
                    "content": {"content_type": "text", "parts": [self.question]},
                    "status": "finished_successfully", "end_turn": null, "weight": 1.0, "metadata": {},
                },
            }))
            + &event(
                "delta",
                &json!({
                    "p": "", "o": "add", "c": 0,
                    "v": {
                        "message": {
                            "id": self.message, "author": {"role": "assistant", "name": null, "metadata": {}},
                            "content": {"content_type": "text", "parts": [""]},
                            "status": "in_progress", "end_turn": null, "weight": 1.0,
                            "metadata": {"model_slug": model, "default_model_slug": "auto",
                                         "model_adjustments": adjustments},
                        },
                        "conversation_id": self.conversation, "error": null,
                    },
                }),
            )
    }

    fn marker(&self, marker: &str, at: &str) -> String {
        data(&json!({
            "type": "message_marker", "conversation_id": self.conversation, "message_id": self.message,
            "marker": marker, "event": at,
        }))
    }

    /// The records after the last delta of the text.
    fn finished(&self) -> String {
        event(
            "delta",
            &json!({"p": "", "o": "patch", "v": [
                {"p": "/message/status", "o": "replace", "v": "finished_successfully"},
                {"p": "/message/end_turn", "o": "replace", "v": true},
                {"p": "/message/metadata", "o": "append", "v": {"is_complete": true}},
            ]}),
        ) + &self.marker("last_token", "last")
    }

    /// The records that complete a turn.
    fn complete(&self) -> String {
        let model = if self.script == Script::SmallerModel { "gpt-5-3-mini" } else { "gpt-5-3" };
        data(&json!({
            "type": "server_ste_metadata", "conversation_id": self.conversation,
            "metadata": {"plan_type": "plus", "user_agent": "web_desktop", "model_slug": model, "tool_invoked": false},
        })) + &data(&json!({"type": "message_stream_complete", "conversation_id": self.conversation}))
            + &data(&json!({
                "type": "conversation_detail_metadata", "banner_info": null, "blocked_features": [],
                "model_limits": [], "conversation_id": self.conversation,
            }))
    }

    /// The error record of the script.
    fn error(&self) -> String {
        const FAILED: &str = "The server had an error while processing your request. Sorry about that!";
        let string = json!({
            "message": null, "conversation_id": self.conversation, "error": "Something went wrong.",
        });
        match self.script {
            Script::ErrorString => data(&string),
            Script::ErrorInDelta => event("delta", &json!({"v": string})),
            Script::ErrorEvent => event(
                "error",
                &json!({"type": "error", "sequence_number": 9, "error": {
                    "type": "service_unavailable_error", "code": "server_is_overloaded", "param": null,
                    "message": "Our servers are currently overloaded. Please try again later.",
                }}),
            ),
            Script::Failed => event(
                "response.failed",
                &json!({"type": "response.failed", "response": {
                    "id": format!("resp_{}", Uuid::new_v4().simple()), "status": "failed",
                    "error": {"code": "server_error", "message": FAILED},
                }}),
            ),
            Script::TooLarge => data(&json!({
                "message": null, "conversation_id": self.conversation, "error_code": "conversation_too_large",
                "error": "You've reached the maximum length for this conversation, but you can keep talking by \
                          starting a new chat.",
            })),
            _ => event(
                "error",
                &json!({"error": {"message": FAILED, "type": "server_error", "param": null, "code": "server_error"}}),
            ),
        }
    }
}

/// Splits a text into `count` parts of about the same length.
fn split(text: &str, count: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(letters.len().div_ceil(count.max(1)).max(1)).map(|piece| piece.iter().collect()).collect()
}
