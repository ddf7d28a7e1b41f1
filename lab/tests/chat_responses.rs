//! The chat's response in each fault, over HTTP/1.1 and HTTP/2.

#![expect(clippy::unwrap_used, reason = "clippy allows it in test functions, not in their helpers")]

mod client;

use client::{BOTH, CHAT, CLIENT_FAULTS, Pair, QUESTION, numbered};
use http_body_util::BodyExt;
use mend_lab::FAULTS;

/// Faults that Mend has a verdict for.
const DIAGNOSED_FAULTS: &str = "
    500 500-until-reload 500-for-T 500-incident 502-edge 502-envoy 520 521 522 523 503-overload 503-circuit
    503-maintenance 504 524 stall 429-plan 429-many 429-one 429-conversation 429-incident 404-incident 401-expired
    401-revoked session-corrupt 403-challenge 403-block 403-region 403-json 404-conversation 413 400-json 422 431
    400-cookies stream-error stream-no-end ws-dies stream-cut reset empty h2-error dns refused tls proxy offline
    captive-portal blocked stale-assets storage-full clock well slow stop navigate noise-blocked";
/// Further faults of the lab.
const OTHER_FAULTS: &str = "
    500-every-N 500-incident-identified 500-incident-monitoring 500-status-unreadable 500-status-unreachable 500-api
    404-model 429-quota 429-rate 429-one-elsewhere 401-key quotes
    400-many 403-unusual cap-smaller-model check-blocked too-many-dialog stream-error-string stream-error-in-delta
    stream-error-event stream-failed stream-empty too-large resume-404 resume-410 reconnects steer-500 upload-blocked
    upload-500 upload-500-incident-files 500-incident-recovered 500-incident-voice 500-incident-work 500-incident-login
    502-service 403-challenge-all 401-organisation 503-api-first-N 429-api-first-N slow-api-first-N";

/// Whose headers a response has.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Responder {
    Service,
    Edge,
    Portal,
}
use Responder::*;

const STREAM: &str = "text/event-stream; charset=utf-8";
const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=UTF-8";

/// The chat's response in each fault: status, responder, content type, a significant header, a part of the body.
const ROWS: &[(&str, u16, Responder, &str, &str, &str)] = &[
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

/// Faults in which the chat sends no response.
const NO_RESPONSE: [&str; 2] = ["empty", "h2-error"];

#[test]
fn every_fault_has_an_expected_chat_response() {
    let sorted = |names: &mut dyn Iterator<Item = &'static str>| {
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        names
    };
    let all = sorted(&mut FAULTS.iter().map(|fault| fault.name));
    let planted = || CLIENT_FAULTS.split_whitespace();
    let listed = DIAGNOSED_FAULTS.split_whitespace().chain(OTHER_FAULTS.split_whitespace()).chain(planted());
    assert_eq!(all, sorted(&mut listed.into_iter()));
    let expected = ROWS.iter().map(|row| row.0).chain(NO_RESPONSE).chain(planted());
    assert_eq!(all, sorted(&mut expected.into_iter()), "each has its expectation");
}

#[tokio::test]
async fn the_chat_responds_as_the_table_of_faults_says() {
    let heavy = "x".repeat(9000);
    for http in BOTH {
        let pair = Pair::new(http, "well").await;
        for &(name, status, by, kind, decides, words) in ROWS {
            pair.lab.set_fault(&numbered(name)).unwrap();
            let cookies = [("cookie", heavy.as_str())];
            let got = pair.send_request("POST", "chatgpt.com", CHAT, QUESTION, &cookies).await.unwrap();
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
        for name in NO_RESPONSE {
            pair.lab.set_fault(name).unwrap();
            assert!(pair.send_request("POST", "chatgpt.com", CHAT, QUESTION, &[]).await.is_err(), "{name}");
        }
    }
}
