//! The worker: load, update, save, then run effects. One event at a time; `background.js` keeps the order.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{browser, effects, now, object, plain::from_js, store};
use crate::core::{
    Effect, Event, Model,
    admit::{Message, Sender, admit},
    event::{BootReason, Heard, TabId},
    plain::Data,
    update,
};

thread_local! {
    static MODEL: RefCell<Option<Model>> = const { RefCell::new(None) };
}

/// Takes an event of the browser's (the listeners in `background.js` make them). Resolves when it is saved.
///
/// # Errors
/// Rejects if the event is none, or if it could not be saved; the caller may tell it again.
#[wasm_bindgen]
pub async fn take_event(event: JsValue) -> Result<JsValue, JsValue> {
    let heard = Heard::read(&from_js(&event)).ok_or("no event that Mend knows")?;
    step(heard.into()).await?;
    Ok(JsValue::UNDEFINED)
}

/// Takes what effects have brought back.
///
/// # Errors
/// Rejects if it could not be saved.
#[wasm_bindgen]
pub async fn take_replies() -> Result<JsValue, JsValue> {
    for event in effects::replies() {
        step(event).await?;
    }
    Ok(JsValue::UNDEFINED)
}

/// Takes a message and what the browser says of its sender. Resolves with `{ ok, watch }` when it is saved.
///
/// # Errors
/// Rejects if the sender may not say this, or if it could not be saved.
#[wasm_bindgen]
pub async fn take_message(message: JsValue, sender: JsValue) -> Result<JsValue, JsValue> {
    let sender = Sender::from_plain(&from_js(&sender)).ok_or("no sender")?;
    let message = Message::read(&from_js(&message)).ok_or("no message that Mend knows")?;
    let origin = browser::runtime_url("");
    let event =
        admit(message, &sender, origin.trim_end_matches('/')).map_err(|refusal| JsValue::from(refusal.to_string()))?;
    step(event).await?;
    let watch = sender.tab.is_some_and(watches);
    Ok(object([("ok", true.into()), ("watch", watch.into())]))
}

/// Looks again whether Mend may see ChatGPT's pages; a person can change that at any time.
///
/// # Errors
/// Rejects if it could not be saved.
#[wasm_bindgen]
pub async fn take_access() -> Result<JsValue, JsValue> {
    let granted = effects::has_access().await;
    step(Event::Access { granted }).await?;
    Ok(JsValue::UNDEFINED)
}

async fn step(event: Event) -> Result<(), JsValue> {
    let mut todo = Vec::new();
    let (before, mut model) = match MODEL.take() {
        Some(model) => (model.clone(), model),
        None => {
            let (mut model, reason) = store::load().await;
            // A first run has stored nothing: the difference to an empty memory is everything.
            let before =
                if reason == BootReason::Wake { model.clone() } else { Model { version: 0, ..Model::default() } };
            todo.extend(update(&mut model, Event::Boot(reason), now()));
            let granted = effects::has_access().await;
            todo.extend(update(&mut model, Event::Access { granted }, now()));
            (before, model)
        }
    };
    todo.extend(update(&mut model, event, now()));
    // If this fails the memory is forgotten here too, so that the same fact told again is new again.
    store::save(&before, &model).await?;
    MODEL.set(Some(model));
    todo.into_iter().for_each(spawn);
    Ok(())
}

fn spawn(effect: Effect) {
    wasm_bindgen_futures::spawn_local(effects::run(effect));
}

fn watches(tab: TabId) -> bool {
    MODEL.with_borrow(|model| model.as_ref().is_some_and(|model| model.wants_answers(tab)))
}
