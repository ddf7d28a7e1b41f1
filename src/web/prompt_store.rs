//! Saves prompts: the only writer of what [`super::prompts`] reads. Runs one at a time, as `background.js` ensures.
//!
//! Which prompts are kept and for how long is decided in the core.

use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::{
    browser, now, object,
    prompts::{CROWDED, PROMPTS, all, chosen},
    report::is_full,
    value::{from_js, to_js},
};
use crate::core::{
    Millis,
    authorize::Sender,
    event::TabId,
    json::{Json, Value, from_value},
    prompts::{self, KEPT_FOR, PromptStorage, SavedPrompt},
};

/// Handles a message of a content script (`save-prompt`, or `prompt-answered` with the text) or of one of our pages
/// (`discard-prompts` with an id, or none for all; `restore-prompt` with one that was discarded; `move-prompts` after another choice of where they are kept), or without
/// a sender an event: `stale` if prompts may have expired, `crowded` if session storage lacks space for other data: then
/// half of them are dropped. `extension/js/messages.js` lists the fields.
///
/// # Errors
/// Rejects if it is none of these, if the sender is not authorized, or if it could not be stored; the caller may
/// retry.
#[cfg_attr(not(feature = "pages"), wasm_bindgen)]
pub async fn handle_prompt_message(told: JsValue, sender: JsValue) -> Result<(), JsValue> {
    let from = if sender.is_undefined() { None } else { Some(from_js::<Sender>(&sender).ok_or("no sender")?) };
    let told: Value = from_js(&told).unwrap_or_default();
    let place = chosen().await;
    let mut crowded = false;
    let mut kept: Vec<SavedPrompt> = all().await?.iter().filter_map(|one| from_js::<SavedPrompt>(&one)).collect();
    prompts::fresh(&mut kept, now());
    match (told.field("kind").text(), &from) {
        ("save-prompt", Some(sender)) => {
            let tab = chatgpt(sender)?;
            let new = read(&told, tab, sender).ok_or("no prompt")?;
            if place != PromptStorage::Nowhere {
                prompts::keep(&mut kept, new, now());
            }
        }
        ("prompt-answered", Some(sender)) => prompts::spend(&mut kept, chatgpt(sender)?, told.field("text").text()),
        ("discard-prompts", Some(sender)) => {
            our_page(sender)?;
            prompts::discard(&mut kept, told.field("id").number());
        }
        ("restore-prompt", Some(sender)) => {
            our_page(sender)?;
            let prompt = from_value::<SavedPrompt>(told.field("prompt")).ok_or("no prompt")?;
            if place != PromptStorage::Nowhere {
                prompts::restore(&mut kept, prompt, now());
            }
        }
        ("move-prompts", Some(sender)) => our_page(sender)?,
        ("stale", None) => {}
        ("crowded", None) => {
            prompts::halve(&mut kept);
            crowded = true;
        }
        _ => return Err("nothing to keep".into()),
    }
    // If there is no space, that is recorded, and half of the prompts are dropped.
    while let Err(error) = browser::done(browser::session_set(&object([(PROMPTS, to_js(&kept)?)]))).await {
        if kept.is_empty() || !is_full(&error) {
            return Err(error);
        }
        prompts::halve(&mut kept);
        crowded = true;
    }
    if crowded {
        browser::done(browser::session_set(&object([(CROWDED, (now() as f64).into())]))).await?;
    }
    save(&prompts::lasting(&kept, place)).await?;
    if let Some(oldest) = kept.iter().map(|one| one.at).min() {
        let when = object([("when", ((oldest + KEPT_FOR) as f64).into())]);
        browser::done(browser::alarm_create(PROMPTS, &when)).await?;
    }
    Ok(())
}

fn our_page(sender: &Sender) -> Result<(), JsValue> {
    let origin = browser::runtime_url("");
    sender.our_page(origin.trim_end_matches('/')).map_err(|refusal| refusal.to_string().into())
}

fn chatgpt(sender: &Sender) -> Result<TabId, JsValue> {
    sender.chatgpt().map_err(|refusal| refusal.to_string().into())
}

/// A content script's record of a prompt, as `extension/js/messages.js` lists it.
#[derive(Deserialize)]
struct PromptRecord {
    at: Millis,
    path: String,
    text: String,
    answer: String,
    files: Vec<String>,
    #[serde(default)]
    found: bool,
}

/// Converts such a record, with the browser's information on the sender.
fn read(body: &Value, tab: TabId, sender: &Sender) -> Option<SavedPrompt> {
    let PromptRecord { at, path, text, answer, files, found } = from_value(body)?;
    Some(SavedPrompt { id: 0, tab, private: sender.private != Some(false), at, path, text, answer, files, found })
}

/// Writes to disk, or removes what is there.
async fn save(lasting: &[&SavedPrompt]) -> Result<(), JsValue> {
    let written = if lasting.is_empty() {
        browser::local_remove(&PROMPTS.into())
    } else {
        browser::local_set(&object([(PROMPTS, to_js(&lasting)?)]))
    };
    browser::done(written).await.map(drop)
}
