//! Message keys → English sentences, from the very file that the extension ships.

use std::{collections::HashMap, sync::LazyLock};

use mend::core::msg::Msg;
use serde::Deserialize;

#[derive(Deserialize)]
struct JournalEntry {
    message: String,
}

static MESSAGES: LazyLock<HashMap<String, JournalEntry>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../extension/_locales/en/messages.json")).unwrap_or_default()
});

/// The sentence. A key without one shows as itself; a test keeps that from happening.
pub fn say(message: &Msg) -> String {
    message.in_words(&|key| MESSAGES.get(key).map(|entry| entry.message.clone()))
}
