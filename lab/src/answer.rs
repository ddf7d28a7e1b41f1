//! The event stream of one turn.
//!
//! Owns the records, their order and their pace. Never decides which script is played: the table does.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ask::Ask;
use crate::fault::Script;
use crate::reply::{Answer, Cut};
use crate::talk::{Talks, Whole};

const SHORT: &str = "Here is a short answer, from the lab and not from a model. It comes in small pieces, as a real one \
    does, and it ends as it should.\n\nAsk again whenever you like.";
const LONG: &str = "This answer takes its time, so that you can press Stop, reload the page or leave it half way. ";
const HALF: &str = "Half an answer is on its way, and the other half will never";
const QUOTES: &str = include_str!("page/quotes.md");

/// How a script is played.
struct Play {
    text: String,
    /// How many pieces the text comes in.
    pieces: usize,
    gap: Duration,
    end: End,
}

/// What comes after the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The records that end a turn, and a clean end.
    Good,
    /// This record, and a clean end.
    Bad(Script),
    /// The turn goes on elsewhere, and a clean end.
    Handoff,
    /// A clean end.
    Bare,
    /// No end: the connection is cut.
    Cut,
    /// No end: nothing more comes.
    Never,
}

/// How long nothing comes: longer than any client waits.
const SILENCE: Duration = Duration::from_secs(600);

/// How often a page asks until an answer that was cut is whole.
const READS: u32 = 5;

impl Script {
    fn play(self) -> Play {
        let play =
            |text: &str, pieces, gap, end| Play { text: text.to_owned(), pieces, gap: Duration::from_millis(gap), end };
        match self {
            Script::Short | Script::Capped => play(SHORT, 20, 15, End::Good),
            Script::Long => play(&LONG.repeat(12), 200, 150, End::Good),
            Script::Cut | Script::CutAndWhole | Script::CutAndResumed => play(HALF, 8, 40, End::Cut),
            Script::TooLarge => play(SHORT, 20, 15, End::Bad(self)),
            Script::Error | Script::ErrorString | Script::ErrorInDelta | Script::ErrorEvent | Script::Failed => {
                play(HALF, 8, 40, End::Bad(self))
            }
            Script::NoEnd => play(HALF, 8, 40, End::Bare),
            Script::Handoff => play("", 0, 40, End::Handoff),
            Script::Hang => play(HALF, 8, 20, End::Never),
            Script::Silence | Script::Empty => {
                play("", 0, 0, if self == Script::Empty { End::Bare } else { End::Never })
            }
            Script::Quotes => play(QUOTES, 40, 15, End::Good),
        }
    }

    /// When the conversation itself has the whole answer.
    fn whole(self) -> Whole {
        match self {
            Script::CutAndWhole => Whole::AfterReads(READS),
            Script::Short | Script::Quotes | Script::Capped | Script::TooLarge | Script::CutAndResumed => Whole::Now,
            _ => Whole::Never,
        }
    }

    /// What the conversation then has.
    fn answer(self) -> &'static str {
        if self == Script::Quotes { QUOTES } else { SHORT }
    }
}

/// Starts to stream; a client that leaves ends it.
pub(crate) fn stream(script: Script, talks: &Talks, ask: &Ask) -> Answer {
    let play = script.play();
    let turn = Turn::of(script, ask);
    talks.add(&turn.conversation, &turn.question, script.answer(), script.whole());
    let records = match script {
        Script::Silence | Script::Empty => Vec::new(),
        _ => turn.records(&play),
    };
    let (mut sender, body) = Channel::<Bytes, Cut>::new(1);
    tokio::spawn(async move {
        for record in records {
            if sender.send_data(Bytes::from(record)).await.is_err() {
                return;
            }
            tokio::time::sleep(play.gap).await;
        }
        match play.end {
            End::Cut => sender.abort(Cut),
            End::Never => tokio::time::sleep(SILENCE).await,
            End::Good | End::Bad(_) | End::Handoff | End::Bare => {}
        }
    });
    Answer::of(200, "text/event-stream; charset=utf-8", body.boxed_unsync())
        .with("cache-control", "no-cache")
        .by_service()
}

