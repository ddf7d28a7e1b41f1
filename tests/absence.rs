//! Absence is not health: where something failed and no success was seen, nothing is ever called well.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use mend::core::{
    Event, Millis, Model,
    diagnose::Tally,
    event::{NetError, PageReport, PageSignal, Redirect, Response},
    names::Blame,
    stream_end::StreamEnd,
    update,
    view::popup,
};
use proptest::prelude::*;

/// What a person waits for, and what nobody knows.
const URLS: &[&str] = &[
    "https://chatgpt.com/backend-api/f/conversation",
    "https://chatgpt.com/backend-anon/f/conversation",
    "https://chatgpt.com/backend-api/f/steer_turn",
    "https://chatgpt.com/backend-api/f/conversation/resume",
    "https://chatgpt.com/backend-api/f/conversation/prepare",
    "https://chatgpt.com/unauth-mweb/conversation/prepare",
    "https://chatgpt.com/backend-api/sentinel/chat-requirements",
    "https://chatgpt.com/api/auth/session",
    "https://chatgpt.com/backend-api/me",
    "https://chatgpt.com/backend-api/conversations",
    "https://chatgpt.com/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001",
    "https://chatgpt.com/backend-api/files",
    "https://files.oaiusercontent.com/file-1",
    "https://challenges.cloudflare.com/turnstile/v0/api.js",
    "https://chatgpt.com/backend-api/models",
    "https://chatgpt.com/backend-api/something_new",
    "https://chatgpt.com/cdn/assets/a.js",
    "https://chatgpt.com/",
    "https://ws.chatgpt.com/p4",
    "https://auth.openai.com/oauth/token",
    "https://api.openai.com/v1/responses",
    "https://gateway.example/v1/chat/completions",
];
const ERRORS: &[&str] = &[
    "net::ERR_FAILED",
    "net::ERR_ABORTED",
    "net::ERR_NETWORK_CHANGED",
    "net::ERR_CONNECTION_RESET",
    "net::ERR_BLOCKED_BY_CLIENT",
    "net::ERR_SOMETHING_NEW",
    "NS_BINDING_ABORTED",
    "NS_ERROR_ABORT",
    "NS_ERROR_NET_RESET",
    "unnamed",
];

fn report(key: String, at: Millis, saw: PageSignal) -> Event {
    Event::Inspected(PageReport { tab: 0, private: Some(false), key, at, saw })
}

/// One failing observation, of any form.
fn failing() -> impl Strategy<Value = Vec<Event>> {
    let any = (prop::sample::select(URLS), prop::sample::select(ERRORS), 0..10_u8, 0..600_u16, 0..600_000_i64);
    any.prop_map(|(url, error, form, status, at)| {
        let (url, key) = (url.to_owned(), format!("{form}-{at}"));
        let text = || "xyz".to_owned();
        let ended = |end| PageSignal::Stream { url: URLS.first().unwrap().to_string(), end, text: text() };
        let response = |status: Option<u16>, body: Option<String>| {
            Event::Response(Response { at, key: key.clone(), url: url.clone(), status, body, ..Response::default() })
        };
        vec![match form {
            0 | 1 => response(Some(400 + status / 3), None),
            2 => response(Some(0), None),
            3 => response(None, Some(text())),
            4 => Event::NetError(NetError { at, key, url, error: error.to_owned(), ..NetError::default() }),
            5 => report(key, at, PageSignal::Banner { text: text(), ended: false }),
            6 => report(key, at, ended(StreamEnd::Error)),
            7 => report(key, at, ended(StreamEnd::Open)),
            8 => report(key, at, PageSignal::Timing { url, status: 0, protocol: String::new() }),
            _ => Event::Redirect(Redirect { at, key, url, to: "http://portal.example/".into(), ..Redirect::default() }),
        }]
    })
}

/// What proves nothing: an answer that nobody read, what went on elsewhere, telemetry.
fn idle() -> impl Strategy<Value = Vec<Event>> {
    let urls =
        ["https://chatgpt.com/backend-api/f/conversation", "https://example.org/", "https://chatgpt.com/ces/v1/t"];
    (prop::sample::select(urls.to_vec()), 0..600_000_i64).prop_map(|(url, at)| {
        let (key, url) = (format!("idle-{at}"), url.to_owned());
        vec![Event::Response(Response { at, key, url, status: Some(200), ..Response::default() })]
    })
}

fn at(event: &Event) -> Millis {
    match event {
        Event::Response(one) => one.at,
        Event::NetError(one) => one.at,
        Event::Redirect(one) => one.at,
        Event::Inspected(one) => one.at,
        _ => 0,
    }
}

/// Whose side is named in the end.
fn blame(events: Vec<Event>) -> Blame {
    let (mut model, mut tally, mut now) = (Model::default(), Tally::default(), 0);
    for event in events {
        now = at(&event).max(now);
        tally.take(&event);
        update(&mut model, event, now);
    }
    update(&mut model, Event::Tick, now + 60_000);
    match tally.conclude(&mut model, 0) {
        Some(calm) => calm.cause().blame(),
        None => popup(&model, Some(0), now + 60_000, Millis::MIN).verdict.blame,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_failure_without_a_success_is_never_benign(
        failed in prop::collection::vec(failing(), 1..5), beside in prop::collection::vec(idle(), 0..4), order in any::<bool>(),
    ) {
        let mut events: Vec<Event> = failed.into_iter().chain(beside).flatten().collect();
        if order {
            events.sort_by_key(at);
        }
        prop_assert_ne!(blame(events.clone()), Blame::Benign, "{:#?}", events);
    }
}
