//! The rungs of the ladder in the popup: the relevant ones first, the others collapsed, those that would not help by
//! their reason.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::core::{
    Millis,
    msg::{key, msg},
    names::{Rung, State},
    view::{LeadView, LinkView, RungView, UndoView, UselessView, useless},
};
use crate::web::{
    dom::{attribute, by_id, copy, document, hide, list, sentence, sentences, text, within},
    words::say,
};

/// Renders the ladder; hidden while there is nothing to mend, except for rungs that were tried.
pub fn ladder(rungs: &[RungView], quiet: bool, now: Millis) -> Result<(), JsValue> {
    let (near, far) = (by_id("rungs")?, by_id("others")?);
    let (mut shown, mut rest) = (0, 0);
    for (index, rung) in rungs.iter().enumerate() {
        if rung.is_useless() {
            known(rung.rung)?.into_iter().for_each(|element| element.remove());
            continue;
        }
        let element = element(rung.rung, index + 1)?;
        fill(&element, rung, now)?;
        let matters = !matches!(rung.state, State::Todo | State::Skipped | State::Blocked);
        *(if matters { &mut shown } else { &mut rest }) += 1;
        place(&element, if matters { &near } else { &far })?;
    }
    text(&by_id("rest-words")?, &say(&msg("ladder_more").number(rest), now));
    hide(&by_id("rest")?, quiet || rest == 0)?;
    hide(&by_id("ladder")?, shown == 0)?;
    useless_rungs(rungs, quiet, now)
}

/// The rungs that would not help: each reason once, with the names.
fn useless_rungs(rungs: &[RungView], quiet: bool, now: Millis) -> Result<(), JsValue> {
    let groups = useless(rungs);
    let count: usize = groups.iter().map(|group| group.rungs.len()).sum();
    hide(&by_id("useless")?, quiet || count == 0)?;
    text(&by_id("useless-words")?, &say(&msg("ladder_useless").number(count as i64), now));
    list(&by_id("useless-groups")?, &groups, &|| copy("useless-template"), &|element, group: &UselessView| {
        sentence(&within(element, ".why")?, &group.why, now)?;
        let new = || copy("useless-rung-template");
        list(&within(element, "ul")?, &group.rungs, &new, &|element, rung| name(element, *rung))
    })
}

/// The rung's element, if it has one.
fn known(rung: Rung) -> Result<Option<Element>, JsValue> {
    document()?.query_selector(&format!(".rung[data-step='{}']", rung.name()))
}

/// The rung's element, created on first use.
fn element(rung: Rung, number: usize) -> Result<Element, JsValue> {
    if let Some(known) = known(rung)? {
        return Ok(known);
    }
    let element = copy("rung-template")?;
    name(&element, rung)?;
    attribute(&element, "data-number", Some(&number.to_string()))?;
    Ok(element)
}

fn name(element: &Element, rung: Rung) -> Result<(), JsValue> {
    attribute(element, "data-step", Some(rung.name()))?;
    text(&within(element, ".name")?, &say(&msg(&key("rung", rung.name())), 0));
    Ok(())
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
    lead(element, rung.lead.as_ref(), rung.primary, now)?;
    let buttons: Vec<_> = rung.buttons.iter().enumerate().collect();
    let new = || copy("button-template");
    list(&within(element, ".buttons")?, &buttons, &new, &|slot, (index, button)| {
        sentence(slot, &button.label, now)?;
        attribute(slot, "data-act", Some(button.act.name()))?;
        let needs: Vec<&str> = button.needs.iter().map(|need| need.name()).collect();
        attribute(slot, "data-needs", Some(needs.join(" ").as_str()).filter(|needs| !needs.is_empty()))?;
        attribute(slot, "data-primary", (rung.primary && rung.lead.is_none() && *index == 0).then_some(""))?;
        attribute(slot, "aria-disabled", button.busy.then_some("true"))
    })?;
    links(&within(element, ".links")?, &rung.links, now)?;
    sentences(&within(element, ".needs")?, "p", &rung.needs, now)?;
    undo(&within(element, ".undo")?, rung.undo.as_slice(), now)
}

/// What comes before the buttons.
fn lead(element: &Element, lead: Option<&LeadView>, primary: bool, now: Millis) -> Result<(), JsValue> {
    let (link, button) = (within(element, "a.lead")?, within(element, "button.lead")?);
    hide(&link, !matches!(lead, Some(LeadView::Link(_))))?;
    hide(&button, !matches!(lead, Some(LeadView::Prompt(_))))?;
    for one in [&link, &button] {
        attribute(one, "data-primary", primary.then_some(""))?;
    }
    match lead {
        Some(LeadView::Link(to)) => fill_link(&link, to, now),
        Some(LeadView::Prompt(label)) => sentence(&button, label, now),
        None => Ok(()),
    }
}

/// Links to pages.
pub fn links(parent: &Element, links: &[LinkView], now: Millis) -> Result<(), JsValue> {
    list(parent, links, &|| copy("a-template"), &|slot, link| fill_link(slot, link, now))
}

/// A link's text and URL.
pub fn fill_link(element: &Element, link: &LinkView, now: Millis) -> Result<(), JsValue> {
    sentence(element, &link.label, now)?;
    attribute(element, "href", Some(&link.url))
}

/// The buttons that undo changes.
pub fn undo(parent: &Element, changes: &[UndoView], now: Millis) -> Result<(), JsValue> {
    list(parent, changes, &|| copy("undo-template"), &|slot, change| {
        sentence(slot, &change.label, now)?;
        attribute(slot, "data-change", Some(&change.change.to_string()))?;
        attribute(slot, "aria-disabled", change.busy.then_some("true"))
    })
}

/// Moves the rung only if it is in the wrong list or out of order, as moving loses focus.
fn place(element: &Element, list: &Element) -> Result<(), JsValue> {
    let number = |element: &Element| -> Option<usize> { element.get_attribute("data-number")?.parse().ok() };
    if element.parent_element().as_ref() == Some(list) {
        return Ok(());
    }
    let siblings = list.children();
    let later =
        (0..siblings.length()).filter_map(|index| siblings.item(index)).find(|one| number(one) > number(element));
    list.insert_before(element, later.as_deref())?;
    Ok(())
}
