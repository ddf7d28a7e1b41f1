//! Faults whose cause is state in the browser.
//!
//! The first document leaves the broken state. Later requests fail while their own cookies or paths show it; neither time
//! nor the number of attempts counts.

use crate::cookies::{EXPIRED, GOOD, MAX_COOKIE_BYTES, SESSION, SessionCookie};
use crate::fault::{ClientFault, Endpoint, SessionDefect};
use crate::hostnames::CHATGPT;
use crate::request::Request;
use crate::response::Response;
use crate::state::State;
use crate::{assets, document, first_response, fixtures};

/// The response at an endpoint while the fault is in force.
pub(crate) fn respond(
    fault: ClientFault,
    state: &State,
    endpoint: Endpoint,
    request: &Request,
    healthy: impl FnOnce() -> Response,
) -> Response {
    use Endpoint::{Account, Chat, Conversation, ConversationList, Models, Requirements, Session, Stop};
    match endpoint {
        Endpoint::Document => page(fault, state, request),
        Endpoint::SignIn if request.host == CHATGPT => sign_in(healthy(), request),
        Endpoint::Challenge => healthy().with("set-cookie", CLEARANCE),
        Account | Chat | Conversation | Requirements | ConversationList | Models | Session | Stop => {
            service(fault, state, endpoint, request, healthy)
        }
        _ => healthy(),
    }
}

const DOMAIN: &str = "Domain=.chatgpt.com; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000";
const HOST_ONLY: &str = "Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000";
const DELETE: &str = "Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";
const CSRF: &str = "__Host-next-auth.csrf-token=lab-csrf; Path=/; Secure; HttpOnly; SameSite=Lax";
const DEVICE: &str = "oai-did=lab-device; Path=/; Secure; SameSite=Lax; Max-Age=31536000";
const CLEARANCE: &str =
    "cf_clearance=lab-passed; Path=/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=31536000";

/// The document. Only the first one sets cookies; later ones change none.
fn page(fault: ClientFault, state: &State, request: &Request) -> Response {
    match fault {
        ClientFault::StaleServiceWorker if request.target == assets::CACHED_DOCUMENT => {
            state.deploy();
            return document::stale(state, request);
        }
        ClientFault::Challenge if state.was_challenged() && !request.cookies.cleared => {
            return Response::fixture(&fixtures::CHALLENGE_PAGE);
        }
        _ => {}
    }
    let stale = matches!(fault, ClientFault::StaleServiceWorker) && !state.is_deployed();
    let page = if stale { document::stale(state, request) } else { document::current(state, request) };
    if !state.is_first(Endpoint::Document) {
        return page;
    }
    let page = page.with("set-cookie", DEVICE).with("set-cookie", CSRF);
    let page = if matches!(fault, ClientFault::Challenge) { page } else { page.with("set-cookie", CLEARANCE) };
    match fault {
        ClientFault::Session(defect) => defective_session(page, defect),
        ClientFault::OversizedCookies(_) => first_response::oversized_cookies(session(page, GOOD)),
        _ => session(page, GOOD),
    }
}

/// Sets a session cookie in its two parts, and deletes the whole one that documents of other faults set.
fn session(response: Response, kind: &str) -> Response {
    (0..2).fold(response.with("set-cookie", &format!("{SESSION}=; {DELETE}")), |response, part| {
        response.with("set-cookie", &format!("{SESSION}.{part}={kind}-{part}; {DOMAIN}"))
    })
}

fn defective_session(response: Response, defect: SessionDefect) -> Response {
    match defect {
        SessionDefect::Duplicated => {
            session(response, GOOD).with("set-cookie", &format!("{SESSION}={GOOD}; {HOST_ONLY}"))
        }
        SessionDefect::Truncated => response
            .with("set-cookie", &format!("{SESSION}=; {DELETE}"))
            .with("set-cookie", &format!("{SESSION}.0={GOOD}-0; {HOST_ONLY}")),
        SessionDefect::Expired => session(response, EXPIRED),
    }
}

/// The page to sign in at. Its form sets a new session and leaves every other cookie as it is.
fn sign_in(healthy: Response, request: &Request) -> Response {
    if request.method != hyper::Method::POST {
        return healthy;
    }
    (0..2).fold(healthy, |response, part| {
        response.with("set-cookie", &format!("{SESSION}.{part}={GOOD}-{part}; {DOMAIN}"))
    })
}

/// The response of the edge or the service, by the request's cookies.
fn service(
    fault: ClientFault,
    state: &State,
    endpoint: Endpoint,
    request: &Request,
    healthy: impl FnOnce() -> Response,
) -> Response {
    match fault {
        ClientFault::OversizedCookies(refusal) if request.cookie_bytes > MAX_COOKIE_BYTES => {
            return Response::fixture(refusal);
        }
        ClientFault::Challenge if !request.cookies.cleared => {
            state.challenge();
            return Response::fixture(&fixtures::CHALLENGE);
        }
        _ => {}
    }
    let fills_storage = matches!(fault, ClientFault::FullStorage) && endpoint == Endpoint::ConversationList;
    match (request.cookies.session, endpoint) {
        (SessionCookie::Valid, _) if fills_storage && state.is_first(endpoint) => {
            first_response::oversized_conversation()
        }
        (SessionCookie::Valid, _) => healthy(),
        (_, Endpoint::Session) => Response::fixture(&fixtures::NO_SESSION),
        (SessionCookie::Expired, _) => Response::fixture(&fixtures::TOKEN_EXPIRED),
        (SessionCookie::Missing | SessionCookie::Invalid, _) => Response::fixture(&fixtures::UNAUTHORIZED),
    }
}