/// What the records of one turn share.
struct Turn {
    script: Script,
    conversation: String,
    question: String,
    /// The id of the answer.
    message: String,
}

/// Where the words of an answer are.
const WORDS: &str = "/message/content/parts/0";
const DONE: &str = "data: [DONE]\n\n";

fn data(value: &Value) -> String {
    format!("data: {value}\n\n")
}

fn event(name: &str, value: &Value) -> String {
    format!("event: {name}\ndata: {value}\n\n")
}

impl Turn {
    fn of(script: Script, ask: &Ask) -> Turn {
        let asked = ask.json();
        let text = |path: &str| asked.pointer(path).and_then(Value::as_str).map(str::to_owned);
        Turn {
            script,
            conversation: text("/conversation_id").unwrap_or_else(|| Uuid::new_v4().to_string()),
            question: text("/messages/0/content/parts/0").unwrap_or_default(),
            message: Uuid::new_v4().to_string(),
        }
    }

    /// The whole turn as the site sends it, one string a write. Shapes: public recordings of 2025-12 to 2026-06
    /// (caiwuu/web2api, `chatgpt.com.har`; austinulfers/ai-geo-injector, `chatgpt.com.har`).
    fn records(&self, play: &Play) -> Vec<String> {
        let mut records = vec![self.beginning()];
        let patched = self.script == Script::Short;
        let mut count = 0;
        for (at, piece) in pieces(&play.text, play.pieces).into_iter().enumerate() {
            count += piece.split_whitespace().count();
            let value = if patched {
                json!([
                    {"p": WORDS, "o": "append", "v": piece},
                    {"p": "/message/metadata/token_count", "o": "replace", "v": count},
                ])
            } else {
                json!(piece)
            };
            // After the first, what stays as it was (path, operation) is left out.
            let record = match (at, patched) {
                (0, true) => json!({"p": "", "o": "patch", "v": value}),
                (0, false) => json!({"p": WORDS, "o": "append", "v": value}),
                _ => json!({"v": value}),
            };
            if at == 0 {
                records.push(self.marker("user_visible_token", "first"));
            }
            records.push(event("delta", &record));
        }
        match play.end {
            End::Good => records.push(self.finished() + &self.complete() + DONE),
            End::Bad(Script::TooLarge) => records.push(self.finished() + &self.bad() + DONE),
            End::Bad(_) => records.push(self.bad() + DONE),
            End::Handoff => records.push(
                data(&json!({
                    "type": "stream_handoff", "conversation_id": self.conversation,
                    "topic_id": "conversation-turn-lab",
                    "websocket_url": "wss://ws.chatgpt.com/p7/ws/user/user-lab",
                })) + DONE,
            ),
            End::Bare | End::Cut | End::Never => {}
        }
        records
    }

    fn beginning(&self) -> String {
        // Only what waits on a topic can be asked for again; the rest of the others comes by the conversation itself.
        let kind = if self.script == Script::CutAndResumed { "topic" } else { "conduit" };
        let adjustments: &[&str] =
            if self.script == Script::Capped { &["auto:smaller_model:reached_message_cap"] } else { &[] };
        let model = if self.script == Script::Capped { "gpt-5-3-mini" } else { "gpt-5-3" };
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

    /// The words are all there.
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

    /// The turn is over, and good.
    fn complete(&self) -> String {
        let model = if self.script == Script::Capped { "gpt-5-3-mini" } else { "gpt-5-3" };
        data(&json!({
            "type": "server_ste_metadata", "conversation_id": self.conversation,
            "metadata": {"plan_type": "plus", "user_agent": "web_desktop", "model_slug": model, "tool_invoked": false},
        })) + &data(&json!({"type": "message_stream_complete", "conversation_id": self.conversation}))
            + &data(&json!({
                "type": "conversation_detail_metadata", "banner_info": null, "blocked_features": [],
                "model_limits": [], "conversation_id": self.conversation,
            }))
    }

    /// The record of what went wrong.
    fn bad(&self) -> String {
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

/// Cuts a text into so many pieces of about the same length.
fn pieces(text: &str, count: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(letters.len().div_ceil(count.max(1)).max(1)).map(|piece| piece.iter().collect()).collect()
}
