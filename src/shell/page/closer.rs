//! The switch for a closer look at one tab.

use wasm_bindgen::prelude::*;

use crate::core::msg::msg;
use crate::shell::{
    dom::{attribute, by_id, hide, text, within},
    words::say,
};

/// Shows the switch as it stands, or hides it.
pub fn closer(on: Option<bool>) -> Result<(), JsValue> {
    let section = by_id("closer")?;
    hide(&section, on.is_none())?;
    let on = on == Some(true);
    let button = within(&section, "button")?;
    attribute(&button, "aria-pressed", Some(if on { "true" } else { "false" }))?;
    text(&button, &say(&msg(if on { "closer_off" } else { "closer_on" }), 0));
    Ok(())
}
