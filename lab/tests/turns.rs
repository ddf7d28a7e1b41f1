//! Requests of a turn since 2026: errors inside streams, resume, steering, files, paths of signed-out people.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use client::{CHAT, Pair, QUESTION};
use mend_lab::Http;
use serde_json::Value;

/// The records of a stream that are JSON, with the name of their event.
fn records(body: &str) -> Vec<(String, Value)> {
    let record = |text: &str| {
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("").to_owned();
        Some((field("event: "), serde_json::from_str(&field("data: ")).ok()?))
    };
    body.split("\n\n").filter_map(record).collect()
}

#[tokio::test]
async fn an_error_in_a_stream_has_each_known_format() {
    for http in [Http::One, Http::Two] {
        let pair = Pair::new(http, "well").await;
        for (fault, event, path, value) in [
            ("stream-error-string", "", "/error", "Something went wrong."),
            ("stream-error-in-delta", "delta", "/v/error", "Something went wrong."),
            ("stream-error-event", "error", "/error/code", "server_is_overloaded"),
            ("stream-failed", "response.failed", "/response/status", "failed"),
            ("too-large", "", "/error_code", "conversation_too_large"),
        ] {
            pair.lab.set_fault(fault).unwrap();
            let got = pair.chat().await;
            assert!(got.complete && got.status == 200 && got.body.ends_with("data: [DONE]\n\n"), "{fault}");
            assert!(!got.body.contains("message_stream_complete"), "{fault}");
            let (name, last) = records(&got.body).pop().unwrap();
            assert_eq!((name.as_str(), last.pointer(path).and_then(Value::as_str)), (event, Some(value)), "{fault}");
        }
        pair.lab.set_fault("too-large").unwrap();
        let answered = pair.chat().await.body;
        assert!(answered.contains("finished_successfully") && answered.contains("maximum length"));
        pair.lab.set_fault("stream-empty").unwrap();
        let empty = pair.chat().await;
        assert!(empty.complete && empty.status == 200 && empty.body.is_empty());
    }
}

#[tokio::test]
async fn a_delta_without_an_error_has_a_null_error() {
    let pair = Pair::new(Http::Two, "well").await;
    let body = pair.chat().await.body;
    let all = records(&body);
    let first = all.iter().find(|(event, _)| event == "delta").unwrap();
    assert!(first.1["v"]["error"].is_null() && first.1["v"].get("error").is_some());
    for kind in ["resume_conversation_token", "input_message", "message_marker", "server_ste_metadata"] {
        assert!(all.iter().any(|(_, data)| data["type"] == kind), "{kind}");
    }
    pair.lab.set_fault("cap-smaller-model").unwrap();
    let capped = pair.chat().await.body;
    assert!(capped.contains("auto:smaller_model:reached_message_cap") && capped.contains("message_stream_complete"));
}

#[tokio::test]
async fn the_conversation_contains_the_rest_of_a_cut_answer_or_never_does() {
    let pair = Pair::new(Http::Two, "well").await;
    for (fault, reads) in [("reconnects", Some(6)), ("stream-cut", None), ("resume-410", Some(1))] {
        pair.lab.set_fault(fault).unwrap();
        let got = pair.chat().await;
        assert!(!got.complete);
        let id = records(&got.body)[1].1["conversation_id"].as_str().unwrap().to_owned();
        // Each of these paths names the same conversation.
        let forms =
            [format!("conversation/{id}"), format!("conversations/{id}?num_turns=30"), format!("conversation/id/{id}")];
        let mut whole = None;
        for read in 1..=10 {
            let answer = pair.get("chatgpt.com", &format!("/backend-api/{}", forms[read % 3])).await.json();
            let last = &answer["mapping"][answer["current_node"].as_str().unwrap()]["message"];
            if last["status"] == "finished_successfully" && whole.is_none() {
                whole = Some(read);
            }
        }
        assert_eq!(whole, reads, "{fault}");
    }
    for (fault, status, code) in
        [("resume-404", 404, "tokenless_resume_unavailable"), ("resume-410", 410, "persisted_final_available")]
    {
        pair.lab.set_fault(fault).unwrap();
        let got = pair.send("POST", "chatgpt.com", "/backend-api/f/conversation/resume", "{}", &[]).await.unwrap();
        assert_eq!((got.status, got.json()["detail"]["code"].as_str()), (status, Some(code)));
    }
}

