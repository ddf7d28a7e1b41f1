//! chatgpt.com and its asset host: routing and healthy responses.

use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::conversations::node;
use crate::fault::{Endpoint, Script};
use crate::fault_injection::respond;
use crate::request::Request;
use crate::response::{Outcome, Response, TEXT};
use crate::state::State;
use crate::{assets, document, editor, files, fixtures, routes, telemetry, turn_stream};

/// The outcome of a request to chatgpt.com.
pub(crate) fn answer(state: &State, request: &Request) -> Outcome {
    match routes::endpoint(request) {
        None => not_found(request).into(),
        Some(Endpoint::Telemetry) => telemetry::answer(state, request, Endpoint::Telemetry),
        Some(endpoint) => respond(state, endpoint, request, || healthy(endpoint, state, request)),
    }
}

/// The outcome of a request to cdn.oaistatic.com.
pub(crate) fn asset(state: &State, request: &Request) -> Outcome {
    match request.path.as_str() {
        assets::ROOT_PATH => respond(state, Endpoint::RootScript, request, assets::root_script),
        assets::STALE_ROOT_PATH => assets::stale_root_script().into(),
        path => match (assets::file(path), editor::module(state.modules.as_deref(), path)) {
            (Some(file), _) => respond(state, Endpoint::Asset, request, || file),
            (None, Some(module)) => assets::cross_origin(module, assets::IMMUTABLE).into(),
            (None, None) => respond(state, Endpoint::Asset, request, || Response::fixture(&fixtures::NO_ASSET)),
        },
    }
}

fn healthy(endpoint: Endpoint, state: &State, request: &Request) -> Response {
    match endpoint {
        Endpoint::Document => document::signed_in(state, request),
        Endpoint::Asset if request.path == assets::CHUNK_PATH => assets::chunk(),
        Endpoint::Asset => Response::fixture(&fixtures::NO_ASSET),
        Endpoint::Trace => Response::new(200, TEXT, trace(request)).by_edge(),
        Endpoint::SignIn => document::sign_in(request),
        Endpoint::ServiceWorker => assets::service_worker(),
        Endpoint::Challenge => Response::new(200, TEXT, "passed\n").with("cache-control", "no-store").by_edge(),
        // The service validates the body, so that a request spoiled by an extension fails as it does in the field.
        Endpoint::Chat if request.json().get("messages").is_none() => Response::fixture(&fixtures::UNPROCESSABLE),
        Endpoint::Chat | Endpoint::Resume => turn_stream::stream(Script::Short, &state.conversations, request),
        Endpoint::FileService => files::service(request),
        // A stream that has ended has no status.
        Endpoint::Heartbeat if request.path.ends_with("/stream_status") => Response::fixture(&fixtures::OUTAGE_404),
        _ => Response::json(&service(endpoint, state, request)).with("cache-control", "no-store").by_service(),
    }
}

/// The service's JSON for an endpoint.
fn service(endpoint: Endpoint, state: &State, request: &Request) -> Value {
    let user = json!({"id": "user-lab", "name": "Robin", "email": "robin@example.com"});
    match endpoint {
        Endpoint::Session => json!({
            "user": user,
            "expires": (OffsetDateTime::now_utc() + Duration::days(90)).format(&Rfc3339).unwrap_or_default(),
            "accessToken": "lab-access-token",
            "authProvider": "openai",
        }),
        Endpoint::Account if request.path.ends_with("/me") => user,
        Endpoint::Account => {
            json!({"accounts": {"default": {"account": {"plan_type": "plus", "is_deactivated": false}}}})
        }
        Endpoint::Models => json!({"models": [{"slug": "gpt-5", "title": "GPT-5", "max_tokens": 128_000}]}),
        Endpoint::ConversationList | Endpoint::Conversation => conversation(state, request),
        Endpoint::Heartbeat => json!({"status": "OK"}),
        Endpoint::Stop => json!({"status": "ok", "last_message_id": null}),
        Endpoint::Requirements => json!({"token": "lab-requirements", "expire_after": 540, "persona": "chatgpt-paid"}),
        _ => json!({"success": true}),
    }
}

/// The list of conversations, or the one that the path names.
fn conversation(state: &State, request: &Request) -> Value {
    const TITLES: [(&str, &str); 3] = [
        ("6a1f0c1e-0001-4000-8000-000000000001", "Sourdough for beginners"),
        ("6a1f0c1e-0002-4000-8000-000000000002", "Birds of the Wadden Sea"),
        ("6a1f0c1e-0003-4000-8000-000000000003", "A letter to the landlord"),
    ];
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let Some(id) = routes::conversation_id(&request.path) else {
        let items: Vec<Value> =
            TITLES.iter().map(|(id, title)| json!({"id": id, "title": title, "update_time": now})).collect();
        return json!({"items": items, "total": TITLES.len(), "limit": 28, "offset": 0});
    };
    if let Some(started) = state.conversations.read(id) {
        return started;
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

/// `/cdn-cgi/trace`: the client as the edge sees it.
fn trace(request: &Request) -> String {
    let http = if request.protocol == "h2" { "http/2" } else { "http/1.1" };
    let seconds = OffsetDateTime::now_utc().unix_timestamp();
    format!(
        "fl=1f1\nh={}\nip=203.0.113.7\nts={seconds}.000\nvisit_scheme=https\ncolo=FRA\nsliver=none\nhttp={http}\n\
         loc=DE\ntls=TLSv1.3\nsni=plaintext\nwarp=off\ngateway=off\nrbi=off\nkex=X25519\n",
        request.host
    )
}

/// 404 of the service for its paths, of the edge for others.
fn not_found(request: &Request) -> Response {
    if request.path.starts_with("/backend-") {
        Response::new(404, "application/json", r#"{"detail":"Not Found"}"#).by_service()
    } else {
        Response::new(404, TEXT, "not found\n").by_edge()
    }
}
