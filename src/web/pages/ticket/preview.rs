//! A preview of the ticket's parts, with redacted values marked.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

use super::parts::ticked;
use crate::core::{
    msg::{Msg, msg},
    redact::{SecretKind, segments},
    support_bundle::{BundleFile, REPORT},
    view::redacted,
};
use crate::web::dom::{attribute, by_id, copy as fresh, document, hide, sentence, text, within};

/// Shows the parts; one that was shown before stays ticked and expanded as it was.
pub fn render(parts: &[BundleFile], hidden: Vec<(SecretKind, u32)>) -> Result<(), JsValue> {
    let list = by_id("parts")?;
    let gone: Vec<Element> = (0..list.children().length()).filter_map(|at| list.children().item(at)).collect();
    for row in gone {
        if !parts.iter().any(|part| row.get_attribute("data-part").as_deref() == Some(part.name)) {
            row.remove();
        }
    }
    for part in parts {
        let row = match list.query_selector(&format!("[data-part='{}']", part.name))? {
            Some(row) => row,
            None => {
                let row = new(part.name)?;
                list.append_child(&row)?;
                row
            }
        };
        sentence(&within(&row, ".size")?, &size(part.text.len()), 0)?;
        show(&within(&row, "pre")?, &part.text)?;
    }
    let words: Vec<Msg> = hidden.iter().map(|(kind, count)| redacted(*kind, *count)).collect();
    let note = by_id("hidden")?;
    hide(&note, words.is_empty())?;
    crate::web::dom::sentences(&within(&note, "ul")?, "li", &words, 0)
}

fn new(name: &str) -> Result<Element, JsValue> {
    let row = fresh("part-template")?;
    attribute(&row, "data-part", Some(name))?;
    text(&within(&row, ".name")?, name);
    let tick = within(&row, "input")?;
    attribute(&tick, "id", Some(&format!("tick-{name}")))?;
    // The report is enough for most; the others go along where support asks for more.
    tick.unchecked_into::<HtmlInputElement>().set_checked(name == REPORT);
    let what = msg(&format!("ticket_part_{}", name.split('.').next().unwrap_or_default()));
    sentence(&within(&row, ".what")?, &what, 0)?;
    attribute(&within(&row, "pre")?, "id", Some(name))?;
    Ok(row)
}

/// Replaces the content only if it differs, to keep a text selection.
fn show(place: &Element, content: &str) -> Result<(), JsValue> {
    if place.text_content().as_deref() == Some(content) {
        return Ok(());
    }
    place.replace_children_with_node_0();
    for (piece, taken_out) in segments(content) {
        if taken_out {
            let mark = document()?.create_element("mark")?;
            mark.set_text_content(Some(piece));
            place.append_child(&mark)?;
        } else {
            place.append_child(&document()?.create_text_node(piece))?;
        }
    }
    Ok(())
}

fn size(bytes: usize) -> Msg {
    msg("size_kb").number(bytes.div_ceil(1_000) as i64)
}

/// Whether this part is ticked.
pub fn is_ticked(name: &str) -> Result<bool, JsValue> {
    ticked(&format!("tick-{name}"))
}
