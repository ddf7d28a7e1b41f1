//! Which part of chatgpt.com a request belongs to.
//!
//! Owns the paths, which are those of the real site; sources: public recordings and clients of 2024 to 2026 (caiwuu/web2api,
//! KobaProduction/chatgpt-booster, steipete/oracle). Never answers.

use hyper::Method;

use crate::ask::Ask;
use crate::fault::Place;

/// The place; nothing where the site has none.
pub(crate) fn place(ask: &Ask) -> Option<Place> {
    let path = ask.path.as_str();
    if ["/ces/", "/backend-api/lat/", "/backend-anon/lat/", "/backend-api/beacons/"]
        .iter()
        .any(|noise| path.starts_with(noise))
    {
        return Some(Place::Noise);
    }
    if path.starts_with("/cdn/assets/") {
        return Some(Place::Asset);
    }
    match path {
        "/cdn-cgi/trace" => return Some(Place::Edge),
        "/api/auth/session" => return Some(Place::Session),
        "/auth/login" => return Some(Place::SignIn),
        "/sw.js" => return Some(Place::Keeper),
        "/cdn-cgi/challenge-platform/lab" => return Some(Place::Check),
        _ => {}
    }
    let get = ask.method == Method::GET;
    if path == "/" || path.starts_with("/c/") || path.starts_with("/g/") {
        return get.then_some(Place::Page);
    }
    if let Some(mobile) = path.strip_prefix("/unauth-mweb/") {
        return match mobile {
            "conversation/updates" if !get => Some(Place::Chat),
            "conversation/prepare" if !get => Some(Place::Gate),
            _ if mobile.starts_with("sentinel/") => Some(Place::Gate),
            _ => None,
        };
    }
    let service = path.strip_prefix("/backend-api/").or(path.strip_prefix("/backend-anon/"))?;
    match service {
        "f/conversation" | "conversation" if !get => Some(Place::Chat),
        "f/conversation/prepare" if !get => Some(Place::Gate),
        "f/conversation/resume" if !get => Some(Place::Resume),
        "f/steer_turn" if !get => Some(Place::Steer),
        "stop_conversation" if !get => Some(Place::Stop),
        "sentinel/ping" | "conversation/init" => Some(Place::Heartbeat),
        "conversations" => Some(Place::List),
        "me" => Some(Place::Account),
        "models" => Some(Place::Models),
        "files" | "files/process_upload_stream" if !get => Some(Place::Files),
        _ if service.ends_with("/stream_status") => Some(Place::Heartbeat),
        _ if service.starts_with("sentinel/chat-requirements") => Some(Place::Gate),
        _ if service.starts_with("accounts/check") => Some(Place::Account),
        _ if service.starts_with("conversation/") || service.starts_with("conversations/") => Some(Place::Conversation),
        _ => None,
    }
}

/// The conversation that a request is about: `conversation/<id>`, `conversation/id/<id>`, `conversations/<id>`.
pub(crate) fn conversation(path: &str) -> Option<&str> {
    let (_, rest) = path.split_once("/conversation/").or_else(|| path.split_once("/conversations/"))?;
    let rest = rest.strip_prefix("id/").unwrap_or(rest);
    rest.split('/').next().filter(|id| !id.is_empty())
}
