//! The worker: load, update, save, then run effects. One event at a time; `background.js` keeps the order.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{browser, effects, get, now, object, store, value::from_js};
use crate::core::{
    Effect, Event, Model,
    authorize::{Message, Sender, authorize},
    event::{BrowserEvent, PageReport, PageSignal, TabId},
    update,
};

thread_local! {
    static MODEL: RefCell<Option<(Model, store::Saved)>> = const { RefCell::new(None) };
}

/// Takes what reached the worker: what `background.js` heard, `replies` for what effects have brought back, `access` to look
/// again whether Mend may see ChatGPT's pages, or, with what the browser says of its sender, a message. Resolves with
/// `{ ok, watch }` when it is saved. One door for all of them: each further one would be a future of its own, in wasm.
///
/// # Errors
/// Rejects if it is none of these, if the sender may not say it, or if it could not be saved; the caller may tell it again.
#[cfg_attr(not(feature = "pages"), wasm_bindgen)]
pub async fn take(told: JsValue, sender: JsValue) -> Result<JsValue, JsValue> {
    let sender = if sender.is_undefined() { None } else { from_js::<Sender>(&sender) };
    let events = match (&sender, get(&told, "kind").as_string().as_deref()) {
        (Some(sender), _) => message(&told, sender)?,
        (None, Some("replies")) => effects::replies(),
        (None, Some("access")) => vec![effects::access().await],
        (None, _) => vec![from_js::<BrowserEvent>(&told).ok_or("no event that Mend knows")?.into()],
    };
    for event in events {
        step(event).await?;
    }
    let watch = sender.and_then(|sender| sender.tab).is_some_and(watches);
    Ok(object([("ok", true.into()), ("watch", watch.into())]))
}

/// What it says, and, of a page that has just come, which store its tab has.
fn message(told: &JsValue, sender: &Sender) -> Result<Vec<Event>, JsValue> {
    let message = from_js::<Message>(told).ok_or("no message that Mend knows")?;
    let origin = browser::runtime_url("");
    let event = authorize(message, sender, origin.trim_end_matches('/')).map_err(|refusal| refusal.to_string())?;
    let store = match &event {
        Event::PageReport(PageReport { tab, saw: PageSignal::Hello, .. }) => {
            Some(Event::Store { tab: *tab, home: sender.home })
        }
        _ => None,
    };
    Ok([event].into_iter().chain(store).collect())
}

async fn step(event: Event) -> Result<(), JsValue> {
    let mut todo = Vec::new();
    let (mut model, mut saved) = match MODEL.take() {
        Some(known) => known,
        None => {
            let (mut model, reason, saved) = store::load().await;
            if model.rng == 0 {
                model.rng = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
            }
            todo.extend(update(&mut model, Event::Boot(reason), now()));
            todo.extend(update(&mut model, effects::access().await, now()));
            (model, saved)
        }
    };
    if model.follows(&event, now()) {
        todo.extend(update(&mut model, event, now()));
    }
    // If this fails the memory is forgotten here too, so that the same fact told again is new again.
    store::save(&mut saved, &model).await?;
    MODEL.set(Some((model, saved)));
    todo.into_iter().for_each(spawn);
    Ok(())
}

fn spawn(effect: Effect) {
    wasm_bindgen_futures::spawn_local(effects::run(effect));
}

fn watches(tab: TabId) -> bool {
    MODEL.with_borrow(|known| known.as_ref().is_some_and(|(model, _)| model.wants_answers(tab)))
}
