//! Keeps the newest entries that cannot be written in session storage, and writes them first as soon as possible.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use super::{
    super::{
        array, browser, get,
        journal_health::HEALTH,
        now, object,
        report::report,
        value::{from_js, to_js},
    },
    write,
};
use crate::core::journal::{JournalEntry, JournalHealth, JournalRecord, UNWRITTEN, fresh};

/// Their key in session storage.
const WAITING: &str = "unwritten";

thread_local! {
    /// The waiting entries and the health; none if not read since this module was loaded.
    static STATE: RefCell<Option<(Vec<JournalRecord>, Option<JournalHealth>)>> = const { RefCell::new(None) };
}

/// Writes the waiting entries and these, or adds these to the waiting ones.
///
/// # Errors
/// The records can be stored neither in the database nor in session storage.
pub async fn write(notes: Vec<JournalRecord>) -> Result<(), JsValue> {
    let (mut all, before) = match STATE.take() {
        Some(known) => known,
        None => read().await?,
    };
    let waiting: Vec<JournalEntry> = all.iter().map(|note| note.entry.clone()).collect();
    for note in fresh(notes, &waiting) {
        all.retain(|one| one.entry.key != note.entry.key);
        all.push(note);
    }
    let now = match write::write(all.clone()).await {
        Ok(aside) => {
            all.clear();
            aside.then_some(JournalHealth::Aside)
        }
        Err(health) => {
            let old = all.len().saturating_sub(UNWRITTEN);
            all.drain(..old);
            Some(health)
        }
    };
    if now != before || !all.is_empty() {
        keep(&all, now).await?;
    }
    STATE.set(Some((all, now)));
    Ok(())
}

/// Drops the waiting entries.
///
/// # Errors
/// Session storage cannot be written.
pub async fn forget() -> Result<(), JsValue> {
    STATE.set(Some((Vec::new(), None)));
    keep(&[], None).await
}

async fn read() -> Result<(Vec<JournalRecord>, Option<JournalHealth>), JsValue> {
    let waiting = get(&browser::done(browser::session_get(WAITING)).await?, WAITING);
    let health = get(&browser::done(browser::session_get(HEALTH)).await?, HEALTH);
    let rows: Vec<JsValue> = waiting.clone().dyn_into::<Array>().map(|rows| rows.iter().collect()).unwrap_or_default();
    let notes: Vec<JournalRecord> = rows.iter().filter_map(from_js).collect();
    if notes.len() < rows.len() {
        let aside = object([(&format!("unreadable-{WAITING}-{}", now()), waiting)]);
        report("set aside what cannot be read", browser::done(browser::session_set(&aside)).await);
    }
    Ok((notes, from_js(&health)))
}

async fn keep(notes: &[JournalRecord], health: Option<JournalHealth>) -> Result<(), JsValue> {
    if notes.is_empty() && health.is_none() {
        let names = array([WAITING, HEALTH].into_iter().map(JsValue::from));
        return browser::done(browser::session_remove(&names)).await.map(drop);
    }
    let waiting = to_js(notes)?;
    let health = health.map_or(JsValue::NULL, |health| health.name().into());
    browser::done(browser::session_set(&object([(WAITING, waiting), (HEALTH, health)]))).await.map(drop)
}
