//! The timeline: what happened and when, from the journal. A failure opens to its evidence, to what was tried, and to the
//! question whether the verdict was right.

mod find;
mod open;

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event as DomEvent};

use super::{on, requests};
use crate::core::{
    Millis,
    journal::{Entry, Trouble},
    msg::{Msg, key, msg},
    time::utc,
    view::{Line, lines},
};
use crate::shell::{
    browser,
    dom::{attribute, by_id, copy as fresh, document, hide, sentence, text, within},
    journal::read,
    now,
    words::{exact_clock, exact_day},
};

/// So many lines are put on the page at once; more come as it is scrolled.
const BATCH: usize = 100;
/// Within so many pixels of its end the page grows.
const NEAR: f64 = 1_200.0;
/// What is told late may be as much older than the newest entry.
const LATE: Millis = 3_600_000;

/// What the page has read.
#[derive(Default)]
struct Book {
    entries: Vec<Entry>,
    lines: Vec<Line>,
    /// So many lines stand on the page.
    shown: usize,
}

thread_local! {
    static BOOK: RefCell<Book> = RefCell::default();
}

/// Brings the page to life.
pub async fn open() -> Result<(), JsValue> {
    find::fill()?;
    on("input", |target| {
        // A filter; not the answer to a question.
        if matches!(target.closest("#find"), Ok(Some(_))) {
            drop(draw());
        }
    })?;
    on("click", |target| {
        drop(requests::copy_id(target));
        match target.get_attribute("data-do").as_deref() {
            Some("clear") => drop(find::clear().and_then(|()| draw())),
            Some("more") => drop(grow()),
            Some("fresh") => spawn_local(async { drop(load().await) }),
            Some("right") => open::right(target),
            _ => {}
        }
    })?;
    on("change", |target| {
        if target.get_attribute("data-do").as_deref() == Some("wrong") {
            open::wrong(target);
        }
    })?;
    // Neither of the two bubbles.
    captured("toggle", |target| {
        if target.has_attribute("open") {
            open::open(target);
        }
    })?;
    captured("scroll", |_| drop(grow_if_near()))?;
    let changed = Closure::<dyn Fn()>::new(|| spawn_local(async { drop(look_for_more().await) }));
    browser::on_storage_changed(changed.as_ref().unchecked_ref());
    // It lives as long as the page.
    changed.forget();
    load().await
}

fn captured(name: &str, then: fn(&Element)) -> Result<(), JsValue> {
    let heard = Closure::<dyn Fn(DomEvent)>::new(move |event: DomEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let page = || document().ok()?.document_element();
        if let Some(target) = target.or_else(page) {
            then(&target);
        }
    });
    document()?.add_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), true)?;
    heard.forget();
    Ok(())
}

/// Reads all of it.
async fn load() -> Result<(), JsValue> {
    hide(&by_id("fresh")?, true)?;
    match read::entries(Millis::MIN).await {
        Ok((entries, aside)) => {
            BOOK.with_borrow_mut(|book| book.entries = entries);
            trouble(aside.then_some(Trouble::Aside))?;
            draw()
        }
        Err(what) => {
            hide(&by_id("head")?, true)?;
            trouble(Some(what))
        }
    }
}

fn trouble(what: Option<Trouble>) -> Result<(), JsValue> {
    let note = by_id("note")?;
    hide(&note, what.is_none())?;
    what.map_or(Ok(()), |what| sentence(&note, &msg(what.words()), 0))
}

/// Something was saved: was something written?
async fn look_for_more() -> Result<(), JsValue> {
    let newest = BOOK.with_borrow(|book| book.entries.last().map_or(Millis::MIN, |entry| entry.at));
    let Ok((entries, _)) = read::entries(newest.saturating_sub(LATE)).await else { return Ok(()) };
    let news = BOOK.with_borrow(|book| entries.iter().any(|entry| !book.entries.contains(entry)));
    let empty = BOOK.with_borrow(|book| book.entries.is_empty());
    match news {
        // Nobody reads there yet.
        true if empty => load().await,
        true => hide(&by_id("fresh")?, false),
        false => Ok(()),
    }
}

/// The list anew, as the filters want it.
fn draw() -> Result<(), JsValue> {
    let filter = find::filter()?;
    let (shown, all) = BOOK.with_borrow_mut(|book| {
        book.lines = lines(&book.entries, &filter);
        book.shown = 0;
        (book.lines.len(), lines(&book.entries, &Default::default()).len())
    });
    let head: Msg = match (shown, all) {
        (_, 0) => msg("journal_empty"),
        (0, _) => msg("journal_none"),
        _ => msg("journal_count").number(shown as i64).number(all as i64),
    };
    let place = by_id("head")?;
    hide(&place, false)?;
    sentence(&place, &head, 0)?;
    hide(&by_id("find")?, all == 0)?;
    hide(&by_id("clear")?, filter == Default::default())?;
    by_id("rows")?.replace_children_with_node_0();
    grow()
}

/// Puts the next lines on the page.
fn grow() -> Result<(), JsValue> {
    let rows = by_id("rows")?;
    BOOK.with_borrow_mut(|book| -> Result<(), JsValue> {
        let before = book.shown.checked_sub(1).and_then(|last| book.lines.get(last));
        // The plain name of a day is told far faster than the one that is shown.
        let plain = |at: Millis| String::from(js_sys::Date::new(&(at as f64).into()).to_date_string());
        let mut day = before.map(|line| plain(line.at));
        for line in book.lines.iter().skip(book.shown).take(BATCH) {
            let own = plain(line.at);
            if day.as_ref() != Some(&own) {
                let heading = fresh("day-template")?;
                text(&within(&heading, "h2")?, &exact_day(line.at));
                rows.append_child(&heading)?;
            }
            day = Some(own);
            let row = row(line)?;
            rows.append_child(&row)?;
        }
        book.shown = book.lines.len().min(book.shown + BATCH);
        hide(&by_id("more")?, book.shown == book.lines.len())
    })
}

fn grow_if_near() -> Result<(), JsValue> {
    let page = document()?.document_element().ok_or("no page")?;
    let left = f64::from(page.scroll_height()) - f64::from(page.scroll_top()) - f64::from(page.client_height());
    let more = BOOK.with_borrow(|book| book.shown < book.lines.len());
    if more && left < NEAR { grow() } else { Ok(()) }
}

fn row(line: &Line) -> Result<Element, JsValue> {
    let row = fresh(if line.failed { "failure-template" } else { "row-template" })?;
    let time = within(&row, "time")?;
    text(&time, &exact_clock(line.at));
    attribute(&time, "title", Some(&utc(line.at)))?;
    sentence(&within(&row, ".what")?, &line.what, 0)?;
    if let Some(outcome) = &line.outcome {
        sentence(&within(&row, ".outcome")?, outcome, 0)?;
    }
    if line.failed {
        attribute(&row, "data-key", Some(&line.key))?;
        let side = within(&row, ".side")?;
        hide(&side, line.blame.is_none())?;
        if let Some(blame) = line.blame {
            attribute(&side, "data-blame", Some(blame.name()))?;
            sentence(&side, &msg(&key("side", blame.name())), 0)?;
        }
    }
    Ok(row)
}

/// Tells that something was done, for whoever does not see it.
fn announce(words: &Msg) {
    if let Ok(place) = by_id("copied") {
        let _ = sentence(&place, words, now());
    }
}
