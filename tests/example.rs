//! The timeline's example is a journal as Mend itself writes it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod scenario;

use std::fs;

use mend::core::{
    journal::{JournalRecord, fresh, notes},
    names::{Action, Rung},
};
use scenario::Scenario;

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/example.jsonl");

/// A message fails, the page is loaded again, and the next one is answered.
fn journal() -> Vec<JournalRecord> {
    let mut scenario = Scenario::new();
    let mut journal: Vec<JournalRecord> = Vec::new();
    let mut keep = |scenario: &Scenario| {
        let known: Vec<_> = journal.iter().map(|record| record.entry.clone()).collect();
        for record in fresh(notes(&scenario.model, scenario.now), &known) {
            journal.retain(|one| one.entry.key != record.entry.key);
            journal.push(record);
        }
    };
    keep(scenario.hello().answer(MESSAGE, 500).status_page(Some(vec![])));
    keep(scenario.wait(40).run(Rung::Reload, Action::Reload));
    keep(scenario.wait(3).hello().wait(20).answered());
    journal.sort_by_key(|record| record.entry.at);
    journal
}

/// `MEND_RECORD=1 cargo test --test example` writes it anew.
#[test]
fn the_example_is_what_mend_writes() {
    let lines: String = journal().iter().map(|record| format!("{}\n", record.line())).collect();
    if std::env::var_os("MEND_RECORD").is_some() {
        fs::write(FILE, &lines).unwrap();
    }
    assert_eq!(fs::read_to_string(FILE).unwrap(), lines, "MEND_RECORD=1 cargo test --test example writes it anew");
}
