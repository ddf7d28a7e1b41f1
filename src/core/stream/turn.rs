//! The state of a turn: whether it has a visible answer, and whether it ended badly all the same.
//!
//! The records that end a turn also follow one that failed or had no answer. Keeps no text.
//!
//! Sources: pionxzh/chatgpt-exporter, `src/api.ts`: types, recipients and pictures of messages;
//! saeedezzati/superpower-chatgpt: an answer of status `finished_partial_completion` has reached the maximum length,
//! or was stopped, and can be continued; 4as/ChatGPT-DeMod: `moderation_response.blocked` removes a message.

use serde_json::Value;

use super::json::{at, is_given, patches};

/// Statuses of a message that is in progress or complete. Any other one means that it broke off.
const WELL: &[&str] = &["in_progress", "finished_successfully", "finished_partial_completion"];
/// Content types that are shown as the answer; without a type it is text.
const SEEN: &[&str] = &["text", "multimodal_text"];
/// Channels for reasoning and for announcements of tool calls.
const BESIDE: &[&str] = &["analysis", "commentary"];

/// The state of the turn.
#[derive(Debug)]
pub(super) struct Turn {
    /// Whether the current message is the answer; assumed if the stream begins in its middle.
    answers: bool,
    said: bool,
    /// The last message broke off or failed.
    broken: bool,
    /// The last message was removed by moderation.
    blocked: bool,
}

impl Default for Turn {
    fn default() -> Turn {
        Turn { answers: true, said: false, broken: false, blocked: false }
    }
}

impl Turn {
    /// Updates the state with the next record.
    pub(super) fn take(&mut self, record: &Value) {
        self.blocked |= at(at(record, "moderation_response"), "blocked") == true;
        for message in [at(record, "message"), at(at(record, "v"), "message")] {
            if message.is_object() {
                self.message(message);
            }
        }
        patches(record).for_each(|patch| self.patch(patch));
    }

    /// Whether the person has an answer, complete or not.
    pub(super) fn is_good(&self) -> bool {
        self.said && !self.is_bad()
    }

    /// Whether it ended badly.
    pub(super) fn is_bad(&self) -> bool {
        self.broken || self.blocked
    }

    fn message(&mut self, message: &Value) {
        let by = at(at(message, "author"), "role").as_str().unwrap_or("assistant");
        let (content, to) = (at(message, "content"), at(message, "recipient").as_str().unwrap_or("all"));
        let kind = at(content, "content_type").as_str().unwrap_or("text");
        let beside = at(message, "channel").as_str().is_some_and(|channel| BESIDE.contains(&channel));
        self.answers = by == "assistant" && to == "all" && !beside && SEEN.contains(&kind);
        if by == "assistant" && to != "all" {
            // Text before a tool call is not the answer yet.
            self.said = false;
        }
        if by == "assistant" || kind == "system_error" {
            self.broken = kind == "system_error" || !is_well(at(message, "status"));
        }
        let parts = at(content, "parts").as_array().into_iter().flatten();
        for part in parts {
            self.said |= (by != "user" && is_asset(part)) || (self.answers && is_given(part));
        }
    }

    fn patch(&mut self, patch: &Value) {
        let (path, value) = (at(patch, "p").as_str().unwrap_or_default(), at(patch, "v"));
        if path == "/message/status" {
            self.broken = !is_well(value);
        } else if path.starts_with("/message/content") || (path.is_empty() && value.is_string()) {
            self.said |= is_asset(value) || (self.answers && is_given(value));
        }
    }
}

/// A picture or a file.
fn is_asset(part: &Value) -> bool {
    at(part, "asset_pointer").is_string()
}

fn is_well(status: &Value) -> bool {
    status.as_str().is_none_or(|status| WELL.contains(&status))
}
