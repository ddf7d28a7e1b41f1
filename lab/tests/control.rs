//! The control endpoint, the log and the end of a lab.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use std::time::Duration;

use client::{BOTH, CHAT, Pair};
use mend_lab::{FAULTS, Http};
use tokio::net::TcpStream;

#[tokio::test]
async fn the_log_lists_each_request() {
    for (http, protocol) in BOTH.into_iter().zip(["http/1.1", "h2"]) {
        let pair = Pair::new(http, "500").await;
        pair.get("chatgpt.com", "/backend-api/conversations?offset=0").await;
        pair.chat().await;
        let log = pair.lab.log();
        assert_eq!(log.len(), 2);
        assert_eq!((log[0].path.as_str(), log[0].cookie), ("/backend-api/conversations", false));
        let chat = &log[1];
        assert_eq!((chat.host.as_str(), chat.method.as_str(), chat.path.as_str()), ("chatgpt.com", "POST", CHAT));
        assert_eq!((chat.protocol, chat.status), (protocol, Some(500)));
        assert!(chat.cookie && chat.authorization);
        pair.lab.clear_log();
        assert!(pair.lab.log().is_empty());
    }
}

#[tokio::test]
async fn the_control_endpoint_sets_and_shows_the_fault() {
    let pair = Pair::new(Http::Both, "well").await;
    assert!(control(&pair, "GET", "/fault").await.ends_with("\r\n\r\nwell\n"));
    assert!(control(&pair, "POST", "/fault/500-for-20").await.starts_with("HTTP/1.1 200"));
    assert!(control(&pair, "GET", "/fault").await.ends_with("500-for-20\n"));
    assert!(control(&pair, "GET", "/log").await.ends_with("[]"));
    let table = control(&pair, "GET", "/faults").await;
    let unknown = control(&pair, "GET", "/fault/no-such").await;
    assert!(unknown.starts_with("HTTP/1.1 404"));
    for fault in FAULTS {
        assert!(table.contains(fault.words));
        assert!(unknown.contains(fault.name));
    }
    assert!(pair.lab.set_fault("no-such").is_err());
}

#[tokio::test]
async fn a_dropped_lab_closes_its_port() {
    let pair = Pair::new(Http::Both, "well").await;
    let port = pair.lab.https_port();
    drop(pair);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
}

async fn control(pair: &Pair, method: &str, path: &str) -> String {
    let request = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
    client::plain(pair.lab.control_port(), &request).await
}
