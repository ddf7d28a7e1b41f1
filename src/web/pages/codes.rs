//! The page of error codes: the search over its entries.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

use super::{on, state};
use crate::core::msg::msg;
use crate::web::{
    dom::{by_id, document, hide},
    report::report,
};

/// Starts the page.
pub fn open() -> Result<(), JsValue> {
    on("input", |target| {
        if target.id() == "search" {
            report("search", search());
        }
    })
}

/// Shows the entries that hold every word of the search, in any case; all where it is empty.
fn search() -> Result<(), JsValue> {
    let wanted = lower(&by_id("search")?.unchecked_into::<HtmlInputElement>().value());
    let words: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
    let entries = document()?.query_selector_all("main section")?;
    let entries = (0..entries.length()).filter_map(|index| entries.item(index)?.dyn_into::<Element>().ok());
    let mut shown = 0;
    for entry in entries {
        let text = lower(&entry.text_content().unwrap_or_default());
        let found = words.iter().all(|word| text.contains(word));
        hide(&entry, !found)?;
        shown += u32::from(found);
    }
    for list in ["codes-http", "codes-stream", "codes-net", "codes-list"] {
        hide(&by_id(list)?, !words.is_empty())?;
    }
    let note = by_id("search-note")?;
    if shown == 0 {
        return state::empty(&note, &msg("codes_none"), 0);
    }
    hide(&note, words.is_empty())?;
    state::ready(&note, &msg("codes_found").number(shown.into()), 0)
}

/// In the browser: Rust's tables of letters take 20 KB of wasm.
fn lower(text: &str) -> String {
    String::from(JsString::from(text).to_lower_case())
}
