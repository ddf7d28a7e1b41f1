//! Sends messages from a page to the worker.

use wasm_bindgen::JsValue;

use super::{browser, get, object, value::to_js};
use crate::core::event::Intent;

/// Sends an intent to the worker, and waits until the result is saved. A worker that is stopped meanwhile does not
/// reply; the intent is then sent again, and has no further effect if it was processed.
///
/// # Errors
/// The worker rejected the intent, or did not reply.
pub async fn send(intent: Intent) -> Result<(), JsValue> {
    let message = object([("kind", "intent".into()), ("intent", to_js(&intent)?)]);
    deliver(&message).await
}

/// Sends a message to the worker as [`send`] does; it must be one that may come twice.
///
/// # Errors
/// The worker rejected the message, or did not reply.
pub async fn deliver(message: &JsValue) -> Result<(), JsValue> {
    let answer = match browser::done(browser::runtime_send(message)).await {
        Ok(answer) if !answer.is_undefined() => answer,
        _ => browser::done(browser::runtime_send(message)).await?,
    };
    get(&answer, "error").as_string().map_or(Ok(()), |why| Err(why.into()))
}
