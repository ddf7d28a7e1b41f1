//! Loads and saves the model: from session storage, otherwise from disk, otherwise the default.
//!
//! An unreadable value is set aside under another key in the same area, never overwritten. Nothing of a private window
//! is written to disk.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};

use super::{
    array, browser, get,
    look::{KEY, understand},
    now, object,
    prompts::CHOICE,
    report::{self, report},
    value::to_js,
    words::LANGUAGE,
};
use crate::core::{Model, event::BootReason};

/// The last saved value in each area: only changes are written.
#[derive(Default)]
pub struct Saved {
    session: Model,
    disk: Model,
    /// Whether the journal was called since the worker woke: entries that a stopped worker had not written are written
    /// then.
    told: bool,
}

/// The model, why it was loaded, and its saved values.
pub async fn load() -> (Model, BootReason, Saved) {
    if let Some(model) = read("session", browser::done(browser::session_get(KEY)).await).await {
        let saved = Saved { session: model.clone(), disk: model.durable(), told: false };
        return (model, BootReason::Wake, saved);
    }
    match read("local", browser::done(browser::local_get(KEY)).await).await {
        Some(model) => (model, BootReason::Start, Saved::default()),
        None => (Model::default(), BootReason::FirstRun, Saved::default()),
    }
}

async fn read(area: &str, found: Result<JsValue, JsValue>) -> Option<Model> {
    let found = get(&report::found("read the model", found)?, KEY);
    if found.is_undefined() || found.is_null() {
        return None;
    }
    let model = understand(&found);
    if model.is_none() {
        let aside = object([(&format!("unreadable-{area}-{}", now()), found)]);
        // The session's value may contain private tabs, so it stays in that area. Without space for it, it is dropped.
        let set = if area == "session" { browser::session_set(&aside) } else { browser::local_set(&aside) };
        report("set aside what cannot be read", browser::done(set).await);
    }
    model
}

/// Saves what changed: the whole model to the session, its durable part to disk.
///
/// # Errors
/// A storage area cannot be written.
pub async fn save(saved: &mut Saved, model: &Model) -> Result<(), JsValue> {
    let disk = model.durable();
    if saved.session != *model || !saved.told {
        let stored = to_js(model)?;
        let items = object([(KEY, stored.clone())]);
        if browser::done(browser::session_set(&items)).await.is_err() {
            browser::done(browser::give_way()).await?;
            browser::done(browser::session_set(&items)).await?;
        }
        if model.tabs.iter().any(|tab| tab.case.is_some()) {
            browser::journal(&stored);
        }
        (saved.session, saved.told) = (model.clone(), true);
    }
    if saved.disk != disk {
        browser::done(browser::local_set(&object([(KEY, to_js(&disk)?)]))).await?;
        saved.disk = disk;
    }
    Ok(())
}

/// Removes everything except the model, which is already saved in its new state.
///
/// # Errors
/// An item could not be removed; all others were.
pub async fn erase() -> Result<(), JsValue> {
    browser::journal(&JsValue::NULL);
    let session = match browser::done(browser::session_all(&JsValue::NULL)).await {
        Ok(all) => browser::done(browser::session_remove(&beside_the_model(&all))).await,
        Err(error) => Err(error),
    };
    let all = browser::done(browser::local_all(&JsValue::NULL)).await?;
    browser::done(browser::local_remove(&beside_the_model(&all))).await?;
    session.map(drop)
}

fn beside_the_model(all: &JsValue) -> JsValue {
    let names = Object::keys(all.unchecked_ref::<Object>());
    // The person's choices of language and prompt storage are kept.
    let stays = |name: &JsValue| matches!(name.as_string().as_deref(), Some(KEY | CHOICE | LANGUAGE));
    array(names.iter().filter(|name| !stays(name))).into()
}
