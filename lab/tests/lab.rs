//! Every row of the table, over HTTP/1.1 and HTTP/2, as a client sees it.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use std::time::Duration;

use client::{CHAT, Pair, QUESTION};
use http_body_util::BodyExt;
use mend_lab::{FAULTS, Http};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const BOTH: [Http; 2] = [Http::One, Http::Two];
const PROXY: &str = "/proxy/status.openai.com";

/// The chat's status in each fault that lets the answer come to its end, and the content type.
#[tokio::test]
async fn each_row_answers_the_chat_as_it_says() {
    let rows = [
        ("well", 200),
        ("500", 500),
        ("500-incident", 500),
        ("500-until-reload", 500),
        ("500-for-T", 500),
        ("429-plan", 429),
        ("401-expired", 401),
        ("stream-cut", 200),
        ("stop", 200),
        ("noise-blocked", 200),
        ("quotes", 200),
    ];
    let names: Vec<_> = FAULTS.iter().map(|fault| fault.name).collect();
    for name in &names {
        assert!(rows.iter().any(|row| row.0 == *name), "{name} has no expectation");
    }
    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        for (name, status) in rows {
            pair.lab.set_fault(&name.replace('T', "60")).unwrap();
            let got = pair.begin("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap();
            assert_eq!(got.status(), status, "{name} {http:?}");
            let header = |name: &str| got.headers().get(name).map_or("", |value| value.to_str().unwrap());
            let kind = if status == 200 { "text/event-stream; charset=utf-8" } else { "application/json" };
            assert_eq!(header("content-type"), kind, "{name}");
            assert_eq!(header("x-request-id").len(), 36, "{name}");
            assert_eq!(header("server"), "cloudflare");
            assert!(!header("date").is_empty());
            let (ray, pop) = header("cf-ray").split_once('-').unwrap();
            assert_eq!((ray.len(), pop.len()), (16, 3));
            assert_eq!(header("retry-after"), if name == "429-plan" { "10800" } else { "" });
            // What is not broken answers meanwhile.
            for path in ["/backend-api/me", "/backend-api/models", "/backend-api/conversations?offset=0"] {
                assert_eq!(pair.get("chatgpt.com", path).await.status, 200, "{name} {path}");
            }
        }
    }
}

