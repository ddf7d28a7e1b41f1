//! A view into the popup's HTML. Changes only what differs, so that focus stays and a screen reader is not told twice.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlTemplateElement};

use super::{closer, path, rung};
use crate::core::{
    Millis,
    msg::{Msg, msg},
    names::Blame,
    view::{Popup, VerdictView},
};
use crate::shell::words::say;

/// The page's document.
pub fn document() -> Result<Document, JsValue> {
    web_sys::window().and_then(|window| window.document()).ok_or_else(|| "no document".into())
}

/// The element of that id; the page and this file are one piece, so a missing one is an error.
pub fn by_id(id: &str) -> Result<Element, JsValue> {
    document()?.get_element_by_id(id).ok_or_else(|| format!("no #{id}").into())
}

/// The first match within `parent`.
pub fn within(parent: &Element, selector: &str) -> Result<Element, JsValue> {
    parent.query_selector(selector)?.ok_or_else(|| format!("no {selector}").into())
}

/// A fresh copy of the `<template>`'s only element.
pub fn copy(template: &str) -> Result<Element, JsValue> {
    let template: HtmlTemplateElement = by_id(template)?.dyn_into()?;
    let copy = template.content().clone_node_with_deep(true)?;
    let element = copy.unchecked_ref::<web_sys::DocumentFragment>().first_element_child();
    element.ok_or_else(|| "an empty template".into())
}

/// Puts text in, as text.
pub fn text(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Sets or takes away an attribute.
pub fn attribute(element: &Element, name: &str, value: Option<&str>) -> Result<(), JsValue> {
    match value {
        Some(value) if element.get_attribute(name).as_deref() != Some(value) => element.set_attribute(name, value),
        Some(_) => Ok(()),
        None => element.remove_attribute(name),
    }
}

/// Hides or shows.
pub fn hide(element: &Element, hidden: bool) -> Result<(), JsValue> {
    attribute(element, "hidden", hidden.then_some(""))
}

/// A sentence, with the exact time in UTC as a tooltip where it speaks of one.
pub fn sentence(element: &Element, message: &Msg, now: Millis) -> Result<(), JsValue> {
    text(element, &say(message, now));
    attribute(element, "title", message.at.map(utc).as_deref())
}

/// The exact time in UTC, for a tooltip.
fn utc(at: Millis) -> String {
    let date = js_sys::Date::new(&(at as f64).into());
    if date.get_time().is_finite() { String::from(date.to_iso_string()) } else { String::new() }
}

/// A list of sentences as children of one kind.
pub fn sentences(parent: &Element, tag: &str, messages: &[Msg], now: Millis) -> Result<(), JsValue> {
    for (index, message) in messages.iter().enumerate() {
        let child = match parent.children().item(index as u32) {
            Some(child) => child,
            None => {
                let child = document()?.create_element(tag)?;
                parent.append_child(&child)?;
                child
            }
        };
        sentence(&child, message, now)?;
    }
    while let Some(extra) = parent.children().item(messages.len() as u32) {
        extra.remove();
    }
    Ok(())
}

/// The words that never change: every element with `data-msg`.
pub fn static_words() -> Result<(), JsValue> {
    if let Some(root) = document()?.document_element() {
        // What is read aloud must be read in the language that it is written in.
        attribute(&root, "lang", Some(&say(&msg("language"), 0)))?;
    }
    let marked = document()?.query_selector_all("[data-msg]")?;
    for index in 0..marked.length() {
        let Some(element) = marked.item(index).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        if let Some(key) = element.get_attribute("data-msg") {
            text(&element, &say(&msg(&key), 0));
        }
    }
    Ok(())
}

/// Everything.
pub fn popup(popup: &Popup, now: Millis) -> Result<(), JsValue> {
    verdict(&popup.verdict, now)?;
    let progress = by_id("progress")?;
    hide(&progress, popup.progress.is_none())?;
    if let Some(message) = &popup.progress {
        sentence(&within(&progress, ".words")?, message, now)?;
    }
    hide(&by_id("grant")?, !popup.blind)?;
    closer::closer(popup.closer)?;
    rung::ladder(&popup.rungs, popup.verdict.blame == Blame::Benign, now)
}

fn verdict(verdict: &VerdictView, now: Millis) -> Result<(), JsValue> {
    let section = by_id("verdict")?;
    attribute(&section, "data-blame", Some(verdict.blame.name()))?;
    attribute(&section, "data-cause", Some(verdict.cause.name()))?;
    let percent = (verdict.confidence * 100.0).round() as u32;
    // Whole numbers: printing a float takes 30 KB of wasm.
    attribute(&section, "data-confidence", Some(&format!("{}.{:02}", percent / 100, percent % 100)))?;
    attribute(&section, "data-advice", verdict.advice.map(|advice| advice.name()))?;
    let sign = format!("#sign-{}", verdict.blame.name());
    attribute(&within(&section, "use")?, "href", Some(&sign))?;
    sentence(&by_id("title")?, &verdict.title, now)?;
    sentence(&by_id("why")?, &verdict.why, now)?;
    let outlook = by_id("outlook")?;
    hide(&outlook, verdict.outlook.is_none())?;
    if let Some(message) = &verdict.outlook {
        sentence(&outlook, message, now)?;
    }
    path::path(verdict.broken, verdict.blame)?;
    hide(&by_id("rests")?, verdict.evidence.is_empty() && verdict.more.is_empty())?;
    text(&by_id("count")?, &format!("({})", verdict.evidence.len()));
    sentences(&by_id("evidence")?, "li", &verdict.evidence, now)?;
    hide(&by_id("more-heading")?, verdict.more.is_empty())?;
    sentences(&by_id("more")?, "li", &verdict.more, now)?;
    let confidence = by_id("confidence")?;
    hide(&confidence, verdict.blame == Blame::Benign)?;
    sentence(&confidence, &msg("confidence").number(percent.into()), now)
}
