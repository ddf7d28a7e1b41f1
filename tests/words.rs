//! What holds the languages together: each says all that English says, with the same arguments, as calmly.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/_locales");
const LANGUAGES: &[&str] = &["de", "en", "es", "fr", "ja", "ko", "pt_BR", "zh_CN"];

/// Exclamation marks of every script, plain, inverted, doubled and as pictures.
const LOUD: &[char] = &['!', '¡', '՜', '߹', '᥄', '‼', '⁈', '⁉', '❕', '❗', '❢', '❣', 'ꜝ', 'ꜞ', 'ꜟ', '︕', '﹗', '！'];

/// Names, quotations, and words that another language has in common with English.
const ALIKE: &[&str] = &[
    "code_net_offline_name",
    "hop_service",
    "incident_name",
    "id_ray",
    "rung_status",
    "fact_status_other",
    "hop_browser",
    "key_asked",
    "span_minutes",
    "took_ms",
    "took_s",
    "size_kb",
    "redacted_cookie",
    "journal_step",
    "side_them",
    "ticket_size",
    "ticket_taken",
    "verbatim",
];

/// Key → words. Chrome wants an object with a message under each key.
fn words(language: &str) -> BTreeMap<String, String> {
    let path = format!("{FOLDER}/{language}/messages.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let messages: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let words = |(key, entry): (&String, &Value)| {
        let message = entry.get("message").and_then(Value::as_str);
        (key.clone(), message.unwrap_or_else(|| panic!("{language}: {key} has no message")).to_owned())
    };
    messages.as_object().unwrap().iter().map(words).collect()
}

/// All languages but English, with their words.
fn translations() -> impl Iterator<Item = (&'static str, BTreeMap<String, String>)> {
    LANGUAGES.iter().filter(|language| **language != "en").map(|language| (*language, words(language)))
}

/// What stands after each `$`.
fn arguments(words: &str) -> BTreeSet<Option<char>> {
    words.split('$').skip(1).map(|after| after.chars().next()).collect()
}

#[test]
fn the_languages_are_these() {
    let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    let found: BTreeSet<String> = fs::read_dir(FOLDER).unwrap().map(|entry| name(entry.unwrap())).collect();
    assert_eq!(found, LANGUAGES.iter().map(|language| (*language).to_owned()).collect());
}

#[test]
fn every_language_says_all_that_english_says_and_no_more() {
    let english: BTreeSet<String> = words("en").into_keys().collect();
    for (language, words) in translations() {
        let known: BTreeSet<String> = words.into_keys().collect();
        assert_eq!(english.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "{language} lacks words");
        assert_eq!(known.difference(&english).collect::<Vec<_>>(), Vec::<&String>::new(), "{language} has more");
    }
}

#[test]
fn every_language_takes_the_same_arguments() {
    let english = words("en");
    for (language, words) in translations() {
        for (key, message) in &words {
            assert_eq!(Some(arguments(message)), english.get(key).map(|words| arguments(words)), "{language}: {key}");
        }
    }
}

#[test]
fn every_language_is_translated() {
    let english = words("en");
    for (language, words) in translations() {
        let alike = |(key, message): &(&String, &String)| english.get(*key) == Some(*message);
        let left: Vec<&str> = words.iter().filter(alike).map(|(key, _)| key.as_str()).collect();
        let left: Vec<&str> = left.into_iter().filter(|key| !ALIKE.contains(key)).collect();
        assert_eq!(left, Vec::<&str>::new(), "{language} is as in English");
    }
}

#[test]
fn every_language_is_calm_and_plain() {
    for language in LANGUAGES {
        for (key, message) in words(language) {
            assert!(!message.trim().is_empty() && message.trim() == message, "{language}: {key}: {message:?}");
            assert!(!message.contains('<'), "{language}: {key}: no markup: {message:?}");
            assert!(!message.contains(LOUD), "{language}: {key}: calm words: {message:?}");
        }
    }
}

/// The browsers' stores cut a longer one off.
#[test]
fn every_description_is_short_and_names_whose_it_is_not() {
    for language in LANGUAGES {
        let words = words(language);
        let description = words.get("description").unwrap();
        let long = description.chars().count();
        assert!(long <= 132, "{language}: {long} characters");
        let disclaimer = words.get("not_affiliated").unwrap();
        assert!(description.contains("ChatGPT") && description.contains("OpenAI"), "{language}: {description}");
        assert!(disclaimer.contains("OpenAI"), "{language}: {disclaimer}");
    }
}
