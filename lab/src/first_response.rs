//! Successful responses that break something later: [`FirstResponse`].

use serde_json::{Value, json};

use crate::fault::FirstResponse;
use crate::request::Request;
use crate::response::Response;
use crate::state::State;
use crate::{assets, document};

/// The response.
pub(crate) fn respond(first: FirstResponse, state: &State, request: &Request) -> Response {
    match first {
        FirstResponse::OversizedCookies => oversized_cookies(document::signed_in(state, request)),
        FirstResponse::StaleScript => assets::stale_root_script(),
        FirstResponse::OversizedList => list(70, 8000),
    }
}

/// Adds 12 000 bytes of cookies, each below the 4096 bytes that browsers store.
pub(crate) fn oversized_cookies(response: Response) -> Response {
    (0..4).fold(response, |response, at| {
        let cookie = format!("oai-lab-{at}={}; Path=/; Secure; SameSite=Lax; Max-Age=7776000", "x".repeat(3000));
        response.with("set-cookie", &cookie)
    })
}

/// A list of one conversation that nearly fills the storage quota of 5 242 880 characters.
pub(crate) fn oversized_conversation() -> Response {
    list(1, 429_170)
}

/// A list of `count` conversations, whose snippets repeat 12 characters `repeats` times.
fn list(count: usize, repeats: usize) -> Response {
    let items: Vec<Value> = (0..count)
        .map(|at| {
            let id = format!("6a1f0c1e-{at:04}-4000-8000-0000000000ff");
            json!({"id": id, "title": format!("Chapter {at}"), "snippet": "lorem ipsum ".repeat(repeats)})
        })
        .collect();
    let list = json!({"total": items.len(), "items": items, "limit": count, "offset": 0});
    Response::json(&list).with("cache-control", "no-store").by_service()
}
