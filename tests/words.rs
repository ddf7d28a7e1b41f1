//! The words of every language: translated, calm and plain; in English also described for translators. What a language
//! lacks beside English, and its placeholders, `cargo xtask locales` compares.
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
    "clock_hours",
    "clock_minutes",
    "alerts_heading",
    "badge_them",
    "code_net_offline_name",
    "hop_service",
    "incident_name",
    "id_ray",
    "rung_status",
    "endpoint_chat",
    "fact_status_other",
    "hop_browser",
    "key_asked",
    "span_minutes",
    "took_ms",
    "took_s",
    "size_kb",
    "size_mb",
    "redacted_cookie",
    "journal_step",
    "nav_alternatives",
    "side_them",
    "ticket_side_them",
    "ticket_taken",
    "verbatim",
];

/// Key → entry of the file.
fn entries(language: &str) -> serde_json::Map<String, Value> {
    let path = format!("{FOLDER}/{language}/messages.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Key → words. Chrome wants an object with a message under each key.
fn words(language: &str) -> BTreeMap<String, String> {
    let words = |(key, entry): (String, Value)| {
        let message = entry.get("message").and_then(Value::as_str);
        let message = message.unwrap_or_else(|| panic!("{language}: {key} has no message")).to_owned();
        (key, message)
    };
    entries(language).into_iter().map(words).collect()
}

/// All languages but English, with their words.
fn translations() -> impl Iterator<Item = (&'static str, BTreeMap<String, String>)> {
    LANGUAGES.iter().filter(|language| **language != "en").map(|language| (*language, words(language)))
}

#[test]
fn the_languages_are_these() {
    let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    let found: BTreeSet<String> = fs::read_dir(FOLDER).unwrap().map(|entry| name(entry.unwrap())).collect();
    let listed: BTreeSet<String> = LANGUAGES.iter().map(|language| (*language).to_owned()).collect();
    assert_eq!(found, listed, "the folders of extension/_locales, and LANGUAGES in tests/words.rs");
    let settings = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/extension/settings.html")).unwrap();
    let options = settings.split("<option value=\"").skip(1).filter_map(|option| option.split_once("\" lang=\""));
    let options: BTreeMap<&str, &str> =
        options.map(|(folder, rest)| (folder, rest.split('"').next().unwrap_or_default())).collect();
    let tags: BTreeMap<&str, String> =
        listed.iter().map(|folder| (folder.as_str(), folder.replace('_', "-"))).collect();
    let expected: BTreeMap<&str, &str> = tags.iter().map(|(folder, tag)| (*folder, tag.as_str())).collect();
    assert_eq!(options, expected, "the languages to choose from in extension/settings.html, and the folders");
}

/// A translator may read no more than this file.
#[test]
fn every_english_message_is_described() {
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    for (key, entry) in entries("en") {
        let described =
            entry.get("description").and_then(Value::as_str).unwrap_or_else(|| panic!("{key}: not described"));
        assert!(described.ends_with('.') && described.trim() == described, "{key}: a sentence, not {described:?}");
        assert!(described.chars().count() >= 30, "{key}: where it is shown and what it means, not {described:?}");
        let message = entry.get("message").and_then(Value::as_str).unwrap();
        assert_ne!(described.trim_end_matches('.'), message.trim_end_matches('.'), "{key}: the message again");
        if let Some(other) = keys.insert(described.to_owned(), key.clone()) {
            panic!("{key} and {other} are described alike: what is the difference?");
        }
    }
}

/// Each placeholder is an argument of the code's, in the order in which English first had them, and shows what comes there.
#[test]
fn english_placeholders_are_numbered_from_one_and_have_examples() {
    for (key, entry) in entries("en") {
        let placeholders = entry.get("placeholders").and_then(Value::as_object).cloned().unwrap_or_default();
        let part = |one: &Value, name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        assert!(
            placeholders.values().all(|one| !part(one, "example").is_empty()),
            "{key}: a placeholder without an example"
        );
        let contents: BTreeSet<String> = placeholders.values().map(|one| part(one, "content")).collect();
        let numbered: BTreeSet<String> = (1..=placeholders.len()).map(|number| format!("${number}")).collect();
        assert_eq!(contents, numbered, "{key}");
    }
}

#[test]
fn every_language_is_translated() {
    let english = words("en");
    for (language, words) in translations() {
        let alike = |(key, message): &(&String, &String)| english.get(*key) == Some(*message);
        let left: Vec<&str> = words.iter().filter(alike).map(|(key, _)| key.as_str()).collect();
        let left: Vec<&str> = left.into_iter().filter(|key| !ALIKE.contains(key)).collect();
        assert!(
            left.is_empty(),
            "{language} says these as English does. Translate them, take them out of _locales/{language}/messages.json (then \
             English is shown), or, if that is right, add them to ALIKE: {left:?}"
        );
        // A page's `lang`: screen readers choose their voice by it.
        let tag = language.replace('_', "-");
        let own = words.get("language").map(String::as_str);
        assert_eq!(
            own,
            Some(tag.as_str()),
            "_locales/{language}/messages.json: `language` is the language's BCP 47 tag"
        );
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
        if let Some(description) = words.get("description") {
            let long = description.chars().count();
            assert!(long <= 132, "{language}: {long} characters");
            assert!(description.contains("ChatGPT") && description.contains("OpenAI"), "{language}: {description}");
        }
        let disclaimer = words.get("not_affiliated");
        assert!(disclaimer.is_none_or(|words| words.contains("OpenAI")), "{language}: {disclaimer:?}");
    }
}

/// A support desk reads the report, not the person to whom all other messages speak.
#[test]
fn the_report_for_support_speaks_to_nobody() {
    let source = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/core/ticket.rs")).unwrap();
    let code = source.split("#[cfg(all(test").next().unwrap();
    let used: BTreeSet<&str> = code.split("msg(\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(used.len() > 10, "the messages of the report were not found: {used:?}");
    let in_report = |key: &str| {
        used.contains(key)
            || key.starts_with("ticket_side_")
            || key.starts_with("rung_")
            || key.starts_with("endpoint_")
    };
    for (key, message) in words("en").into_iter().filter(|(key, _)| in_report(key)) {
        let mut bare = message.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase);
        assert!(bare.all(|word| word != "you" && word != "your"), "{key}: {message}");
    }
}
