//! The settings of notifications: whether Mend tells of every incident.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use crate::core::{Model, event::Intent, msg::msg};
use crate::web::{
    browser,
    dom::{attribute, by_id, sentence, text, within},
    object,
    pending::pending,
    send::send,
};

/// Shows whether they are on.
pub fn render(model: &Model) -> Result<(), JsValue> {
    let on = model.incident_alerts.is_some();
    let button = within(&by_id("notifications")?, "button")?;
    attribute(&button, "aria-pressed", Some(if on { "true" } else { "false" }))?;
    sentence(&button, &msg(if on { "unfollow_do" } else { "follow_all_do" }), 0)
}

/// Switches them. The browser asks whether Mend may notify, which Firefox accepts only within the click.
pub fn pressed(button: &Element) {
    let on = button.get_attribute("aria-pressed").as_deref() != Some("true");
    let wanted = object([("permissions", Array::of1(&"notifications".into()).into())]);
    let asked = on.then(|| browser::permissions_request(&wanted));
    pending("notifications", button, switch(on, asked));
}

async fn switch(on: bool, asked: Option<Result<Promise, JsValue>>) -> Result<(), JsValue> {
    let granted = match asked {
        Some(asked) => JsFuture::from(asked?).await?.is_truthy(),
        None => true,
    };
    let note = by_id("alerts-note")?;
    if !granted {
        return sentence(&note, &msg("perm_refused"), 0);
    }
    text(&note, "");
    send(Intent::IncidentAlerts { on }).await
}
