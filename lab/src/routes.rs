//! Maps paths of chatgpt.com to endpoints. The paths are those of the real site. Sources: public recordings and clients of 2024 to 2026 (caiwuu/web2api,
//! KobaProduction/chatgpt-booster, steipete/oracle).

use hyper::Method;

use crate::fault::Endpoint;
use crate::request::Request;

/// The endpoint of a request, if the site has one.
pub(crate) fn endpoint(request: &Request) -> Option<Endpoint> {
    let path = request.path.as_str();
    if ["/ces/", "/backend-api/lat/", "/backend-anon/lat/", "/backend-api/beacons/"]
        .iter()
        .any(|telemetry| path.starts_with(telemetry))
    {
        return Some(Endpoint::Telemetry);
    }
    if path.starts_with("/cdn/assets/") {
        return Some(Endpoint::Asset);
    }
    match path {
        "/cdn-cgi/trace" => return Some(Endpoint::Trace),
        "/api/auth/session" => return Some(Endpoint::Session),
        "/auth/login" => return Some(Endpoint::SignIn),
        "/sw.js" => return Some(Endpoint::ServiceWorker),
        "/cdn-cgi/challenge-platform/lab" => return Some(Endpoint::Challenge),
        _ => {}
    }
    let get = request.method == Method::GET;
    if path == "/" || path.starts_with("/c/") || path.starts_with("/g/") {
        return get.then_some(Endpoint::Document);
    }
    if let Some(mobile) = path.strip_prefix("/unauth-mweb/") {
        return match mobile {
            "conversation/updates" if !get => Some(Endpoint::Chat),
            "conversation/prepare" if !get => Some(Endpoint::Requirements),
            _ if mobile.starts_with("sentinel/") => Some(Endpoint::Requirements),
            _ => None,
        };
    }
    let service = path.strip_prefix("/backend-api/").or(path.strip_prefix("/backend-anon/"))?;
    match service {
        "f/conversation" | "conversation" if !get => Some(Endpoint::Chat),
        "f/conversation/prepare" if !get => Some(Endpoint::Requirements),
        "f/conversation/resume" if !get => Some(Endpoint::Resume),
        "f/steer_turn" if !get => Some(Endpoint::Steer),
        "stop_conversation" if !get => Some(Endpoint::Stop),
        "sentinel/ping" | "conversation/init" => Some(Endpoint::Heartbeat),
        "conversations" => Some(Endpoint::ConversationList),
        "me" => Some(Endpoint::Account),
        "models" => Some(Endpoint::Models),
        "files" | "files/process_upload_stream" if !get => Some(Endpoint::FileService),
        _ if service.ends_with("/stream_status") => Some(Endpoint::Heartbeat),
        _ if service.starts_with("sentinel/chat-requirements") => Some(Endpoint::Requirements),
        _ if service.starts_with("accounts/check") => Some(Endpoint::Account),
        _ if service.starts_with("conversation/") || service.starts_with("conversations/") => {
            Some(Endpoint::Conversation)
        }
        _ => None,
    }
}

/// Id of the conversation in a path: `conversation/<id>`, `conversation/id/<id>`, `conversations/<id>`.
pub(crate) fn conversation_id(path: &str) -> Option<&str> {
    let (_, rest) = path.split_once("/conversation/").or_else(|| path.split_once("/conversations/"))?;
    let rest = rest.strip_prefix("id/").unwrap_or(rest);
    rest.split('/').next().filter(|id| !id.is_empty())
}
