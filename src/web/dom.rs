//! DOM helpers for Mend's pages: find elements and set their text, always as text. Changes only what differs, so that
//! focus is kept and a screen reader does not announce it again.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event as DomEvent, HtmlTemplateElement, NodeList};

use super::words::say;
use crate::core::{
    Millis,
    msg::{Msg, msg},
};

/// The document of the page.
pub fn document() -> Result<Document, JsValue> {
    web_sys::window().and_then(|window| window.document()).ok_or_else(|| "no document".into())
}

/// The element of that id. Page and code ship together, so a missing element is an error.
pub fn by_id(id: &str) -> Result<Element, JsValue> {
    document()?.get_element_by_id(id).ok_or_else(|| format!("no #{id}").into())
}

/// The first match within `parent`.
pub fn within(parent: &Element, selector: &str) -> Result<Element, JsValue> {
    parent.query_selector(selector)?.ok_or_else(|| format!("no {selector}").into())
}

/// A copy of the `<template>`'s only element, with its static text.
pub fn copy(template: &str) -> Result<Element, JsValue> {
    let template: HtmlTemplateElement = by_id(template)?.dyn_into()?;
    let copy = template.content().clone_node_with_deep(true)?;
    let fragment: web_sys::DocumentFragment = copy.dyn_into()?;
    words(&fragment.query_selector_all("[data-msg]")?);
    fragment.first_element_child().ok_or_else(|| "an empty template".into())
}

/// Sets the text of an element, never as HTML.
pub fn text(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Sets or removes an attribute.
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

/// Sets the text of a message; if it mentions a time, the exact time in UTC becomes the tooltip.
pub fn sentence(element: &Element, message: &Msg, now: Millis) -> Result<(), JsValue> {
    text(element, &say(message, now));
    attribute(element, "title", message.at.map(utc).as_deref())
}

/// The exact time in UTC.
fn utc(at: Millis) -> String {
    let date = js_sys::Date::new(&(at as f64).into());
    if date.get_time().is_finite() { String::from(date.to_iso_string()) } else { String::new() }
}

/// Gives `parent` a child for each of `items`, in order. Existing children are reused.
pub fn list<T>(
    parent: &Element,
    items: &[T],
    new: &dyn Fn() -> Result<Element, JsValue>,
    fill: &dyn Fn(&Element, &T) -> Result<(), JsValue>,
) -> Result<(), JsValue> {
    children(parent, items.len(), new, &|child, index| items.get(index).map_or(Ok(()), |item| fill(child, item)))
}

/// Not generic: a copy for each type of item takes hundreds of bytes of wasm.
fn children(
    parent: &Element,
    count: usize,
    new: &dyn Fn() -> Result<Element, JsValue>,
    fill: &dyn Fn(&Element, usize) -> Result<(), JsValue>,
) -> Result<(), JsValue> {
    let children = parent.children();
    for index in 0..count {
        let child = match children.item(index as u32) {
            Some(child) => child,
            None => {
                let child = new()?;
                parent.append_child(&child)?;
                child
            }
        };
        fill(&child, index)?;
    }
    while let Some(extra) = children.item(count as u32) {
        extra.remove();
    }
    Ok(())
}

/// Sets messages as children with this tag.
pub fn sentences(parent: &Element, tag: &str, messages: &[Msg], now: Millis) -> Result<(), JsValue> {
    let new = || document()?.create_element(tag);
    list(parent, messages, &new, &|child, message| sentence(child, message, now))
}

/// Calls `pressed` for every click on an element with `data-do`, within the click event, for the lifetime of the page. A button
/// that cannot be pressed now is `aria-disabled`: `disabled` would take the focus away.
pub fn on_press(pressed: fn(&str, &Element)) -> Result<(), JsValue> {
    let press = Closure::<dyn Fn(DomEvent)>::new(move |event: DomEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("[data-do]:not([aria-disabled='true'])").ok().flatten());
        if let Some((button, what)) = button.and_then(|button| Some((button.clone(), button.get_attribute("data-do")?)))
        {
            pressed(&what, &button);
        }
    });
    document()?.add_event_listener_with_callback("click", press.as_ref().unchecked_ref())?;
    press.forget();
    Ok(())
}

/// Sets the static text of every element with `data-msg`.
pub fn static_words() -> Result<(), JsValue> {
    if let Some(root) = document()?.document_element() {
        // A screen reader needs the language of the text.
        attribute(&root, "lang", Some(&say(&msg("language"), 0)))?;
    }
    words(&document()?.query_selector_all("[data-msg]")?);
    Ok(())
}

fn words(marked: &NodeList) {
    for index in 0..marked.length() {
        let Some(element) = marked.item(index).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        if let Some(key) = element.get_attribute("data-msg") {
            text(&element, &say(&msg(&key), 0));
        }
    }
}
