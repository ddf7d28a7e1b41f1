//! Reads and caches the provider's history for the session. The core decides when to read it.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use crate::{
    core::history::{self, History},
    web::{
        browser, get, now, object, provider,
        report::found,
        value::{from_js, to_js},
    },
};

/// Its key in session storage.
const KEY: &str = "history";

/// The last reading.
pub async fn kept() -> History {
    let kept = found("read past incidents", browser::done(browser::session_get(KEY)).await);
    kept.and_then(|kept| from_js(&get(&kept, KEY))).unwrap_or_default()
}

thread_local! {
    static ASKING: Cell<bool> = const { Cell::new(false) };
}

/// Reads it again, unless a reading is under way: a popup is rendered often.
pub async fn ask(known: History) -> Result<(), JsValue> {
    if ASKING.replace(true) {
        return Ok(());
    }
    let read = read(known).await;
    ASKING.set(false);
    read
}

/// Stores the time of the request first, so that no other popup sends one, and an unreadable page is not requested
/// again.
async fn read(known: History) -> Result<(), JsValue> {
    let at = now();
    keep(History { at, ..known }).await?;
    let list = provider::read(provider::INCIDENTS).await?;
    match history::read(&list, at) {
        Some(listed) => keep(History { at, unread: listed.unread(), past: listed.past }).await,
        None => Ok(()),
    }
}

async fn keep(history: History) -> Result<(), JsValue> {
    browser::done(browser::session_set(&object([(KEY, to_js(&history)?)]))).await.map(drop)
}
