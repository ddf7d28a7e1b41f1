//! What was recorded of ChatGPT in many shapes, made up anew: no failure is called working, and no success a failure.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

const CHAT: &str = "https://chatgpt.com/backend-api/f/conversation";
const ID: &str = "0f6d2c1e-5b7a-4c3d-9e8f-000000000001";

fn diagnosed(file: &str, input: &str) -> Value {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mend"))
        .args(["diagnose", "--json", file])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap()
}

/// `blame/cause`, and how sure.
fn said(line: &Value) -> (String, f64) {
    let word = |name: &str| line[name].as_str().unwrap().to_owned();
    (format!("{}/{}", word("blame"), word("cause")), line["confidence"].as_f64().unwrap())
}

/// A case of these observations.
fn case(observations: Value) -> Value {
    diagnosed("-", &json!({ "id": "a", "observations": observations }).to_string())
}

fn answer(url: &str, status: u16, kind: &str, body: &str) -> Value {
    let headers = json!({ "content-type": kind, "server": "cloudflare", "x-oai-request-id": ID });
    json!({ "type": "response", "at": "2026-10-09T08:00:00Z", "method": "POST", "url": url, "status": status,
        "headers": headers, "body": body })
}

fn stream(body: &str) -> Value {
    case(json!([answer(CHAT, 200, "text/event-stream; charset=utf-8", body)]))
}

#[test]
fn recordings_of_these_shapes() {
    let rows = [
        ("answered", "benign/working"),
        ("prepared", "benign/working"),
        ("signed-out", "benign/working"),
        ("aborted", "unknown/unknown"),
        ("unusual-activity", "network/address-blocked"),
        ("stopped", "benign/stopped"),
    ];
    for (name, wanted) in rows {
        let line = diagnosed(&format!("{}/tests/fixtures/{name}.har", env!("CARGO_MANIFEST_DIR")), "");
        let (verdict, confidence) = said(&line);
        assert_eq!(verdict, wanted, "{name}: {line}");
        assert!(confidence <= 0.6 || matches!(name, "answered" | "signed-out" | "stopped"), "{name}: {line}");
    }
}

