//! What a person asks for on a page, told to the worker.

use wasm_bindgen::JsValue;

use super::{browser, get, object, value::to_js};
use crate::core::event::Intent;

/// Tells the worker what the person wants; comes back when that is saved. A worker that ends in that moment answers
/// nothing; the next one is told again, and whatever it is asked twice it does once.
pub async fn send(intent: Intent) -> Result<(), JsValue> {
    let message = object([("kind", "intent".into()), ("intent", to_js(&intent)?)]);
    let answer = match browser::done(browser::runtime_send(&message)).await {
        Ok(answer) if !answer.is_undefined() => answer,
        _ => browser::done(browser::runtime_send(&message)).await?,
    };
    get(&answer, "error").as_string().map_or(Ok(()), |why| Err(why.into()))
}
