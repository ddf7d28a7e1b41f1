//! Mend's full pages: one module for all of them, selected by the name in the page's own HTML. Each page has a file of
//! its name; like the popup, a page keeps no state of its own and sets text as text.

mod alerts;
mod alternatives;
mod clean;
mod codes;
mod connectivity;
mod copy;
mod english;
mod handoff;
mod key;
mod language;
mod language_change;
mod layout;
mod panel;
mod requests;
mod save;
mod saved_prompts;
mod settings;
mod state;
mod ticket;
mod timeline;
mod traffic;

pub use clean::{Clean, clean_har};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event as DomEvent};

use super::{dom, words};

/// Starts the page of that name; `welcome` only has static text.
///
/// # Errors
/// Rejects if there is no document, as in the worker, or no page of that name.
#[cfg_attr(feature = "pages", wasm_bindgen)]
pub async fn open_page(page: String) -> Result<JsValue, JsValue> {
    words::follow_choice().await;
    // The panel is part of the developer tools, which have their own frame.
    if page != "panel" {
        layout::add(&page)?;
        layout::title(&page)?;
        language_change::follow(page.clone());
    }
    dom::static_words()?;
    layout::show()?;
    match page.as_str() {
        "key" => key::open().await?,
        "connectivity" => connectivity::open().await?,
        "codes" => codes::open()?,
        "welcome" => {}
        "alternatives" => alternatives::open().await?,
        "handoff" => handoff::open().await?,
        "settings" => settings::open().await?,
        "panel" => panel::open()?,
        "requests" => requests::open().await?,
        "timeline" => timeline::open().await?,
        "ticket" => ticket::open().await?,
        other => return Err(format!("no page {other}").into()),
    }
    Ok(JsValue::UNDEFINED)
}

/// Calls `then` with the target of each event of this name, for the lifetime of the page.
fn on(name: &str, then: impl Fn(&Element) + 'static) -> Result<(), JsValue> {
    let heard = Closure::<dyn Fn(DomEvent)>::new(move |event: DomEvent| {
        if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            then(&target);
        }
    });
    dom::document()?.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref())?;
    heard.forget();
    Ok(())
}
