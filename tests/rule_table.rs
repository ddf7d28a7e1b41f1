//! The contract's table "Faults and verdicts", as far as the core sees it: what the browser tells of each fault, without a
//! body, and in a language that no phrase decoder knows.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    reason = "a test may fail loudly; other scripts use the rest"
)]

mod scenario;

use mend::core::{
    Effect,
    event::PageSignal,
    headers::Headers,
    names::{Blame, Cause},
    stream_end::StreamEnd,
};
use scenario::{Scenario, incident};

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";
const SESSION: &str = "https://chatgpt.com/api/auth/session";
const HISTORY: &str = "https://chatgpt.com/backend-api/conversations";
const ME: &str = "https://chatgpt.com/backend-api/me";
const ASSET: &str = "https://chatgpt.com/cdn/assets/chunk-4f2a.js";

/// The edge's own answer: HTML, no request id.
fn edge(headers: &mut Headers) {
    headers.x_request_id = None;
    headers.content_type = Some("text/html; charset=UTF-8".into());
    headers.server = Some("cloudflare".into());
}

/// The answer of something on the way: neither the edge's nor the service's.
fn between(headers: &mut Headers) {
    headers.cf_ray = None;
    headers.x_request_id = None;
    headers.content_type = Some("text/html".into());
    headers.server = Some("squid/5.7".into());
}

/// A page that was loaded well, with somebody signed in.
fn loaded(scenario: &mut Scenario) -> &mut Scenario {
    scenario.hello().answer_with(SESSION, 200, |headers| headers.content_length = Some("911".into())).wait(5)
}

/// The failure, the page's error in Japanese, and a green status page.
fn fails(scenario: &mut Scenario, status: u16, more: impl Fn(&mut Headers)) {
    scenario.answer_with(MESSAGE, status, more).wait(1).banner("問題が発生しました。").status_page(Some(vec![]));
}

fn breaks(scenario: &mut Scenario, error: &str) {
    scenario.broken(MESSAGE, error).wait(1).banner("ネットワークエラーが発生しました。").status_page(Some(vec![]));
}

