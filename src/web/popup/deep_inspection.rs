//! The switch for deep inspection of a tab.

use wasm_bindgen::prelude::*;

use crate::core::msg::msg;
use crate::web::{
    dom::{attribute, by_id, hide, text, within},
    words::say,
};

/// Shows the switch in its present state, or hides it.
pub fn deep_inspection(on: Option<bool>) -> Result<(), JsValue> {
    let section = by_id("deep-inspection")?;
    hide(&section, on.is_none())?;
    let on = on == Some(true);
    let button = within(&section, "button")?;
    attribute(&button, "aria-pressed", Some(if on { "true" } else { "false" }))?;
    text(&button, &say(&msg(if on { "deep_inspection_off" } else { "deep_inspection_on" }), 0));
    Ok(())
}
