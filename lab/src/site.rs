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
use crate::fault::{Odd, Place, Script};
use crate::hosts::reply;
use crate::reply::{Answer, HTML, Reply, TEXT};
use crate::state::State;
use crate::{Lang, answer, canned, noise, plant};

const PAGE_HTML: &str = include_str!("page/page.html");
const PAGE_JS: &str = include_str!("page/page.js");
const CHUNK_JS: &str = include_str!("page/chunk.js");
const KEEPER_JS: &str = include_str!("page/keeper.js");
const PAGE_CSS: &str = include_str!("page/page.css");

/// The chunk that the script imports, and its name before the last deploy.
const CHUNK: &str = "/cdn/assets/conversation-b71c94e0.js";
const OLD_CHUNK: &str = "/cdn/assets/conversation-1f03a6d2.js";

/// The script that the page named before the last deploy; the asset host never lets one go.
const OLD_ROOT: &str = "/assets/root-1f03a6d2.js";

/// What the service worker asks for, to keep it.
pub(crate) const KEPT: &str = "/?kept";

const JS: &str = "text/javascript; charset=utf-8";
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// What becomes of a request to chatgpt.com.
pub(crate) fn answer(state: &State, ask: &Ask) -> Reply {
    match place(ask) {
        None => unknown(ask).into(),
        Some(at @ Place::Noise) => noise::answer(state, ask, at),
        Some(at) => reply(state, at, ask, || well(at, state, ask)),
    }
}

/// What becomes of a request to cdn.oaistatic.com.
pub(crate) fn asset(state: &State, ask: &Ask) -> Reply {
    let of_file = |kind, text| {
        let answer = Answer::new(200, kind, text);
        answer.with("cache-control", "no-cache").with("access-control-allow-origin", "*").by_edge()
    };
    match ask.path.as_str() {
        "/assets/root.js" => reply(state, Place::Root, ask, || of_file(JS, PAGE_JS)),
        OLD_ROOT => old_root().into(),
        "/assets/root.css" => reply(state, Place::Asset, ask, || of_file("text/css; charset=utf-8", PAGE_CSS)),
        _ => Answer::canned(&canned::NO_ASSET).into(),
    }
}

/// A good answer with something odd about it.
pub(crate) fn odd(odd: Odd, state: &State) -> Answer {
    match odd {
        Odd::Cookies => heavy(page(state.lang)),
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
    Answer::new(200, JS, PAGE_JS.replace(CHUNK, OLD_CHUNK))
        .with("cache-control", FOR_GOOD)
        .with("access-control-allow-origin", "*")
        .by_edge()
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
    if path.starts_with("/cdn/assets/") {
        return Some(Place::Asset);
    }
    match path {
        "/auth/login" => return Some(Place::SignIn),
        "/sw.js" => return Some(Place::Keeper),
        "/cdn-cgi/challenge-platform/lab" => return Some(Place::Check),
        _ => {}
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
        "conversations" => Some(Place::List),
        "me" => Some(Place::Account),
        "models" => Some(Place::Models),
        _ if service.starts_with("sentinel/chat-requirements") => Some(Place::Gate),
        _ if service.starts_with("accounts/check") => Some(Place::Account),
        _ if service.starts_with("conversation/") => Some(Place::Conversation),
        _ => None,
    }
}

fn well(place: Place, state: &State, ask: &Ask) -> Answer {
    match place {
        Place::Page => page(state.lang),
        Place::Asset if ask.path == CHUNK => Answer::new(200, JS, CHUNK_JS).with("cache-control", FOR_GOOD).by_edge(),
        Place::Asset => Answer::canned(&canned::NO_ASSET),
        Place::Edge => Answer::new(200, TEXT, trace(ask)).by_edge(),
        Place::SignIn => plant::sign_in_page(ask),
        Place::Keeper => Answer::new(200, JS, KEEPER_JS).with("cache-control", "no-cache").by_edge(),
        Place::Check => Answer::new(200, TEXT, "passed\n").with("cache-control", "no-store").by_edge(),
        // As the service checks it: an extension may have spoiled what the page said.
        Place::Chat if ask.json().get("messages").is_none() => Answer::canned(&canned::UNPROCESSABLE),
        Place::Chat => answer::stream(Script::Short, ask),
        _ => Answer::json(&service(place, ask)).with("cache-control", "no-store").by_service(),
    }
}

fn page(lang: Lang) -> Answer {
    document(lang).with("set-cookie", &format!("oai-did={}; Path=/; Secure; SameSite=Lax", Uuid::new_v4())).with(
        "set-cookie",
        "__Secure-next-auth.session-token=lab-session; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000",
    )
}

/// The page, without a cookie.
pub(crate) fn document(lang: Lang) -> Answer {
    html(lang, PAGE_HTML.to_owned())
}

/// The page from before the deploy: it names the script of then, once the service worker of then has kept it.
pub(crate) fn old_document(lang: Lang) -> Answer {
    const SCRIPT: &str = r#"<script src="https://cdn.oaistatic.com/assets/root.js" defer></script>"#;
    let begin = format!(
        "<script>\nconst begin = () => {{\n\
         const script = document.createElement('script');\n\
         script.src = 'https://cdn.oaistatic.com{OLD_ROOT}';\n\
         document.head.append(script);\n}};\n\
         addEventListener('DOMContentLoaded', () => {{\n\
         navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(begin, begin);\n\
         }});\n</script>"
    );
    html(lang, PAGE_HTML.replace(SCRIPT, &begin))
}

fn html(lang: Lang, html: String) -> Answer {
    let html = match lang {
        Lang::En => html,
        Lang::Ja => html.replace(r#"lang="en""#, r#"lang="ja""#),
    };
    Answer::new(200, HTML, html).with("cache-control", "no-cache").by_edge()
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
        Place::List | Place::Conversation => history(ask),
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
