//! What a turn has brought so far: whether ChatGPT said something that a person sees, and whether it ended badly all the same.
//!
//! The records that close a turn come after one that failed, too, and after one that brought nothing. Never keeps a word.
//!
//! Sources: pionxzh/chatgpt-exporter, `src/api.ts`: the kinds, recipients and pictures of messages; saeedezzati/superpower-chatgpt:
//! an answer of status `finished_partial_completion` has reached its greatest length, or was stopped, and can be continued;
//! 4as/ChatGPT-DeMod: `moderation_response.blocked` takes a message away.

use serde_json::Value;

use super::json::{at, is_given, patches};

/// A message that is still being written, or that ended well. Any other status is an end before the end.
const WELL: &[&str] = &["in_progress", "finished_successfully", "finished_partial_completion"];
/// What a person sees as the answer; where no type is named it is text.
const SEEN: &[&str] = &["text", "multimodal_text"];
/// Channels in which ChatGPT speaks to itself, or tells what it is about to do.
const BESIDE: &[&str] = &["analysis", "commentary"];

/// What was seen of the turn.
#[derive(Debug)]
pub(super) struct Turn {
    /// The message that is being written is the answer; so it is where the stream begins in its middle.
    answers: bool,
    said: bool,
    /// The last message broke off or failed.
    broken: bool,
    /// It was taken away from the person.
    blocked: bool,
}

impl Default for Turn {
    fn default() -> Turn {
        Turn { answers: true, said: false, broken: false, blocked: false }
    }
}

impl Turn {
    /// Takes the next record.
    pub(super) fn take(&mut self, record: &Value) {
        self.blocked |= at(at(record, "moderation_response"), "blocked") == true;
        for message in [at(record, "message"), at(at(record, "v"), "message")] {
            if message.is_object() {
                self.message(message);
            }
        }
        patches(record).for_each(|patch| self.patch(patch));
    }

    /// Whether the person has an answer, as far as it went.
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
            // What it said before it asked a tool was no answer yet.
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
