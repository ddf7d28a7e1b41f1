//! The saved prompts in the popup: shows their beginnings and restores them. Their text goes from the browser's
//! storage only into the page, the clipboard or the chat.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::{
    discard,
    prompt_note::{self, say},
};
use crate::core::{
    Millis, Model,
    event::{Intent, TabId},
    view::{Prompt, PromptView, prompts},
};
use crate::web::{
    browser,
    dom::{self, attribute, by_id, copy, hide, sentence, sentences, text, within},
    get, object,
    pending::pending,
    prompts::{all, string},
    report::report,
    send::send,
    value::from_js,
};

/// How much of a prompt is shown, in characters; CSS limits it to three lines.
const HEAD: u32 = 400;

/// Renders the saved prompts.
pub async fn fill(model: &Model, tab: Option<TabId>, now: Millis) -> Result<(), JsValue> {
    let kept = all().await?;
    let texts: Vec<JsString> = kept.iter().map(|one| string(&one, "text")).collect();
    let same = |text: &JsString| texts.iter().position(|other| other == text).unwrap_or_default();
    let found = kept.iter().zip(&texts).filter_map(|(one, text)| known(&one, same(text)));
    let views = prompts(model, tab, found.collect(), now);
    hide(&by_id("prompts")?, views.is_empty())?;
    prompt_note::shown(views.iter().map(|view| view.id).collect())?;
    dom::list(&by_id("prompt-list")?, &views, &|| copy("prompt-template"), &|row, view| {
        let head = kept.iter().find(|one| id(one) == view.id).map(|one| string(&one, "text").slice(0, HEAD));
        text(&within(row, ".text")?, &String::from(head.unwrap_or_default()));
        show(row, view, now)
    })
}

fn show(row: &Element, view: &PromptView, now: Millis) -> Result<(), JsValue> {
    attribute(row, "data-id", Some(&view.id.to_string()))?;
    sentence(&within(row, "h3")?, &view.heading, now)?;
    sentences(&within(row, ".notes")?, "p", &view.notes, now)?;
    let button = within(row, "[data-do='send-back']")?;
    hide(&button, view.send.is_none())?;
    if let Some(send) = &view.send {
        sentence(&button, &send.label, now)?;
        attribute(&button, "aria-pressed", Some(if send.on { "true" } else { "false" }))?;
        attribute(&button, "data-needs", send.needs.first().map(|need| need.name()))?;
    }
    attribute(row, "data-begun", view.begun.then_some(""))?;
    hide(&within(row, "[data-do='copy-answer']")?, !view.begun)
}

/// The prompt without its text.
fn known(one: &JsValue, same: usize) -> Option<Prompt> {
    let field = |name: &str| get(one, name);
    Some(Prompt {
        id: from_js(&field("id"))?,
        tab: from_js(&field("tab"))?,
        at: from_js(&field("at"))?,
        begun: string(one, "answer").length() > 0,
        files: from_js(&field("files"))?,
        same,
        length: string(one, "text").length(),
    })
}

fn id(one: &JsValue) -> Millis {
    get(one, "id").as_f64().unwrap_or_default() as Millis
}

/// Handles a press of a prompt's button. `tab` is the tab that the popup shows.
pub fn pressed(what: &str, button: &Element, tab: Option<TabId>) {
    let row = button.closest("[data-id]").ok().flatten();
    let Some(row) = row else { return };
    let Some(id) = row.get_attribute("data-id").and_then(|id| id.parse().ok()) else { return };
    match (what, tab) {
        ("send-back", Some(tab)) => {
            let on = button.get_attribute("aria-pressed").as_deref() == Some("true");
            let begun = row.has_attribute("data-begun");
            let asked = button
                .get_attribute("data-needs")
                .map(|need| super::ask("permissions", js_sys::Array::of1(&need.into()).into()));
            let wanted = Intent::Send { tab, prompt: Some(id).filter(|_| !on), begun };
            pending("send the prompt", button, async move {
                // Without notifications it is sent as well, and the popup shows the outcome.
                if let Some(asked) = asked {
                    report("permission", browser::done(asked).await);
                }
                send(wanted).await
            });
        }
        ("put", tab) => pending("insert the prompt", button, put(id, tab)),
        ("copy-prompt", _) => pending("copy the prompt", button, copied(id, "text", "copy_done")),
        ("copy-answer", _) => pending("copy the answer", button, copied(id, "answer", "copy_done")),
        ("discard", _) if discard::is_double() => {}
        ("discard", _) => pending("discard the prompt", button, discard::discard(id)),
        _ => {}
    }
}

/// Inserts the newest prompt of the tab.
pub async fn put_newest(tab: TabId) -> Result<(), JsValue> {
    let kept = all().await?;
    let own = kept.iter().filter(|one| from_js(&get(one, "tab")) == Some(tab));
    match own.map(|one| id(&one)).max() {
        Some(newest) => put(newest, Some(tab)).await,
        None => say("prompt_none"),
    }
}

/// Inserts the prompt into the composer. If that contains other text, or does not exist, the prompt is copied instead.
async fn put(wanted: Millis, tab: Option<TabId>) -> Result<(), JsValue> {
    let Some(one) = all().await?.iter().find(|one| id(one) == wanted) else { return say("prompt_expired") };
    let top = object([("frameId", 0.into())]);
    let message = object([("kind", "insert-prompt".into()), ("text", get(&one, "text"))]);
    let answer = match tab {
        // If the page does not answer, it is copied.
        Some(tab) => browser::done(browser::tabs_send(tab, &message, &top)).await.ok(),
        None => None,
    };
    match answer.and_then(|answer| answer.as_string()).as_deref() {
        Some("done") => say("prompt_put"),
        Some("busy") => take(&one, "text", "prompt_busy").await,
        _ => take(&one, "text", "prompt_gone").await,
    }
}

async fn copied(wanted: Millis, part: &str, words: &str) -> Result<(), JsValue> {
    match all().await?.iter().find(|one| id(one) == wanted) {
        Some(one) => take(&one, part, words).await,
        None => say("prompt_expired"),
    }
}

/// Copies to the clipboard.
async fn take(one: &JsValue, part: &str, words: &str) -> Result<(), JsValue> {
    let taken = browser::done(browser::copy_text(&String::from(string(one, part)))).await.is_ok();
    say(if taken { words } else { "prompt_uncopied" })
}
