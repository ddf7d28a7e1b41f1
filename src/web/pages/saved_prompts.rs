//! The settings of saved prompts: where they are kept, how many there are, and the button that discards them.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

use crate::{
    core::{msg::msg, prompts::PromptStorage},
    web::{
        browser,
        dom::{by_id, document, sentence},
        get, now, object,
        prompts::{CHOICE, all, chosen},
        report::spawn,
        send::deliver,
    },
};

/// Shows the present choice.
pub async fn render() -> Result<(), JsValue> {
    let selector = format!("#prompt-setting [value='{}']", chosen().await.name());
    if let Some(radio) = document()?.query_selector(&selector)? {
        radio.unchecked_into::<HtmlInputElement>().set_checked(true);
    }
    sentence(&by_id("prompt-setting-count")?, &msg("prompt_setting_count").number(all().await?.length().into()), 0)
}

/// Handles a choice, or the button.
pub fn pressed(what: &str, pressed: &Element) {
    let place = pressed.get_attribute("value").as_deref().and_then(PromptStorage::from_name);
    match (what, place) {
        ("prompt-setting", Some(place)) => spawn("prompt setting", choose(place)),
        _ => spawn("discard prompts", tell("discard-prompts")),
    }
}

/// Saved prompts are moved or deleted at once.
async fn choose(place: PromptStorage) -> Result<(), JsValue> {
    let before = get(&browser::done(browser::local_get(CHOICE)).await?, CHOICE);
    let choice = object([("where", place.name().into()), ("cleared", get(&before, "cleared"))]);
    browser::done(browser::local_set(&object([(CHOICE, choice)]))).await?;
    tell(if place == PromptStorage::Nowhere { "discard-prompts" } else { "move-prompts" }).await
}

/// Tells the worker about all prompts.
async fn tell(kind: &str) -> Result<(), JsValue> {
    deliver(&object([("kind", kind.into())])).await?;
    render().await
}

/// Makes every tab drop its own copies: each listens for this key. Without a choice it is removed again.
pub async fn clear() -> Result<(), JsValue> {
    let before = get(&browser::done(browser::local_get(CHOICE)).await?, CHOICE);
    let place = get(&before, "where").as_string();
    let by_hand = place.is_some();
    let place = place.unwrap_or_else(|| PromptStorage::default().name().to_owned());
    let choice = object([("where", place.into()), ("cleared", (now() as f64).into())]);
    browser::done(browser::local_set(&object([(CHOICE, choice)]))).await?;
    if by_hand { Ok(()) } else { browser::done(browser::local_remove(&CHOICE.into())).await.map(drop) }
}
