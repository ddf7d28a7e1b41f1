//! Mend's full pages: one module for all of them, opened by the name that the page's own HTML carries. What a page does
//! stands in a file of its name; like the popup, it holds no truth and puts text in as text.

mod alternatives;
mod clean;
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

/// Brings the page of that name to life; `codes` and `welcome` say nothing but their words.
///
/// # Errors
/// Rejects if there is no document, as in the worker, or no page of that name.
#[cfg_attr(feature = "pages", wasm_bindgen)]
pub async fn open_page(page: String) -> Result<JsValue, JsValue> {
    words::follow_choice().await;
    // The panel is a part of the browser's own tools, which have a frame.
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
        "codes" | "welcome" => {}
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

/// Calls `then` with the element that an event of this name happened on, for as long as the page lives.
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
