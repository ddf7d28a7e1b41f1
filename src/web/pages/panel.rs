//! The panel in the developer tools: every request to ChatGPT in the inspected tab, the newest first.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

use super::{on, requests, save, state, traffic};
use crate::core::{
    Millis,
    entry::HarEntry,
    har::har,
    json::Value,
    msg::msg,
    time::utc,
    view::{self, FailureView, RowView},
};
use crate::web::{
    browser,
    dom::{attribute, by_id, copy as fresh, hide, sentence, sentences, text, within},
    get,
    look::look,
    now,
    report::{report, spawn},
    words::exact_clock,
};

/// Most requests; the oldest are dropped first.
const LONGEST: usize = 500;

/// A request in the list.
struct PanelRequest {
    plain: Value,
    entry: HarEntry,
    noise: bool,
}

thread_local! {
    /// The requests, the newest first, in the order of the rows.
    static SEEN: RefCell<Vec<PanelRequest>> = const { RefCell::new(Vec::new()) };
}

/// Starts the panel.
pub fn open() -> Result<(), JsValue> {
    count()?;
    traffic::listen(|plain, entry| spawn("panel", add(plain, entry)));
    on("click", |target| {
        report("copy the id", requests::copy_id(target));
        match target.get_attribute("data-do").as_deref() {
            Some("filter") => report("panel", filter()),
            Some("save") => report("save failed requests", save_failed()),
            _ => {}
        }
    })
}

async fn add(plain: Value, entry: HarEntry) -> Result<(), JsValue> {
    let provider = look().await.and_then(|model| model.provider);
    let now = now();
    let row = view::row(&entry, provider.as_ref(), now);
    let noise = row.noise;
    // The log and the listener may both report it.
    let place = SEEN.with_borrow_mut(|seen| {
        if seen.iter().any(|one| one.entry == entry) {
            return None;
        }
        let place = seen.iter().position(|one| one.entry.at <= entry.at).unwrap_or(seen.len());
        seen.insert(place, PanelRequest { plain, entry, noise });
        seen.truncate(LONGEST);
        Some(place)
    });
    let Some(place) = place else { return Ok(()) };
    let list = by_id("rows")?;
    let element = element(&row, now)?;
    list.insert_before(&element, list.children().item(place as u32).as_deref())?;
    while let Some(extra) = list.children().item(LONGEST as u32) {
        extra.remove();
    }
    count()
}

fn element(row: &RowView, now: Millis) -> Result<Element, JsValue> {
    let item = fresh("row-template")?;
    let kind = if row.noise { "row noise" } else { "row" };
    attribute(&item, "class", Some(if row.failure.is_some() { "row failed" } else { kind }))?;
    let time = within(&item, "time")?;
    text(&time, &exact_clock(row.at));
    attribute(&time, "title", Some(&utc(row.at)))?;
    text(&within(&item, ".method")?, &row.method);
    text(&within(&item, ".path")?, &row.path);
    text(&within(&item, ".outcome")?, &row.outcome);
    sentence(&within(&item, ".what")?, &row.what, now)?;
    sentence(&within(&item, ".took")?, &row.took, now)?;
    attribute(&within(&item, "rect")?, "width", Some(&format!("{}%", row.bar)))?;
    if let Some(size) = &row.size {
        sentence(&within(&item, ".size")?, size, now)?;
    }
    if let Some(failure) = &row.failure {
        let block = explained(failure, now)?;
        item.append_child(&block)?;
    }
    Ok(item)
}

fn explained(failure: &FailureView, now: Millis) -> Result<Element, JsValue> {
    let block = fresh("failure-template")?;
    attribute(&block, "data-blame", Some(failure.blame.name()))?;
    sentence(&within(&block, "h2")?, &failure.title, now)?;
    sentence(&within(&block, ".why")?, &failure.why, now)?;
    sentences(&within(&block, ".facts")?, "li", &failure.facts, now)?;
    requests::ids(&block, &failure.ids)?;
    Ok(block)
}

/// Shows the number of requests, and offers to save the failed ones.
fn count() -> Result<(), JsValue> {
    let (all, failed) = SEEN.with_borrow(|seen| {
        let failed = seen.iter().filter(|one| one.entry.failure.is_some()).count();
        (seen.iter().filter(|one| !one.noise).count(), failed)
    });
    let head = by_id("head")?;
    match (all, failed, checked("failed-only")?) {
        (0, ..) => state::empty(&head, &msg("panel_empty"), 0)?,
        (_, 0, true) => state::empty(&head, &msg("panel_none"), 0)?,
        _ => state::ready(&head, &msg("panel_count").number(all as i64).number(failed as i64), 0)?,
    }
    hide(&by_id("save")?, failed == 0)
}

fn filter() -> Result<(), JsValue> {
    let list = by_id("rows")?;
    for id in ["failed-only", "telemetry"] {
        attribute(&list, &format!("data-{id}"), checked(id)?.then_some(""))?;
    }
    count()
}

fn checked(id: &str) -> Result<bool, JsValue> {
    Ok(by_id(id)?.dyn_into::<HtmlInputElement>()?.checked())
}

fn save_failed() -> Result<(), JsValue> {
    let mend = get(&browser::runtime_manifest(), "version").as_string().unwrap_or_default();
    let bodies = checked("bodies")?;
    let entries: Vec<Value> = SEEN.with_borrow(|seen| seen.iter().rev().map(|one| one.plain.clone()).collect());
    save::save("mend-failed.har", &har(&entries, bodies, &mend))
}
