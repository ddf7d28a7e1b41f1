//! The parts of a ticket, each as its exact text: built from allowed fields only, then redacted.

use wasm_bindgen::prelude::*;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::super::english::English;
use crate::core::{
    Millis, Model,
    event::TabId,
    journal::{JournalEvent, JournalRecord},
    json::from_value,
    msg::msg,
    redact::{Keep, Redactor, SecretKind},
    support_bundle::{BundleFile, files},
    text::clip,
    ticket::{About, markdown, ticket},
    view,
};
use crate::web::{
    browser, dom::by_id, journal::read, look::look, now, object, report::found, tabs::open_tabs, value::from_js,
};

/// Longest line of the structure, in characters.
const LINE: usize = 800;
/// Time before the newest entry that is included, in milliseconds.
const SINCE: Millis = 24 * 3_600_000;

/// All parts, and the number of redacted values; none if nothing failed.
pub async fn gather(english: &English, about: &About) -> Result<(Vec<BundleFile>, Vec<(SecretKind, u32)>), JsValue> {
    let notes = notes().await;
    let model = look().await.unwrap_or_else(Model::default);
    let tab = view::choose_tab(&model, &open_tabs().await?);
    let Some(report) = report(english, about, &model, tab, &notes)? else { return Ok((Vec::new(), Vec::new())) };
    let keep = Keep { block: ticked("block")?, conversation: ticked("conversation")? };
    let mut redactor = Redactor::new(keep);
    let parts = files(&report, &structure(&model, tab).await, &notes, &about.mend, &mut redactor);
    Ok((parts, redactor.counts().collect()))
}

/// Elements, roles and attribute names around the parts that Mend looks for on the tab's page, without text; empty if
/// the page is recognised or does not answer.
async fn structure(model: &Model, tab: Option<TabId>) -> String {
    let Some(tab) = tab.filter(|id| model.tab(*id).is_some_and(|tab| view::unseen(tab).is_some())) else {
        return String::new();
    };
    let top = object([("frameId", 0.into())]);
    let outline = object([("kind", "outline".into())]);
    let told = browser::done(browser::tabs_send(tab, &outline, &top)).await;
    let lines: Vec<String> = told.ok().and_then(|told| from_js(&told)).unwrap_or_default();
    lines.iter().map(|line| format!("{}\n", clip(line, LINE))).collect()
}

/// The newest journal records; empty if the journal cannot be read, which the timeline reports.
async fn notes() -> Vec<JournalRecord> {
    let read = read::entries(Millis::MIN).await.map_err(|health| health.name().into());
    let Some((mut entries, _)) = found("read the journal", read) else { return Vec::new() };
    let newest = entries.last().map_or(0, |entry| entry.at);
    entries.retain(|entry| newest - entry.at <= SINCE);
    let mut notes = Vec::new();
    for entry in entries {
        let snapshot = match entry.what {
            // An entry without its snapshot is still useful.
            JournalEvent::Verdict(_) => read::snapshot(&entry.key).await.ok().flatten(),
            _ => None,
        };
        notes.push(JournalRecord { entry, snapshot });
    }
    notes
}

/// The report of the tab's own case, otherwise of the last case in the journal.
fn report(
    english: &English,
    about: &About,
    model: &Model,
    tab: Option<TabId>,
    notes: &[JournalRecord],
) -> Result<Option<String>, JsValue> {
    let mut told = ticket(model, tab, about, now());
    let last = notes.iter().rev().find_map(|note| from_value::<Model>(note.snapshot.as_ref()?));
    if let (true, Some(snapshot)) = (told.is_empty(), last) {
        told = ticket(&snapshot, snapshot.tabs.first().map(|tab| tab.id), about, now());
    }
    if told.is_empty() {
        return Ok(None);
    }
    let lines: Vec<String> = told.iter().map(|line| english.say(line)).collect();
    let mut text = markdown(&lines);
    let own = by_id("own")?.unchecked_into::<HtmlTextAreaElement>().value();
    if !own.trim().is_empty() {
        text.push_str(&format!("\n{}\n", english.say(&msg("ticket_own").text(own.trim()))));
    }
    Ok(Some(text))
}

/// Whether the box of this name is ticked.
pub fn ticked(id: &str) -> Result<bool, JsValue> {
    Ok(by_id(id)?.dyn_into::<HtmlInputElement>()?.checked())
}
