//! Message keys → English sentences, from the very file that the extension ships.

use std::{collections::HashMap, sync::LazyLock};

use mend::core::{
    Millis,
    msg::{Arg, Msg},
};
use serde::Deserialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

#[derive(Deserialize)]
struct Entry {
    message: String,
}

static MESSAGES: LazyLock<HashMap<String, Entry>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../extension/_locales/en/messages.json")).unwrap_or_default()
});

/// The sentence. A key without one shows as itself; a test keeps that from happening.
pub fn say(message: &Msg, now: Millis) -> String {
    let Some(entry) = MESSAGES.get(&message.key) else { return message.key.clone() };
    let mut sentence = entry.message.clone();
    // From the last, so that an argument's own "$1" is not taken for ours.
    for (index, arg) in message.args.iter().enumerate().rev() {
        sentence = sentence.replace(&format!("${}", index + 1), &argument(arg, now));
    }
    sentence
}

fn argument(arg: &Arg, now: Millis) -> String {
    match arg {
        Arg::Text(text) => text.chars().filter(|letter| !letter.is_control()).collect(),
        Arg::Number(number) => number.to_string(),
        Arg::Msg(message) => say(message, now),
        Arg::Clock(at) => utc(*at),
    }
}

fn utc(at: Millis) -> String {
    let time = OffsetDateTime::from_unix_timestamp(at.div_euclid(1_000)).ok();
    time.and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_else(|| "an unknown time".to_owned())
}
