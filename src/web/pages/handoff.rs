//! Opens the same chat on another device: its URL as a QR code, as a link, and to copy. Nothing is stored.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::state;
use crate::{
    core::{msg::msg, view},
    web::{
        browser,
        dom::{attribute, by_id, hide, on_press, sentence, text, within},
        get,
        look::look,
        now,
        report::spawn,
        tabs::open_tabs,
    },
};

/// Shows the URL of the tab that the popup would show.
pub async fn open() -> Result<(), JsValue> {
    on_press(pressed)?;
    let model = look().await.unwrap_or_default();
    let tab = view::choose_tab(&model, &open_tabs().await?);
    let found = match tab {
        // It may have been closed meanwhile.
        Some(tab) => browser::done(browser::tabs_get(tab)).await.ok(),
        None => None,
    };
    let url = found.and_then(|tab| get(&tab, "url").as_string());
    let handoff = view::handoff(url.as_deref());
    let address = by_id("address")?;
    text(&address, &handoff.url);
    attribute(&address, "href", Some(&handoff.url))?;
    state::ready(&by_id("opens")?, &handoff.words, now())?;
    let picture = by_id("qr")?;
    let code = view::qr(&handoff.url);
    hide(&picture, code.is_none())?;
    if let Some(code) = code {
        attribute(&picture, "viewBox", Some(&format!("0 0 {size} {size}", size = code.size)))?;
        attribute(&within(&picture, "path")?, "d", Some(&code.path))?;
    }
    Ok(())
}

fn pressed(what: &str, _: &Element) {
    if what == "copy" {
        spawn("copy the address", copy());
    }
}

async fn copy() -> Result<(), JsValue> {
    let address = by_id("address")?.text_content().unwrap_or_default();
    let copied = browser::done(browser::copy_text(&address)).await.is_ok();
    sentence(&by_id("copied")?, &msg(if copied { "handoff_copied" } else { "handoff_not_copied" }), now())
}
