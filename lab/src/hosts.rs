//! Which host answers.
//!
//! Owns the list of names the lab stands in for. Never knows a path: each host has a file for that.

use crate::ask::Ask;
use crate::faults::{How, Place};
use crate::reply::{Answer, Reply, TEXT};
use crate::state::State;
use crate::{answer, noise, site, status};

pub(crate) const CHATGPT: &str = "chatgpt.com";

/// Every name there is a certificate for.
pub(crate) const HOSTS: &[&str] = &[
    CHATGPT,
    "www.chatgpt.com",
    "chat.openai.com",
    "ab.chatgpt.com",
    "browser-intake-datadoghq.com",
    "featuregates.org",
    "status.openai.com",
    "cdn.oaistatic.com",
];

/// What becomes of a request.
pub(crate) fn answer(state: &State, ask: &Ask) -> Reply {
    match ask.host.as_str() {
        CHATGPT => site::answer(state, ask),
        "www.chatgpt.com" | "chat.openai.com" => moved(ask).into(),
        "cdn.oaistatic.com" => site::asset(state, ask),
        "ab.chatgpt.com" | "browser-intake-datadoghq.com" | "featuregates.org" => {
            noise::answer(state, ask, Place::Beacon)
        }
        "status.openai.com" => status::answer(state, ask).into(),
        other => Answer::new(404, TEXT, format!("the lab does not stand in for {other}\n")).into(),
    }
}

/// What becomes of a request to a place that answers so.
pub(crate) fn reply(how: How, ask: &Ask, well: impl FnOnce() -> Answer) -> Reply {
    match how {
        How::Well => well().into(),
        How::Stream(script) => answer::stream(script, ask).into(),
        How::Say(canned) => Answer::canned(canned).into(),
        How::Reset => Reply::Reset,
        How::Drop => Reply::Drop,
    }
}

fn moved(ask: &Ask) -> Answer {
    Answer::new(308, TEXT, "").with("location", &format!("https://{CHATGPT}{}", ask.target)).by_edge()
}
