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

/// A folder of its own for each test.
fn folder(name: &str) -> std::path::PathBuf {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn a_file_is_written_in_place_of_the_output() {
    let folder = folder("redact-out");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (one, two, out) = (path("one.txt"), path("two.txt"), path("out.txt"));
    std::fs::write(&one, "for ada@example.com\n").unwrap();
    std::fs::write(&two, "for bob@example.com\n").unwrap();
    std::fs::write(&out, "what stood there before").unwrap();
    let output = redact(&["-o", &out, &one, &two], b"");
    assert_eq!((output.status.code(), text(&output).as_str()), (Some(0), ""));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), text(&redact(&[&one, &two], b"")));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 3, "nothing is left beside it");
    assert_eq!(text(&redact(&["-o", "-", &one], b"")), "for <email-1>\n");
}

#[test]
fn what_is_not_whole_takes_no_file_s_place() {
    let folder = folder("redact-half");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (one, cut, out) = (path("one.txt"), path("cut.har"), path("out.txt"));
    std::fs::write(&one, "for ada@example.com\n").unwrap();
    std::fs::write(&cut, r#"{"log":{"entries":[{"#).unwrap();
    std::fs::write(&out, "before").unwrap();
    let refused: &[&[&str]] =
        &[&["-o", &out, &one, &cut], &["-o", &one, &one], &["-o", folder.to_str().unwrap(), &one], &["-o", "", &one]];
    for arguments in refused {
        let output = redact(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let same = format!("{}/../redact-half/one.txt", folder.to_str().unwrap());
    let said = String::from_utf8(redact(&["-o", &same, &one], b"").stderr).unwrap();
    assert_eq!(said, format!("mend: {same} is one of the files that are read; name another one\n"));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "before");
    assert_eq!(std::fs::read_to_string(&one).unwrap(), "for ada@example.com\n");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 3, "nothing is left beside it");
}