/// Name, what happens, whose side, what exactly, and how sure at most.
type Row = (&'static str, fn(&mut Scenario), Blame, Cause, f64);

const ROWS: &[Row] = &[
    ("500", |s| fails(s, 500, |_| {}), Blame::Them, Cause::ServerError, 1.0),
    ("502-edge", |s| fails(s, 502, edge), Blame::Them, Cause::BadGateway, 1.0),
    ("520", |s| fails(s, 520, edge), Blame::Them, Cause::BadGateway, 1.0),
    ("523", |s| fails(s, 523, edge), Blame::Them, Cause::BadGateway, 1.0),
    ("503-overload", |s| fails(s, 503, |_| {}), Blame::Them, Cause::Overload, 1.0),
    ("504", |s| fails(s, 504, edge), Blame::Them, Cause::GatewayTimeout, 1.0),
    ("524", |s| fails(s, 524, edge), Blame::Them, Cause::GatewayTimeout, 1.0),
    ("stall", |s| breaks(s, "net::ERR_ABORTED"), Blame::Them, Cause::GatewayTimeout, 0.7),
    ("stall, Firefox", |s| breaks(s, "NS_BINDING_ABORTED"), Blame::Them, Cause::GatewayTimeout, 0.7),
    (
        "429-plan",
        |s| fails(s, 429, |headers| headers.retry_after = Some("10800".into())),
        Blame::Limit,
        Cause::PlanWindow,
        1.0,
    ),
    (
        "429-many",
        |s| fails(s, 429, |headers| headers.retry_after = Some("60".into())),
        Blame::Limit,
        Cause::TooManyRequests,
        1.0,
    ),
    ("429-one", one_at_a_time, Blame::Limit, Cause::OneAtATime, 1.0),
    (
        "429-conversation",
        |s| {
            s.answer(HISTORY, 429).wait(1).banner("リクエストが多すぎます").status_page(Some(vec![]));
        },
        Blame::Limit,
        Cause::ConversationAccess,
        1.0,
    ),
    ("429-incident", |s| during_incident(s, 429), Blame::Them, Cause::Outage, 1.0),
    ("404-incident", |s| during_incident(s, 404), Blame::Them, Cause::Outage, 1.0),
    ("500-incident", |s| during_incident(s, 500), Blame::Them, Cause::Outage, 1.0),
    (
        "401-expired",
        |s| {
            s.answer_with(SESSION, 200, |headers| headers.content_length = Some("2".into()));
            fails(s, 401, |_| {});
        },
        Blame::Session,
        Cause::Expired,
        1.0,
    ),
    ("401-revoked", |s| fails(s, 401, |_| {}), Blame::Session, Cause::Revoked, 1.0),
    (
        "401-revoked, in English",
        |s| {
            s.answer(ME, 401).wait(30).answer(MESSAGE, 401).wait(1);
            s.banner("Your session has expired. Please log in again to continue using the app.");
            s.status_page(Some(vec![]));
        },
        Blame::Session,
        Cause::Revoked,
        1.0,
    ),
    (
        "session-corrupt",
        |s| {
            s.answer_with(SESSION, 200, |headers| headers.content_length = Some("2".into())).answer(ME, 401);
            fails(s.wait(30), 401, |_| {});
        },
        Blame::Session,
        Cause::SignedOut,
        1.0,
    ),
    (
        "session-corrupt, in English",
        |s| {
            s.answer_with(SESSION, 200, |headers| headers.content_length = Some("2".into())).answer(ME, 401);
            s.wait(30).answer(MESSAGE, 401).wait(1);
            s.banner("Your session has expired. Please log in again to continue using the app.");
            s.status_page(Some(vec![]));
        },
        Blame::Session,
        Cause::SignedOut,
        1.0,
    ),
    (
        "403-challenge",
        |s| {
            fails(s, 403, |headers| {
                edge(headers);
                headers.cf_mitigated = Some("challenge".into());
            });
        },
        Blame::Network,
        Cause::EdgeChallenge,
        1.0,
    ),
    ("403-block", |s| fails(s, 403, edge), Blame::Network, Cause::AddressBlocked, 1.0),
    ("403-json", |s| fails(s, 403, |_| {}), Blame::Unknown, Cause::Unknown, 0.6),
    (
        "404-conversation",
        |s| {
            s.answer("https://chatgpt.com/backend-api/conversation/6710aa21-8f0c", 404).status_page(Some(vec![]));
        },
        Blame::Request,
        Cause::NotFound,
        1.0,
    ),
    ("413", |s| fails(s, 413, |_| {}), Blame::Request, Cause::TooLong, 1.0),
    ("400-json", |s| fails(s, 400, |_| {}), Blame::Request, Cause::Invalid, 1.0),
    ("422", |s| fails(s, 422, |_| {}), Blame::Request, Cause::Invalid, 1.0),
    ("431", |s| fails(s, 431, edge), Blame::Browser, Cause::CookiesTooLarge, 1.0),
    ("400-cookies", |s| fails(s, 400, edge), Blame::Browser, Cause::CookiesTooLarge, 0.6),
    (
        "stream-error",
        |s| {
            s.answer(MESSAGE, 200).wait(1).banner("エラー").status_page(Some(vec![]));
        },
        Blame::Them,
        Cause::ServerError,
        0.6,
    ),
    ("stream-cut", |s| breaks(s, "net::ERR_INCOMPLETE_CHUNKED_ENCODING"), Blame::Network, Cause::Connection, 0.7),
    ("reset", |s| breaks(s, "NS_ERROR_NET_RESET"), Blame::Network, Cause::Connection, 0.7),
    ("empty", |s| breaks(s, "net::ERR_EMPTY_RESPONSE"), Blame::Network, Cause::Connection, 0.7),
    ("h2-error", |s| breaks(s, "net::ERR_HTTP2_SERVER_REFUSED_STREAM"), Blame::Network, Cause::Connection, 0.7),
    ("h2-error, Firefox", |s| breaks(s, "NS_ERROR_ABORT"), Blame::Network, Cause::Connection, 0.7),
    ("dns", |s| breaks(s, "net::ERR_NAME_NOT_RESOLVED"), Blame::Network, Cause::Dns, 1.0),
    ("refused", |s| breaks(s, "NS_ERROR_CONNECTION_REFUSED"), Blame::Network, Cause::Connection, 1.0),
    ("tls", |s| breaks(s, "net::ERR_CERT_DATE_INVALID"), Blame::Network, Cause::Tls, 1.0),
    ("tls, Firefox", |s| breaks(s, "証明書の有効期限が切れています。 (期限切れ)"), Blame::Network, Cause::Tls, 1.0),
    ("proxy", |s| breaks(s, "NS_ERROR_PROXY_CONNECTION_REFUSED"), Blame::Network, Cause::ProxyOrVpn, 1.0),
    ("offline", |s| breaks(s, "net::ERR_INTERNET_DISCONNECTED"), Blame::Network, Cause::Offline, 1.0),
    ("blocked", |s| breaks(s, "net::ERR_BLOCKED_BY_CLIENT"), Blame::Extension, Cause::BlockedRequest, 1.0),
    (
        "blocked, Firefox",
        |s| {
            s.broken(MESSAGE, "NS_ERROR_ABORT");
            s.saw(PageSignal::Timing { url: MESSAGE.into(), status: 0, protocol: String::new() });
            s.wait(1).banner("エラー").status_page(Some(vec![]));
        },
        Blame::Extension,
        Cause::BlockedRequest,
        1.0,
    ),
    (
        "blocked, Firefox, the page tells first",
        |s| {
            s.saw(PageSignal::Timing { url: MESSAGE.into(), status: 0, protocol: String::new() });
            s.broken(MESSAGE, "NS_ERROR_ABORT");
            s.wait(1).banner("エラー").status_page(Some(vec![]));
        },
        Blame::Extension,
        Cause::BlockedRequest,
        1.0,
    ),
    (
        "blocked, Firefox, the page's timing comes last",
        |s| {
            s.broken(MESSAGE, "NS_ERROR_ABORT");
            s.wait(1).banner("エラー").status_page(Some(vec![]));
            s.saw(PageSignal::Timing { url: MESSAGE.into(), status: 0, protocol: String::new() });
        },
        Blame::Extension,
        Cause::BlockedRequest,
        1.0,
    ),
    (
        "stale-assets",
        |s| {
            s.saw(PageSignal::Timing { url: ASSET.into(), status: 404, protocol: "h2".into() });
            s.wait(1).banner("読み込めませんでした").status_page(Some(vec![]));
        },
        Blame::Browser,
        Cause::StaleAssets,
        1.0,
    ),
    ("511", |s| fails(s, 511, between), Blame::Network, Cause::CaptivePortal, 1.0),
    ("502 of a proxy", |s| fails(s, 502, between), Blame::Network, Cause::ProxyOrVpn, 1.0),
    ("407", |s| fails(s, 407, between), Blame::Network, Cause::ProxyOrVpn, 1.0),
    ("redirect loop", |s| breaks(s, "net::ERR_TOO_MANY_REDIRECTS"), Blame::Browser, Cause::SiteData, 1.0),
    ("disk full", |s| breaks(s, "net::ERR_FILE_NO_SPACE"), Blame::Browser, Cause::Storage, 1.0),
    (
        "storage-full",
        |s| {
            s.banner("読み込めませんでした")
                .saw(PageSignal::Room { local: 5_100_000, used: 1 })
                .status_page(Some(vec![]));
        },
        Blame::Browser,
        Cause::Storage,
        1.0,
    ),
    (
        "captive-portal over TLS",
        |s| {
            s.broken(MESSAGE, "net::ERR_CERT_AUTHORITY_INVALID").wait(1).banner("エラー").status_page(None);
        },
        Blame::Network,
        Cause::CaptivePortal,
        1.0,
    ),
    (
        "captive-portal",
        |s| {
            s.redirected(MESSAGE, "https://login.hotel-wifi.example/");
            s.wait(1).banner("ネットワークエラーが発生しました。").status_page(None);
        },
        Blame::Network,
        Cause::CaptivePortal,
        1.0,
    ),
    (
        "clock",
        |s| fails(s, 401, |headers| headers.date = Some("Thu, 01 Jan 2026 00:00:00 GMT".into())),
        Blame::Browser,
        Cause::Clock,
        1.0,
    ),
];

fn during_incident(scenario: &mut Scenario, status: u16) {
    let began = scenario.now - 900_000;
    scenario.answer(MESSAGE, status).wait(1).banner("エラー").status_page(Some(vec![incident(began)]));
}

/// Two tabs at once: the other one tells with its count that an answer is running there.
fn one_at_a_time(scenario: &mut Scenario) {
    use mend::core::{Event, event::PageReport};
    let elsewhere =
        |key: &str, at, saw| Event::PageReport(PageReport { tab: 8, private: Some(false), key: key.into(), at, saw });
    scenario.happen(elsewhere("there", scenario.now, PageSignal::Hello));
    fails(scenario, 429, |_| {});
    scenario.happen(elsewhere("busy", scenario.now, PageSignal::Count { answers: 1, busy: true, noise: false }));
}

#[test]
fn every_row_gets_its_verdict() {
    let mut wrong = Vec::new();
    for (name, happens, blame, cause, most) in ROWS {
        let mut scenario = Scenario::new();
        happens(loaded(&mut scenario));
        let verdict = scenario.popup().verdict;
        let right = (verdict.blame, verdict.cause) == (*blame, *cause) && verdict.confidence <= *most;
        if !right {
            let found = format!("{:?} {:?} {:.2}", verdict.blame, verdict.cause, verdict.confidence);
            wrong.push(format!("{name}: {found}, not {blame:?} {cause:?} of at most {most:.2}"));
        }
        // Two of them fail twice: as the page is loaded, and with the message.
        let twice = name.starts_with("session-corrupt") || *name == "401-revoked, in English";
        assert_eq!(scenario.count(), 1 + u32::from(twice), "{name}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What a deep inspection adds, for the rows that are open without it.
const CLOSER: &[Row] = &[
    (
        "403-region",
        |s| told_body(s, 403, r#"{"error":{"code":"unsupported_country_region_territory"}}"#),
        Blame::Network,
        Cause::RegionBlocked,
        1.0,
    ),
    (
        "400-cookies",
        |s| told_body(s, 400, "<center>Request Header Or Cookie Too Large</center><hr><center>cloudflare</center>"),
        Blame::Browser,
        Cause::CookiesTooLarge,
        1.0,
    ),
    (
        "stream-error",
        |s| told_stream(s, StreamEnd::Error, r#"{"error":{"code":"server_error"}}"#),
        Blame::Them,
        Cause::ServerError,
        1.0,
    ),
    ("stream-no-end", |s| told_stream(s, StreamEnd::Open, ""), Blame::Them, Cause::ServerError, 1.0),
    ("ws-dies", |s| told_stream(s, StreamEnd::Handoff, ""), Blame::Them, Cause::ServerError, 1.0),
    (
        "limit in a stream",
        |s| told_stream(s, StreamEnd::Error, r#"{"error":{"type":"usage_limit_reached","resets_in_seconds":7200}}"#),
        Blame::Limit,
        Cause::PlanWindow,
        1.0,
    ),
    (
        "an extension's error",
        |s| {
            s.saw(PageSignal::Thrown { by: String::new() }).banner("読み込めませんでした").status_page(Some(vec![]));
        },
        Blame::Extension,
        Cause::Conflict,
        1.0,
    ),
    (
        "an extension breaks the page's own fetch, and the page calls that a network error",
        |s| {
            s.saw(PageSignal::Thrown { by: String::new() }).banner("Network error").status_page(Some(vec![]));
        },
        Blame::Extension,
        Cause::Conflict,
        1.0,
    ),
];

fn told_body(scenario: &mut Scenario, status: u16, text: &str) {
    scenario.answer_with(MESSAGE, status, edge);
    scenario.saw(PageSignal::Body { url: MESSAGE.into(), status, text: text.into() });
    scenario.wait(1).banner("エラー").status_page(Some(vec![]));
}

fn told_stream(scenario: &mut Scenario, end: StreamEnd, text: &str) {
    scenario.answer(MESSAGE, 200).saw(PageSignal::Stream { url: MESSAGE.into(), end, text: text.into() });
    scenario.wait(1).banner("エラー").status_page(Some(vec![]));
}

#[test]
fn a_closer_look_makes_open_rows_right() {
    for (name, happens, blame, cause, _) in CLOSER {
        let mut scenario = Scenario::new();
        loaded(&mut scenario).deep_inspection(true);
        happens(&mut scenario);
        let verdict = scenario.popup().verdict;
        assert_eq!((verdict.blame, verdict.cause), (*blame, *cause), "{name}: {:.2}", verdict.confidence);
        assert!(verdict.confidence >= 0.6, "{name}: {:.2}", verdict.confidence);
        assert_eq!(scenario.count(), 1, "{name}");
    }
}

#[test]
fn a_closer_look_is_not_taken_where_nobody_asked_for_it() {
    let mut scenario = Scenario::new();
    loaded(&mut scenario).saw(PageSignal::Stream { url: MESSAGE.into(), end: StreamEnd::Error, text: String::new() });
    scenario.saw(PageSignal::Thrown { by: String::new() }).saw(PageSignal::Body {
        url: MESSAGE.into(),
        status: 500,
        text: String::new(),
    });
    assert_eq!(scenario.count(), 0);
    assert_eq!(scenario.popup().verdict.blame, Blame::Benign);
}

#[test]
fn a_page_that_is_loaded_again_is_looked_at_again() {
    let mut scenario = Scenario::new();
    loaded(&mut scenario).deep_inspection(true).hello();
    let looks = |scenario: &Scenario| {
        scenario.effects.iter().filter(|effect| matches!(effect, Effect::DeepInspection { on: true, .. })).count()
    };
    assert_eq!(looks(&scenario), 2);
    scenario.deep_inspection(false).hello();
    assert_eq!(looks(&scenario), 2);
    assert!(scenario.effects.contains(&Effect::DeepInspection { tab: scenario::TAB, on: false }));
}

#[test]
fn a_stream_that_the_person_stopped_is_no_failure() {
    let mut scenario = Scenario::new();
    loaded(&mut scenario).deep_inspection(true).answer(MESSAGE, 200);
    scenario.saw(PageSignal::Stream { url: MESSAGE.into(), end: StreamEnd::Open, text: String::new() }).stopped();
    scenario.wait(60).banner("エラー");
    assert_ne!(scenario.popup().verdict.blame, Blame::Them, "an old stream says nothing about this error");
}

#[test]
fn signing_in_elsewhere_is_no_portal() {
    let mut scenario = Scenario::new();
    loaded(&mut scenario);
    scenario.redirected("https://chatgpt.com/api/auth/signin/google", "https://accounts.google.com/o/oauth2");
    scenario.redirected("https://chatgpt.com/", "https://auth.openai.com/authorize");
    assert_eq!(scenario.count(), 0);
}

#[test]
fn stop_and_a_failure_right_after_are_two_things() {
    for press_first in [true, false] {
        let mut scenario = Scenario::new();
        loaded(&mut scenario);
        if press_first {
            scenario.stopped().broken(MESSAGE, "net::ERR_ABORTED");
        } else {
            scenario.broken(MESSAGE, "net::ERR_ABORTED").stopped();
        }
        scenario.wait(2).answer(MESSAGE, 500).wait(1).banner("エラー");
        assert_eq!(scenario.count(), 1);
        assert_eq!(scenario.popup().verdict.blame, Blame::Them);
    }
}

#[test]
fn a_press_of_stop_that_nobody_heard_is_no_failure() {
    let mut scenario = Scenario::new();
    loaded(&mut scenario);
    let url = "https://chatgpt.com/backend-api/stop_conversation".to_owned();
    scenario.saw(PageSignal::Timing { url, status: 500, protocol: "h2".into() });
    assert_eq!(scenario.count(), 0);
}
