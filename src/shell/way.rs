//! The picture of the way: four places, the broken one marked, in words too.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::{
    dom::{attribute, text, within},
    words::say,
};
use crate::core::{
    msg::{key, msg},
    names::Spot,
};

/// Marks the place that broke; where none did, all are fine.
pub fn way(list: &Element, broken: Option<Spot>) -> Result<(), JsValue> {
    for spot in Spot::ALL {
        let place = within(list, &format!("[data-spot='{}']", spot.name()))?;
        let state = match broken.map(|broken| spot.cmp(&broken)) {
            None | Some(std::cmp::Ordering::Less) => "fine",
            Some(std::cmp::Ordering::Equal) => "broken",
            Some(std::cmp::Ordering::Greater) => "beyond",
        };
        attribute(&place, "data-state", Some(state))?;
        text(&within(&place, ".unseen")?, &say(&msg(&key("path", state)), 0));
    }
    Ok(())
}
