//! How far a page, or a part of it, is with what it shows: one element that says so in words, and looks the same everywhere
//! (`.state` in `base.css`). What is still being read stands as `loading` in the page's own HTML.

use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::core::{Millis, msg::Msg};
use crate::web::dom::{attribute, hide, sentence};

/// There is nothing to show, and why.
pub fn empty(place: &Element, words: &Msg, now: Millis) -> Result<(), JsValue> {
    show(place, "empty", words, now)
}

/// It could not be read, or not all of it; the words say what to do.
pub fn error(place: &Element, words: &Msg, now: Millis) -> Result<(), JsValue> {
    show(place, "error", words, now)
}

/// It is there: what is to be said of it.
pub fn ready(place: &Element, words: &Msg, now: Millis) -> Result<(), JsValue> {
    show(place, "ready", words, now)
}

fn show(place: &Element, state: &str, words: &Msg, now: Millis) -> Result<(), JsValue> {
    // The words of before are not to come back with another language.
    attribute(place, "data-msg", None)?;
    attribute(place, "data-state", Some(state))?;
    sentence(place, words, now)?;
    hide(place, false)
}
