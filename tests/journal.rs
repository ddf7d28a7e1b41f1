//! Journals of a thousand made-up days: each verdict is given again, byte for byte, and nothing is written down that belongs
//! to a person.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    dead_code,
    reason = "a test may fail loudly, and uses a part of what it borrows"
)]

mod r#gen;
mod mutate;

use std::{collections::BTreeMap, env, fs, path::Path};

use r#gen::{CANARY, Day, HIDDEN, PRIVATE};
use mend::core::{
    Model,
    journal::{JournalEvent, JournalRecord, replay},
    json::{from_value, to_value},
    names::State,
    redact::Redactor,
    view::popup,
};
use serde_json::Value;

/// Journals as each version wrote them. Never written anew: what Mend has stored it must be able to read.
const STORED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

const SHORT: u64 = 100;
const FULL: u64 = 1_000;

/// Through the text of a bundle and back.
fn read(line: &str) -> JournalRecord {
    let json: Value = serde_json::from_str(line).unwrap();
    JournalRecord::from_line(&json).unwrap()
}

#[test]
fn a_journal_is_given_again_byte_for_byte_and_holds_nothing_of_a_person() {
    let full = env::var_os("MEND_FULL").is_some_and(|value| value == "1");
    let count = if full { FULL } else { SHORT };
    let (mut bytes, mut verdicts, mut hidden) = (0, 0, 0);
    let (mut kinds, mut causes) = (BTreeMap::<&str, u32>::new(), BTreeMap::<&str, u32>::new());
    for seed in 0..count {
        let day = Day::new(seed);
        let lines = day.lines();
        for (line, note) in lines.iter().zip(&day.journal) {
            assert_eq!(read(line).entry, note.entry, "{seed}: {line}");
            assert_eq!(read(line).line().to_string(), *line, "{seed}");
            bytes += line.len();
            *kinds.entry(note.entry.what.kind().name()).or_default() += 1;
            if let (JournalEvent::Verdict(told), Some(snapshot)) = (&note.entry.what, &read(line).snapshot) {
                assert_eq!(replay(&note.entry, snapshot), None, "{seed}: {line}");
                verdicts += 1;
                *causes.entry(told.cause.name()).or_default() += 1;
            }
        }
        hidden += u32::from(to_value(&day.model).to_string().contains(HIDDEN));
        let text = lines.join("\n");
        assert!(!text.contains(CANARY) && !text.contains("room=12"), "{seed}: {text}");
        assert!(!text.contains(HIDDEN), "{seed}: {text}");
        let private = format!("-{PRIVATE}");
        assert!(day.journal.iter().all(|note| !note.entry.case.ends_with(&private)), "{seed}: {text}");
        assert_eq!(day.twice, [""; 0], "{seed}");
        assert_eq!(day.untrue, [""; 0], "{seed}");
        assert_eq!(day.contradictions, [""; 0], "{seed}");
        let clean = Redactor::default().text(&text);
        for (line, clean) in lines.iter().zip(clean.lines()) {
            assert_eq!(line, clean, "{seed}");
        }
    }
    println!("{count} journals, {} KB, {kinds:?}, {causes:?}, beside {hidden} private tabs", bytes >> 10);
    // All of it happened: the test says something.
    assert!(verdicts > count && kinds.len() == 5 && causes.len() > 20 && u64::from(hidden) > count / 10);
}

#[test]
fn no_step_is_called_untried_that_was_tried() {
    let mut tried = 0;
    for seed in 0..3 * SHORT {
        let day = Day::new(seed);
        for tab in &day.model.tabs {
            for rung in popup(&day.model, Some(tab.id), day.now, 0).rungs {
                let attempt = tab.case.as_ref().is_some_and(|case| case.attempt(rung.rung).is_some());
                tried += u32::from(attempt);
                let untried = rung.state == State::Todo && rung.note.is_none();
                assert!(!untried || !attempt && rung.undo.is_none(), "{seed}: {rung:?}");
                assert!(rung.state != State::Passed || rung.words.is_empty(), "{seed}: {rung:?}");
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

/// A field that an older snapshot lacks needs a default (`#[serde(default)]` or an `Option`); else every verdict of before is lost.
#[test]
fn a_stored_journal_is_read_and_given_again() {
    for file in fs::read_dir(STORED).unwrap() {
        let mut verdicts = 0;
        for line in fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            let record = JournalRecord::from_line(&serde_json::from_str(line).unwrap());
            let JournalRecord { entry, snapshot, .. } = record.unwrap_or_else(|| panic!("not read: {line}"));
            let Some(snapshot) = snapshot else { continue };
            assert!(from_value::<Model>(&snapshot).is_some(), "a snapshot that is not read any more: {snapshot}");
            // Rules change, and verdicts with them: there must be one.
            assert!(replay(&entry, &snapshot).is_none_or(|difference| difference.now.is_some()), "{line}");
            verdicts += u32::from(matches!(entry.what, JournalEvent::Verdict(_)));
        }
        assert!(verdicts > 20, "{verdicts}");
    }
}

/// Writes the journal of a new version: `MEND_WRITE=1 cargo test -p mend --test journal`.
#[test]
fn the_journal_of_a_version_is_written_once() {
    let path = format!("{STORED}/journal-{}.jsonl", env!("CARGO_PKG_VERSION"));
    let path = Path::new(&path);
    if env::var_os("MEND_WRITE").is_some() && !path.exists() {
        let days: Vec<String> = (0..12).flat_map(|seed| Day::new(seed).lines()).collect();
        fs::write(path, days.join("\n") + "\n").unwrap();
    }
    assert!(path.exists(), "no journal of this version is stored: write it with MEND_WRITE=1");
}
