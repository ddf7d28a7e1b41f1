//! The state of a page, or of a part of it: one element with a text, the same everywhere (`.state` in `base.css`). Where a
//! page begins in the state `loading`, that is in its own HTML.

use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::core::{Millis, msg::Msg};
use crate::web::dom::{attribute, hide, sentence};

/// It is being read.
pub fn loading(place: &Element, words: &Msg, now: Millis) -> Result<(), JsValue> {
    show(place, "loading", words, now)
}

/// Nothing to show, with the reason.
pub fn empty(place: &Element, words: &Msg, now: Millis) -> Result<(), JsValue> {
    show(place, "empty", words, now)
}

/// It could not be read, or not completely, with what to do.
pub fn error(place: &Element, words: &Msg, now: Millis) -> Result<(), JsValue> {
    show(place, "error", words, now)
}

/// It is shown, with a note.
pub fn ready(place: &Element, words: &Msg, now: Millis) -> Result<(), JsValue> {
    show(place, "ready", words, now)
}

fn show(place: &Element, state: &str, words: &Msg, now: Millis) -> Result<(), JsValue> {
    // The earlier text must not come back after a change of language.
    attribute(place, "data-msg", None)?;
    attribute(place, "data-state", Some(state))?;
    sentence(place, words, now)?;
    hide(place, false)
}
