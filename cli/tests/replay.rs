//! `mend replay`: the verdicts of a bundle, given again.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, dead_code, reason = "a test may fail loudly")]

mod common;

use common::{bundle, day, file, lines, mend, text};
use mend::core::{
    journal::{JournalEvent, JournalRecord},
    names::{Blame, Cause},
};
use serde_json::{Value, json};

/// The journal of the day, with its first verdict changed.
fn changed(change: impl Fn(&mut JournalRecord)) -> String {
    let mut day = day();
    let verdict = |note: &&mut JournalRecord| matches!(note.entry.what, JournalEvent::Verdict(_));
    change(day.journal.iter_mut().find(verdict).unwrap());
    lines(&day.journal)
}

#[test]
fn a_bundle_of_this_version_is_the_same() {
    let path = bundle("same.zip", &[("report.md", b"# Report"), ("journal.jsonl", lines(&day().journal).as_bytes())]);
    let output = mend(&["replay", &path]);
    assert_eq!(text(&output.stdout), "same.zip: 3 verdicts, all the same\n");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let data: Value = serde_json::from_slice(&mend(&["replay", "--json", &path]).stdout).unwrap();
    assert_eq!(data["differences"], json!([]));
    assert_eq!(data["bundle"], path);
}

#[test]
fn a_verdict_that_changed_is_named() {
    let journal = changed(|note| {
        let JournalEvent::Verdict(told) = &mut note.entry.what else { return };
        (told.blame, told.cause, told.confidence) = (Blame::Network, Cause::Connection, 61);
        told.evidence = vec!["net-reset".to_owned(), "status-500".to_owned()];
    });
    let path = bundle("changed.zip", &[("journal.jsonl", journal.as_bytes())]);
    let output = mend(&["replay", &path]);
    insta::assert_snapshot!(text(&output.stdout));
    assert_eq!(output.status.code(), Some(1));
    let output = mend(&["replay", "--json", &path]);
    assert_eq!(output.status.code(), Some(1));
    let data: Value = serde_json::from_slice(&output.stdout).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&data["differences"]).unwrap());
}

#[test]
fn what_cannot_be_given_again_is_named_and_what_says_more_is_not_the_same() {
    let bare = changed(|note| note.snapshot = None);
    let empty = changed(|note| note.snapshot = Some(serde_json::json!({})));
    let more = lines(&day().journal)
        .replace("\"blame\":\"limit\",\"cause\"", "\"mood\":\"bad\",\"blame\":\"limit\",\"cause\"");
    let names = ["bare.zip", "empty.zip", "more.zip"];
    let said = names.iter().zip([bare, empty, more]).map(|(name, journal)| {
        let output = mend(&["replay", &bundle(name, &[("journal.jsonl", journal.as_bytes())])]);
        format!("{} {}", output.status.code().unwrap(), text(&output.stdout))
    });
    insta::assert_snapshot!(said.collect::<String>());
}

#[test]
fn what_cannot_be_read_is_said_and_the_others_are_done() {
    let good = lines(&day().journal);
    let whole = bundle("whole.zip", &[("journal.jsonl", good.as_bytes())]);
    let mut damaged = std::fs::read(&whole).unwrap();
    damaged[200] ^= 1;
    let broken = [
        file("no.zip", b"not a zip at all"),
        file("damaged.zip", &damaged),
        bundle("garbage.zip", &[("journal.jsonl", format!("{}\n\n%%%\n", good.trim()).as_bytes())]),
        bundle("foreign.zip", &[("journal.jsonl", b"{\"a\":1}")]),
        bundle("deep.zip", &[("journal.jsonl", "[".repeat(100_000).as_bytes())]),
        bundle("without.zip", &[("report.md", b"# Report")]),
        "nowhere.zip".to_owned(),
    ];
    for path in &broken {
        let output = mend(&["replay", path, &whole]);
        assert_eq!(output.status.code(), Some(2), "{path}");
        assert_eq!(text(&output.stderr).lines().count(), 1, "{path}: {}", text(&output.stderr));
        assert!(text(&output.stdout).starts_with("whole.zip: "), "{path}");
    }
    let mut arguments = vec!["replay"];
    arguments.extend(broken.iter().map(String::as_str));
    insta::assert_snapshot!(text(&mend(&arguments).stderr));
}

/// A kilobyte for each megabyte of it.
#[test]
fn a_bomb_is_refused() {
    let packed = miniz_oxide::deflate::compress_to_vec(&vec![b'\n'; 80 << 20], 9);
    let (size, sum) = (80_u32 << 20, [0; 4]);
    let mut head = vec![20, 0, 0, 8, 8, 0, 0, 0, 0, 0];
    head.extend(sum);
    head.extend((packed.len() as u32).to_le_bytes());
    head.extend(size.to_le_bytes());
    head.extend([13, 0, 0, 0]);
    let mut bomb = b"PK\x03\x04".to_vec();
    bomb.extend(&head);
    bomb.extend(b"journal.jsonl");
    bomb.extend(&packed);
    let start = bomb.len() as u32;
    bomb.extend(b"PK\x01\x02\x14\x00");
    bomb.extend(&head);
    bomb.extend([0; 14]);
    bomb.extend(b"journal.jsonl");
    let length = bomb.len() as u32 - start;
    bomb.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    bomb.extend(length.to_le_bytes());
    bomb.extend(start.to_le_bytes());
    bomb.extend([0; 2]);
    let path = file("bomb.zip", &bomb);
    for command in ["replay", "report"] {
        let output = mend(&[command, &path]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stderr), "bomb.zip:1: is not a bundle: \"journal.jsonl\" is too large\n");
    }
}
