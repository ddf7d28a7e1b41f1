//! The line below the kept prompts: what became of a press.

use std::cell::RefCell;

use wasm_bindgen::JsValue;

use crate::{
    core::{Millis, msg::msg},
    web::dom::{by_id, hide, sentence, text},
};

thread_local! {
    /// The prompts that are shown, or will be by the person's own press.
    static SHOWN: RefCell<Vec<Millis>> = const { RefCell::new(Vec::new()) };
}

/// Says what became of it.
pub fn say(key: &str) -> Result<(), JsValue> {
    sentence(&by_id("prompts-note")?, &msg(key), 0)
}

/// These are shown now. What was said before, such as that one is in the chat box again, is not said beside a new one.
pub fn shown(ids: Vec<Millis>) -> Result<(), JsValue> {
    let before = SHOWN.replace(ids.clone());
    if ids.iter().any(|id| !before.contains(id)) {
        text(&by_id("prompts-note")?, "");
        hide(&by_id("undiscard")?, true)?;
    }
    Ok(())
}

/// This one will be shown again.
pub fn expect(id: Millis) {
    SHOWN.with_borrow_mut(|shown| shown.push(id));
}
