//! The picture of the four hops, with the broken one marked, in text too.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::{
    dom::{attribute, text, within},
    words::say,
};
use crate::core::{
    msg::{key, msg},
    names::Hop,
};

/// Marks the broken hop; without one, all are shown as working.
pub fn mark_hops(list: &Element, broken: Option<Hop>) -> Result<(), JsValue> {
    for hop in Hop::ALL {
        let place = within(list, &format!("[data-hop='{}']", hop.name()))?;
        let state = match broken.map(|broken| hop.cmp(&broken)) {
            None | Some(std::cmp::Ordering::Less) => "fine",
            Some(std::cmp::Ordering::Equal) => "broken",
            Some(std::cmp::Ordering::Greater) => "beyond",
        };
        attribute(&place, "data-state", Some(state))?;
        text(&within(&place, ".unseen")?, &say(&msg(&key("hop", state)), 0));
    }
    Ok(())
}
