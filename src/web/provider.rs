//! Asks those who may know more: the provider's status page, and the edge. Understands nothing of what they say.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Request, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response};

use super::browser;
use crate::core::json::Value;

/// What goes on now, with all parts.
pub const NOW: &str = "https://status.openai.com/proxy/status.openai.com";
/// Its past incidents.
pub const INCIDENTS: &str = "https://status.openai.com/proxy/status.openai.com/incidents";

const PATIENCE_MS: u32 = 10_000;
/// The page is about 100 KB; one much larger is not the page we know.
const LARGEST: u32 = 4_000_000;

/// Asks without credentials and without following a redirect, again only if it changed (the browser's own cache sends
/// If-None-Match).
///
/// # Errors
/// Anything but a good answer.
pub async fn ask(url: &str) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoCache);
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let request = Request::new_with_str_and_init(url, &init)?;
    let response: Response = browser::done(browser::fetch(&request)).await?.dyn_into()?;
    if response.ok() { Ok(response) } else { Err("no good answer".into()) }
}

/// What the provider's page answers, as JSON.
///
/// # Errors
/// Whatever keeps it from being read.
pub async fn read(url: &str) -> Result<Value, JsValue> {
    let text: JsString = browser::done(ask(url).await?.text()).await?.dyn_into()?;
    if text.length() > LARGEST {
        return Err("more than the page we know".into());
    }
    serde_json::from_str(&String::from(text)).map_err(|problem| problem.to_string().into())
}
