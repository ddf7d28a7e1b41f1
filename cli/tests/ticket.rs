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
    assert!(said.contains("caused by OpenAI") && said.contains("bd8e52b7-7993-4407-a17b-c697e6ae3ef6"), "{said}");
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

/// Two tabs at once, of which the second one fails.
#[test]
fn a_failure_in_any_tab_is_reported() {
    let entry = |page: &str, second: u32, status: u32| {
        format!(
            r#"{{"pageref":"{page}","startedDateTime":"2026-07-25T09:00:{second:02}.000Z","time":50,"request":{{"method":"POST","url":"https://chatgpt.com/backend-api/f/conversation"}},"response":{{"status":{status},"headers":[{{"name":"content-type","value":"application/json"}}],"content":{{}}}}}}"#
        )
    };
    let entries = [entry("page_1", 1, 200), entry("page_2", 2, 500), entry("page_1", 9, 200)].join(",");
    let har = file("tabs.har", format!(r#"{{"log":{{"version":"1.2","entries":[{entries}]}}}}"#).as_bytes());
    let out = file("tabs.zip", b"");
    let output = mend(&["ticket", "-o", &out, &har]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("500"), "{}", text(&output.stdout));
    assert!(text(&mend(&["report", &out]).stdout).contains("1 case"));
}

#[test]
fn each_case_of_a_file_is_a_case_of_the_bundle() {
    let case = |id: u32| {
        format!(
            r#"{{"id":"{id}","observations":[{{"type":"response","at":"2026-07-25T09:00:00Z","url":"https://chatgpt.com/backend-api/f/conversation","status":500,"headers":{{"content-type":"application/json"}}}}]}}"#
        )
    };
    let cases = file("three.jsonl", format!("{}\n{}\n{}\n", case(1), case(2), case(3)).as_bytes());
    let out = file("three.zip", b"");
    assert_eq!(mend(&["ticket", "-o", &out, &cases]).status.code(), Some(0));
    let said = text(&mend(&["report", &out]).stdout);
    assert!(said.contains("3 cases"), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_plain_file_is_not_replaced() {
    let link = place("link");
    std::os::unix::fs::symlink("/nowhere/at-all", &link).unwrap();
    let failed = file("failed.txt", b"500 Internal Server Error");
    let output = mend(&["redact", "-o", &link, &failed]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("is no plain file"), "{}", text(&output.stderr));
    assert!(Path::new(&link).is_symlink());
}
