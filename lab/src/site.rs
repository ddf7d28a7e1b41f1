//! chatgpt.com and its asset host.
//!
//! Owns the answers given when all is well. Never decides what is broken:
//! it asks `state` for each place.

use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::ask::Ask;
use crate::fault::{Odd, Place, Script};
use crate::hosts::reply;
use crate::reply::{Answer, Reply, TEXT};
use crate::state::State;
use crate::talk::node;
use crate::{answer, canned, document, editor, files, noise, paths, plant};

const CHUNK_JS: &str = include_str!("page/chunk.js");
const KEEPER_JS: &str = include_str!("page/keeper.js");
const ROOT_JS: &str = include_str!("page/root.js");

/// The script that the document names.
pub(crate) const ROOT: &str = "/assets/root.js";

/// The chunk that the script imports, and its name before the last deploy.
const CHUNK: &str = "/cdn/assets/conversation-b71c94e0.js";
const OLD_CHUNK: &str = "/cdn/assets/conversation-1f03a6d2.js";

/// The script that the page named before the last deploy; the asset host never lets one go.
pub(crate) const OLD_ROOT: &str = "/assets/root-1f03a6d2.js";

/// What the service worker asks for, to keep it.
pub(crate) const KEPT: &str = "/?kept";

pub(crate) const JS: &str = "text/javascript; charset=utf-8";
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// What becomes of a request to chatgpt.com.
pub(crate) fn answer(state: &State, ask: &Ask) -> Reply {
    match paths::place(ask) {
        None => unknown(ask).into(),
        Some(at @ Place::Noise) => noise::answer(state, ask, at),
        Some(at) => reply(state, at, ask, || well(at, state, ask)),
    }
}

/// What becomes of a request to cdn.oaistatic.com.
pub(crate) fn asset(state: &State, ask: &Ask) -> Reply {
    let shared = |answer: Answer, cached| {
        answer.with("cache-control", cached).with("access-control-allow-origin", "*").by_edge()
    };
    match ask.path.as_str() {
        ROOT => reply(state, Place::Root, ask, || shared(Answer::new(200, JS, ROOT_JS), "no-cache")),
        OLD_ROOT => old_root().into(),
        path => match (document::file(path), editor::part(state.modules.as_deref(), path)) {
            (Some((kind, text)), _) => {
                reply(state, Place::Asset, ask, || shared(Answer::new(200, kind, text), "no-cache"))
            }
            (None, Some(part)) => shared(part, FOR_GOOD).into(),
            (None, None) => reply(state, Place::Asset, ask, || Answer::canned(&canned::NO_ASSET)),
        },
    }
}

/// A good answer with something odd about it.
pub(crate) fn odd(odd: Odd, state: &State, ask: &Ask) -> Answer {
    match odd {
        Odd::Cookies => heavy(document::page(state, ask)),
        Odd::Old => old_root(),
        Odd::Bulky => Answer::json(&bulky(70, 8000)).with("cache-control", "no-store").by_service(),
    }
}

/// Leaves more cookies than the edge takes, each below the 4096 bytes that browsers keep.
pub(crate) fn heavy(answer: Answer) -> Answer {
    (0..4).fold(answer, |answer, at| {
        let cookie = format!("oai-lab-{at}={}; Path=/; Secure; SameSite=Lax; Max-Age=7776000", "x".repeat(3000));
        answer.with("set-cookie", &cookie)
    })
}

/// The conversations, of which one alone fills the storage (5 242 880 letters): what is left is too little for the page.
pub(crate) fn bulk() -> Answer {
    Answer::json(&bulky(1, 429_170)).with("cache-control", "no-store").by_service()
}

/// The script from before the deploy, for good.
fn old_root() -> Answer {
    Answer::new(200, JS, ROOT_JS.replace(CHUNK, OLD_CHUNK))
        .with("cache-control", FOR_GOOD)
        .with("access-control-allow-origin", "*")
        .by_edge()
}

fn well(place: Place, state: &State, ask: &Ask) -> Answer {
    match place {
        Place::Page => document::page(state, ask),
        Place::Asset if ask.path == CHUNK => Answer::new(200, JS, CHUNK_JS).with("cache-control", FOR_GOOD).by_edge(),
        Place::Asset => Answer::canned(&canned::NO_ASSET),
        Place::Edge => Answer::new(200, TEXT, trace(ask)).by_edge(),
        Place::SignIn => plant::sign_in_page(ask),
        Place::Keeper => Answer::new(200, JS, KEEPER_JS).with("cache-control", "no-cache").by_edge(),
        Place::Check => Answer::new(200, TEXT, "passed\n").with("cache-control", "no-store").by_edge(),
        // As the service checks it: an extension may have spoiled what the page said.
        Place::Chat if ask.json().get("messages").is_none() => Answer::canned(&canned::UNPROCESSABLE),
        Place::Chat | Place::Resume => answer::stream(Script::Short, &state.talks, ask),
        Place::Files => files::service(ask),
        // A stream that is over has no status any more.
        Place::Heartbeat if ask.path.ends_with("/stream_status") => Answer::canned(&canned::LOST),
        _ => Answer::json(&service(place, state, ask)).with("cache-control", "no-store").by_service(),
    }
}

/// What the service says where all is well.
fn service(place: Place, state: &State, ask: &Ask) -> Value {
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
        Place::List | Place::Conversation => history(state, ask),
        Place::Heartbeat => json!({"status": "OK"}),
        Place::Stop => json!({"status": "ok", "last_message_id": null}),
        Place::Gate => json!({"token": "lab-requirements", "expire_after": 540, "persona": "chatgpt-paid"}),
        _ => json!({"success": true}),
    }
}

/// The conversations, or one of them.
fn history(state: &State, ask: &Ask) -> Value {
    const TITLES: [(&str, &str); 3] = [
        ("6a1f0c1e-0001-4000-8000-000000000001", "Sourdough for beginners"),
        ("6a1f0c1e-0002-4000-8000-000000000002", "Birds of the Wadden Sea"),
        ("6a1f0c1e-0003-4000-8000-000000000003", "A letter to the landlord"),
    ];
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let Some(id) = paths::conversation(&ask.path) else {
        let items: Vec<Value> =
            TITLES.iter().map(|(id, title)| json!({"id": id, "title": title, "update_time": now})).collect();
        return json!({"items": items, "total": TITLES.len(), "limit": 28, "offset": 0});
    };
    if let Some(talk) = state.talks.read(id) {
        return talk;
    }
    let title = TITLES.iter().find(|(known, _)| *known == id).map_or("New chat", |(_, title)| title);
    json!({
        "conversation_id": id,
        "title": title,
        "current_node": "b",
        "mapping": {
            "a": node("a", "", "user", title, true),
            "b": node("b", "a", "assistant", "Gladly. Where would you like to begin?", true),
        },
    })
}

/// Conversations with so much said about each that they fill what a browser keeps for a site: 5 million letters.
fn bulky(count: usize, length: usize) -> Value {
    let items: Vec<Value> = (0..count)
        .map(|at| {
            let id = format!("6a1f0c1e-{at:04}-4000-8000-0000000000ff");
            json!({"id": id, "title": format!("Chapter {at}"), "snippet": "lorem ipsum ".repeat(length)})
        })
        .collect();
    json!({"total": items.len(), "items": items, "limit": count, "offset": 0})
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
