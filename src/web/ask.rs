//! HTTP requests of a page or the worker: without cookies, bypassing the cache, with a timeout.

use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Request, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response};

use super::browser;
use crate::core::{Millis, headers::Headers};

/// Options of a request without credentials, with a timeout in milliseconds.
pub fn bare(patience: Millis) -> RequestInit {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(u32::try_from(patience).unwrap_or(u32::MAX))));
    init
}

/// Sends a request.
///
/// # Errors
/// The request failed or timed out.
pub async fn ask(url: &str, init: &RequestInit) -> Result<Response, JsValue> {
    browser::done(browser::fetch(&Request::new_with_str_and_init(url, init)?)).await?.dyn_into()
}

/// The allowed headers of a response.
pub fn headers(response: &Response) -> Headers {
    Headers::from_pairs(Headers::NAMES.iter().filter_map(|name| Some((name, header(response, name)?))))
}

/// One header.
pub fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).ok().flatten()
}

/// The body; empty if it breaks off.
pub async fn body(response: &Response) -> String {
    let Ok(text) = response.text() else { return String::new() };
    let text = wasm_bindgen_futures::JsFuture::from(text).await;
    text.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Whether a rejection is a timeout.
pub fn is_late(error: &JsValue) -> bool {
    super::get(error, "name").as_string().as_deref() == Some("TimeoutError")
}
