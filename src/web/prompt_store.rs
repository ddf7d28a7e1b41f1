//! Keeps prompts: the only one who writes where [`super::prompts`] reads. One at a time, as `background.js` sees to.
//!
//! Understands none of it; which ones are kept and how long is the core's.

use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::{
    browser, now, object,
    prompts::{CROWDED, PROMPTS, all, chosen},
    value::{from_js, to_js},
};
use crate::core::{
    Millis,
    authorize::Sender,
    event::TabId,
    json::{Json, Value, from_value},
    prompts::{self, KEPT_FOR, PromptStorage, SavedPrompt},
};

/// Takes what a content script hands over (`save-prompt`, or `prompt-answered` with the text), what one of our pages asks for
/// (`discard-prompts` with a number, or none for all), `stale` where some may be too old, or `crowded` where the session's storage
/// has no room for what must be in it: then half of them go. `extension/js/messages.js` lists their fields.
///
/// # Errors
/// Rejects if it is none of these, if the sender may not say it, or if it could not be stored; the caller may tell it again.
#[cfg_attr(not(feature = "pages"), wasm_bindgen)]
pub async fn keep(told: JsValue, sender: JsValue) -> Result<(), JsValue> {
    let sender = from_js::<Sender>(&sender).unwrap_or_default();
    let told: Value = from_js(&told).unwrap_or_default();
    let place = chosen().await;
    let mut crowded = false;
    let mut kept: Vec<SavedPrompt> = all().await.iter().filter_map(|one| from_js::<SavedPrompt>(&one)).collect();
    prompts::fresh(&mut kept, now());
    match told.field("kind").text() {
        "save-prompt" => {
            let tab = chatgpt(&sender)?;
            let new = read(&told, tab, &sender).ok_or("no prompt")?;
            if place != PromptStorage::Nowhere {
                prompts::keep(&mut kept, new, now());
            }
        }
        "prompt-answered" => prompts::spend(&mut kept, chatgpt(&sender)?, told.field("text").text()),
        "discard-prompts" => {
            let origin = browser::runtime_url("");
            sender.our_page(origin.trim_end_matches('/')).map_err(|refusal| refusal.to_string())?;
            kept.retain(|one| told.field("id").number().is_some_and(|id| one.id != id));
        }
        "stale" => {}
        "crowded" if sender == Sender::default() => {
            prompts::halve(&mut kept);
            crowded = true;
        }
        _ => return Err("nothing to keep".into()),
    }
    // What has no room is told, and makes room by the half.
    while let Err(refused) = save(&kept, place).await {
        if kept.is_empty() {
            return Err(refused);
        }
        prompts::halve(&mut kept);
        crowded = true;
    }
    if crowded {
        browser::done(browser::session_set(&object([(CROWDED, (now() as f64).into())]))).await?;
    }
    Ok(())
}

fn chatgpt(sender: &Sender) -> Result<TabId, JsValue> {
    sender.chatgpt().map_err(|refusal| refusal.to_string().into())
}

/// What a content script says of a prompt, as `extension/js/messages.js` lists it.
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

/// What a content script says of a prompt, with what the browser says of the script.
fn read(body: &Value, tab: TabId, sender: &Sender) -> Option<SavedPrompt> {
    let PromptRecord { at, path, text, answer, files, found } = from_value(body)?;
    Some(SavedPrompt { id: 0, tab, private: sender.private != Some(false), at, path, text, answer, files, found })
}

/// To the session's memory, and to disk what may go there; an alarm sees to it that it does not stay longer than a day.
async fn save(kept: &[SavedPrompt], place: PromptStorage) -> Result<(), JsValue> {
    browser::done(browser::session_set(&object([(PROMPTS, to_js(kept)?)]))).await?;
    let lasting: Vec<_> = kept.iter().filter(|one| place == PromptStorage::Disk && !one.private).collect();
    if lasting.is_empty() {
        browser::done(browser::local_remove(&PROMPTS.into())).await?;
    } else {
        browser::done(browser::local_set(&object([(PROMPTS, to_js(&lasting)?)]))).await?;
    }
    if let Some(oldest) = kept.iter().map(|one| one.at).min() {
        let when = object([("when", ((oldest + KEPT_FOR) as f64).into())]);
        browser::done(browser::alarm_create(PROMPTS, &when)).await?;
    }
    Ok(())
}
