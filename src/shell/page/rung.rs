//! The ladder's rungs in the popup: the ones that matter now on top, the others one line away.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::fill::{attribute, by_id, copy, hide, sentence, sentences, text, within};
use crate::core::{
    Millis,
    msg::{key, msg},
    names::State,
    view::RungView,
};
use crate::shell::words::say;

/// The whole ladder; hidden while there is nothing to mend, but for a step that was tried.
pub fn ladder(rungs: &[RungView], calm: bool, now: Millis) -> Result<(), JsValue> {
    let (near, far) = (by_id("rungs")?, by_id("others")?);
    let mut rest = 0;
    for (index, rung) in rungs.iter().enumerate() {
        let element = element(rung, index + 1)?;
        fill(&element, rung, now)?;
        let matters = !matches!(rung.state, State::Todo | State::Skipped | State::Blocked);
        rest += usize::from(!matters);
        place(&element, if matters { &near } else { &far })?;
    }
    text(&by_id("rest-words")?, &say(&msg("ladder_more").number(rest as i64), now));
    hide(&by_id("rest")?, calm)?;
    hide(&by_id("ladder")?, rungs.is_empty() || (calm && rest == rungs.len()))
}

/// The rung's element, made on first use.
fn element(rung: &RungView, number: usize) -> Result<Element, JsValue> {
    let selector = format!("[data-step='{}']", rung.rung.name());
    if let Some(known) = by_id("ladder")?.query_selector(&selector)? {
        return Ok(known);
    }
    let element = copy("rung-template")?;
    attribute(&element, "data-step", Some(rung.rung.name()))?;
    text(&within(&element, ".number")?, &number.to_string());
    text(&within(&element, ".name")?, &say(&msg(&key("rung", rung.rung.name())), 0));
    Ok(element)
}

fn fill(element: &Element, rung: &RungView, now: Millis) -> Result<(), JsValue> {
    let state = rung.state.name();
    // The browser opens and closes it from then on; only a change of state does so again.
    if element.get_attribute("data-state").as_deref() != Some(state) {
        attribute(&within(element, "details")?, "open", rung.open.then_some(""))?;
    }
    attribute(element, "data-state", Some(state))?;
    let plain = msg(&key("state", state));
    attribute(&within(element, "svg")?, "aria-label", Some(&say(&plain, now)))?;
    attribute(&within(element, "use")?, "href", Some(&format!("#state-{state}")))?;
    sentence(&within(element, ".note")?, rung.note.as_ref().unwrap_or(&plain), now)?;
    sentences(&within(element, ".words")?, "p", &rung.words, now)?;
    let button = slot(element, "button", "button-template", rung.button.is_some())?;
    if let (Some(slot), Some(button)) = (button, &rung.button) {
        sentence(&slot, &button.label, now)?;
        attribute(&slot, "disabled", button.busy.then_some(""))?;
    }
    let link = slot(element, "a", "link-template", rung.link.is_some())?;
    if let (Some(slot), Some(link)) = (link, &rung.link) {
        sentence(&slot, &link.label, now)?;
        attribute(&slot, "href", Some(&link.url))?;
    }
    Ok(())
}

/// The button or link of a rung: made, found, or taken away.
fn slot(element: &Element, tag: &str, template: &str, wanted: bool) -> Result<Option<Element>, JsValue> {
    let actions = within(element, ".actions")?;
    match (actions.query_selector(tag)?, wanted) {
        (Some(known), true) => Ok(Some(known)),
        (None, true) => {
            let made = copy(template)?;
            actions.append_child(&made)?;
            Ok(Some(made))
        }
        (Some(known), false) => {
            known.remove();
            Ok(None)
        }
        (None, false) => Ok(None),
    }
}

/// Moves the rung only if it is in the wrong list or out of order; moving drops focus.
fn place(element: &Element, list: &Element) -> Result<(), JsValue> {
    let number = |element: &Element| -> Option<usize> {
        element.query_selector(".number").ok().flatten()?.text_content()?.parse().ok()
    };
    if element.parent_element().as_ref() == Some(list) {
        return Ok(());
    }
    let siblings = list.children();
    let later =
        (0..siblings.length()).filter_map(|index| siblings.item(index)).find(|one| number(one) > number(element));
    list.insert_before(element, later.as_deref())?;
    Ok(())
}
