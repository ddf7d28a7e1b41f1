//! The rungs of the ladder in the popup: the relevant ones first, the others collapsed.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::core::{
    Millis,
    msg::{key, msg},
    names::State,
    view::{RungView, UndoView},
};
use crate::web::{
    dom::{attribute, by_id, copy, hide, sentence, sentences, text, within},
    words::say,
};

/// Renders the ladder; hidden while there is nothing to mend, except for rungs that were tried.
pub fn ladder(rungs: &[RungView], quiet: bool, now: Millis) -> Result<(), JsValue> {
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
    hide(&by_id("rest")?, quiet)?;
    hide(&by_id("ladder")?, rungs.is_empty() || (quiet && rest == rungs.len()))
}

/// The rung's element, created on first use.
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
    // Afterwards the person expands and collapses it; the code does so only when the state changes.
    if element.get_attribute("data-state").as_deref() != Some(state) {
        attribute(&within(element, "details")?, "open", rung.open.then_some(""))?;
    }
    attribute(element, "data-state", Some(state))?;
    let plain = msg(&key("state", state));
    attribute(&within(element, "svg")?, "aria-label", Some(&say(&plain, now)))?;
    attribute(&within(element, "use")?, "href", Some(&format!("#state-{state}")))?;
    sentence(&within(element, ".note")?, rung.note.as_ref().unwrap_or(&plain), now)?;
    sentences(&within(element, ".words")?, "p", &rung.words, now)?;
    let actions = within(element, ".actions")?;
    for (index, button) in rung.buttons.iter().enumerate() {
        let slot = slot(&actions, "button", index)?;
        sentence(&slot, &button.label, now)?;
        attribute(&slot, "data-act", Some(button.act.name()))?;
        let needs: Vec<&str> = button.needs.iter().map(|need| need.name()).collect();
        attribute(&slot, "data-needs", Some(needs.join(" ").as_str()).filter(|needs| !needs.is_empty()))?;
        attribute(&slot, "disabled", button.busy.then_some(""))?;
    }
    cut(&actions, "button", rung.buttons.len())?;
    sentences(&within(element, ".needs")?, "p", &rung.needs, now)?;
    undo(&within(element, ".undo")?, rung.undo.as_slice(), now)?;
    for (index, link) in rung.links.iter().enumerate() {
        let slot = slot(&actions, "a", index)?;
        sentence(&slot, &link.label, now)?;
        attribute(&slot, "href", Some(&link.url))?;
    }
    cut(&actions, "a", rung.links.len())
}

/// The buttons that undo changes.
pub fn undo(parent: &Element, changes: &[UndoView], now: Millis) -> Result<(), JsValue> {
    for (index, change) in changes.iter().enumerate() {
        let slot = match numbered(parent, "button", index)? {
            Some(known) => known,
            None => {
                let made = copy("undo-template")?;
                parent.append_child(&made)?;
                made
            }
        };
        sentence(&slot, &change.label, now)?;
        attribute(&slot, "data-change", Some(&change.change.to_string()))?;
        attribute(&slot, "disabled", change.busy.then_some(""))?;
    }
    cut(parent, "button", changes.len())
}

/// The button or link with that number, created if necessary. Buttons come before links.
fn slot(actions: &Element, tag: &str, index: usize) -> Result<Element, JsValue> {
    if let Some(known) = numbered(actions, tag, index)? {
        return Ok(known);
    }
    let made = copy(&format!("{tag}-template"))?;
    let before = if tag == "button" { actions.query_selector("a")? } else { None };
    actions.insert_before(&made, before.as_deref())?;
    Ok(made)
}

/// Removes the elements after `count`.
fn cut(actions: &Element, tag: &str, count: usize) -> Result<(), JsValue> {
    while let Some(extra) = numbered(actions, tag, count)? {
        extra.remove();
    }
    Ok(())
}

fn numbered(actions: &Element, tag: &str, index: usize) -> Result<Option<Element>, JsValue> {
    actions.query_selector(&format!("{tag}:nth-of-type({})", index + 1))
}

/// Moves the rung only if it is in the wrong list or out of order, as moving loses focus.
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
