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
    /// The record of an error, and a clean end.
    Error,
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

impl Script {
    fn play(self) -> Play {
        let play =
            |text: &str, pieces, gap, end| Play { text: text.to_owned(), pieces, gap: Duration::from_millis(gap), end };
        match self {
            Script::Short => play(SHORT, 20, 15, End::Good),
            Script::Long => play(&LONG.repeat(12), 200, 150, End::Good),
            Script::Cut => play(HALF, 8, 40, End::Cut),
            Script::Error => play(HALF, 8, 40, End::Error),
            Script::NoEnd => play(HALF, 8, 40, End::Bare),
            Script::Handoff => play("", 0, 40, End::Handoff),
            Script::Hang => play(HALF, 8, 20, End::Never),
            Script::Silence => play("", 0, 0, End::Never),
            Script::Quotes => play(QUOTES, 40, 15, End::Good),
        }
    }
}

/// Starts to stream; a client that leaves ends it.
pub(crate) fn stream(script: Script, ask: &Ask) -> Answer {
    let play = script.play();
    let records = if script == Script::Silence { Vec::new() } else { records(&play, ask) };
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
            End::Good | End::Error | End::Handoff | End::Bare => {}
        }
    });
    Answer::of(200, "text/event-stream; charset=utf-8", body.boxed_unsync())
        .with("cache-control", "no-cache")
        .by_service()
}

/// The whole turn as the site sends it, one string a write.
fn records(play: &Play, ask: &Ask) -> Vec<String> {
    const TEXT: &str = "/message/content/parts/0";
    let question = ask.json();
    let said = question.pointer("/messages/0/content/parts/0").and_then(Value::as_str).unwrap_or("");
    let conversation = match question.get("conversation_id").and_then(Value::as_str) {
        Some(id) => id.to_owned(),
        None => Uuid::new_v4().to_string(),
    };
    let data = |value: Value| format!("data: {value}\n\n");
    let delta = |value: Value| format!("event: delta\ndata: {value}\n\n");
    let message = |role: &str, text: &str, status: &str| {
        json!({
            "id": Uuid::new_v4().to_string(), "author": {"role": role}, "status": status,
            "content": {"content_type": "text", "parts": [text]},
        })
    };

    let mut records = vec![
        "event: delta_encoding\ndata: \"v1\"\n\n".to_owned()
            + &data(json!({
                "type": "resume_conversation_token", "kind": "topic", "token": "lab", "conversation_id": conversation,
            }))
            + &data(json!({
                "type": "input_message", "conversation_id": conversation,
                "input_message": message("user", said, "finished_successfully"),
            }))
            + &delta(json!({
                "p": "", "o": "add", "c": 0,
                "v": {"message": message("assistant", "", "in_progress"), "conversation_id": conversation},
            })),
    ];
    for (at, piece) in pieces(&play.text, play.pieces).into_iter().enumerate() {
        // After the first, path and operation stay as they were and are left out.
        records.push(delta(if at == 0 { json!({"p": TEXT, "o": "append", "v": piece}) } else { json!({"v": piece}) }));
    }
    const DONE: &str = "data: [DONE]\n\n";
    match play.end {
        End::Good => records.push(
            delta(json!({"p": "", "o": "patch", "v": [
                {"p": "/message/status", "o": "replace", "v": "finished_successfully"},
                {"p": "/message/end_turn", "o": "replace", "v": true},
            ]})) + &data(json!({"type": "message_stream_complete", "conversation_id": conversation}))
                + DONE,
        ),
        End::Error => records.push(
            "event: error\n".to_owned()
                + &data(json!({"error": {
                    "message": "The server had an error while processing your request. Sorry about that!",
                    "type": "server_error", "param": null, "code": "server_error",
                }}))
                + DONE,
        ),
        End::Handoff => records.push(
            data(json!({
                "type": "stream_handoff", "conversation_id": conversation, "topic_id": "conversation-turn-lab",
                "websocket_url": "wss://ws.chatgpt.com/p7/ws/user/user-lab",
            })) + DONE,
        ),
        End::Bare | End::Cut | End::Never => {}
    }
    records
}

/// Cuts a text into so many pieces of about the same length.
fn pieces(text: &str, count: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(letters.len().div_ceil(count.max(1)).max(1)).map(|piece| piece.iter().collect()).collect()
}
