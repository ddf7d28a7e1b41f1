//! The line below the kept prompts: what became of a press.

use wasm_bindgen::JsValue;

use crate::{
    core::msg::msg,
    web::dom::{by_id, sentence},
};

/// Says what became of it.
pub fn say(key: &str) -> Result<(), JsValue> {
    sentence(&by_id("prompts-note")?, &msg(key), 0)
}
