//! Every row of the table, over HTTP/1.1 and HTTP/2, as a client sees it.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use std::time::Duration;

use client::{CHAT, Pair, QUESTION};
use http_body_util::BodyExt;
use mend_lab::{FAULTS, Http, Lab, Needs, Options};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use tokio::net::TcpStream;

const BOTH: [Http; 2] = [Http::One, Http::Two];

/// Every fault that Mend has a verdict for, and the ones that only the lab knows.
const FAULTS_WITH_A_VERDICT: &str = "
    500 500-until-reload 500-for-T 500-incident 502-edge 502-envoy 520 521 522 523 503-overload 503-circuit
    503-maintenance 504 524 stall 429-plan 429-many 429-one 429-conversation 429-incident 404-incident 401-expired
    401-revoked session-corrupt 403-challenge 403-block 403-region 403-json 404-conversation 413 400-json 422 431
    400-cookies stream-error stream-no-end ws-dies stream-cut reset empty h2-error dns refused tls proxy offline
    captive-portal blocked stale-assets storage-full clock well slow stop navigate noise-blocked";
const FURTHER_FAULTS: &str = "
    500-every-N 500-incident-identified 500-incident-monitoring 500-status-unreadable 500-status-unreachable 500-api
    404-model 429-quota 429-rate 429-one-elsewhere 401-key quotes
    400-many 403-unusual cap-smaller-model check-blocked too-many-dialog stream-error-string stream-error-in-delta
    stream-error-event stream-failed stream-empty too-large resume-404 resume-410 reconnects steer-500 upload-blocked
    upload-500 upload-500-incident-files 500-incident-recovered 500-incident-voice 500-incident-work 500-incident-login
    502-service 403-challenge-all 401-organisation 503-api-first-N 429-api-first-N slow-api-first-N";

/// What is planted in the browser: `planted.rs` holds each to its cure.
const PLANTED: &str = "
    stale-deploy cookies-431 cookies-400 session-corrupt-cookie session-cut-cookie session-expired-cookie
    storage-full-until challenge-once";

/// Who signs an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    Service,
    Edge,
    Portal,
}
use By::*;

const STREAM: &str = "text/event-stream; charset=utf-8";
const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=UTF-8";

