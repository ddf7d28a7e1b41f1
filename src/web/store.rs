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
    report::{is_full, report},
    value::to_js,
    words::LANGUAGE,
};
use crate::core::{Model, event::BootReason};

/// The last saved value in each area: only changes are written.
#[derive(Default)]
pub struct Saved {
    session: Model,
    /// None where the disk's value could neither be read nor set aside: it stays as it is.
    disk: Option<Model>,
    /// Whether the journal was called since the worker woke: entries that a stopped worker had not written are written
    /// then.
    told: bool,
}

/// The model, why it was loaded, and its saved values.
///
/// # Errors
/// Session storage cannot be read; without it nothing can be saved either.
pub async fn load() -> Result<(Model, BootReason, Saved), JsValue> {
    let stored = get(&browser::done(browser::session_get(KEY)).await?, KEY);
    if let Some(model) = understand(&stored) {
        let saved = Saved { session: model.clone(), disk: Some(model.durable()), told: false };
        return Ok((model, BootReason::Wake, saved));
    }
    if is_there(&stored) {
        // It may contain private tabs, so it stays in that area. Without space for it, it is dropped.
        let aside = object([(&format!("unreadable-session-{}", now()), stored)]);
        report("set aside what cannot be read", browser::done(browser::session_set(&aside)).await);
    }
    let (model, reason, disk) = match read_disk().await {
        Ok(Some(model)) => (model, BootReason::Start, Some(Model::default())),
        Ok(None) => (Model::default(), BootReason::FirstRun, Some(Model::default())),
        Err(error) => {
            report("read the model", Err::<(), _>(error));
            (Model::default(), BootReason::Start, None)
        }
    };
    Ok((model, reason, Saved { disk, ..Saved::default() }))
}

/// The model on disk. What cannot be read is moved to another key.
async fn read_disk() -> Result<Option<Model>, JsValue> {
    let stored = get(&browser::done(browser::local_get(KEY)).await?, KEY);
    let model = understand(&stored);
    if model.is_none() && is_there(&stored) {
        let aside = object([(&format!("unreadable-local-{}", now()), stored)]);
        browser::done(browser::local_set(&aside)).await?;
        browser::done(browser::local_remove(&KEY.into())).await?;
    }
    Ok(model)
}

fn is_there(stored: &JsValue) -> bool {
    !stored.is_undefined() && !stored.is_null()
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
        if let Err(error) = browser::done(browser::session_set(&items)).await {
            if !is_full(&error) {
                return Err(error);
            }
            browser::done(browser::give_way()).await?;
            browser::done(browser::session_set(&items)).await?;
        }
        if model.tabs.iter().any(|tab| tab.case.is_some()) {
            browser::journal(&stored);
        }
        (saved.session, saved.told) = (model.clone(), true);
    }
    if saved.disk.as_ref().is_some_and(|written| *written != disk) {
        browser::done(browser::local_set(&object([(KEY, to_js(&disk)?)]))).await?;
        saved.disk = Some(disk);
    }
    Ok(())
}

/// Removes everything except the model, which is already saved in its new state.
///
/// # Errors
/// A storage area could not be read or written; what could be removed was.
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
