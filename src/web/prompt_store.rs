//! Keeps prompts: the only one who writes where [`super::prompts`] reads. One at a time, as `background.js` sees to.
//!
//! Understands none of it; which ones are kept and how long is the core's.

use wasm_bindgen::prelude::*;

use super::{
    array, browser, now, object,
    plain::{from_js, to_js},
    prompts::{CROWDED, PROMPTS, all, chosen},
};
use crate::core::{
    authorize::Sender,
    event::TabId,
    plain::{Data, Plain},
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
    let sender = Sender::from_plain(&from_js(&sender)).unwrap_or_default();
    let told = from_js(&told);
    let place = chosen().await;
    let mut crowded = false;
    let mut kept: Vec<SavedPrompt> =
        all().await.iter().filter_map(|one| SavedPrompt::from_plain(&from_js(&one))).collect();
    prompts::fresh(&mut kept, now());
    match told.get("kind").text() {
        "save-prompt" => {
            let tab = chatgpt(&sender)?;
            let new = read(&told, tab, &sender).ok_or("no prompt")?;
            if place != PromptStorage::Nowhere {
                prompts::keep(&mut kept, new, now());
            }
        }
        "prompt-answered" => prompts::spend(&mut kept, chatgpt(&sender)?, told.get("text").text()),
        "discard-prompts" => {
            let origin = browser::runtime_url("");
            sender.our_page(origin.trim_end_matches('/')).map_err(|refusal| refusal.to_string())?;
            kept.retain(|one| told.get("id").number().is_some_and(|id| one.id != id));
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

/// What a content script says of a prompt, with what the browser says of the script.
fn read(body: &Plain, tab: TabId, sender: &Sender) -> Option<SavedPrompt> {
    let mut bad = false;
    let new = SavedPrompt {
        id: 0,
        tab,
        private: sender.private != Some(false),
        at: body.field("at", &mut bad),
        path: body.field("path", &mut bad),
        text: body.field("text", &mut bad),
        answer: body.field("answer", &mut bad),
        files: body.field("files", &mut bad),
        found: body.field_or_default("found", &mut bad),
    };
    (!bad).then_some(new)
}

/// To the session's memory, and to disk what may go there; an alarm sees to it that it does not stay longer than a day.
async fn save(kept: &[SavedPrompt], place: PromptStorage) -> Result<(), JsValue> {
    let list = |kept: &mut dyn Iterator<Item = &SavedPrompt>| {
        object([(PROMPTS, array(kept.map(|one| to_js(&one.to_plain()))).into())])
    };
    browser::done(browser::session_set(&list(&mut kept.iter()))).await?;
    let mut lasting = kept.iter().filter(|one| place == PromptStorage::Disk && !one.private).peekable();
    if lasting.peek().is_none() {
        browser::done(browser::local_remove(&PROMPTS.into())).await?;
    } else {
        browser::done(browser::local_set(&list(&mut lasting))).await?;
    }
    if let Some(oldest) = kept.iter().map(|one| one.at).min() {
        let when = object([("when", ((oldest + KEPT_FOR) as f64).into())]);
        browser::done(browser::alarm_create(PROMPTS, &when)).await?;
    }
    Ok(())
}
