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

fn named<'a>(values: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    values.filter_map(|value| value["kind"].as_str()).map(str::to_owned).collect()
}

#[test]
fn every_message_to_the_core_is_read() {
    let messages = taken("tests/corpus/messages.txt", |plain| from_value::<Message>(plain).is_some());
    assert_eq!(named(messages.iter()), kinds("ToCore"));
    let reports = messages.iter().filter(|message| message["kind"] == "page-report");
    assert_eq!(named(reports.map(|report| &report["saw"])), kinds("PageSignal"));
    assert_eq!(named(messages.iter().map(|message| &message["intent"])), kinds("Intent"));
}

#[test]
fn every_browser_event_is_read() {
    let mut read_here =
        named(taken("tests/corpus/events.txt", |plain| from_value::<BrowserEvent>(plain).is_some()).iter());
    let worker = read("src/web/worker.rs");
    read_here.extend(
        ["replies", "access"].into_iter().filter(|kind| worker.contains(&format!("\"{kind}\""))).map(str::to_owned),
    );
    assert_eq!(read_here, kinds("BrowserEvent"));
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
    let senders = ["effects.rs", "site_data.rs", "popup/prompts.rs", "pages/ticket/parts.rs"];
    let senders: String = senders.iter().map(|file| read(&format!("src/web/{file}"))).collect();
    let listeners: String =
        ["content", "prompts", "site_data"].map(|file| read(&format!("extension/js/{file}.js"))).concat();
    for kind in kinds("ToContent") {
        assert!(senders.contains(&format!("\"{kind}\"")), "nobody sends {kind}");
        assert!(
            listeners.contains(&format!("message?.kind === \"{kind}\""))
                || listeners.contains(&format!("message?.kind !== \"{kind}\"")),
            "nobody hears {kind}"
        );
    }
}
