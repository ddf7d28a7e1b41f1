//! `mend ticket`: from what a terminal has to a bundle, which says the same again.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, dead_code, reason = "a test may fail loudly")]

mod common;

use std::{fs, path::Path};

use common::{file, mend, text};
use mend::core::bundle::unpack;
use serde_json::Value;

const ANSWER: &str = "HTTP/2 500\nx-request-id: bd8e52b7-7993-4407-a17b-c697e6ae3ef6\nserver: cloudflare\n\
                      cf-ray: a355a9cdf90fec87-MAD\n\n{\"detail\":\"no luck for robin.muster@example.org\"}";

fn place(name: &str) -> String {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&place);
    place.to_str().unwrap().to_owned()
}

#[test]
fn a_pasted_error_becomes_a_bundle() {
    let (out, answer) = (place("pasted.zip"), file("pasted.txt", ANSWER.as_bytes()));
    let output = mend(&["ticket", "-o", &out, &answer]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let said = text(&output.stdout);
    assert!(said.contains("OpenAI, not you") && said.contains("bd8e52b7-7993-4407-a17b-c697e6ae3ef6"), "{said}");
    assert!(!said.contains("1970"), "what was pasted is from now: {said}");
    let files = unpack(&fs::read(&out).unwrap()).unwrap();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["report.md", "journal.jsonl", "requests.har"]);
    assert_eq!(files[0].1, output.stdout);
    let all: Vec<u8> = files.iter().flat_map(|(_, content)| content.clone()).collect();
    assert!(!String::from_utf8(all).unwrap().contains("muster"));
    let har: Value = serde_json::from_slice(&files[2].1).unwrap();
    assert_eq!(har["log"]["entries"][0]["response"]["status"], 500);
    assert_eq!(mend(&["replay", &out]).status.code(), Some(0));
    assert!(text(&mend(&["report", &out]).stdout).contains("them/server-error"));
}

#[test]
fn where_nothing_failed_or_nothing_can_be_read_there_is_no_bundle() {
    let out = place("none.zip");
    let fine = file("fine.har", br#"{"log":{"entries":[]}}"#);
    for (input, code) in [(fine.as_str(), 2), ("no such file", 2)] {
        assert_eq!(mend(&["ticket", "-o", &out, input]).status.code(), Some(code));
        assert!(!Path::new(&out).exists());
    }
    let answer = file("alone.txt", ANSWER.as_bytes());
    assert_eq!(mend(&["ticket", &answer]).status.code(), Some(2), "without -o");
    assert_eq!(mend(&["ticket", "-o", &answer, &answer]).status.code(), Some(2), "over what is read");
    assert_eq!(fs::read(&answer).unwrap(), ANSWER.as_bytes());
}
