//! The timeline: the journal by time. A failure expands to its evidence, the attempts, and the question whether the
//! verdict was right.

mod example;
mod find;
mod list;
mod open;
mod row;

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event as DomEvent};

use super::{on, requests, state};
use crate::core::{
    Millis,
    journal::{JournalEntry, JournalHealth},
    msg::{Msg, msg},
    view::{Line, lines},
};
use crate::web::{
    browser,
    dom::{attribute, by_id, document, hide, sentence},
    journal::read,
    now,
    report::{report, spawn},
};

/// How much older than the newest entry a late entry may be, in milliseconds.
const LATE: Millis = 3_600_000;

/// The entries that were read.
#[derive(Default)]
struct Book {
    entries: Vec<JournalEntry>,
    lines: Vec<Line>,
    list: list::List,
    example: Option<example::Example>,
}

thread_local! {
    static BOOK: RefCell<Book> = RefCell::default();
}

/// Starts the page.
pub async fn open() -> Result<(), JsValue> {
    find::fill()?;
    on("input", |target| {
        // A filter, not the answer to a question.
        if matches!(target.closest("#find"), Ok(Some(_))) {
            report("timeline", render());
        }
    })?;
    on("click", |target| {
        report("copy the id", requests::copy_id(target));
        match target.get_attribute("data-do").as_deref() {
            Some("clear") => report("timeline", find::clear().and_then(|()| render())),
            Some("fresh") => spawn("timeline", load()),
            Some("example") => spawn("show the example", show_example()),
            Some("example-close") => spawn("timeline", load()),
            Some("right") => open::right(target),
            _ => {}
        }
    })?;
    on("change", |target| {
        if target.get_attribute("data-do").as_deref() == Some("wrong") {
            open::wrong(target);
        }
    })?;
    // Neither of these two events bubbles.
    captured("toggle", |target| {
        if target.has_attribute("open") {
            open::open(target);
        }
    })?;
    captured("scroll", |_| list::look_soon())?;
    list::look_when_resized()?;
    let changed = Closure::<dyn Fn()>::new(|| spawn("timeline", look_for_more()));
    browser::on_storage_changed(changed.as_ref().unchecked_ref());
    // Kept for the lifetime of the page.
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

/// Reads all entries.
async fn load() -> Result<(), JsValue> {
    hide(&by_id("fresh")?, true)?;
    match read::entries(Millis::MIN).await {
        Ok((entries, aside)) => {
            BOOK.with_borrow_mut(|book| (book.entries, book.example) = (entries, None));
            health(aside.then_some(JournalHealth::Aside))?;
            render()
        }
        Err(what) => {
            hide(&by_id("head")?, true)?;
            health(Some(what))
        }
    }
}

/// Shows the example in place of the entries, of which there are none.
async fn show_example() -> Result<(), JsValue> {
    let example = example::Example::load().await?;
    BOOK.with_borrow_mut(|book| (book.entries, book.example) = (example.entries(), Some(example)));
    render()
}

fn health(what: Option<JournalHealth>) -> Result<(), JsValue> {
    let note = by_id("note")?;
    hide(&note, what.is_none())?;
    what.map_or(Ok(()), |what| state::error(&note, &msg(what.message_key()), 0))
}

/// The model was saved: reads new entries, if there are any.
async fn look_for_more() -> Result<(), JsValue> {
    if BOOK.with_borrow(|book| book.example.is_some()) {
        // What really happened takes the place of the example.
        return load_if_any().await;
    }
    let newest = BOOK.with_borrow(|book| book.entries.last().map_or(Millis::MIN, |entry| entry.at));
    let read = read::entries(newest.saturating_sub(LATE)).await;
    let (entries, _) = read.map_err(|health| JsValue::from(health.name()))?;
    let news = BOOK.with_borrow(|book| entries.iter().any(|entry| !book.entries.contains(entry)));
    let empty = BOOK.with_borrow(|book| book.entries.is_empty());
    match news {
        // An empty list is not being read by anyone yet.
        true if empty => load().await,
        true => hide(&by_id("fresh")?, false),
        false => Ok(()),
    }
}

/// Reads the entries again if there are any by now.
async fn load_if_any() -> Result<(), JsValue> {
    let read = read::entries(Millis::MIN).await.map_err(|health| JsValue::from(health.name()))?;
    if read.0.is_empty() { Ok(()) } else { load().await }
}

/// Renders the list with the present filter.
fn render() -> Result<(), JsValue> {
    let filter = find::filter()?;
    let (shown, all) = BOOK.with_borrow_mut(|book| {
        book.lines = lines(&book.entries, &filter);
        book.list = list::List::new(&book.lines);
        (book.lines.len(), lines(&book.entries, &Default::default()).len())
    });
    let head = by_id("head")?;
    match (shown, all) {
        (_, 0) => state::empty(&head, &msg("journal_empty"), 0)?,
        (0, _) => state::empty(&head, &msg("journal_none"), 0)?,
        _ => state::ready(&head, &msg("journal_count").number(shown as i64).number(all as i64), 0)?,
    }
    let example = BOOK.with_borrow(|book| book.example.is_some());
    hide(&by_id("example-do")?, all > 0)?;
    hide(&by_id("example")?, !example)?;
    attribute(&by_id("rows")?, "data-example", example.then_some(""))?;
    hide(&by_id("find")?, all == 0 || example)?;
    hide(&by_id("clear")?, filter == Default::default())?;
    by_id("rows")?.replace_children_with_node_0();
    list::look()
}

/// Announces a result to a screen reader.
fn announce(words: &Msg) {
    report("timeline", by_id("copied").and_then(|place| sentence(&place, words, now())));
}
