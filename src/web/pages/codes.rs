//! The page of error codes: the search over its entries and over the error catalog.

use std::cell::{Cell, RefCell};

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

use super::{on, state};
use crate::core::{
    catalog::{Explanation, Found, lookup},
    codes::found,
    msg::{key, msg},
};
use crate::web::{
    catalog,
    dom::{by_id, copy, document, hide, list, sentence, sentences, text, within},
    report::{report, spawn},
};

thread_local! {
    /// The text of the catalog once it was read; it is read with the first search.
    static LISTS: RefCell<String> = const { RefCell::new(String::new()) };
    /// Whether it is being read now.
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Starts the page.
pub fn open() -> Result<(), JsValue> {
    on("input", |target| {
        if target.id() == "search" {
            if LISTS.with_borrow(String::is_empty) && !READING.replace(true) {
                spawn("read the catalog", read());
            }
            report("search", search());
        }
    })
}

/// Reads the catalog and searches again. If it cannot be read, the next search tries once more.
async fn read() -> Result<(), JsValue> {
    let lists = catalog::read().await;
    READING.set(false);
    if let Ok(lists) = &lists {
        LISTS.with_borrow_mut(|kept| kept.clone_from(lists));
    }
    search()?;
    lists.map(drop)
}

/// Shows the entries and names that the search finds; all entries and no names where it is empty.
fn search() -> Result<(), JsValue> {
    let typed = by_id("search")?.unchecked_into::<HtmlInputElement>().value();
    let is_empty = typed.trim().is_empty();
    let named = LISTS.with_borrow(|lists| {
        let found = lookup(lists, &typed);
        names(&found)?;
        Ok::<usize, JsValue>(found.all)
    })?;
    let entries = entries(&lower(&typed), named == 0)?;
    for list in ["codes-http", "codes-stream", "codes-net", "codes-list"] {
        hide(&by_id(list)?, !is_empty)?;
    }
    let note = by_id("search-note")?;
    let all = entries + named;
    if all == 0 && READING.get() {
        return state::loading(&note, &msg("looking"), 0);
    }
    if all == 0 {
        return state::empty(&note, &msg("codes_none"), 0);
    }
    hide(&note, is_empty)?;
    state::ready(&note, &msg("codes_found").number(all as i64), 0)
}

/// Shows the page's own entries that match, those that match partly only if `partly`, and counts them.
fn entries(wanted: &str, partly: bool) -> Result<usize, JsValue> {
    let entries = document()?.query_selector_all("main section")?;
    let entries = (0..entries.length()).filter_map(|index| entries.item(index)?.dyn_into::<Element>().ok());
    let entries: Vec<Element> = entries.collect();
    let texts: Vec<String> = entries.iter().map(|entry| lower(&entry.text_content().unwrap_or_default())).collect();
    let mut shown = 0;
    for (entry, found) in entries.iter().zip(found(wanted, &texts, partly)) {
        hide(entry, !found)?;
        shown += usize::from(found);
    }
    Ok(shown)
}

/// Shows the names of the catalog.
fn names(found: &Found<'_>) -> Result<(), JsValue> {
    hide(&by_id("names")?, found.shown.is_empty())?;
    list(&by_id("names-list")?, &found.shown, &|| copy("name-template"), &name)?;
    let more = by_id("names-more")?;
    hide(&more, found.shown.len() == found.all)?;
    sentence(&more, &msg("codes_names_more").number(found.all as i64), 0)
}

fn name(place: &Element, entry: &Explanation<'_>) -> Result<(), JsValue> {
    text(&within(place, "h3")?, entry.name);
    text(&within(place, ".meaning")?, entry.meaning);
    let layers: Vec<_> = entry.layers.iter().map(|layer| msg(&key("layer", layer.name()))).collect();
    sentences(&within(place, ".layers")?, "span", &layers, 0)?;
    hide(&within(place, ".advice")?, entry.advice.is_empty())?;
    text(&within(place, ".words")?, entry.advice);
    text(&within(place, ".source")?, entry.list);
    Ok(())
}

/// In the browser: Rust's tables of letters take 20 KB of wasm.
fn lower(text: &str) -> String {
    String::from(JsString::from(text).to_lower_case())
}