#[tokio::test]
async fn a_good_stream_ends_as_it_should() {
    for http in BOTH {
        for fault in ["well", "noise-blocked", "quotes"] {
            let got = Pair::new(http, fault).await.chat().await;
            assert!(got.whole);
            assert!(got.body.starts_with("event: delta_encoding\ndata: \"v1\"\n\n"));
            assert!(got.body.contains(r#""type":"resume_conversation_token""#));
            assert!(got.body.contains(r#""type":"input_message""#) && got.body.contains(r#""parts":["Hello"]"#));
            assert!(got.body.contains(r#""type":"message_stream_complete""#));
            assert!(got.body.ends_with("data: [DONE]\n\n"));
        }
    }
}

#[tokio::test]
async fn quotes_carries_every_error_string() {
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
async fn a_cut_stream_has_no_end() {
    for http in BOTH {
        let got = Pair::new(http, "stream-cut").await.chat().await;
        assert_eq!(got.status, 200);
        assert!(!got.whole);
        assert!(got.body.contains("Half") && !got.body.contains("message_stream_complete"));
    }
}

#[tokio::test]
async fn a_long_stream_can_be_left() {
    for http in BOTH {
        let pair = Pair::new(http, "stop").await;
        let mut response = pair.begin("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap();
        for _ in 0..3 {
            assert!(response.body_mut().frame().await.unwrap().is_ok());
        }
        drop(response);
        let stopped = pair.ask("POST", "chatgpt.com", "/backend-api/stop_conversation", "{}", &[]).await.unwrap();
        assert_eq!(stopped.status, 200);
    }
}

#[tokio::test]
async fn an_expired_session_is_empty() {
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
async fn a_reload_heals_only_after_a_failure() {
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
async fn time_heals() {
    for http in BOTH {
        let pair = Pair::new(http, "500-for-1").await;
        assert_eq!(pair.chat().await.status, 500);
        tokio::time::sleep(Duration::from_millis(1050)).await;
        assert_eq!(pair.chat().await.status, 200);
    }
}

#[tokio::test]
async fn noise_is_dropped_and_nothing_else() {
    for http in BOTH {
        let pair = Pair::new(http, "noise-blocked").await;
        for (host, path) in [
            ("chatgpt.com", "/ces/v1/t"),
            ("chatgpt.com", "/backend-api/lat/r"),
            ("chatgpt.com", "/backend-api/beacons/home"),
            ("ab.chatgpt.com", "/v1/rgstr"),
            ("browser-intake-datadoghq.com", "/api/v2/rum"),
            ("featuregates.org", "/v1/initialize"),
        ] {
            assert!(pair.ask("POST", host, path, "{}", &[]).await.is_err(), "{host}{path}");
        }
        assert!(pair.lab.log().iter().all(|hit| hit.status.is_none()));
        assert!(pair.chat().await.whole);
        pair.lab.set_fault("well").unwrap();
        let preflight = pair.ask("OPTIONS", "ab.chatgpt.com", "/v1/rgstr", "", &[]).await.unwrap();
        assert_eq!(preflight.status, 204);
        assert_eq!(preflight.header("access-control-allow-origin"), "https://chatgpt.com");
    }
}

#[tokio::test]
async fn the_status_page_tells_of_the_incident() {
    for http in BOTH {
        let pair = Pair::new(http, "500").await;
        let green = pair.get("status.openai.com", PROXY).await;
        assert_eq!(green.json()["summary"]["ongoing_incidents"], serde_json::json!([]));
        assert_eq!(green.header("access-control-allow-origin"), "*");

        pair.lab.set_fault("500-incident").unwrap();
        let got = pair.get("status.openai.com", PROXY).await;
        let summary = &got.json()["summary"];
        assert_eq!(summary["affected_components"][0]["component_id"], "01JMXBNJXGV1T5GT2M9XA83XNG");
        let incident = &summary["ongoing_incidents"][0];
        assert_eq!(incident["status"], "investigating");
        assert_eq!(incident["updates"].as_array().unwrap().len(), 2);
        assert_eq!(incident["updates"][0]["published_at"], incident["published_at"]);
        let logins = summary["components"].as_array().unwrap().iter().filter(|one| one["name"] == "Login");
        assert_eq!(logins.count(), 2);

        let tag = got.header("etag").to_owned();
        let again = pair.ask("GET", "status.openai.com", PROXY, "", &[("if-none-match", &tag)]).await.unwrap();
        assert_eq!((again.status, again.body.as_str()), (304, ""));
        assert_ne!(tag, green.header("etag"));

        let v2 = pair.get("status.openai.com", "/api/v2/components.json").await.json();
        let conversations = v2["components"].as_array().unwrap().iter().find(|one| one["name"] == "Conversations");
        assert_eq!(conversations.unwrap()["status"], "partial_outage");
        assert!(pair.get("status.openai.com", "/").await.body.contains("began 15 minutes ago"));
    }
}

#[tokio::test]
async fn the_page_and_the_edge_carry_no_request_id() {
    for http in BOTH {
        let pair = Pair::new(http, "500").await;
        let page = pair.get("chatgpt.com", "/").await;
        assert!(page.body.contains("prompt-textarea"));
        assert_eq!(page.headers.get_all("set-cookie").iter().count(), 2);
        let trace = pair.get("chatgpt.com", "/cdn-cgi/trace").await;
        assert!(trace.body.contains("\ncolo=FRA\n") && trace.body.contains("\nloc=DE\n"));
        let script = pair.get("cdn.oaistatic.com", "/assets/root.js").await;
        for got in [page, trace, script] {
            assert_eq!((got.status, got.header("x-request-id")), (200, ""));
            assert!(!got.header("cf-ray").is_empty());
        }
        let old = pair.get("chat.openai.com", "/c/1?a=b").await;
        assert_eq!((old.status, old.header("location")), (308, "https://chatgpt.com/c/1?a=b"));
        assert_eq!(pair.get("example.org", "/").await.status, 404);
    }
}

#[tokio::test]
async fn the_log_says_what_was_asked() {
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
async fn the_control_endpoint_sets_and_tells() {
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
async fn a_dropped_lab_is_gone() {
    let pair = Pair::new(Http::Both, "well").await;
    let port = pair.lab.https_port();
    drop(pair);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
}

async fn control(pair: &Pair, method: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", pair.lab.control_port())).await.unwrap();
    let request = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
