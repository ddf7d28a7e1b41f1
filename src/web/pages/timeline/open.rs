//! The details of a failure, added when it is expanded.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlSelectElement};

use super::{BOOK, announce, requests};
use crate::core::{
    Millis, Model,
    journal::{Feedback, JournalEntry},
    json::from_value,
    msg::{key, msg},
    names::Blame,
    view::{Behind, VerdictView, behind, verdict_on},
};
use crate::web::{
    dom::{attribute, copy as fresh, document, hide, sentence, sentences, text, within},
    journal::read,
    now,
    report::{found, spawn},
    words::say,
};

/// Fills in a failure that was just expanded.
pub fn open(details: &Element) {
    let details = details.clone();
    spawn("timeline", async move { fill(&details).await });
}

async fn fill(details: &Element) -> Result<(), JsValue> {
    let Some(key) = key_of(details) else { return Ok(()) };
    let Some(found) = BOOK.with_borrow(|book| behind(&book.entries, &key)) else { return Ok(()) };
    let verdict = match &found.verdict {
        Some((key, at)) => snapshot(key, *at).await,
        None => None,
    };
    let body = fresh("behind-template")?;
    put(&body, &found, verdict.as_ref())?;
    let place = within(details, ".body")?;
    place.replace_children_with_node_0();
    place.append_child(&body).map(drop)
}

async fn snapshot(key: &str, at: Millis) -> Option<VerdictView> {
    let example = BOOK.with_borrow(|book| book.example.as_ref()?.snapshot(key));
    if let Some((snapshot, at)) = example {
        return verdict_on(&from_value::<Model>(&snapshot)?, at);
    }
    let snapshot = read::snapshot(key).await.map_err(|health| health.name().into());
    verdict_on(&from_value::<Model>(&found("read the journal", snapshot)??)?, at)
}

fn put(body: &Element, found: &Behind, verdict: Option<&VerdictView>) -> Result<(), JsValue> {
    let path = within(body, ".path")?;
    hide(&path, found.path.is_none())?;
    text(&path, found.path.as_deref().unwrap_or_default());
    requests::ids(body, &found.ids)?;
    let judged = within(body, ".judged")?;
    hide(&judged, verdict.is_none())?;
    if let Some(verdict) = verdict {
        attribute(&judged, "data-blame", Some(verdict.blame.name()))?;
        sentence(&within(&judged, "h3")?, &verdict.title, now())?;
        sentence(&within(&judged, ".why")?, &verdict.why, now())?;
        sentences(&within(&judged, ".facts")?, "li", &verdict.evidence, now())?;
        choices(&within(&judged, "select")?, verdict.blame)?;
        said(&judged, found)?;
    }
    hide(&within(body, ".untried")?, !found.tried.is_empty())?;
    sentences(&within(body, ".tried")?, "li", &found.tried, now())
}

/// Offers every side but the one that the verdict names.
fn choices(list: &Element, named: Blame) -> Result<(), JsValue> {
    for blame in Blame::ALL.iter().filter(|blame| **blame != named) {
        let option = document()?.create_element("option")?;
        option.set_attribute("value", blame.name())?;
        option.set_text_content(Some(&say(&msg(&key("side", blame.name())), 0)));
        list.append_child(&option)?;
    }
    Ok(())
}

fn said(judged: &Element, found: &Behind) -> Result<(), JsValue> {
    let line = within(judged, ".said")?;
    hide(&line, found.said.is_none())?;
    found.said.as_ref().map_or(Ok(()), |words| sentence(&line, words, now()))
}

fn key_of(within_this: &Element) -> Option<String> {
    within_this.closest("[data-key]").ok()??.get_attribute("data-key")
}

/// Records that the verdict was right.
pub fn right(button: &Element) {
    tell(button, Feedback { right: true, blame: None });
}

/// Records whose side it really was.
pub fn wrong(list: &Element) {
    let Some(list) = list.dyn_ref::<HtmlSelectElement>() else { return };
    let chosen = list.value();
    if !chosen.is_empty() {
        tell(list, Feedback { right: false, blame: Blame::from_name(&chosen).filter(|one| *one != Blame::Unknown) });
    }
}

fn tell(at: &Element, feedback: Feedback) {
    let at = at.clone();
    spawn("keep the feedback", async move { keep(&at, feedback).await });
}

async fn keep(at: &Element, feedback: Feedback) -> Result<(), JsValue> {
    let Some(key) = key_of(at) else { return Ok(()) };
    let Some(found) = BOOK.with_borrow(|book| behind(&book.entries, &key)) else { return Ok(()) };
    let entry = JournalEntry::feedback(&found.case, feedback, now());
    if let Err(health) = read::say(entry.clone()).await {
        announce(&msg(health.message_key()));
        return Ok(());
    }
    let found = BOOK.with_borrow_mut(|book| {
        book.entries.retain(|one| one.key != entry.key);
        book.entries.push(entry);
        behind(&book.entries, &key)
    });
    let Some(judged) = at.closest(".judged")? else { return Ok(()) };
    if let Some(words) = found.as_ref().and_then(|found| found.said.as_ref()) {
        announce(words);
    }
    found.map_or(Ok(()), |found| said(&judged, &found))
}
