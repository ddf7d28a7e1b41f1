//! Static files of the site: their paths, text and caching.
//!
//! A deploy renames the chunk that the root script imports. The asset host keeps the root script of before, but
//! chatgpt.com no longer serves the chunk that it imports.

use crate::response::Response;

const CHUNK_JS: &str = include_str!("page/chunk.js");
const SERVICE_WORKER_JS: &str = include_str!("page/keeper.js");
const ROOT_JS: &str = include_str!("page/root.js");

/// Path of the script that the document loads.
pub(crate) const ROOT_PATH: &str = "/assets/root.js";

/// Path of the same script before the last deploy.
pub(crate) const STALE_ROOT_PATH: &str = "/assets/root-1f03a6d2.js";

/// Path of the chunk that the script imports, now and before the last deploy.
pub(crate) const CHUNK_PATH: &str = "/cdn/assets/conversation-b71c94e0.js";
const STALE_CHUNK_PATH: &str = "/cdn/assets/conversation-1f03a6d2.js";

/// The document as the service worker requests it, to cache it.
pub(crate) const CACHED_DOCUMENT: &str = "/?kept";

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// `Cache-Control` of files whose name changes with their content.
pub(crate) const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Path, content type and text of the other files on the asset host.
const FILES: [(&str, &str, &str); 9] = [
    ("/assets/root.css", "text/css; charset=utf-8", include_str!("page/page.css")),
    ("/assets/composer.js", JAVASCRIPT, include_str!("page/composer.js")),
    ("/assets/dom.js", JAVASCRIPT, include_str!("page/dom.js")),
    ("/assets/next.js", JAVASCRIPT, include_str!("page/next.js")),
    ("/assets/new.js", JAVASCRIPT, include_str!("page/new.js")),
    ("/assets/old.js", JAVASCRIPT, include_str!("page/old.js")),
    ("/assets/stream.js", JAVASCRIPT, include_str!("page/stream.js")),
    ("/assets/wire.js", JAVASCRIPT, include_str!("page/wire.js")),
    ("/assets/words.js", JAVASCRIPT, include_str!("page/words.js")),
];

/// The file at a path of the asset host, if there is one.
pub(crate) fn file(path: &str) -> Option<Response> {
    let (_, kind, text) = FILES.iter().find(|(known, _, _)| *known == path)?;
    Some(cross_origin(Response::new(200, kind, *text), "no-cache"))
}

/// The current root script.
pub(crate) fn root_script() -> Response {
    cross_origin(Response::new(200, JAVASCRIPT, ROOT_JS), "no-cache")
}

/// The root script from before the last deploy.
pub(crate) fn stale_root_script() -> Response {
    cross_origin(Response::new(200, JAVASCRIPT, ROOT_JS.replace(CHUNK_PATH, STALE_CHUNK_PATH)), IMMUTABLE)
}

/// The current chunk.
pub(crate) fn chunk() -> Response {
    Response::new(200, JAVASCRIPT, CHUNK_JS).with("cache-control", IMMUTABLE).by_edge()
}

/// The script of the service worker.
pub(crate) fn service_worker() -> Response {
    Response::new(200, JAVASCRIPT, SERVICE_WORKER_JS).with("cache-control", "no-cache").by_edge()
}

/// Adds the headers of the asset host: caching, and access for scripts of other origins.
pub(crate) fn cross_origin(response: Response, cache_control: &str) -> Response {
    response.with("cache-control", cache_control).with("access-control-allow-origin", "*").by_edge()
}
