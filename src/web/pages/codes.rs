//! The page of error codes: the search over its entries.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

use super::{on, state};
use crate::core::{codes::found, msg::msg};
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

/// Shows the entries that the search finds; all where it is empty.
fn search() -> Result<(), JsValue> {
    let wanted = lower(&by_id("search")?.unchecked_into::<HtmlInputElement>().value());
    let is_empty = wanted.trim().is_empty();
    let entries = document()?.query_selector_all("main section")?;
    let entries = (0..entries.length()).filter_map(|index| entries.item(index)?.dyn_into::<Element>().ok());
    let entries: Vec<Element> = entries.collect();
    let texts: Vec<String> = entries.iter().map(|entry| lower(&entry.text_content().unwrap_or_default())).collect();
    let mut shown = 0;
    for (entry, found) in entries.iter().zip(found(&wanted, &texts)) {
        hide(entry, !found)?;
        shown += u32::from(found);
    }
    for list in ["codes-http", "codes-stream", "codes-net", "codes-list"] {
        hide(&by_id(list)?, !is_empty)?;
    }
    let note = by_id("search-note")?;
    if shown == 0 {
        return state::empty(&note, &msg("codes_none"), 0);
    }
    hide(&note, is_empty)?;
    state::ready(&note, &msg("codes_found").number(shown.into()), 0)
}

/// In the browser: Rust's tables of letters take 20 KB of wasm.
fn lower(text: &str) -> String {
    String::from(JsString::from(text).to_lower_case())
}
