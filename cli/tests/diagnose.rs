//! `mend diagnose` as a person or a CI job runs it: real errors, HAR, pasted text, and broken files.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/real-errors.jsonl");
const MORE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/more-errors.jsonl");

fn mend(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mend"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may refuse before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn verdict(input: &str) -> (String, String, f64) {
    let output = mend(&["diagnose", "--json"], input.as_bytes());
    let line = &lines(&output)[0];
    (
        line["blame"].as_str().unwrap().into(),
        line["cause"].as_str().unwrap().into(),
        line["confidence"].as_f64().unwrap(),
    )
}

/// A file of its own for each test.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// How well the verdicts on some cases are.
#[derive(Debug, Default)]
struct Score {
    decidable: u32,
    blamed: u32,
    caused: u32,
    brier: f64,
    /// Undecidable cases with too sure an answer.
    bold: Vec<String>,
}

impl Score {
    fn share(&self, part: u32) -> f64 {
        f64::from(part) / f64::from(self.decidable)
    }
}

fn cases(file: &str) -> Vec<Value> {
    fs::read_to_string(file).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn verdicts(cases: &[Value]) -> Vec<Value> {
    let input: String = cases.iter().map(|case| format!("{case}\n")).collect();
    let verdicts = lines(&mend(&["diagnose", "--json"], input.as_bytes()));
    assert_eq!(verdicts.len(), cases.len());
    verdicts
}

fn score(name: &str, cases: &[Value]) -> Score {
    let mut score = Score::default();
    for (case, verdict) in cases.iter().zip(verdicts(cases)) {
        assert_eq!(case["id"], verdict["id"]);
        let (expect, confidence) = (&case["expect"], verdict["confidence"].as_f64().unwrap());
        if expect["blame"] == "unknown" {
            if verdict["blame"] != "unknown" && confidence > 0.6 {
                score.bold.push(verdict.to_string());
            }
            continue;
        }
        let right = expect["blame"] == verdict["blame"];
        score.decidable += 1;
        score.blamed += u32::from(right);
        score.caused += u32::from(expect["cause"].as_array().unwrap().contains(&verdict["cause"]));
        score.brier += (confidence - f64::from(u8::from(right))).powi(2);
    }
    score.brier /= f64::from(score.decidable);
    println!("{name}: {score:?}");
    score
}

/// The case as the extension sees it: no body, no words of the page. None where nothing else is left.
fn without_words(case: &Value) -> Option<Value> {
    let mut case = case.clone();
    let observations = case["observations"].as_array_mut().unwrap();
    observations.retain(|one| one["type"] != "banner" && !(one["type"] == "response" && one["status"].is_null()));
    for one in observations.iter_mut() {
        if one["type"] == "response" {
            one.as_object_mut().unwrap().remove("body");
        }
    }
    observations.iter().any(|one| one["type"] == "response" || one["type"] == "net_error").then_some(case)
}

/// The case with three more extensions that have nothing to do with it.
fn with_helpers(case: &Value) -> Value {
    let mut case = case.clone();
    let observations = case["observations"].as_array_mut().unwrap();
    let mut enabled: Vec<Value> = observations
        .iter()
        .filter(|one| one["type"] == "extensions")
        .flat_map(|one| one["enabled"].as_array().unwrap().clone())
        .collect();
    observations.retain(|one| one["type"] != "extensions");
    enabled.extend([
        json!({ "name": "KeepChatGPT", "hosts": ["https://chatgpt.com/*"], "permissions": ["scripting", "storage"] }),
        json!({ "name": "ChatGPT Exporter", "hosts": ["https://chatgpt.com/*"], "permissions": ["scripting", "storage"] }),
        json!({ "name": "Grammarly", "hosts": ["<all_urls>"], "permissions": ["scripting", "cookies", "storage"] }),
    ]);
    observations.push(json!({ "type": "extensions", "at": "2026-07-25T09:22:00Z", "enabled": enabled }));
    case
}

#[test]
fn real_errors_get_the_right_side() {
    let score = score("real errors", &cases(CASES));
    assert!(score.decidable == 32 && score.blamed >= 30 && score.caused >= 28 && score.brier <= 0.05);
    assert_eq!(score.bold, [""; 0]);
}

#[test]
fn more_real_errors_get_the_right_side() {
    let score = score("more errors", &cases(MORE));
    assert!(score.decidable >= 120 && score.share(score.blamed) >= 0.95 && score.share(score.caused) >= 0.95);
    assert!(score.brier <= 0.05);
    assert_eq!(score.bold, [""; 0]);
}

#[test]
fn without_a_word_the_verdict_is_mostly_right_and_never_too_sure() {
    let all = cases(CASES).into_iter().chain(cases(MORE));
    let score = score("without words", &all.filter_map(|case| without_words(&case)).collect::<Vec<_>>());
    assert!(score.decidable >= 80 && score.share(score.blamed) >= 0.75 && score.brier <= 0.13);
    assert_eq!(score.bold, [""; 0]);
}

#[test]
fn innocent_extensions_change_no_verdict() {
    let all: Vec<Value> = cases(CASES).into_iter().chain(cases(MORE)).collect();
    let innocent: Vec<Value> = all.into_iter().filter(|case| case["expect"]["blame"] != "extension").collect();
    let helped: Vec<Value> = innocent.iter().map(with_helpers).collect();
    for (before, after) in verdicts(&innocent).iter().zip(verdicts(&helped)) {
        let named = before["blame"] != "unknown";
        let open = after["confidence"].as_f64().unwrap() <= 0.6;
        assert!(before["blame"] == after["blame"] || (!named && open), "{before} {after}");
    }
    let score = score("with helpers", &helped);
    assert!(score.share(score.blamed) >= 0.95 && score.brier <= 0.05);
    assert_eq!(score.bold, [""; 0]);
}

#[test]
fn the_words_of_every_case() {
    insta::assert_snapshot!(String::from_utf8_lossy(&mend(&["diagnose", CASES], b"").stdout));
}

#[test]
fn a_har_is_one_tab_s_story() {
    let entry = |url: &str, status: u16, second: u8, error: Option<&str>| {
        let mut response = json!({ "status": status, "headers": [
            { "name": "X-Request-Id", "value": "bd8e52b7-7993-4407-a17b-c697e6ae3ef6" }, { "name": "Set-Cookie", "value": "secret" } ],
            "content": { "mimeType": "application/json", "text": "{\"detail\":\"Internal Server Error\"}" } });
        if let Some(error) = error {
            response["_error"] = json!(error);
        }
        json!({ "startedDateTime": format!("2026-07-25T09:22:{second:02}.000Z"), "time": 120.5,
            "request": { "method": "POST", "url": url, "headers": [] }, "response": response })
    };
    let har = |entries: Vec<Value>| json!({ "log": { "version": "1.2", "entries": entries } }).to_string();
    let (session, message) = ("https://chatgpt.com/api/auth/session", "https://chatgpt.com/backend-api/f/conversation");
    let failed = file("failed.har", har(vec![entry(session, 200, 1, None), entry(message, 500, 9, None)]).as_bytes());
    let line = &lines(&mend(&["diagnose", "--json", failed.to_str().unwrap()], b""))[0];
    assert_eq!((line["blame"].as_str(), line["cause"].as_str()), (Some("them"), Some("server-error")));
    assert!(!line.to_string().contains("secret"));
    // An answer that nobody read proves nothing, nor does an end that nobody explains.
    assert_eq!(verdict(&har(vec![entry(message, 200, 1, None)])).0, "unknown");
    assert_eq!(verdict(&har(vec![entry(message, 0, 1, Some("net::ERR_NAME_NOT_RESOLVED"))])).1, "dns");
    assert_eq!(verdict(&har(vec![entry(message, 0, 1, Some("net::ERR_ABORTED"))])).0, "unknown");
    let stop = entry("https://chatgpt.com/backend-api/stop_conversation", 200, 2, None);
    assert_eq!(verdict(&har(vec![entry(message, 0, 1, Some("net::ERR_ABORTED")), stop])).1, "stopped");
}

#[test]
fn pasted_text_is_understood() {
    assert_eq!(verdict("HTTP/2 403\nserver: cloudflare\ncf-mitigated: challenge\n\n<html>").1, "edge-challenge");
    assert_eq!(
        verdict("openai.RateLimitError: Error code: 429 - {'error': {'code': 'insufficient_quota'}}").1,
        "no-credit"
    );
    assert_eq!(
        verdict("POST https://chatgpt.com/backend-api/f/conversation net::ERR_PROXY_CONNECTION_FAILED").1,
        "proxy-or-vpn"
    );
    assert_eq!(verdict("Only one message at a time. Please allow any other responses to complete").1, "one-at-a-time");
    let log = "2026-07-25 ERROR error sending request for url (https://chatgpt.com/backend-api/codex/responses)\n";
    assert_eq!(verdict(&log.repeat(9)).0, "network");
    let traceback = "Traceback (most recent call last):\n  File \"a.py\", line 3\n".repeat(20);
    assert_eq!(verdict(&format!("{traceback}httpx.ConnectError: [Errno -2] Name or service not known")).1, "dns");
    assert_eq!(
        verdict("401 Incorrect API key provided. See https://platform.openai.com/account/api-keys.").1,
        "invalid-key"
    );
    assert_eq!(verdict("it does not work").0, "unknown");
    let empty = mend(&["diagnose"], b" \n");
    assert_eq!((empty.status.code(), empty.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&empty.stderr).contains("is empty"));
}

#[test]
fn a_broken_file_is_named_with_its_line_and_the_others_are_done() {
    let good = fs::read_to_string(CASES).unwrap().lines().next().unwrap().to_owned();
    let deep = "[".repeat(100_000);
    let broken = [
        ("truncated.jsonl", format!("{good}\n{}", &good[..200]), 2),
        ("wrong-type.jsonl", r#"{"id":7,"observations":[]}"#.to_owned(), 1),
        ("unknown.jsonl", r#"{"id":"x","observations":[{"type":"telepathy"}]}"#.to_owned(), 1),
        ("deep.jsonl", format!("{{\"id\":\"x\",\"observations\":{deep}"), 1),
        ("broken.har", "{\"log\":{\"entries\":[\n{]}}".to_owned(), 2),
        ("deep.har", deep, 1),
    ];
    for (name, text, line) in broken {
        let path = file(name, text.as_bytes());
        let path = path.to_str().unwrap();
        let output = mend(&["diagnose", "--json", path, CASES], b"");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(errors.starts_with(&format!("{path}:{line}: ")) && errors.lines().count() == 1, "{errors}");
        assert!(lines(&output).len() >= 34, "{name}: the other file is still done");
    }
}

#[test]
fn anything_else_gets_an_answer_or_a_sentence() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    for path in ["no-such-file.har", folder] {
        let output = mend(&["diagnose", path], b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).starts_with(&format!("{path}:1: ")));
    }
    let noise: Vec<u8> = (0..200_000u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert_eq!(mend(&["diagnose", "--json", "-"], &noise).status.code(), Some(0));
    assert_eq!(mend(&["diagnose", "--jsn"], b"").status.code(), Some(2));
    assert_eq!(mend(&["cure"], b"").status.code(), Some(2));
    assert!(String::from_utf8_lossy(&mend(&["--help"], b"").stdout).contains("diagnose"));
}

/// The text's own date counts, and without one it is from now.
#[test]
fn a_pasted_limit_ends_after_its_own_date() {
    let said = |text: &str| String::from_utf8(mend(&["diagnose"], text.as_bytes()).stdout).unwrap();
    let limited = "HTTP/2 429\nretry-after: 7200\ndate: Sat, 25 Jul 2026 09:00:00 GMT\nserver: cloudflare\n";
    assert!(said(limited).contains("2026-07-25T11:00"), "{}", said(limited));
    let undated = said("HTTP/2 429\nretry-after: 7200\nserver: cloudflare\n");
    assert!(!undated.contains("1970"), "{undated}");
}

#[test]
fn what_of_a_case_is_not_understood_is_said() {
    let case = r#"{"id":"\u001b[2Jx","observations":[{"type":"page","saw":{"kind":"nothing"}},{"type":"path","finding":"nowhere"},{"type":"response","at":"2026-07-25T09:00:00Z","url":"https://chatgpt.com/backend-api/f/conversation","status":500},{"type":"banner","text":"Something went wrong."}]}"#;
    let output = mend(&["diagnose", file("odd.jsonl", case.as_bytes()).to_str().unwrap()], b"");
    let (said, beside) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(beside.contains("odd.jsonl:1: observation 1 (page) was not understood and is left out"), "{beside}");
    assert!(beside.contains("observation 2 (path)") && output.status.code() == Some(0), "{beside}");
    assert!(said.contains("them/server-error") && !said.contains('\u{1b}'), "{said}");
}

/// A HAR that comes slowly through a pipe is one from its first byte on.
#[test]
fn a_slow_pipe_is_recognised() {
    let har = HAR.as_bytes();
    let mut child = Command::new(env!("CARGO_BIN_EXE_mend"))
        .args(["diagnose", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for piece in [&har[..1], &har[1..9], &har[9..]] {
        stdin.write_all(piece).unwrap();
        stdin.flush().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(lines(&output)[0]["cause"], "server-error");
}

const HAR: &str = r#"{ "log": { "version": "1.2", "entries": [{"startedDateTime":"2026-07-25T09:00:00.000Z","time":120.5,"request":{"method":"POST","url":"https://chatgpt.com/backend-api/f/conversation","headers":[]},"response":{"status":500,"headers":[{"name":"content-type","value":"application/json"}],"content":{"mimeType":"application/json","text":"Internal Server Error"}}}] } }"#;
