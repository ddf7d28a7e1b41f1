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
use crate::faults::Script;
use crate::reply::{Answer, Cut};

const SHORT: &str = "Here is a short answer, from the lab and not from a model. It comes in small pieces, as a real one \
    does, and it ends as it should.\n\nAsk again whenever you like.";
const LONG: &str = "This answer takes its time, so that you can press Stop, reload the page or leave it half way. ";
const QUOTES: &str = include_str!("page/quotes.md");

/// How a script is played.
struct Play {
    text: String,
    /// How many pieces the text comes in.
    pieces: usize,
    gap: Duration,
    /// Whether the records that end a turn come as well.
    ends: bool,
}

impl Script {
    fn play(self) -> Play {
        let play = |text: &str, pieces, gap, ends| Play {
            text: text.to_owned(),
            pieces,
            gap: Duration::from_millis(gap),
            ends,
        };
        match self {
            Script::Short => play(SHORT, 20, 15, true),
            Script::Long => play(&LONG.repeat(12), 200, 150, true),
            Script::Cut => play("Half an answer is on its way, and the other half will never", 8, 40, false),
            Script::Quotes => play(QUOTES, 40, 15, true),
        }
    }
}

/// Starts to stream; a client that leaves ends it.
pub(crate) fn stream(script: Script, ask: &Ask) -> Answer {
    let play = script.play();
    let records = records(&play, ask);
    let (mut sender, body) = Channel::<Bytes, Cut>::new(1);
    tokio::spawn(async move {
        for record in records {
            if sender.send_data(Bytes::from(record)).await.is_err() {
                return;
            }
            tokio::time::sleep(play.gap).await;
        }
        if !play.ends {
            sender.abort(Cut);
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
    if play.ends {
        records.push(
            delta(json!({"p": "", "o": "patch", "v": [
                {"p": "/message/status", "o": "replace", "v": "finished_successfully"},
                {"p": "/message/end_turn", "o": "replace", "v": true},
            ]})) + &data(json!({"type": "message_stream_complete", "conversation_id": conversation}))
                + "data: [DONE]\n\n",
        );
    }
    records
}

/// Cuts a text into so many pieces of about the same length.
fn pieces(text: &str, count: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(letters.len().div_ceil(count).max(1)).map(|piece| piece.iter().collect()).collect()
}
