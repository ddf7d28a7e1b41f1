//! The choice of a language in the settings.

use wasm_bindgen::prelude::*;
use web_sys::HtmlSelectElement;

use super::on;
use crate::core::{msg::msg, view};
use crate::web::{
    browser,
    dom::by_id,
    get,
    look::look,
    now, object,
    report::{report_unless_gone, spawn},
    words::{LANGUAGE, say},
};

/// Shows the present choice and listens for changes.
pub async fn open() -> Result<(), JsValue> {
    on("change", |target| {
        if let Some(list) = target.dyn_ref::<HtmlSelectElement>().filter(|list| list.id() == "languages") {
            let chosen = list.value();
            spawn("language", async move { choose(&chosen).await });
        }
    })?;
    let chosen = get(&browser::done(browser::local_get(LANGUAGE)).await?, LANGUAGE).as_string().unwrap_or_default();
    let list: HtmlSelectElement = by_id("languages")?.dyn_into()?;
    // Without a choice the first entry is selected: the browser's language.
    list.set_value(&chosen);
    Ok(())
}

/// Stores the choice. Every open page, including this one, is notified by the storage event.
async fn choose(language: &str) -> Result<(), JsValue> {
    let stored = if language.is_empty() {
        browser::local_remove(&LANGUAGE.into())
    } else {
        browser::local_set(&object([(LANGUAGE, language.into())]))
    };
    browser::done(stored).await.map(drop)
}

/// Updates the tooltip of the toolbar button in each tab to the present language.
pub async fn say_badges() -> Result<(), JsValue> {
    let model = look().await.unwrap_or_default();
    for tab in &model.tabs {
        let (_, _, title) = view::badge(&model, tab.id, now());
        let title = object([("tabId", tab.id.into()), ("title", say(&msg(&title), now()).into())]);
        report_unless_gone("badge", browser::done(browser::set_title(&title)).await);
    }
    Ok(())
}
