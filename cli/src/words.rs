//! Message keys → English sentences, from the very file that the extension ships.

use std::{collections::HashMap, sync::LazyLock};

use mend::core::{msg::Msg, template::Template};
use serde_json::Value;

static TEMPLATES: LazyLock<HashMap<String, Template>> = LazyLock::new(|| {
    let file = include_str!("../../extension/_locales/en/messages.json");
    let entries: HashMap<String, Value> = serde_json::from_str(file).unwrap_or_default();
    entries.into_iter().filter_map(|(key, entry)| Some((key, Template::from_json(&entry)?))).collect()
});

/// The sentence. A key without one shows as itself; a test keeps that from happening.
pub fn say(message: &Msg) -> String {
    message.in_words(&|key| TEMPLATES.get(key).cloned())
}
