//! Conversations that were started in the lab, kept in memory until it stops.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

/// When a conversation contains the complete answer of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Completion {
    /// Immediately.
    Immediate,
    /// After the conversation was read this many times.
    AfterReads(u32),
    /// Never: the answer stays empty and in progress.
    Never,
}

/// A question and its answer.
struct Turn {
    question: String,
    answer: String,
    completion: Completion,
    reads: u32,
}

/// The turns of every conversation, by conversation id.
#[derive(Default)]
pub(crate) struct Conversations(Mutex<HashMap<String, Vec<Turn>>>);

impl Conversations {
    /// Adds a turn.
    pub fn add(&self, conversation: &str, question: &str, answer: &str, completion: Completion) {
        let turn = Turn { question: question.to_owned(), answer: answer.to_owned(), completion, reads: 0 };
        self.lock().entry(conversation.to_owned()).or_default().push(turn);
    }

    /// The conversation as JSON of the service, if it was started here; counts the read.
    pub fn read(&self, conversation: &str) -> Option<Value> {
        let mut conversations = self.lock();
        let turns = conversations.get_mut(conversation)?;
        let mut mapping = serde_json::Map::new();
        let mut last = String::new();
        for (at, turn) in turns.iter_mut().enumerate() {
            turn.reads += 1;
            let complete = match turn.completion {
                Completion::Immediate => true,
                Completion::AfterReads(reads) => turn.reads > reads,
                Completion::Never => false,
            };
            let (question, answer) = (format!("q{at}"), format!("a{at}"));
            mapping.insert(question.clone(), node(&question, &last, "user", &turn.question, true));
            let text = if complete { turn.answer.as_str() } else { "" };
            mapping.insert(answer.clone(), node(&answer, &question, "assistant", text, complete));
            last = answer;
        }
        Some(json!({"conversation_id": conversation, "title": "New chat", "current_node": last, "mapping": mapping}))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Vec<Turn>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One message of a conversation's tree.
pub(crate) fn node(id: &str, parent: &str, role: &str, text: &str, complete: bool) -> Value {
    json!({"id": id, "parent": parent, "message": {
        "id": id, "author": {"role": role}, "content": {"content_type": "text", "parts": [text]},
        "status": if complete { "finished_successfully" } else { "in_progress" }, "end_turn": complete.then_some(true),
    }})
}
