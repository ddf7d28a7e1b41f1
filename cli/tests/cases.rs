//! What a person said of a verdict, as a case: `mend diagnose` reads it and says what Mend said.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may fail loudly, and uses a part of what it shares"
)]

mod common;
#[path = "../../tests/gen/mod.rs"]
mod r#gen;
#[path = "../../tests/mutate/mod.rs"]
mod mutate;

use std::{collections::BTreeMap, env};

use common::{file, mend};
use r#gen::{CANARY, Day, HIDDEN};
use mend::core::journal::{JournalEvent, RecordedVerdict, cases};
use serde_json::Value;

const SHORT: u64 = 300;
const FULL: u64 = 3_000;

#[test]
fn a_case_says_what_its_verdict_said() {
    let full = env::var_os("MEND_FULL").is_some_and(|value| value == "1");
    let (mut lines, mut told) = (String::new(), Vec::<(RecordedVerdict, String)>::new());
    for seed in 0..if full { FULL } else { SHORT } {
        let day = Day::new(seed);
        for case in cases(&day.journal) {
            let id = case["id"].as_str().unwrap();
            let verdict = day.journal.iter().rev().find_map(|note| match &note.entry.what {
                JournalEvent::Verdict(told) if note.entry.case == id => Some(told.clone()),
                _ => None,
            });
            let line = case.to_string();
            assert!(!line.contains(CANARY) && !line.contains(HIDDEN), "{line}");
            lines += &format!("{line}\n");
            told.push((verdict.unwrap(), line));
        }
    }
    let output = mend(&["diagnose", "--json", &file("told.jsonl", lines.as_bytes())]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.lines().count(), told.len());
    let (mut blames, mut other) = (BTreeMap::<&str, u32>::new(), Vec::new());
    for ((told, line), said) in told.iter().zip(said.lines()) {
        let said: Value = serde_json::from_str(said).unwrap();
        *blames.entry(told.blame.name()).or_default() += 1;
        if said["blame"] != told.blame.name() || said["cause"] != told.cause.name() {
            other.push(format!("{told:?}\n{line}\n{said}"));
        }
    }
    println!("{} cases, {} with another side or cause; {blames:?}", told.len(), other.len());
    assert!(other.is_empty(), "{}", other.join("\n\n"));
    assert!(blames.len() >= 9, "{blames:?}");
}