#[tokio::test]
async fn requests_beside_a_turn_are_answered() {
    let pair = Pair::new(Http::Two, "steer-500").await;
    let steer = "/backend-api/f/steer_turn";
    assert_eq!(pair.send("POST", "chatgpt.com", steer, "{}", &[]).await.unwrap().status, 500);
    pair.lab.set_fault("well").unwrap();
    for (method, path, status) in [
        ("POST", steer, 200),
        ("POST", "/backend-api/sentinel/ping", 200),
        ("POST", "/backend-api/sentinel/chat-requirements/prepare", 200),
        ("POST", "/backend-api/sentinel/chat-requirements/finalize", 200),
        ("POST", "/backend-api/conversation/init", 200),
        ("GET", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001/stream_status", 404),
        ("POST", "/backend-anon/f/conversation/prepare", 200),
        ("POST", "/unauth-mweb/sentinel/chat-requirements/prepare", 200),
        ("POST", "/unauth-mweb/conversation/prepare", 200),
        ("GET", "/g/g-p-0123-garden/c/local-chatgpt%3A1", 200),
    ] {
        let got = pair.send(method, "chatgpt.com", path, "{}", &[]).await.unwrap();
        assert_eq!(got.status, status, "{path}");
    }
    let mobile = pair.send("POST", "chatgpt.com", "/unauth-mweb/conversation/updates", QUESTION, &[]).await.unwrap();
    assert!(mobile.complete && mobile.body.contains("message_stream_complete"));
}

#[tokio::test]
async fn a_file_is_uploaded_to_the_file_host() {
    let pair = Pair::new(Http::Two, "well").await;
    let files = "/backend-api/files";
    let answer = pair.send("POST", "chatgpt.com", files, "{}", &[]).await.unwrap().json();
    let address = answer["upload_url"].as_str().unwrap().strip_prefix("https://files.oaiusercontent.com").unwrap();
    let sent = pair.send("PUT", "files.oaiusercontent.com", address, "x", &[]).await.unwrap();
    assert_eq!((sent.status, sent.header("access-control-allow-origin")), (201, "*"));
    let read = pair.send("POST", "chatgpt.com", "/backend-api/files/process_upload_stream", "{}", &[]).await.unwrap();
    assert_eq!(read.status, 200);
    pair.lab.set_fault("upload-blocked").unwrap();
    assert!(pair.send("PUT", "files.oaiusercontent.com", address, "x", &[]).await.is_err());
    assert_eq!(pair.send("POST", "chatgpt.com", files, "{}", &[]).await.unwrap().status, 200);
    for fault in ["upload-500", "upload-500-incident-files"] {
        pair.lab.set_fault(fault).unwrap();
        assert_eq!(pair.send("POST", "chatgpt.com", files, "{}", &[]).await.unwrap().status, 500);
        assert!(pair.chat().await.complete);
    }
}

#[tokio::test]
async fn the_id_of_a_refusal_stands_in_its_body_too() {
    let pair = Pair::new(Http::Two, "403-unusual").await;
    let got = pair.send("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap();
    let id = got.header("x-oai-request-id");
    assert!(id.len() == 36 && got.body.contains(&format!("Try again later. ({id})")), "{}", got.body);
    assert_eq!(got.header("x-request-id"), "");
}

#[tokio::test]
async fn the_script_of_the_check_may_not_come() {
    let pair = Pair::new(Http::Two, "well").await;
    let script = ("challenges.cloudflare.com", "/turnstile/v0/api.js");
    assert_eq!(pair.get(script.0, script.1).await.status, 200);
    pair.lab.set_fault("check-blocked").unwrap();
    assert!(pair.send("GET", script.0, script.1, "", &[]).await.is_err());
}
