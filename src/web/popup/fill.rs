//! Renders a view into the popup's HTML.

use wasm_bindgen::prelude::*;

use super::{deep_inspection, rung};
use crate::core::{
    Millis,
    journal::JournalHealth,
    msg::{Msg, msg},
    names::Blame,
    view::{Forecast, Popup, VerdictView},
};
use crate::web::{
    dom::{attribute, by_id, hide, sentence, sentences, text, within},
    hops::mark_hops,
};

/// Renders the whole popup.
pub fn popup(popup: &Popup, now: Millis) -> Result<(), JsValue> {
    verdict(&popup.verdict, now)?;
    let progress = by_id("progress")?;
    hide(&progress, popup.progress.is_none())?;
    if let Some(message) = &popup.progress {
        sentence(&within(&progress, ".words")?, message, now)?;
    }
    let outcome = by_id("outcome")?;
    hide(&outcome, popup.outcome.is_none())?;
    if let Some(message) = &popup.outcome {
        sentence(&outcome, message, now)?;
    }
    let page = by_id("page")?;
    hide(&page, popup.page.is_none())?;
    if let Some(message) = &popup.page {
        sentence(&page, message, now)?;
    }
    hide(&by_id("grant")?, !popup.blind)?;
    deep_inspection::deep_inspection(popup.deep_inspection)?;
    hide(&by_id("changes")?, popup.changes.is_empty())?;
    rung::undo(&within(&by_id("changes")?, ".undo")?, &popup.changes, now)?;
    rung::ladder(&popup.rungs, popup.verdict.blame == Blame::Benign, now)
}

/// Renders the forecast.
pub fn forecast(forecast: &Forecast, now: Millis) -> Result<(), JsValue> {
    let place = by_id("forecast")?;
    hide(&place, forecast.words.is_none())?;
    forecast.words.as_ref().map_or(Ok(()), |words| sentence(&place, words, now))
}

/// Renders the notes.
pub fn asides(asides: &[Msg], now: Millis) -> Result<(), JsValue> {
    let place = by_id("asides")?;
    hide(&place, asides.is_empty())?;
    sentences(&place, "p", asides, now)
}

/// Renders the state of the journal.
pub fn health(health: Option<JournalHealth>) -> Result<(), JsValue> {
    let place = by_id("journal-health")?;
    hide(&place, health.is_none())?;
    health.map_or(Ok(()), |health| sentence(&place, &msg(health.message_key()), 0))
}

fn verdict(verdict: &VerdictView, now: Millis) -> Result<(), JsValue> {
    let section = by_id("verdict")?;
    attribute(&section, "data-blame", Some(verdict.blame.name()))?;
    attribute(&section, "data-cause", Some(verdict.cause.name()))?;
    let percent = (verdict.confidence * 100.0).round() as u32;
    // Whole numbers, as formatting a float takes 30 KB of wasm.
    attribute(&section, "data-confidence", Some(&format!("{}.{:02}", percent / 100, percent % 100)))?;
    attribute(&section, "data-advice", verdict.advice.map(|advice| advice.name()))?;
    let sign = format!("#sign-{}", verdict.blame.name());
    attribute(&within(&section, "use")?, "href", Some(&sign))?;
    sentence(&by_id("title")?, &verdict.title, now)?;
    sentence(&by_id("why")?, &verdict.why, now)?;
    let path = by_id("hops")?;
    hide(&path, verdict.broken.is_none())?;
    attribute(&path, "data-blame", Some(verdict.blame.name()))?;
    mark_hops(&path, verdict.broken)?;
    let code = by_id("code")?;
    hide(&code, verdict.code.is_none())?;
    if let Some(link) = &verdict.code {
        rung::fill_link(&within(&code, "a")?, link, now)?;
    }
    hide(&by_id("rests")?, verdict.evidence.is_empty() && verdict.more.is_empty() && verdict.code.is_none())?;
    let count = verdict.evidence.len();
    text(&by_id("count")?, &if count > 0 { format!("({count})") } else { String::new() });
    sentences(&by_id("evidence")?, "li", &verdict.evidence, now)?;
    hide(&by_id("more-heading")?, verdict.more.is_empty())?;
    sentences(&by_id("more")?, "li", &verdict.more, now)?;
    let confidence = by_id("confidence")?;
    hide(&confidence, verdict.blame == Blame::Benign)?;
    sentence(&confidence, &msg("confidence").number(percent.into()), now)
}