/// How the chat answers in each fault: status, who signs, content type, a header that decides, words of the body.
const ROWS: &[(&str, u16, By, &str, &str, &str)] = &[
    ("well", 200, Service, STREAM, "", ""),
    ("slow", 200, Service, STREAM, "", ""),
    ("stop", 200, Service, STREAM, "", ""),
    ("navigate", 200, Service, STREAM, "", ""),
    ("noise-blocked", 200, Service, STREAM, "", ""),
    ("quotes", 200, Service, STREAM, "", ""),
    ("500", 500, Service, JSON, "", "Internal Server Error"),
    ("500-until-reload", 500, Service, JSON, "", "Internal Server Error"),
    ("500-for-T", 500, Service, JSON, "", "Internal Server Error"),
    ("500-every-N", 500, Service, JSON, "", "Internal Server Error"),
    ("500-incident", 500, Service, JSON, "", "Internal Server Error"),
    ("500-incident-identified", 500, Service, JSON, "", "Internal Server Error"),
    ("500-incident-monitoring", 500, Service, JSON, "", "Internal Server Error"),
    ("500-status-unreadable", 500, Service, JSON, "", "Internal Server Error"),
    ("500-status-unreachable", 500, Service, JSON, "", "Internal Server Error"),
    ("500-incident-recovered", 500, Service, JSON, "", "Internal Server Error"),
    ("500-incident-voice", 500, Service, JSON, "", "Internal Server Error"),
    ("500-incident-work", 500, Service, JSON, "", "Internal Server Error"),
    ("500-incident-login", 500, Service, JSON, "", "Internal Server Error"),
    ("400-many", 400, Service, JSON, "", "Too many requests in 1 hour. Try again later."),
    ("403-unusual", 403, Service, JSON, "", "Unusual activity has been detected"),
    ("check-blocked", 403, Service, JSON, "", "Unusual activity has been detected"),
    ("too-many-dialog", 429, Service, JSON, "", "You're making requests too quickly"),
    ("cap-smaller-model", 200, Service, STREAM, "", ""),
    ("stream-error-string", 200, Service, STREAM, "", ""),
    ("stream-error-in-delta", 200, Service, STREAM, "", ""),
    ("stream-error-event", 200, Service, STREAM, "", ""),
    ("stream-failed", 200, Service, STREAM, "", ""),
    ("stream-empty", 200, Service, STREAM, "", ""),
    ("too-large", 200, Service, STREAM, "", ""),
    ("resume-404", 200, Service, STREAM, "", ""),
    ("resume-410", 200, Service, STREAM, "", ""),
    ("reconnects", 200, Service, STREAM, "", ""),
    ("steer-500", 200, Service, STREAM, "", ""),
    ("upload-blocked", 200, Service, STREAM, "", ""),
    ("upload-500", 200, Service, STREAM, "", ""),
    ("upload-500-incident-files", 200, Service, STREAM, "", ""),
    ("500-api", 200, Service, STREAM, "", ""),
    ("503-api-first-N", 200, Service, STREAM, "", ""),
    ("slow-api-first-N", 200, Service, STREAM, "", ""),
    ("429-api-first-N", 200, Service, STREAM, "", ""),
    ("502-edge", 502, Edge, "text/html", "", "<center>cloudflare</center>"),
    ("502-service", 502, Edge, "text/html", "", "<center>cloudflare</center>"),
    ("502-envoy", 502, Edge, "text/plain", "", "upstream connect error or disconnect/reset before headers"),
    ("520", 520, Edge, HTML, "", "520: Web server is returning an unknown error"),
    ("521", 521, Edge, HTML, "", "521: Web server is down"),
    ("522", 522, Edge, HTML, "", "522: Connection timed out"),
    ("523", 523, Edge, HTML, "", "523: Origin is unreachable"),
    ("503-overload", 503, Service, JSON, "", "high demand"),
    ("503-circuit", 503, Service, JSON, "", "_circuit_open"),
    ("503-maintenance", 503, Service, JSON, "", "Service Unavailable"),
    ("504", 504, Edge, HTML, "", "504: Gateway time-out"),
    ("524", 524, Edge, HTML, "", "524: A timeout occurred"),
    ("stall", 200, Service, STREAM, "", ""),
    ("429-incident", 429, Service, JSON, "", "Too Many Requests"),
    ("404-incident", 404, Service, JSON, "", "Not Found"),
    ("stream-error", 200, Service, STREAM, "", ""),
    ("stream-no-end", 200, Service, STREAM, "", ""),
    ("ws-dies", 200, Service, STREAM, "", ""),
    ("429-plan", 429, Service, JSON, "retry-after: 10800", "usage_limit_reached"),
    ("429-many", 429, Service, JSON, "retry-after: 60", "Too many requests in 1 hour. Try again later."),
    ("429-one", 200, Service, STREAM, "", ""),
    ("429-one-elsewhere", 429, Service, JSON, "", "Only one message at a time"),
    ("429-conversation", 200, Service, STREAM, "", ""),
    ("429-quota", 200, Service, STREAM, "", ""),
    ("429-rate", 200, Service, STREAM, "", ""),
    ("401-expired", 401, Service, JSON, "", "token_expired"),
    ("401-revoked", 401, Service, JSON, "", "token_revoked"),
    ("session-corrupt", 401, Service, JSON, "", "Unauthorized"),
    ("401-key", 200, Service, STREAM, "", ""),
    ("403-challenge", 403, Edge, HTML, "cf-mitigated: challenge", "Just a moment..."),
    ("403-challenge-all", 403, Edge, HTML, "cf-mitigated: challenge", "Just a moment..."),
    ("401-organisation", 200, Service, STREAM, "", ""),
    ("403-block", 403, Edge, HTML, "", "Attention Required! | Cloudflare"),
    ("403-region", 403, Service, JSON, "", "unsupported_country_region_territory"),
    ("403-json", 403, Service, JSON, "", r#"{"detail":"Forbidden"}"#),
    ("stream-cut", 200, Service, STREAM, "", ""),
    ("reset", 200, Service, STREAM, "", ""),
    ("dns", 200, Service, STREAM, "", ""),
    ("refused", 200, Service, STREAM, "", ""),
    ("tls", 200, Service, STREAM, "", ""),
    ("proxy", 200, Service, STREAM, "", ""),
    ("offline", 200, Service, STREAM, "", ""),
    ("blocked", 200, Service, STREAM, "", ""),
    ("captive-portal", 302, Portal, "text/plain; charset=utf-8", "server: nginx", ""),
    ("404-conversation", 404, Service, JSON, "", "conversation_not_found"),
    ("404-model", 404, Service, JSON, "", "model_not_found"),
    ("413", 413, Service, JSON, "", "message_length_exceeds_limit"),
    ("400-json", 400, Service, JSON, "", "invalid_request"),
    ("422", 422, Service, JSON, "", r#""loc":["body","messages"]"#),
    ("431", 431, Edge, "text/html", "", "Request Header Or Cookie Too Large"),
    ("400-cookies", 400, Edge, "text/html", "", "Request Header Or Cookie Too Large"),
    ("stale-assets", 200, Service, STREAM, "", ""),
    ("storage-full", 200, Service, STREAM, "", ""),
    ("clock", 403, Service, JSON, "", "Unusual activity has been detected"),
];

/// The faults in which the chat does not answer at all.
const SILENT: [&str; 2] = ["empty", "h2-error"];

/// Where something else than the chat does not answer well: fault, host, path, status.
const ELSEWHERE: &[(&str, &str, &str, u16)] = &[
    ("500-api", "api.openai.com", "/v1/models", 500),
    ("503-api-first-N", "api.openai.com", "/v1/models", 503),
    ("429-api-first-N", "api.openai.com", "/v1/models", 429),
    ("503-overload", "api.openai.com", "/v1/models", 503),
    ("503-overload", "auth.openai.com", "/oauth/token", 503),
    ("429-conversation", "chatgpt.com", "/backend-api/conversations?offset=0", 429),
    ("429-conversation", "chatgpt.com", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001", 429),
    ("429-quota", "api.openai.com", "/v1/models", 429),
    ("429-rate", "api.openai.com", "/v1/models", 429),
    ("401-revoked", "chatgpt.com", "/backend-api/me", 401),
    ("401-revoked", "auth.openai.com", "/oauth/token", 401),
    ("session-corrupt", "chatgpt.com", "/backend-api/me", 401),
    ("401-key", "api.openai.com", "/v1/models", 401),
    ("401-organisation", "api.openai.com", "/v1/models", 401),
    ("502-service", "chatgpt.com", "/backend-api/me", 502),
    ("502-service", "chatgpt.com", "/backend-api/models", 502),
    ("502-service", "chatgpt.com", "/backend-api/conversations?offset=0", 502),
    ("502-service", "chatgpt.com", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001", 502),
    ("403-block", "chatgpt.com", "/backend-api/me", 403),
    ("403-block", "chatgpt.com", "/backend-api/models", 403),
    ("403-block", "chatgpt.com", "/backend-api/conversations?offset=0", 403),
    ("403-block", "chatgpt.com", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001", 403),
    ("403-block", "auth.openai.com", "/oauth/token", 403),
    ("403-block", "auth.openai.com", "/log-in", 403),
    ("403-region", "api.openai.com", "/v1/models", 403),
    ("404-conversation", "chatgpt.com", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001", 404),
    ("404-model", "api.openai.com", "/v1/models", 404),
];

/// What answers well unless [`ELSEWHERE`] says otherwise.
const OTHERS: [(&str, &str); 8] = [
    ("chatgpt.com", "/"),
    ("chatgpt.com", "/backend-api/me"),
    ("chatgpt.com", "/backend-api/models"),
    ("chatgpt.com", "/backend-api/conversations?offset=0"),
    ("chatgpt.com", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001"),
    ("api.openai.com", "/v1/models"),
    ("auth.openai.com", "/oauth/token"),
    ("auth.openai.com", "/log-in"),
];

const KEY: [(&str, &str); 1] = [("authorization", "Bearer x")];

/// A row's name with a number in it, so that its first message fails.
fn named(name: &str) -> String {
    name.replace('T', "60").replace('N', "1")
}

#[test]
fn the_table_is_complete() {
    let sorted = |names: &mut dyn Iterator<Item = &'static str>| {
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        names
    };
    let all = sorted(&mut FAULTS.iter().map(|fault| fault.name));
    let planted = || PLANTED.split_whitespace();
    let listed = FAULTS_WITH_A_VERDICT.split_whitespace().chain(FURTHER_FAULTS.split_whitespace()).chain(planted());
    assert_eq!(all, sorted(&mut listed.into_iter()));
    let expected = ROWS.iter().map(|row| row.0).chain(SILENT).chain(planted());
    assert_eq!(all, sorted(&mut expected.into_iter()), "each has its expectation");
}

#[tokio::test]
async fn each_row_answers_the_chat_as_it_says() {
    let heavy = "x".repeat(9000);
    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        for &(name, status, by, kind, decides, words) in ROWS {
            pair.lab.set_fault(&named(name)).unwrap();
            let cookies = [("cookie", heavy.as_str())];
            let got = pair.begin("POST", "chatgpt.com", CHAT, QUESTION, &cookies).await.unwrap();
            assert_eq!(got.status(), status, "{name} {http:?}");
            let header = |name: &str| got.headers().get(name).map_or("", |value| value.to_str().unwrap());
            assert_eq!(header("content-type"), kind, "{name}");
            assert_eq!(header("x-oai-request-id").len(), if by == Service { 36 } else { 0 }, "{name}");
            assert_eq!(header("server"), if by == Portal { "nginx" } else { "cloudflare" }, "{name}");
            assert!(!header("date").is_empty());
            if by == Portal {
                assert_eq!(header("cf-ray"), "");
            } else {
                let (ray, pop) = header("cf-ray").split_once('-').unwrap();
                assert_eq!((ray.len(), pop.len()), (16, 3));
            }
            match decides.split_once(": ") {
                Some((name, value)) => assert_eq!(header(name), value),
                None => assert_eq!((header("retry-after"), header("cf-mitigated")), ("", ""), "{name}"),
            }
            if status != 200 {
                let body = got.into_body().collect().await.unwrap().to_bytes();
                assert!(String::from_utf8_lossy(&body).contains(words), "{name}: {body:?}");
            }
        }
        for name in SILENT {
            pair.lab.set_fault(name).unwrap();
            assert!(pair.begin("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.is_err(), "{name}");
        }
    }
}

#[tokio::test]
async fn nothing_else_is_broken_than_the_row_says() {
    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        let alone = |name: &str| name != "captive-portal" && !PLANTED.contains(name);
        for fault in FAULTS.iter().filter(|fault| alone(fault.name)) {
            pair.lab.set_fault(&named(fault.name)).unwrap();
            for (host, path) in OTHERS {
                let broken = ELSEWHERE.iter().find(|row| (row.0, row.1, row.2) == (fault.name, host, path));
                let method = if path == "/oauth/token" { "POST" } else { "GET" };
                let got = pair.ask(method, host, path, "", &KEY).await.unwrap();
                assert_eq!(got.status, broken.map_or(200, |row| row.3), "{} {host}{path} {http:?}", fault.name);
            }
        }
    }
}

#[tokio::test]
async fn what_lies_outside_is_well_here_and_says_what_it_needs() {
    let needs = |name: &str| FAULTS.iter().find(|fault| fault.name == name).unwrap().needs;
    assert_eq!(needs("dns"), Needs::HostRule("chatgpt.com"));
    assert_eq!(needs("refused"), Needs::DeadPort("chatgpt.com"));
    assert_eq!(needs("tls"), Needs::BadCertificate("chatgpt.com"));
    assert_eq!(needs("proxy"), Needs::Proxy);
    assert_eq!(needs("offline"), Needs::Offline);
    assert!(matches!(needs("blocked"), Needs::Blocker(url) if url.ends_with(CHAT)));
    assert_eq!(needs("captive-portal"), Needs::Portal);
    assert_eq!(FAULTS.iter().filter(|fault| fault.needs != Needs::Nothing).count(), 7);

    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        let refused = TcpStream::connect(("127.0.0.1", pair.lab.dead_port())).await.unwrap_err();
        assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
        let shown = client::handshake(pair.lab.https_port(), "chatgpt.com", http, true).await.unwrap();
        let expired = client::handshake(pair.lab.tls_port(), "chatgpt.com", http, false).await.unwrap();
        assert_ne!(shown, expired);
        // A client that takes any certificate, and still looks at the signature, as browsers do.
        assert!(client::handshake(pair.lab.handshake_port(), "chatgpt.com", http, true).await.is_err());
        assert_eq!(pair.lab.fingerprint().len(), 44);
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
async fn a_bad_turn_ends_cleanly() {
    for http in BOTH {
        let pair = Pair::new(http, "stream-error").await;
        let got = pair.chat().await;
        assert!(got.whole && got.body.contains("event: error\ndata: {\"error\":{"), "{}", got.body);
        for fault in ["stream-no-end", "ws-dies"] {
            pair.lab.set_fault(fault).unwrap();
            let got = pair.chat().await;
            assert!(got.whole && !got.body.contains("message_stream_complete"), "{fault}");
            assert_eq!(got.body.contains(r#""type":"stream_handoff""#), fault == "ws-dies");
            assert_eq!(got.body.contains("[DONE]"), fault == "ws-dies");
        }
    }
}

#[tokio::test]
async fn a_socket_opens_and_dies() {
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
        let got = pair.begin("GET", "ws.chatgpt.com", "/p7/ws/user/user-lab", "", &handshake).await.unwrap();
        assert_eq!(got.status(), 101);
        assert_eq!(got.headers()["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        pair.lab.set_fault("well").unwrap();
        assert_eq!(pair.get("ws.chatgpt.com", "/").await.status, 426);
    }
}

#[tokio::test]
async fn a_reset_comes_after_the_headers() {
    for http in BOTH {
        let pair = Pair::new(http, "reset").await;
        let got = pair.chat().await;
        assert_eq!((got.status, got.whole), (200, false));
        assert!(got.body.contains("Half"));
        assert!(got.broke.contains("ConnectionReset"), "{}", got.broke);
    }
}

#[tokio::test]
async fn a_stall_says_nothing() {
    for http in BOTH {
        let pair = Pair::new(http, "stall").await;
        let mut response = pair.begin("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap();
        let frame = tokio::time::timeout(Duration::from_millis(300), response.body_mut().frame()).await;
        assert!(frame.is_err());
    }
}

#[tokio::test]
async fn one_message_at_a_time() {
    for http in BOTH {
        let pair = Pair::new(http, "429-one").await;
        let first = pair.begin("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap();
        assert_eq!(first.status(), 200);
        let second = pair.chat().await;
        assert_eq!((second.status, second.header("retry-after")), (429, ""));
        assert!(second.body.contains("Only one message at a time"));
        pair.ask("POST", "chatgpt.com", "/backend-api/stop_conversation", "{}", &[]).await.unwrap();
        let third = pair.begin("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap();
        assert_eq!(third.status(), 200);
    }
}

#[tokio::test]
async fn each_nth_message_fails() {
    let pair = Pair::new(Http::One, "500-every-3").await;
    for status in [200, 200, 500, 200, 200, 500] {
        assert_eq!(pair.begin("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn cookies_are_too_large_until_they_are_gone() {
    for http in BOTH {
        for (fault, status) in [("431", 431), ("400-cookies", 400)] {
            let pair = Pair::new(http, fault).await;
            let page = pair.get("chatgpt.com", "/").await;
            let cookies: Vec<_> = page.headers.get_all("set-cookie").iter().map(|one| one.to_str().unwrap()).collect();
            let pairs: Vec<_> = cookies.iter().filter_map(|cookie| cookie.split(';').next()).collect();
            assert!(pairs.iter().all(|pair| pair.len() < 4096));
            let all = pairs.join("; ");
            let got = pair.ask("POST", "chatgpt.com", CHAT, QUESTION, &[("cookie", &all)]).await.unwrap();
            assert_eq!(got.status, status);
            assert!(pair.chat().await.whole);
            let again = pair.get("chatgpt.com", "/").await;
            assert_eq!(again.headers.get_all("set-cookie").iter().count(), 2);
        }
    }
}

#[tokio::test]
async fn a_script_from_before_the_deploy_imports_what_is_gone() {
    for http in BOTH {
        let pair = Pair::new(http, "stale-assets").await;
        let chunk = |script: &str| {
            let from = script.find("/cdn/assets/").unwrap();
            script[from..].split('"').next().unwrap().to_owned()
        };
        let old = pair.get("cdn.oaistatic.com", "/assets/root.js").await;
        assert!(old.header("cache-control").contains("immutable"));
        let gone = pair.get("chatgpt.com", &chunk(&old.body)).await;
        assert_eq!((gone.status, gone.header("content-type"), gone.header("x-oai-request-id")), (404, HTML, ""));
        let new = pair.get("cdn.oaistatic.com", "/assets/root.js").await;
        assert_eq!(new.header("cache-control"), "no-cache");
        let there = pair.get("chatgpt.com", &chunk(&new.body)).await;
        assert_eq!((there.status, there.header("content-type")), (200, "text/javascript; charset=utf-8"));
        assert!(there.body.contains("export function blocks"));
    }
}

#[tokio::test]
async fn the_conversations_fill_the_storage_once() {
    for http in BOTH {
        let pair = Pair::new(http, "storage-full").await;
        let first = pair.get("chatgpt.com", "/backend-api/conversations?offset=0").await;
        assert!(first.body.len() > 6_000_000);
        assert!(pair.get("chatgpt.com", "/backend-api/conversations?offset=0").await.body.len() < 10_000);
    }
}

#[tokio::test]
async fn the_clock_is_two_days_ahead() {
    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        for (host, path) in [("chatgpt.com", "/"), ("chatgpt.com", "/cdn-cgi/trace"), ("status.openai.com", "/")] {
            let date = |got: client::Got| {
                OffsetDateTime::parse(&got.header("date").replace("GMT", "+0000"), &Rfc2822).unwrap()
            };
            pair.lab.set_fault("well").unwrap();
            let now = date(pair.get(host, path).await);
            pair.lab.set_fault("clock").unwrap();
            let got = pair.get(host, path).await;
            assert!(got.header("date").ends_with(" GMT"));
            assert_eq!(got.headers.get_all("date").iter().count(), 1);
            let ahead = date(got) - now;
            assert!((ahead.whole_minutes() - 2 * 24 * 60).abs() <= 1, "{ahead}");
        }
    }
}

#[tokio::test]
async fn the_portal_stands_before_everything() {
    for http in BOTH {
        let pair = Pair::new(http, "captive-portal").await;
        for host in ["chatgpt.com", "cdn.oaistatic.com", "status.openai.com", "example.org"] {
            let got = pair.get(host, "/").await;
            assert_eq!(got.status, 302);
            assert_eq!(got.header("location"), format!("https://login.hotel-wifi.example/?to=https://{host}/"));
        }
        let login = pair.get("login.hotel-wifi.example", "/").await;
        assert_eq!((login.status, login.header("content-type")), (200, "text/html; charset=utf-8"));
        assert_eq!((login.header("cf-ray"), login.header("x-oai-request-id")), ("", ""));
        let plain = "GET / HTTP/1.1\r\nhost: neverssl.com\r\nconnection: close\r\n\r\n";
        let port = pair.lab.https_port();
        assert!(
            client::plain(port, plain).await.contains("location: https://login.hotel-wifi.example/?to=http://neverssl")
        );
        pair.lab.set_fault("well").unwrap();
        assert!(client::plain(port, plain).await.starts_with("HTTP/1.1 301"));
    }
}

#[tokio::test]
async fn the_api_is_there_without_tls_and_heals_after_its_calls() {
    let pair = Pair::new(Http::Both, "503-api-first-2").await;
    let ask = "GET /v1/models HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer x\r\nconnection: close\r\n\r\n";
    for status in [503, 503, 200, 200] {
        let answer = client::plain(pair.lab.https_port(), ask).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
}

#[tokio::test]
async fn the_trace_tells_of_the_country() {
    let pair = Pair::new(Http::Both, "403-region").await;
    assert!(pair.get("chatgpt.com", "/cdn-cgi/trace").await.body.contains("\nloc=HK\n"));
}

#[tokio::test]
async fn the_api_and_the_sign_in_answer() {
    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        let models = pair.ask("GET", "api.openai.com", "/v1/models", "", &KEY).await.unwrap();
        assert_eq!(models.json()["data"][0]["id"], "gpt-5");
        assert!(models.header("x-request-id").starts_with("req_") && models.header("x-request-id").len() == 36);
        for (path, object) in [("/v1/chat/completions", "chat.completion"), ("/v1/responses", "response")] {
            let got = pair.ask("POST", "api.openai.com", path, "{}", &KEY).await.unwrap();
            assert_eq!((got.status, got.json()["object"].as_str()), (200, Some(object)));
        }
        assert_eq!(pair.get("api.openai.com", "/v1/models").await.status, 401);
        assert_eq!(pair.ask("GET", "api.openai.com", "/v1/no-such", "", &KEY).await.unwrap().status, 404);
        let token = pair.ask("POST", "auth.openai.com", "/oauth/token", "{}", &[]).await.unwrap();
        assert_eq!(token.json()["token_type"], "Bearer");
        for (fault, code) in [("429-quota", "insufficient_quota"), ("401-key", "invalid_api_key")] {
            pair.lab.set_fault(fault).unwrap();
            let got = pair.ask("POST", "api.openai.com", "/v1/chat/completions", "{}", &KEY).await.unwrap();
            assert_eq!(got.json()["error"]["code"], code);
            assert!(got.header("x-request-id").starts_with("req_"));
        }
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
async fn the_page_and_the_edge_carry_no_request_id() {
    for http in BOTH {
        let pair = Pair::new(http, "500").await;
        let page = pair.get("chatgpt.com", "/").await;
        assert_eq!(page.headers.get_all("set-cookie").iter().count(), 2);
        let trace = pair.get("chatgpt.com", "/cdn-cgi/trace").await;
        assert!(trace.body.contains("\ncolo=FRA\n") && trace.body.contains("\nloc=DE\n"));
        let script = pair.get("cdn.oaistatic.com", "/assets/root.js").await;
        for got in [page, trace, script] {
            assert_eq!((got.status, got.header("x-oai-request-id")), (200, ""));
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
    let request = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
    client::plain(pair.lab.control_port(), &request).await
}
