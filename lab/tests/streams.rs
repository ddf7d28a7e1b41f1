//! Event streams and WebSockets of a turn, complete and broken.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use std::time::Duration;

use client::{BOTH, CHAT, Pair, QUESTION};
use http_body_util::BodyExt;
use mend_lab::{Http, Lab, Options};

#[tokio::test]
async fn a_complete_stream_ends_with_done() {
    for http in BOTH {
        for fault in ["well", "noise-blocked", "quotes"] {
            let got = Pair::new(http, fault).await.chat().await;
            assert!(got.complete);
            assert!(got.body.starts_with("event: delta_encoding\ndata: \"v1\"\n\n"));
            assert!(got.body.contains(r#""type":"resume_conversation_token""#));
            assert!(got.body.contains(r#""type":"input_message""#) && got.body.contains(r#""parts":["Hello"]"#));
            assert!(got.body.contains(r#""type":"message_stream_complete""#));
            assert!(got.body.ends_with("data: [DONE]\n\n"));
        }
    }
}

#[tokio::test]
async fn the_quotes_stream_contains_every_error_message() {
    let got = Pair::new(Http::One, "quotes").await.chat().await;
    let values = got.body.lines().filter_map(|line| line.strip_prefix("data: {")).filter_map(|rest| {
        serde_json::from_str::<serde_json::Value>(&format!("{{{rest}")).unwrap()["v"].as_str().map(str::to_owned)
    });
    let text: String = values.collect();
    for words in ["A network error occurred", "Error in message stream", "text-token-text-error", "```html", "500"] {
        assert!(text.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_cut_stream_breaks_off() {
    for http in BOTH {
        let got = Pair::new(http, "stream-cut").await.chat().await;
        assert_eq!(got.status, 200);
        assert!(!got.complete);
        assert!(got.body.contains("Half") && !got.body.contains("message_stream_complete"));
    }
}

#[tokio::test]
async fn a_failed_turn_ends_without_the_complete_record() {
    for http in BOTH {
        let pair = Pair::new(http, "stream-error").await;
        let got = pair.chat().await;
        assert!(got.complete && got.body.contains("event: error\ndata: {\"error\":{"), "{}", got.body);
        for fault in ["stream-no-end", "ws-dies"] {
            pair.lab.set_fault(fault).unwrap();
            let got = pair.chat().await;
            assert!(got.complete && !got.body.contains("message_stream_complete"), "{fault}");
            assert_eq!(got.body.contains(r#""type":"stream_handoff""#), fault == "ws-dies");
            assert_eq!(got.body.contains("[DONE]"), fault == "ws-dies");
        }
    }
}

#[tokio::test]
async fn a_websocket_opens_and_is_dropped() {
    // WebSockets speak HTTP/1.1, also where everything else speaks HTTP/2.
    for http in BOTH {
        let lab = Lab::start(Options { http, fault: "ws-dies".to_owned(), ..client::options() }).await.unwrap();
        let pair = Pair { lab, http: Http::One };
        let handshake = [
            ("connection", "Upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ];
        let got = pair.send_request("GET", "ws.chatgpt.com", "/p7/ws/user/user-lab", "", &handshake).await.unwrap();
        assert_eq!(got.status(), 101);
        assert_eq!(got.headers()["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        pair.lab.set_fault("well").unwrap();
        assert_eq!(pair.get("ws.chatgpt.com", "/").await.status, 426);
    }
}

#[tokio::test]
async fn a_connection_reset_follows_the_first_deltas() {
    for http in BOTH {
        let pair = Pair::new(http, "reset").await;
        let got = pair.chat().await;
        assert_eq!((got.status, got.complete), (200, false));
        assert!(got.body.contains("Half"));
        assert!(got.body_error.contains("ConnectionReset"), "{}", got.body_error);
    }
}

#[tokio::test]
async fn a_stalled_stream_sends_no_byte() {
    for http in BOTH {
        let pair = Pair::new(http, "stall").await;
        let mut response = pair.send_request("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap();
        let frame = tokio::time::timeout(Duration::from_millis(300), response.body_mut().frame()).await;
        assert!(frame.is_err());
    }
}

#[tokio::test]
async fn a_long_stream_can_be_disconnected() {
    for http in BOTH {
        let pair = Pair::new(http, "stop").await;
        let mut response = pair.send_request("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap();
        for _ in 0..3 {
            assert!(response.body_mut().frame().await.unwrap().is_ok());
        }
        drop(response);
        let stopped = pair.send("POST", "chatgpt.com", "/backend-api/stop_conversation", "{}", &[]).await.unwrap();
        assert_eq!(stopped.status, 200);
    }
}
