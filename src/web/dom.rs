//! A page of Mend's: finds its elements and puts words into them, as text. Changes only what differs, so that focus stays
//! and a screen reader is not told twice. Knows no page in particular.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event as DomEvent, HtmlTemplateElement, NodeList};

use super::words::say;
use crate::core::{
    Millis,
    msg::{Msg, msg},
};

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

/// A fresh copy of the `<template>`'s only element, with its words.
pub fn copy(template: &str) -> Result<Element, JsValue> {
    let template: HtmlTemplateElement = by_id(template)?.dyn_into()?;
    let copy = template.content().clone_node_with_deep(true)?;
    let fragment: web_sys::DocumentFragment = copy.dyn_into()?;
    words(&fragment.query_selector_all("[data-msg]")?);
    fragment.first_element_child().ok_or_else(|| "an empty template".into())
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

/// Gives `parent` a child for each of `items`, in their order. A child that is there is filled anew and stays the same.
pub fn list<T>(
    parent: &Element,
    items: &[T],
    new: &dyn Fn() -> Result<Element, JsValue>,
    fill: &dyn Fn(&Element, &T) -> Result<(), JsValue>,
) -> Result<(), JsValue> {
    children(parent, items.len(), new, &|child, index| items.get(index).map_or(Ok(()), |item| fill(child, item)))
}

/// Behind pointers: a copy of this for each kind of item takes hundreds of bytes of wasm.
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

/// A list of sentences as children of one kind.
pub fn sentences(parent: &Element, tag: &str, messages: &[Msg], now: Millis) -> Result<(), JsValue> {
    let new = || document()?.create_element(tag);
    list(parent, messages, &new, &|child, message| sentence(child, message, now))
}

/// Tells of every press on an element with `data-do`, in the click itself, as long as the page lives.
pub fn on_press(pressed: fn(&str, &Element)) -> Result<(), JsValue> {
    let press = Closure::<dyn Fn(DomEvent)>::new(move |event: DomEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("[data-do]").ok().flatten());
        if let Some((button, what)) = button.and_then(|button| Some((button.clone(), button.get_attribute("data-do")?)))
        {
            pressed(&what, &button);
        }
    });
    document()?.add_event_listener_with_callback("click", press.as_ref().unchecked_ref())?;
    press.forget();
    Ok(())
}

/// The words that never change: every element with `data-msg`.
pub fn static_words() -> Result<(), JsValue> {
    if let Some(root) = document()?.document_element() {
        // What is read aloud must be read in the language that it is written in.
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
