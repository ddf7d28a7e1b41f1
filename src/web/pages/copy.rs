//! Copies text to the clipboard, or selects it if the browser refuses.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlTextAreaElement};

use crate::core::msg::msg;
use crate::web::{
    browser,
    dom::{by_id, text},
    report::spawn,
    words::say,
};

/// Copies the text of the element, and shows the result in `#copied`.
pub fn copy(shown: Element) {
    spawn("copy", async move { copied(&shown).await });
}

async fn copied(shown: &Element) -> Result<(), JsValue> {
    let area = shown.dyn_ref::<HtmlTextAreaElement>();
    let wanted = area.map_or_else(|| shown.text_content().unwrap_or_default(), HtmlTextAreaElement::value);
    let window = web_sys::window().ok_or("no window")?;
    let taken = JsFuture::from(window.navigator().clipboard().write_text(&wanted)).await.is_ok();
    if !taken {
        match (area, window.get_selection()?) {
            (Some(area), _) => area.select(),
            (None, Some(selection)) => selection.select_all_children(shown)?,
            (None, None) => {}
        }
    }
    // The deprecated `execCommand`, which the developer tools allow.
    let taken = taken || browser::exec_command("copy").unwrap_or(false);
    text(&by_id("copied")?, &say(&msg(if taken { "copy_done" } else { "copy_by_hand" }), 0));
    Ok(())
}