#[test]
fn single_answers() {
    let resume = "https://chatgpt.com/backend-api/f/conversation/resume";
    let json = "application/json";
    let rows = [
        (
            CHAT,
            403,
            r#"{"detail":"Unusual activity has been detected from your device. Try again later."}"#,
            "network/address-blocked",
            0.6,
        ),
        (
            CHAT,
            429,
            r#"{"detail":{"clears_in":252,"code":"model_cap_exceeded","message":"m"}}"#,
            "limit/plan-window",
            1.0,
        ),
        (CHAT, 400, r#"{"detail":"Too many requests in 1 hour. Try again later."}"#, "limit/too-many-requests", 1.0),
        (CHAT, 400, r#"{"detail":"Only one message at a time. Please wait."}"#, "limit/one-at-a-time", 1.0),
        (CHAT, 500, r#"{"detail":"Only one message at a time. Please wait."}"#, "limit/one-at-a-time", 1.0),
        (
            resume,
            404,
            r#"{"detail":{"message":"A network error occurred. Please check your connection and try again.","code":"tokenless_resume_unavailable"}}"#,
            "them/server-error",
            0.6,
        ),
        (resume, 410, r#"{"detail":{"message":"m","code":"persisted_final_available"}}"#, "them/server-error", 0.6),
        (resume, 404, "{}", "unknown/unknown", 0.6),
        (CHAT, 413, r#"{"detail":{"message":"m","code":"conversation_too_large"}}"#, "request/too-long", 1.0),
    ];
    for (url, status, body, wanted, most) in rows {
        let line = case(json!([answer(url, status, json, body)]));
        let (verdict, confidence) = said(&line);
        assert!(verdict == wanted && confidence <= most, "{wanted}: {line}");
    }
    let kept = case(json!([answer(resume, 410, json, r#"{"code":"persisted_final_available"}"#)]));
    assert_eq!(kept["next_step"], "reload");
}

#[test]
fn failures_inside_a_good_answer() {
    let begun = "event: delta_encoding\ndata: \"v1\"\n\n";
    let rows = [
        (r#"data: {"error":{"code":"server_is_overloaded","message":"m"}}"#, "them/overload"),
        (r#"data: {"message":null,"error":"Something went wrong."}"#, "them/server-error"),
        (r#"data: {"message":null,"error":"m","error_code":"conversation_too_large"}"#, "request/too-long"),
        ("event: delta\ndata: {\"v\":{\"message\":null,\"error\":\"Something went wrong.\"}}", "them/server-error"),
        ("event: error\ndata: {\"code\":\"server_is_overloaded\"}", "them/overload"),
        ("data: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"m\"}", "them/server-error"),
        (
            "data: {\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"model_cap_exceeded\"}}}",
            "limit/plan-window",
        ),
        ("data: [DONE]", "unknown/unknown"),
        ("data: {\"type\":\"stream_handoff\"}", "unknown/unknown"),
        ("", "unknown/unknown"),
    ];
    for (record, wanted) in rows {
        let line = stream(&format!("{begun}{record}\n\n"));
        assert_eq!(said(&line).0, wanted, "{record}: {line}");
    }
    assert_eq!(said(&stream("")).0, "unknown/unknown");
    let said_so = "data: {\"v\":\"Hello\"}\n\n";
    let done = "data: {\"type\":\"message_stream_complete\"}\n\n";
    assert_eq!(said(&stream(&format!("{begun}{said_so}{done}"))).0, "benign/working");
    // An end is no answer.
    assert_eq!(said(&stream(&format!("{begun}{done}"))).0, "unknown/unknown");
}

#[test]
fn a_success_after_a_failure_counts_only_where_it_was_read() {
    let failed = answer(CHAT, 500, "application/json", "{}");
    let good = "data: {\"v\":\"Hello\"}\n\ndata: {\"type\":\"message_stream_complete\"}\n\n";
    let mut later = answer(CHAT, 200, "text/event-stream", good);
    later["at"] = json!("2026-10-09T08:01:00Z");
    assert_eq!(said(&case(json!([failed, later]))).0, "benign/working");
    later["body"] = Value::Null;
    let more = json!({ "type": "extensions", "at": "2026-10-09T08:05:00Z", "enabled": [] });
    assert_eq!(said(&case(json!([failed, later, more]))).0, "them/server-error");
}

#[test]
fn a_page_that_nobody_asked_was_not_unreadable() {
    let failed = answer(CHAT, 500, "application/json", "{}");
    let mut again = failed.clone();
    again["at"] = json!("2026-10-09T08:20:00Z");
    let line = case(json!([failed, again]));
    assert!(!line["evidence"].to_string().contains("could not be read"), "{line}");
    let asked = json!({ "type": "status_page", "at": "2026-10-09T08:00:00Z", "body": "gone" });
    let line = case(json!([asked, failed, again]));
    assert!(line["evidence"].to_string().contains("could not be read"), "{line}");
}

#[test]
fn a_file_that_could_not_be_read_is_a_failure_in_a_good_status() {
    const UPLOAD: &str = "https://chatgpt.com/backend-api/files/process_upload_stream";
    let begun = "{\"event\":\"file.processing.started\",\"progress\":0}";
    let kinds = [
        ("", "text/event-stream"),
        ("data: ", "text/event-stream; charset=utf-8"),
        ("", "application/octet-stream"),
        ("", "application/json"),
    ];
    for (prefix, kind) in kinds {
        let read = |event: &str| {
            let body = format!("{prefix}{begun}\n{prefix}{{\"event\":\"{event}\",\"message\":\"m\"}}\n");
            said(&case(json!([answer(UPLOAD, 200, kind, &body)]))).0
        };
        assert_eq!(read("file.processing.error"), "them/server-error");
        assert_eq!(read("file.processing.completed"), "benign/working");
    }
}

/// A HAR of these requests: page, second of its beginning, seconds it took, method's answer.
fn har(entries: &[(&str, u32, u32, &str, u16, &str)]) -> Value {
    let entry = |&(page, began, took, url, status, body): &(&str, u32, u32, &str, u16, &str)| {
        json!({
            "pageref": page, "startedDateTime": format!("2026-10-09T08:00:{began:02}.000Z"), "time": took * 1_000,
            "request": { "method": "POST", "url": url },
            "response": { "status": status, "content": { "text": body },
                "headers": [{ "name": "content-type", "value": "text/event-stream" }, { "name": "server", "value": "cloudflare" },
                    { "name": "x-oai-request-id", "value": ID }] },
        })
    };
    let mut entries: Vec<Value> = entries.iter().map(entry).collect();
    // A hole that an exporter left costs nothing but itself.
    entries.push(Value::Null);
    entries.push(json!({ "startedDateTime": null, "request": null, "response": null }));
    let text = json!({ "log": { "version": "1.2", "entries": entries } }).to_string();
    let file = std::env::temp_dir().join(format!("mend-pages-{}.har", std::process::id()));
    std::fs::write(&file, text).unwrap();
    diagnosed(file.to_str().unwrap(), "")
}

#[test]
fn an_answer_in_another_tab_or_from_before_mends_nothing() {
    let good = "data: {\"v\":\"Hello\"}\n\ndata: {\"type\":\"message_stream_complete\"}\n\n";
    let failed = |page, began| (page, began, 1, CHAT, 500, "{}");
    let answered = |page, began, took| (page, began, took, CHAT, 200, good);
    let rows = [
        (vec![failed("page_1", 1), answered("page_1", 5, 1)], "benign/working"),
        // A navigation between them.
        (vec![failed("page_1", 1), answered("page_2", 5, 1)], "benign/working"),
        // Two tabs at once.
        (vec![failed("page_2", 1), answered("page_1", 5, 1)], "them/server-error"),
        (vec![answered("a", 1, 1), failed("b", 3), answered("a", 5, 1)], "them/server-error"),
        // It began before the failure.
        (vec![answered("page_1", 1, 30), failed("page_1", 5)], "them/server-error"),
    ];
    for (entries, wanted) in rows {
        let line = har(&entries);
        let (verdict, confidence) = said(&line);
        assert_eq!(verdict, wanted, "{entries:?}: {line}");
        assert!(confidence < 1.0, "{line}");
    }
}

/// A stream as somebody saved it: whole, failed, cut; and another service's, of which nothing is said.
#[test]
fn a_saved_stream_is_read_as_one() {
    let begun = "event: delta_encoding\ndata: \"v1\"\n\nevent: delta\ndata: {\"v\": {\"message\": {\"author\": {\"endpoint\": \"assistant\"}, \"content\": {\"content_type\": \"text\", \"parts\": [\"\"]}, \"status\": \"in_progress\"}, \"conversation_id\": \"c\"}}\n\nevent: delta\ndata: {\"p\": \"/message/content/parts/0\", \"o\": \"append\", \"v\": \"Hello\"}\n\n";
    let end = "data: {\"type\": \"message_stream_complete\"}\n\ndata: [DONE]\n\n";
    let error = "data: {\"message\": null, \"conversation_id\": \"c\", \"error\": \"Something went wrong\"}\n\n";
    let other = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"endpoint\":\"assistant\"}}\n\n";
    let read = |text: &str| said(&diagnosed("-", text)).0;
    assert_eq!(read(&format!("{begun}{end}")), "benign/working");
    assert_eq!(read(&format!("{begun}{error}")), "them/server-error");
    assert_eq!(read(error), "them/server-error");
    assert!(!read(begun).starts_with("benign"), "{}", read(begun));
    assert_eq!(read(other), "unknown/unknown");
}
