//! chatgpt.com and its asset host.
//!
//! Owns the paths, the place each belongs to, and the answers given when all is well. Never decides what is broken:
//! it asks `state` for each place.

use hyper::Method;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::ask::Ask;
use crate::faults::{Place, Script};
use crate::hosts::reply;
use crate::reply::{Answer, HTML, Reply, TEXT};
use crate::state::State;
use crate::{answer, noise};

const PAGE_HTML: &str = include_str!("page/page.html");
const PAGE_JS: &str = include_str!("page/page.js");
const PAGE_CSS: &str = include_str!("page/page.css");

/// What becomes of a request to chatgpt.com.
pub(crate) fn answer(state: &State, ask: &Ask) -> Reply {
    match place(ask) {
        None => unknown(ask).into(),
        Some(at @ Place::Noise) => noise::answer(state, ask, at),
        Some(at) => reply(state.how(at), ask, || well(at, ask)),
    }
}

/// What becomes of a request to cdn.oaistatic.com.
pub(crate) fn asset(state: &State, ask: &Ask) -> Reply {
    let well = || match ask.path.as_str() {
        "/assets/root.js" => Answer::new(200, "text/javascript; charset=utf-8", PAGE_JS),
        "/assets/root.css" => Answer::new(200, "text/css; charset=utf-8", PAGE_CSS),
        _ => Answer::new(404, TEXT, "not found\n"),
    };
    reply(state.how(Place::Asset), ask, || {
        well().with("cache-control", "no-cache").with("access-control-allow-origin", "*").by_edge()
    })
}

/// The place a request belongs to; the paths are those of the real site.
fn place(ask: &Ask) -> Option<Place> {
    let path = ask.path.as_str();
    if ["/ces/", "/backend-api/lat/", "/backend-api/beacons/"].iter().any(|noise| path.starts_with(noise)) {
        return Some(Place::Noise);
    }
    if path == "/cdn-cgi/trace" {
        return Some(Place::Edge);
    }
    if path == "/api/auth/session" {
        return Some(Place::Session);
    }
    let get = ask.method == Method::GET;
    if path == "/" || path.starts_with("/c/") {
        return get.then_some(Place::Page);
    }
    let service = path.strip_prefix("/backend-api/").or(path.strip_prefix("/backend-anon/"))?;
    match service {
        "f/conversation" | "conversation" if !get => Some(Place::Chat),
        "f/conversation/prepare" if !get => Some(Place::Gate),
        "stop_conversation" if !get => Some(Place::Stop),
        "conversations" => Some(Place::History),
        "me" => Some(Place::Account),
        "models" => Some(Place::Models),
        _ if service.starts_with("sentinel/chat-requirements") => Some(Place::Gate),
        _ if service.starts_with("accounts/check") => Some(Place::Account),
        _ if service.starts_with("conversation/") => Some(Place::History),
        _ => None,
    }
}

fn well(place: Place, ask: &Ask) -> Answer {
    match place {
        Place::Page => page(),
        Place::Edge => Answer::new(200, TEXT, trace(ask)).by_edge(),
        Place::Chat => answer::stream(Script::Short, ask),
        _ => Answer::json(&service(place, ask)).with("cache-control", "no-store").by_service(),
    }
}

fn page() -> Answer {
    Answer::new(200, HTML, PAGE_HTML)
        .with("cache-control", "no-cache")
        .with("set-cookie", &format!("oai-did={}; Path=/; Secure; SameSite=Lax", Uuid::new_v4()))
        .with(
            "set-cookie",
            "__Secure-next-auth.session-token=lab-session; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000",
        )
        .by_edge()
}

/// What the service says where all is well.
fn service(place: Place, ask: &Ask) -> Value {
    let user = json!({"id": "user-lab", "name": "Robin", "email": "robin@example.com"});
    match place {
        Place::Session => json!({
            "user": user,
            "expires": (OffsetDateTime::now_utc() + Duration::days(90)).format(&Rfc3339).unwrap_or_default(),
            "accessToken": "lab-access-token",
            "authProvider": "openai",
        }),
        Place::Account if ask.path.ends_with("/me") => user,
        Place::Account => json!({"accounts": {"default": {"account": {"plan_type": "plus", "is_deactivated": false}}}}),
        Place::Models => json!({"models": [{"slug": "gpt-5", "title": "GPT-5", "max_tokens": 128_000}]}),
        Place::History => history(ask),
        Place::Gate => json!({"token": "lab-requirements", "expire_after": 540, "persona": "chatgpt-paid"}),
        _ => json!({"success": true}),
    }
}

/// The conversations, or one of them.
fn history(ask: &Ask) -> Value {
    const TITLES: [(&str, &str); 3] = [
        ("6a1f0c1e-0001-4000-8000-000000000001", "Sourdough for beginners"),
        ("6a1f0c1e-0002-4000-8000-000000000002", "Birds of the Wadden Sea"),
        ("6a1f0c1e-0003-4000-8000-000000000003", "A letter to the landlord"),
    ];
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let Some((_, id)) = ask.path.split_once("/conversation/") else {
        let items: Vec<Value> =
            TITLES.iter().map(|(id, title)| json!({"id": id, "title": title, "update_time": now})).collect();
        return json!({"items": items, "total": TITLES.len(), "limit": 28, "offset": 0});
    };
    let title = TITLES.iter().find(|(known, _)| *known == id).map_or("New chat", |(_, title)| title);
    let node = |id: &str, parent: Option<&str>, role: &str, text: &str| {
        json!({"id": id, "parent": parent, "message": {
            "id": id, "author": {"role": role}, "content": {"content_type": "text", "parts": [text]},
        }})
    };
    json!({
        "conversation_id": id,
        "title": title,
        "current_node": "b",
        "mapping": {
            "a": node("a", None, "user", title),
            "b": node("b", Some("a"), "assistant", "Gladly. Where would you like to begin?"),
        },
    })
}

/// What the edge knows of the one who asks.
fn trace(ask: &Ask) -> String {
    let http = if ask.protocol == "h2" { "http/2" } else { "http/1.1" };
    let seconds = OffsetDateTime::now_utc().unix_timestamp();
    format!(
        "fl=1f1\nh={}\nip=203.0.113.7\nts={seconds}.000\nvisit_scheme=https\ncolo=FRA\nsliver=none\nhttp={http}\n\
         loc=DE\ntls=TLSv1.3\nsni=plaintext\nwarp=off\ngateway=off\nrbi=off\nkex=X25519\n",
        ask.host
    )
}

fn unknown(ask: &Ask) -> Answer {
    if ask.path.starts_with("/backend-") {
        Answer::new(404, "application/json", r#"{"detail":"Not Found"}"#).by_service()
    } else {
        Answer::new(404, TEXT, "not found\n").by_edge()
    }
}
