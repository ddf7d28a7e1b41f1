//! Causes that are planted in the browser, and heal when the right thing is done there.
//!
//! Owns what the first page leaves behind and what is refused as long as it is there. Whether it still is, each request's
//! own cookies tell, or what is asked for: never a timer, and never a count of attempts.

use crate::ask::Ask;
use crate::canned;
use crate::fault::{Bad, Place, Plant};
use crate::jar::{EXPIRED, GOOD, SESSION, Token};
use crate::reply::{Answer, HTML, Reply};
use crate::state::State;
use crate::{document, site};

/// Above this, cookies are too large for the edge.
pub(crate) const MOST_COOKIES: usize = 8 << 10;

/// What becomes of a request to a part of the site.
pub(crate) fn reply(plant: Plant, state: &State, place: Place, ask: &Ask, well: impl FnOnce() -> Answer) -> Reply {
    use Place::{Account, Chat, Conversation, Gate, List, Models, Session, Stop};
    match place {
        Place::Page => page(plant, state, ask).into(),
        Place::SignIn if ask.host == crate::hosts::CHATGPT => sign_in(well(), ask).into(),
        Place::Check => well().with("set-cookie", CLEARED).into(),
        Account | Chat | Conversation | Gate | List | Models | Session | Stop => {
            service(plant, state, place, ask, well).into()
        }
        _ => well().into(),
    }
}

const PART: &str = "Domain=.chatgpt.com; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000";
const HOST_ONLY: &str = "Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000";
const GONE: &str = "Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";
const CSRF: &str = "__Host-next-auth.csrf-token=lab-csrf; Path=/; Secure; HttpOnly; SameSite=Lax";
const DEVICE: &str = "oai-did=lab-device; Path=/; Secure; SameSite=Lax; Max-Age=31536000";
const CLEARED: &str = "cf_clearance=lab-passed; Path=/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=31536000";

/// The document. The first one leaves behind what is planted, and no later one takes it away.
fn page(plant: Plant, state: &State, ask: &Ask) -> Answer {
    match plant {
        Plant::Deploy if ask.target == site::KEPT => {
            state.deploy();
            return document::old(state, ask);
        }
        Plant::Check if state.was_refused() && !ask.jar.cleared => return Answer::canned(&canned::CHECK),
        _ => {}
    }
    let old = matches!(plant, Plant::Deploy) && !state.is_deployed();
    let page = if old { document::old(state, ask) } else { document::plain(state, ask) };
    if !state.first(Place::Page) {
        return page;
    }
    let page = page.with("set-cookie", DEVICE).with("set-cookie", CSRF);
    let page = if matches!(plant, Plant::Check) { page } else { page.with("set-cookie", CLEARED) };
    match plant {
        Plant::Session(bad) => unwell(page, bad),
        Plant::Cookies(_) => site::heavy(session(page, GOOD)),
        _ => session(page, GOOD),
    }
}

/// A session in its two parts, and none beside it of those that the lab's other pages leave.
fn session(answer: Answer, kind: &str) -> Answer {
    (0..2).fold(answer.with("set-cookie", &format!("{SESSION}=; {GONE}")), |answer, part| {
        answer.with("set-cookie", &format!("{SESSION}.{part}={kind}-{part}; {PART}"))
    })
}

fn unwell(answer: Answer, bad: Bad) -> Answer {
    match bad {
        Bad::Doubled => session(answer, GOOD).with("set-cookie", &format!("{SESSION}={GOOD}; {HOST_ONLY}")),
        Bad::Cut => answer
            .with("set-cookie", &format!("{SESSION}=; {GONE}"))
            .with("set-cookie", &format!("{SESSION}.0={GOOD}-0; {HOST_ONLY}")),
        Bad::Expired => session(answer, EXPIRED),
    }
}

/// The page to sign in at, and what its button does. It sets a new session beside whatever is there.
fn sign_in(well: Answer, ask: &Ask) -> Answer {
    if ask.method != hyper::Method::POST {
        return well;
    }
    (0..2).fold(well, |answer, part| answer.with("set-cookie", &format!("{SESSION}.{part}={GOOD}-{part}; {PART}")))
}

/// What the edge and the service make of the cookies that came along.
fn service(plant: Plant, state: &State, place: Place, ask: &Ask, well: impl FnOnce() -> Answer) -> Answer {
    match plant {
        Plant::Cookies(canned) if ask.cookies > MOST_COOKIES => return Answer::canned(canned),
        Plant::Check if !ask.jar.cleared => {
            state.refuse();
            return Answer::canned(&canned::CHALLENGE);
        }
        _ => {}
    }
    match (ask.jar.session, place) {
        (Token::Good, Place::List) if matches!(plant, Plant::Storage) && state.first(Place::List) => site::bulk(),
        (Token::Good, _) => well(),
        (_, Place::Session) => Answer::canned(&canned::NO_SESSION),
        (Token::Expired, _) => Answer::canned(&canned::TOKEN_EXPIRED),
        (Token::Missing | Token::Broken, _) => Answer::canned(&canned::UNAUTHORIZED),
    }
}

/// The page to sign in at, wherever nothing is planted too.
pub(crate) fn sign_in_page(ask: &Ask) -> Answer {
    if ask.method == hyper::Method::POST {
        return Answer::new(303, HTML, "").with("location", "/").with("cache-control", "no-store").by_service();
    }
    let page = "<!doctype html><html lang=en><meta charset=utf-8><title>Log in (lab)</title><h1>Welcome back</h1>\
                <form method=post action=/auth/login><button id=sign-in>Continue as Robin</button></form>";
    Answer::new(200, HTML, page).with("cache-control", "no-store").by_service()
}
