//! Which host answers.
//!
//! Owns the list of names the lab stands in for, and how the table's words become replies. Never knows a path: each
//! host has a file for that.

use std::time::Duration;

use crate::ask::Ask;
use crate::fault::{How, Place, Way};
use crate::plant::{self, MOST_COOKIES};
use crate::reply::{Answer, Reply, TEXT};
use crate::state::State;
use crate::{answer, api, files, noise, others, portal, site, socket, status};

pub(crate) const CHATGPT: &str = "chatgpt.com";

/// The names of those who have a part in a failure or in telling of one.
const HOSTS: &[&str] = &[
    CHATGPT,
    "www.chatgpt.com",
    "chat.openai.com",
    "ab.chatgpt.com",
    "browser-intake-datadoghq.com",
    "featuregates.org",
    "status.openai.com",
    "cdn.oaistatic.com",
    SOCKETS,
    files::HOST,
    CHECK,
    "api.openai.com",
    "auth.openai.com",
    NEUTRAL,
    portal::HOST,
    others::WORKS,
    others::TROUBLE,
    others::GARBLED,
    others::GONE,
];

/// Every name that there is a certificate for.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    HOSTS.iter().chain(others::SERVICES).copied()
}

/// The one host that speaks HTTP/1.1 only, as WebSockets do.
pub(crate) const SOCKETS: &str = "ws.chatgpt.com";

/// Where the check of the edge and of the service has its script.
const CHECK: &str = "challenges.cloudflare.com";

/// For a program that takes the API's address as a setting: `http://127.0.0.1:PORT/v1`, without TLS.
const LOOPBACK: &str = "127.0.0.1";

/// What browsers ask to know whether there is a network at all.
const NEUTRAL: &str = "www.gstatic.com";

/// What becomes of a request.
pub(crate) fn answer(state: &State, ask: &Ask) -> Reply {
    match state.way() {
        Way::Clear => host(state, ask),
        Way::DaysAhead(days) => host(state, ask).map(|answer| answer.days_ahead(days)),
        Way::Portal => portal::answer(ask).into(),
    }
}

fn host(state: &State, ask: &Ask) -> Reply {
    if ask.host == LOOPBACK {
        return api::answer(state, ask);
    }
    if ask.plain {
        let location = format!("https://{}{}", ask.host, ask.target);
        return Answer::new(301, TEXT, "").with("location", &location).by_edge().into();
    }
    match ask.host.as_str() {
        CHATGPT => site::answer(state, ask),
        "www.chatgpt.com" | "chat.openai.com" => moved(ask).into(),
        "cdn.oaistatic.com" => site::asset(state, ask),
        "ab.chatgpt.com" | "browser-intake-datadoghq.com" | "featuregates.org" => {
            noise::answer(state, ask, Place::Beacon)
        }
        "status.openai.com" => status::answer(state, ask),
        SOCKETS => socket::answer(state, ask),
        files::HOST => files::upload(state, ask),
        CHECK => reply(state, Place::Turnstile, ask, || {
            Answer::new(200, "text/javascript; charset=utf-8", "window.turnstile = {};\n").by_edge()
        }),
        "api.openai.com" => api::answer(state, ask),
        "auth.openai.com" => api::sign_in(state, ask),
        NEUTRAL => Answer::new(204, TEXT, "").into(),
        others::WORKS | others::TROUBLE | others::GARBLED | others::GONE => others::status(ask),
        other if others::SERVICES.contains(&other) => others::service(ask),
        other => Answer::new(404, TEXT, format!("the lab does not stand in for {other}\n")).into(),
    }
}

/// What the table makes of a request to a place; where nothing is broken, that is `well`.
pub(crate) fn reply(state: &State, place: Place, ask: &Ask, well: impl FnOnce() -> Answer) -> Reply {
    if let Some(plant) = state.plant() {
        return plant::reply(plant, state, place, ask, well);
    }
    match state.how(place) {
        How::Late => Reply::Late(Duration::from_secs(5), well()),
        How::Stream(script) => answer::stream(script, &state.talks, ask).into(),
        How::Torn(script) => Reply::Torn(answer::stream(script, &state.talks, ask)),
        How::Say(canned) => Answer::canned(canned).into(),
        How::Heavy(canned) if ask.cookies > MOST_COOKIES => Answer::canned(canned).into(),
        How::Once(odd) => site::odd(odd, state, ask).into(),
        How::Reset => Reply::Reset,
        How::Drop => Reply::Drop,
        How::Well | How::Heavy(_) | How::OneAtATime(_) | How::HangUp => well().into(),
    }
}

fn moved(ask: &Ask) -> Answer {
    Answer::new(308, TEXT, "").with("location", &format!("https://{CHATGPT}{}", ask.target)).by_edge()
}
