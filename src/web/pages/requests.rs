//! The list of failed requests, from the saved model.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::{copy, on, state};
use crate::core::{
    Millis, Model,
    request_ids::Ids,
    view::{self, RequestView, Requests},
};
use crate::web::{
    browser,
    dom::{by_id, copy as fresh, hide, list, sentence, sentences, text, within},
    look::look,
    now,
    report::{report, spawn},
    tabs::open_tabs,
};

/// Interval at which relative times such as "4 min ago" are updated.
const REFRESH_MS: i32 = 5_000;

/// Starts the page.
pub async fn open() -> Result<(), JsValue> {
    let redraw = Closure::<dyn Fn()>::new(|| spawn("failed requests", render()));
    browser::on_storage_changed(redraw.as_ref().unchecked_ref());
    let window = web_sys::window().ok_or("no window")?;
    window.set_interval_with_callback_and_timeout_and_arguments_0(redraw.as_ref().unchecked_ref(), REFRESH_MS)?;
    // Kept for the lifetime of the page.
    redraw.forget();
    on("click", |target| report("copy the id", copy_id(target)))?;
    render().await
}

async fn render() -> Result<(), JsValue> {
    let model = look().await.unwrap_or_else(Model::default);
    let now = now();
    let tab = view::choose_tab(&model, &open_tabs().await?);
    fill(&view::requests(&model, tab, now), now)
}

fn fill(requests: &Requests, now: Millis) -> Result<(), JsValue> {
    let say = if requests.shown.is_empty() { state::empty } else { state::ready };
    say(&by_id("head")?, &requests.head, now)?;
    let note = by_id("note")?;
    hide(&note, requests.note.is_none())?;
    if let Some(words) = &requests.note {
        sentence(&note, words, now)?;
    }
    list(&by_id("requests")?, &requests.shown, &|| fresh("request-template"), &|row, request| {
        fill_row(row, request, now)
    })?;
    let older = by_id("older")?;
    hide(&older, requests.older.is_empty())?;
    sentences(&within(&older, "ul")?, "li", &requests.older, now)
}

fn fill_row(row: &Element, request: &RequestView, now: Millis) -> Result<(), JsValue> {
    sentence(&within(row, ".what")?, &request.what, now)?;
    text(&within(row, ".outcome")?, request.outcome.as_deref().unwrap_or_default());
    sentence(&within(row, ".when")?, &request.when, now)?;
    let path = within(row, ".path")?;
    hide(&path, request.path.is_none())?;
    text(&path, request.path.as_deref().unwrap_or_default());
    sentences(&within(row, ".facts")?, "li", &request.facts, now)?;
    ids(row, &request.ids)
}

/// The request ids for a support desk, each with a button to copy it.
pub fn ids(within_this: &Element, ids: &Ids) -> Result<(), JsValue> {
    for (name, id) in [("request", &ids.request), ("ray", &ids.ray)] {
        let line = within(within_this, &format!("[data-id='{name}']"))?;
        hide(&line, id.is_none())?;
        if name == "request" {
            text(&within(&line, ".muted")?, ids.header());
            text(&within(&line, ".unseen")?, &format!(" {}", ids.header()));
        }
        text(&within(&line, "code")?, id.as_deref().unwrap_or_default());
    }
    Ok(())
}

/// Copies the id next to the pressed button.
pub fn copy_id(target: &Element) -> Result<(), JsValue> {
    let Some(button) = target.closest("[data-do='copy']")? else { return Ok(()) };
    if let Some(line) = button.parent_element() {
        copy::copy(within(&line, "code")?);
    }
    Ok(())
}
