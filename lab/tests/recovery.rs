//! When a fault ends, and faults that only the first response causes.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use std::time::Duration;

use client::{BOTH, CHAT, Pair, QUESTION};
use mend_lab::Http;

#[tokio::test]
async fn a_second_message_is_refused_until_stop_is_requested() {
    for http in BOTH {
        let pair = Pair::new(http, "429-one").await;
        let first = pair.send_request("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap();
        assert_eq!(first.status(), 200);
        let second = pair.chat().await;
        assert_eq!((second.status, second.header("retry-after")), (429, ""));
        assert!(second.body.contains("Only one message at a time"));
        pair.send("POST", "chatgpt.com", "/backend-api/stop_conversation", "{}", &[]).await.unwrap();
        let third = pair.send_request("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap();
        assert_eq!(third.status(), 200);
    }
}

#[tokio::test]
async fn every_nth_message_fails() {
    let pair = Pair::new(Http::One, "500-every-3").await;
    for status in [200, 200, 500, 200, 200, 500] {
        assert_eq!(pair.send_request("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn oversized_cookies_are_refused_until_they_are_deleted() {
    for http in BOTH {
        for (fault, status) in [("431", 431), ("400-cookies", 400)] {
            let pair = Pair::new(http, fault).await;
            let page = pair.get("chatgpt.com", "/").await;
            let cookies: Vec<_> = page.headers.get_all("set-cookie").iter().map(|one| one.to_str().unwrap()).collect();
            let pairs: Vec<_> = cookies.iter().filter_map(|cookie| cookie.split(';').next()).collect();
            assert!(pairs.iter().all(|pair| pair.len() < 4096));
            let all = pairs.join("; ");
            let got = pair.send("POST", "chatgpt.com", CHAT, QUESTION, &[("cookie", &all)]).await.unwrap();
            assert_eq!(got.status, status);
            assert!(pair.chat().await.complete);
            let again = pair.get("chatgpt.com", "/").await;
            assert_eq!(again.headers.get_all("set-cookie").iter().count(), 2);
        }
    }
}

#[tokio::test]
async fn the_script_from_before_a_deploy_imports_a_deleted_chunk() {
    for http in BOTH {
        let pair = Pair::new(http, "stale-assets").await;
        let chunk = |script: &str| {
            let from = script.find("/cdn/assets/").unwrap();
            script[from..].split('"').next().unwrap().to_owned()
        };
        let old = pair.get("cdn.oaistatic.com", "/assets/root.js").await;
        assert!(old.header("cache-control").contains("immutable"));
        let gone = pair.get("chatgpt.com", &chunk(&old.body)).await;
        assert_eq!(
            (gone.status, gone.header("content-type"), gone.header("x-oai-request-id")),
            (404, "text/html; charset=UTF-8", "")
        );
        let new = pair.get("cdn.oaistatic.com", "/assets/root.js").await;
        assert_eq!(new.header("cache-control"), "no-cache");
        let there = pair.get("chatgpt.com", &chunk(&new.body)).await;
        assert_eq!((there.status, there.header("content-type")), (200, "text/javascript; charset=utf-8"));
        assert!(there.body.contains("export function blocks"));
    }
}

#[tokio::test]
async fn the_first_list_of_conversations_fills_the_storage() {
    for http in BOTH {
        let pair = Pair::new(http, "storage-full").await;
        let first = pair.get("chatgpt.com", "/backend-api/conversations?offset=0").await;
        assert!(first.body.len() > 6_000_000);
        assert!(pair.get("chatgpt.com", "/backend-api/conversations?offset=0").await.body.len() < 10_000);
    }
}

#[tokio::test]
async fn an_expired_session_is_an_empty_object() {
    for http in BOTH {
        let pair = Pair::new(http, "401-expired").await;
        let session = pair.get("chatgpt.com", "/api/auth/session").await;
        assert_eq!((session.status, session.body.as_str()), (200, "{}"));
        assert_eq!(pair.chat().await.json()["detail"]["code"], "token_expired");
        pair.lab.set_fault("429-plan").unwrap();
        assert_eq!(pair.get("chatgpt.com", "/api/auth/session").await.json()["user"]["name"], "Robin");
        assert_eq!(pair.chat().await.json()["detail"]["resets_in_seconds"], 10800);
    }
}

#[tokio::test]
async fn a_reload_recovers_only_after_a_failed_turn() {
    for http in BOTH {
        let pair = Pair::new(http, "500-until-reload").await;
        pair.get("chatgpt.com", "/").await;
        assert_eq!(pair.chat().await.status, 500);
        assert_eq!(pair.chat().await.status, 500);
        pair.get("chatgpt.com", "/c/6a1f0c1e-0001-4000-8000-000000000001").await;
        assert_eq!(pair.chat().await.status, 200);
        pair.lab.set_fault("500-until-reload").unwrap();
        assert_eq!(pair.chat().await.status, 500);
    }
}

#[tokio::test]
async fn a_fault_with_a_duration_ends_after_it() {
    for http in BOTH {
        let pair = Pair::new(http, "500-for-1").await;
        assert_eq!(pair.chat().await.status, 500);
        tokio::time::sleep(Duration::from_millis(1050)).await;
        assert_eq!(pair.chat().await.status, 200);
    }
}
