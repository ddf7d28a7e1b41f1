//! The worker: loads the model, updates, saves, then runs effects. One event at a time; `background.js` keeps the
//! order.

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

/// Handles an input of the worker: an event of `background.js`, `replies` for the results of effects, `access` to
/// check the permissions again, or a message with the browser's information on its sender. Resolves with `{ ok, watch
/// }` when it is saved, or with `{ ok: false, refused, error }` for a message that no repetition would make a better one.
/// One export for all of them: each further one would be another future, in wasm.
///
/// # Errors
/// Rejects if it is no event, or if it could not be saved; the caller may retry.
#[cfg_attr(not(feature = "pages"), wasm_bindgen)]
pub async fn handle_event(told: JsValue, sender: JsValue) -> Result<JsValue, JsValue> {
    let sent = !sender.is_undefined();
    let sender = from_js::<Sender>(&sender).filter(|_| sent);
    let events = match (sent, get(&told, "kind").as_string().as_deref()) {
        (true, _) => match message(&told, sender.as_ref()) {
            Ok(events) => events,
            Err(why) => return Ok(object([("ok", false.into()), ("refused", true.into()), ("error", why.into())])),
        },
        (false, Some("replies")) => effects::replies(),
        (false, Some("access")) => vec![effects::access().await],
        (false, _) => vec![from_js::<BrowserEvent>(&told).ok_or("no event that Mend knows")?.into()],
    };
    for event in events {
        step(event).await?;
    }
    let watch = sender.and_then(|sender| sender.tab).is_some_and(watches);
    Ok(object([("ok", true.into()), ("watch", watch.into())]))
}

/// The event of a message, and for a page that was just loaded, the cookie store of its tab.
fn message(told: &JsValue, sender: Option<&Sender>) -> Result<Vec<Event>, String> {
    let sender = sender.ok_or("no sender that Mend knows")?;
    let message = from_js::<Message>(told).ok_or("no message that Mend knows")?;
    let origin = browser::runtime_url("");
    let event = authorize(message, sender, origin.trim_end_matches('/')).map_err(|refusal| refusal.to_string())?;
    let store = match &event {
        Event::PageReport(PageReport { tab, saw: PageSignal::Hello, .. }) => {
            Some(Event::CookieStore { tab: *tab, default_store: sender.default_store })
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
            let (mut model, reason, saved) = store::load().await?;
            if model.rng == 0 {
                model.rng = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
            }
            todo.extend(update(&mut model, Event::Boot(reason), now()));
            todo.extend(update(&mut model, effects::access().await, now()));
            (model, saved)
        }
    };
    if model.takes_token(&event, now()) {
        todo.extend(update(&mut model, event, now()));
    }
    // If this fails, the model in memory is dropped as well, so that a repeated event counts as new.
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
