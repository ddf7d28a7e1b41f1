//! Requests to the provider's status page and the edge, without interpretation of the responses.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Request, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response};

use super::browser;
use crate::core::json::Value;

/// The present state of all components.
pub const NOW: &str = "https://status.openai.com/proxy/status.openai.com";
/// The past incidents.
pub const INCIDENTS: &str = "https://status.openai.com/proxy/status.openai.com/incidents";

const PATIENCE_MS: u32 = 10_000;
/// Largest body that is parsed, in UTF-16 code units; the page has about 100 KB.
const LARGEST: u32 = 4_000_000;

/// Sends a request without credentials that follows no redirect, conditional if cached (the browser's own cache sends
/// If-None-Match).
///
/// # Errors
/// Any network error, or a status other than success.
pub async fn ask(url: &str) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoCache);
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let request = Request::new_with_str_and_init(url, &init)?;
    let response: Response = browser::done(browser::fetch(&request)).await?.dyn_into()?;
    if response.ok() { Ok(response) } else { Err(format!("HTTP {}", response.status()).into()) }
}

/// Reads the provider's page as JSON.
///
/// # Errors
/// The request failed, or the body is not JSON or too large.
pub async fn read(url: &str) -> Result<Value, JsValue> {
    let text: JsString = browser::done(ask(url).await?.text()).await?.dyn_into()?;
    if text.length() > LARGEST {
        return Err("more than the page we know".into());
    }
    serde_json::from_str(&String::from(text)).map_err(|problem| problem.to_string().into())
}
