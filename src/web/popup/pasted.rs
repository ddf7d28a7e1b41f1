//! The verdict on a pasted error. The text stays on the page; nothing of it is sent or stored.

use wasm_bindgen::prelude::*;
use web_sys::HtmlTextAreaElement;

use super::rung;
use crate::core::{
    Millis,
    catalog::{known, load},
    model::StatusReading,
    msg::msg,
    names::{Blame, Cause},
    paste::{nothing, paste},
};
use crate::web::{
    catalog,
    dom::{attribute, by_id, hide, sentence, sentences, within},
    report::report,
};

/// Hides the verdict once the text that it is about is changed.
pub fn hide_when_changed() -> Result<(), JsValue> {
    let changed = Closure::<dyn Fn()>::new(|| {
        report("hide the verdict on another text", by_id("pasted").and_then(|section| hide(&section, true)))
    });
    by_id("paste-text")?.add_event_listener_with_callback("input", changed.as_ref().unchecked_ref())?;
    // Kept for the lifetime of the page.
    changed.forget();
    Ok(())
}

/// Diagnoses the text of the text box with the error catalog, and shows the verdict below. Without the catalog, should it not be
/// readable, an error that only it knows stays open.
pub async fn pasted(provider: Option<&StatusReading>, now: Millis) -> Result<(), JsValue> {
    if known().is_none() {
        let lists = catalog::read().await;
        report("read the catalog", lists.map(|lists| load(&lists)));
    }
    let text = by_id("paste-text")?.unchecked_into::<HtmlTextAreaElement>().value();
    let section = by_id("pasted")?;
    let pasted = paste(&text, provider, now);
    let verdict = pasted.as_ref().map(|pasted| &pasted.verdict);
    let nothing = nothing(&text);
    let (blame, cause) = verdict.map_or((Blame::Unknown, Cause::Unknown), |one| (one.blame, one.cause));
    attribute(&section, "data-blame", Some(blame.name()))?;
    attribute(&section, "data-cause", Some(cause.name()))?;
    attribute(&within(&section, "use")?, "href", Some(&format!("#sign-{}", blame.name())))?;
    sentence(&within(&section, "h2")?, verdict.map_or(&nothing, |one| &one.title), now)?;
    let (why, sure) = (within(&section, ".why")?, within(&section, ".sure")?);
    for line in [&why, &sure] {
        hide(line, verdict.is_none())?;
    }
    let (words, links) = pasted.as_ref().map(|one| (one.words.as_slice(), one.links.as_slice())).unwrap_or_default();
    sentences(&within(&section, ".words")?, "p", words, now)?;
    rung::links(&within(&section, ".actions")?, links, now)?;
    let evidence = verdict.map(|one| one.evidence.as_slice()).unwrap_or_default();
    sentences(&within(&section, "ul")?, "li", evidence, now)?;
    if let Some(verdict) = verdict {
        sentence(&why, &verdict.why, now)?;
        sentence(&sure, &msg("confidence").number((verdict.confidence * 100.0).round() as i64), now)?;
    }
    hide(&section, false)
}
