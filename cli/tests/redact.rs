//! `mend redact`, as a person in a terminal meets it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

fn redact(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mend"))
        .arg("redact")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feed = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = feed.join().unwrap();
    output
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_text_loses_what_belongs_to_a_person_and_nothing_else() {
    let output = redact(
        &[],
        b"2026-11-26T10:02:47Z 500 x-request-id: 22d611ce-30df-4cb8-81f1-7e41cad7822d for ada@example.com\n",
    );
    assert_eq!(
        text(&output),
        "2026-11-26T10:02:47Z 500 x-request-id: 22d611ce-30df-4cb8-81f1-7e41cad7822d for <email-1>\n"
    );
    assert_eq!(String::from_utf8_lossy(&output.stderr).trim(), "-: taken out: 1 email");
}

#[test]
fn a_value_is_found_wherever_a_piece_ends() {
    let line = "one line of a log, of sixty-four bytes with ada@example.com in\n";
    for shift in (0..64).step_by(7) {
        let input = format!("{}{}", " ".repeat(shift), line.repeat(300_000 / line.len() * 2));
        let clean = text(&redact(&[], input.as_bytes()));
        assert!(!clean.contains("ada") && !clean.contains("example.com"), "shifted by {shift}");
        assert_eq!(clean.lines().count(), input.lines().count());
    }
}

#[test]
fn one_long_line_of_json_stays_json() {
    let list: Vec<Value> = (0..20_000).map(|n| json!({ "n": n, "mail": format!("ada{n}@example.com") })).collect();
    let clean: Value = serde_json::from_slice(&redact(&[], json!(list).to_string().as_bytes()).stdout).unwrap();
    assert_eq!(clean.as_array().map(Vec::len), Some(20_000));
    assert_eq!(clean[19_999], json!({ "n": 19_999, "mail": "<email-20000>" }));
}

#[test]
fn a_har_is_written_anew_and_is_one_still() {
    let entry = |url: &str| {
        json!({
            "startedDateTime": "2026-07-25T09:22:00.000Z", "time": 40,
            "request": { "method": "POST", "url": url, "httpVersion": "h2", "cookies": [{ "name": "a", "value": "canary" }],
                "headers": [{ "name": "Authorization", "value": "canary" }], "postData": { "text": "canary" } },
            "response": { "status": 200, "headers": [{ "name": "server", "value": "cloudflare" }],
                "content": { "size": 9, "mimeType": "text/html", "text": "canary" } },
        })
    };
    let entries = [
        entry("https://chatgpt.com/backend-api/me?q=canary"),
        entry("https://canary.example/"),
        entry("https://chatgpt.com/"),
    ];
    let input = json!({ "log": { "version": "1.2", "creator": { "name": "canary" }, "entries": entries } }).to_string();
    let output = redact(&[], input.as_bytes());
    assert!(!text(&output).contains("canary"), "{}", text(&output));
    let har: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(har["log"]["entries"].as_array().map(Vec::len), Some(2));
    assert_eq!(har["log"]["entries"][0]["response"]["status"], 200);
}

#[test]
fn what_cannot_be_read_is_said() {
    let output = redact(&["no-such-file.txt"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no-such-file.txt:1: cannot be opened"));
    let output = redact(&[], br#"{"log":{"entries":[{"#);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not a HAR"));
}
