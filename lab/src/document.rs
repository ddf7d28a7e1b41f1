//! HTML documents of chatgpt.com, in the three generations of the page.

use uuid::Uuid;

use crate::assets::{ROOT_PATH, STALE_ROOT_PATH};
use crate::editor;
use crate::generation::Generation;
use crate::request::Request;
use crate::response::{HTML, Response, TEXT};
use crate::state::State;

const OLD: &str = include_str!("page/old.html");
const NEW: &str = include_str!("page/new.html");
const NEXT: &str = include_str!("page/next.html");

/// The current document, which sets the cookies of a signed-in person.
pub(crate) fn signed_in(state: &State, request: &Request) -> Response {
    current(state, request)
        .with("set-cookie", &format!("oai-did={}; Path=/; Secure; SameSite=Lax", Uuid::new_v4()))
        .with(
            "set-cookie",
            "__Secure-next-auth.session-token=lab-session; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000",
        )
}

/// The current document, which sets no cookie.
pub(crate) fn current(state: &State, request: &Request) -> Response {
    html(state, request, |address| format!(r#"<script type="module" src="{address}"></script>"#))
}

/// The document from before a deploy. It registers the service worker, which caches it, and loads the stale root script.
pub(crate) fn stale(state: &State, request: &Request) -> Response {
    html(state, request, |address| {
        let stale = address.replace(ROOT_PATH, STALE_ROOT_PATH);
        format!(
            "<script>\nconst begin = () => {{\n\
             const script = document.createElement('script');\n\
             script.type = 'module';\n\
             script.src = '{stale}';\n\
             document.head.append(script);\n}};\n\
             addEventListener('DOMContentLoaded', () => {{\n\
             navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(begin, begin);\n\
             }});\n</script>"
        )
    })
}

/// The page to sign in at, and the redirect after its form was sent.
pub(crate) fn sign_in(request: &Request) -> Response {
    if request.method == hyper::Method::POST {
        return Response::new(303, HTML, "").with("location", "/").with("cache-control", "no-store").by_service();
    }
    let page = "<!doctype html><html lang=en><meta charset=utf-8><title>Log in (lab)</title><h1>Welcome back</h1>\
                <form method=post action=/auth/login><button id=sign-in>Continue as Robin</button></form>";
    Response::new(200, HTML, page).with("cache-control", "no-store").by_service()
}

/// The generation that the query parameter `page` names, in the lab's language. `script` returns the element that loads
/// the root script from an address.
fn html(state: &State, request: &Request, script: impl Fn(&str) -> String) -> Response {
    if let Some(missing) = editor::missing(state.modules.as_deref()) {
        return Response::new(503, TEXT, missing).with("cache-control", "no-store");
    }
    let page = request.query("page").and_then(|name| name.parse().ok()).unwrap_or(state.page);
    let html = match page {
        Generation::Old => OLD,
        Generation::New => NEW,
        Generation::Next => NEXT,
    };
    let address = format!("https://cdn.oaistatic.com{ROOT_PATH}?{}", page.name());
    let scripts = format!(r#"<script type="importmap">{}</script>"#, editor::import_map()) + &script(&address);
    let html = html.replace("{lang}", state.lang.code()).replace("{scripts}", &scripts);
    Response::new(200, HTML, html).with("cache-control", "no-cache").by_edge()
}
