//! The messages between the extension's parts, as `extension/js/messages.js` lists them, are those that Rust reads and sends.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

use std::{collections::BTreeSet, fs};

use mend::core::{authorize::Message, event::BrowserEvent, json::from_value};
use serde_json::Value;

fn read(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The kinds of one type of `messages.js`.
fn kinds(name: &str) -> BTreeSet<String> {
    let text = read("extension/js/messages.js");
    let end = text.find(&format!("}} {name}\n")).unwrap_or_else(|| panic!("no type {name}"));
    let start = text[..end].rfind("@typedef").unwrap();
    let kinds = text[start..end].split("kind: \"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let kinds: BTreeSet<String> = kinds.collect();
    assert!(kinds.len() > 1, "{name} was not read");
    kinds
}

/// The lines of a corpus that are read, as JSON.
fn taken(corpus: &str, is_read: impl Fn(&Value) -> bool) -> Vec<Value> {
    let lines: Vec<Value> = read(corpus).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.into_iter().filter(|line| is_read(line)).collect()
}

/// The kinds of an enum of the core's, by its variants.
fn variants(path: &str, name: &str) -> BTreeSet<String> {
    let file = syn::parse_file(&read(path)).unwrap();
    let found = file.items.iter().find_map(|item| match item {
        syn::Item::Enum(one) if one.ident == name => Some(one),
        _ => None,
    });
    let kebab = |name: String| {
        let mut out = String::new();
        for letter in name.chars() {
            if letter.is_uppercase() && !out.is_empty() {
                out.push('-');
            }
            out.extend(letter.to_lowercase());
        }
        out
    };
    found
        .unwrap_or_else(|| panic!("{path}: no {name}"))
        .variants
        .iter()
        .map(|one| kebab(one.ident.to_string()))
        .collect()
}

/// Fails with what stands in one place only.
#[track_caller]
fn assert_agree(
    what: &str,
    (one_place, one): (&str, &BTreeSet<String>),
    (other_place, other): (&str, &BTreeSet<String>),
) {
    let lacks = |all: &BTreeSet<String>, of: &BTreeSet<String>| of.difference(all).cloned().collect::<Vec<_>>();
    let (in_one, in_other) = (lacks(one, other), lacks(other, one));
    assert!(in_one.is_empty(), "{what}: add {in_one:?} to {one_place}, or take it out of {other_place}");
    assert!(in_other.is_empty(), "{what}: add {in_other:?} to {other_place}, or take it out of {one_place}");
}

const SCRIPT: &str = "extension/js/messages.js";

fn named<'a>(values: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    values.filter_map(|value| value["kind"].as_str()).map(str::to_owned).collect()
}

#[test]
fn every_message_to_the_core_is_read() {
    let corpus = "tests/corpus/messages.txt";
    let messages = taken(corpus, |plain| from_value::<Message>(plain).is_some());
    let of = |field: &'static str| named(messages.iter().map(move |message| &message[field]));
    let event = "src/core/event.rs";
    for (name, path, kind, in_corpus) in [
        ("Message", "src/core/authorize.rs", "ToCore", named(messages.iter())),
        ("PageSignal", "src/core/event/page_signal.rs", "PageSignal", of("saw")),
        ("Intent", event, "Intent", of("intent")),
    ] {
        let (rust, script) = (variants(path, name), kinds(kind));
        assert_agree(name, (path, &rust), (SCRIPT, &script));
        assert_agree(name, (SCRIPT, &script), (corpus, &in_corpus));
    }
}

#[test]
fn every_browser_event_is_read() {
    let (path, corpus) = ("src/core/event.rs", "tests/corpus/events.txt");
    let read_here = named(taken(corpus, |plain| from_value::<BrowserEvent>(plain).is_some()).iter());
    let rust = variants(path, "BrowserEvent");
    assert_agree("BrowserEvent", (path, &rust), (corpus, &read_here));
    let worker = read("src/web/worker.rs");
    let own = ["replies", "access"].into_iter().filter(|kind| worker.contains(&format!("\"{kind}\"")));
    let rust = rust.into_iter().chain(own.map(str::to_owned)).collect();
    assert_agree("BrowserEvent", (path, &rust), (SCRIPT, &kinds("BrowserEvent")));
}

#[test]
fn every_message_for_prompts_is_read() {
    let store = read("src/web/prompt_store.rs");
    for kind in kinds("ToPrompts").iter().chain(&kinds("PromptEvent")) {
        assert!(store.contains(&format!("\"{kind}\"")), "src/web/prompt_store.rs reads no {kind}");
    }
    // Which ones go past the core.
    let background = read("extension/js/background.js");
    let list = background.split("PROMPT_KINDS = [").nth(1).unwrap().split(']').next().unwrap();
    let list: BTreeSet<String> = list.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    assert_eq!(list, kinds("ToPrompts"));
}

#[test]
fn every_command_to_the_content_scripts_is_sent_and_heard() {
    let senders = ["effects.rs", "site_data.rs", "popup/prompts.rs", "popup/discard.rs", "pages/ticket/parts.rs"];
    let senders: String = senders.iter().map(|file| read(&format!("src/web/{file}"))).collect();
    let listeners: String =
        ["content", "prompt_sender", "site_data"].map(|file| read(&format!("extension/js/{file}.js"))).concat();
    for kind in kinds("ToContent") {
        assert!(senders.contains(&format!("\"{kind}\"")), "nobody sends {kind}");
        assert!(
            listeners.contains(&format!("message?.kind === \"{kind}\""))
                || listeners.contains(&format!("message?.kind !== \"{kind}\"")),
            "nobody hears {kind}"
        );
    }
}
