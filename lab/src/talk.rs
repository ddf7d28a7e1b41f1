//! The conversations that were begun here.
//!
//! Owns what was asked in each and from when on its answer is whole. Forgets them with the lab.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

/// When the conversation has the whole answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// At once.
    Now,
    /// Once it was asked for so many times.
    AfterReads(u32),
    /// Never: it stays as it was when the stream ended.
    Never,
}

/// One turn.
struct Turn {
    question: String,
    answer: String,
    whole: Whole,
    reads: u32,
}

/// All of them, by the id of their conversation.
#[derive(Default)]
pub(crate) struct Talks(Mutex<HashMap<String, Vec<Turn>>>);

impl Talks {
    /// Keeps a turn.
    pub fn add(&self, conversation: &str, question: &str, answer: &str, whole: Whole) {
        let turn = Turn { question: question.to_owned(), answer: answer.to_owned(), whole, reads: 0 };
        self.lock().entry(conversation.to_owned()).or_default().push(turn);
    }

    /// The conversation as the service tells it, where there is one. Asking counts.
    pub fn read(&self, conversation: &str) -> Option<Value> {
        let mut talks = self.lock();
        let turns = talks.get_mut(conversation)?;
        let mut mapping = serde_json::Map::new();
        let mut last = String::new();
        for (at, turn) in turns.iter_mut().enumerate() {
            turn.reads += 1;
            let whole = match turn.whole {
                Whole::Now => true,
                Whole::AfterReads(reads) => turn.reads > reads,
                Whole::Never => false,
            };
            let (question, answer) = (format!("q{at}"), format!("a{at}"));
            mapping.insert(question.clone(), node(&question, &last, "user", &turn.question, true));
            let text = if whole { turn.answer.as_str() } else { "" };
            mapping.insert(answer.clone(), node(&answer, &question, "assistant", text, whole));
            last = answer;
        }
        Some(json!({"conversation_id": conversation, "title": "New chat", "current_node": last, "mapping": mapping}))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Vec<Turn>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One message of a conversation.
pub(crate) fn node(id: &str, parent: &str, role: &str, text: &str, whole: bool) -> Value {
    json!({"id": id, "parent": parent, "message": {
        "id": id, "author": {"role": role}, "content": {"content_type": "text", "parts": [text]},
        "status": if whole { "finished_successfully" } else { "in_progress" }, "end_turn": whole.then_some(true),
    }})
}
