//! api.openai.com and auth.openai.com. Any API key is accepted.

use hyper::Method;
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::fault::Endpoint;
use crate::fault_injection::respond;
use crate::request::Request;
use crate::response::{HTML, Outcome, Response, TEXT};
use crate::state::State;

/// The outcome of a request to the API.
pub(crate) fn answer(state: &State, request: &Request) -> Outcome {
    if request.method == Method::OPTIONS {
        return Response::new(204, TEXT, "")
            .with("access-control-allow-origin", "*")
            .with("access-control-allow-methods", "GET, POST, OPTIONS")
            .with("access-control-allow-headers", "authorization, content-type, openai-organization, openai-project")
            .by_edge()
            .into();
    }
    respond(state, Endpoint::Api, request, || {
        let (status, body) = healthy(request);
        let answer = Response::new(status, "application/json", body.to_string());
        answer.with("access-control-allow-origin", "*").by_api()
    })
}

/// The outcome of a request to auth.openai.com.
pub(crate) fn sign_in(state: &State, request: &Request) -> Outcome {
    let token = json!({
        "access_token": "lab-access-token", "token_type": "Bearer", "expires_in": 864_000,
        "refresh_token": "lab-refresh-token", "scope": "openid profile email offline_access",
    });
    let page = "<!doctype html><html lang=en><meta charset=utf-8><title>Welcome back (lab)</title><h1>Welcome back</h1>\
                <form><input type=email name=email autocomplete=email><button>Continue</button></form>";
    match request.path.as_str() {
        "/oauth/token" => respond(state, Endpoint::OauthToken, request, || {
            Response::json(&token).with("cache-control", "no-store").by_service()
        }),
        "/authorize" | "/oauth/authorize" | "/log-in" => {
            respond(state, Endpoint::SignIn, request, || Response::new(200, HTML, page).by_service())
        }
        _ => Response::new(404, TEXT, "not found\n").by_edge().into(),
    }
}

/// Status and body of a healthy API.
fn healthy(request: &Request) -> (u16, Value) {
    const KIND: &str = "invalid_request_error";
    let error = |message: &str| json!({"error": {"message": message, "type": KIND, "param": null, "code": null}});
    if !request.authorization {
        return (401, error("You didn't provide an API key."));
    }
    const WORDS: &str = "Hello from the lab.";
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let id = Uuid::new_v4().simple().to_string();
    let body = match (request.path.as_str(), request.method == Method::POST) {
        ("/v1/models", false) => json!({"object": "list", "data": [
            {"id": "gpt-5", "object": "model", "created": 1_754_000_000, "owned_by": "system"},
        ]}),
        ("/v1/chat/completions", true) => json!({
            "id": format!("chatcmpl-{id}"), "object": "chat.completion", "created": now, "model": "gpt-5",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": WORDS}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 5, "total_tokens": 6},
        }),
        ("/v1/responses", true) => json!({
            "id": format!("resp_{id}"), "object": "response", "created_at": now, "status": "completed",
            "model": "gpt-5", "error": null,
            "output": [{"type": "message", "id": format!("msg_{id}"), "status": "completed", "role": "assistant",
                        "content": [{"type": "output_text", "text": WORDS, "annotations": []}]}],
        }),
        (path, _) => return (404, error(&format!("Invalid URL ({} {path})", request.method))),
    };
    (200, body)
}
