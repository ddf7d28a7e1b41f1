//! `mend report`: what a support desk asks, from a bundle.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, dead_code, reason = "a test may fail loudly")]

mod common;

use common::{bundle, day, file, lines, mend, text};
use mend::core::journal::JournalEvent;
use serde_json::{Value, json};

#[test]
fn a_day_in_words() {
    let path = bundle("day.zip", &[("journal.jsonl", lines(&day().journal).as_bytes())]);
    let output = mend(&["report", &path]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    insta::assert_snapshot!(text(&output.stdout));
    assert!(!text(&output.stdout).contains("canary"));
}

#[test]
fn a_day_as_data() {
    let path = bundle("data.zip", &[("journal.jsonl", lines(&day().journal).as_bytes())]);
    let data: Value = serde_json::from_slice(&mend(&["report", "--json", &path]).stdout).unwrap();
    assert_eq!(data["bundle"], path);
    insta::assert_snapshot!(serde_json::to_string_pretty(&data["cases"]).unwrap());
}

#[test]
fn without_a_snapshot_the_names_have_to_do() {
    let mut day = day();
    day.journal.iter_mut().for_each(|note| note.snapshot = None);
    let path = bundle("names.zip", &[("journal.jsonl", lines(&day.journal).as_bytes())]);
    let said = text(&mend(&["report", &path]).stdout);
    insta::assert_snapshot!(said.lines().skip(3).take(8).collect::<Vec<_>>().join("\n"));
}

#[test]
fn where_the_journal_is_not_in_it_the_report_is_shown() {
    let path = bundle("report.zip", &[("report.md", b"# Report\n\nIt \x1b[31mfailed.\n")]);
    let output = mend(&["report", &path]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "# Report\n\nIt [31mfailed.\n".to_owned()));
    let data: Value = serde_json::from_slice(&mend(&["report", "--json", &path]).stdout).unwrap();
    assert_eq!(data, json!({ "bundle": path, "report": "# Report\n\nIt \u{1b}[31mfailed.\n" }));
}

#[test]
fn what_a_stranger_wrote_moves_no_cursor() {
    let mut day = day();
    for note in &mut day.journal {
        if let JournalEvent::Failure(failure) = &mut note.entry.what {
            failure.path = Some("/\u{1b}[2J\u{7}".to_owned());
            failure.ids.ray = Some("\u{9b}31m".to_owned());
        }
        note.entry.key = format!("\u{1b}]0;{}\n", note.entry.key);
        if let JournalEvent::Verdict(told) = &mut note.entry.what {
            told.confidence = 7;
            told.evidence = vec!["\u{1b}[1m".to_owned()];
        }
    }
    let path = bundle("stranger.zip", &[("journal.jsonl", lines(&day.journal).as_bytes())]);
    for command in ["report", "replay"] {
        let said = text(&mend(&[command, &path]).stdout);
        assert!(said.lines().count() > 2 && !said.lines().any(|line| line.contains(char::is_control)), "{said:?}");
    }
}

#[test]
fn what_cannot_be_read_is_said_and_the_others_are_done() {
    let good = bundle("good.zip", &[("journal.jsonl", b"")]);
    let broken = [
        file("no-report.zip", b"PK"),
        bundle("neither.zip", &[("requests.har", b"{}")]),
        bundle("bad-line.zip", &[("journal.jsonl", b"\n{}\n"), ("report.md", b"# Report")]),
    ];
    let mut arguments = vec!["report"];
    arguments.extend(broken.iter().map(String::as_str));
    arguments.push(&good);
    let output = mend(&arguments);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), "good.zip: nothing failed\n".to_owned()));
    insta::assert_snapshot!(text(&output.stderr));
}
