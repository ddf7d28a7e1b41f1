//! What a person asks for on a page, told to the worker.

use wasm_bindgen::JsValue;

use super::{browser, get, object, plain::to_js};
use crate::core::{event::Intent, plain::Data};

/// Tells the worker what the person wants; comes back when that is saved.
pub async fn send(intent: Intent) -> Result<(), JsValue> {
    let answer = browser::done(browser::runtime_send(&object([("intent", to_js(&intent.to_plain()))]))).await?;
    get(&answer, "error").as_string().map_or(Ok(()), |why| Err(why.into()))
}
