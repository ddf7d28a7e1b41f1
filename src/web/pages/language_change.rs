//! The reaction of an open page to a change of language.

use wasm_bindgen::prelude::*;

use super::{language, layout, settings};
use crate::web::{
    browser,
    dom::{document, static_words},
    get,
    report::spawn,
    words::{LANGUAGE, follow_choice},
};

/// Follows a change of language for the lifetime of the page: the settings are updated in place, every other page is
/// reloaded, unless text was typed into it; such a page changes when it is opened again.
pub fn follow(page: String) {
    let changed = Closure::<dyn Fn(JsValue)>::new(move |changes: JsValue| {
        if !get(&changes, LANGUAGE).is_undefined() {
            let page = page.clone();
            spawn("language", async move { speak(&page).await });
        }
    });
    browser::on_storage_changed(changed.as_ref().unchecked_ref());
    // Kept for the lifetime of the page.
    changed.forget();
}

async fn speak(page: &str) -> Result<(), JsValue> {
    if page != "settings" {
        return if typed()? { Ok(()) } else { web_sys::window().ok_or("no window")?.location().reload() };
    }
    follow_choice().await;
    static_words()?;
    layout::title(page)?;
    settings::render().await?;
    language::say_badges().await
}

/// Whether a field differs from its initial value.
fn typed() -> Result<bool, JsValue> {
    let fields = document()?.query_selector_all("input, textarea")?;
    let mut fields = (0..fields.length()).filter_map(|index| fields.item(index));
    Ok(fields.any(|field| get(&field, "value") != get(&field, "defaultValue")))
}
