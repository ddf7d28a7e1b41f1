//! The picture of the way: four places, the broken one marked, in words too.

use wasm_bindgen::prelude::*;

use super::fill::{attribute, by_id, hide, text, within};
use crate::core::{
    msg::{key, msg},
    names::Blame,
    view::Spot,
};
use crate::shell::words::say;

/// Marks the place that broke; hides the picture where none did.
pub fn path(broken: Option<Spot>, blame: Blame) -> Result<(), JsValue> {
    let list = by_id("path")?;
    hide(&list, broken.is_none())?;
    attribute(&list, "data-blame", Some(blame.name()))?;
    let Some(broken) = broken else { return Ok(()) };
    for spot in Spot::ALL {
        let place = within(&list, &format!("[data-spot='{}']", spot.name()))?;
        let state = match spot.cmp(&broken) {
            std::cmp::Ordering::Less => "fine",
            std::cmp::Ordering::Equal => "broken",
            std::cmp::Ordering::Greater => "beyond",
        };
        attribute(&place, "data-state", Some(state))?;
        text(&within(&place, ".unseen")?, &say(&msg(&key("path", state)), 0));
    }
    Ok(())
}
