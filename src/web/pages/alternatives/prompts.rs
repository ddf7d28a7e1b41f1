//! The saved prompts on the page: which one is passed on, and the effect on each button.

use wasm_bindgen::prelude::*;
use web_sys::HtmlSelectElement;

use super::{PAGE, cards};
use crate::core::{
    alternatives::{Prompt, prompts},
    event::TabId,
    view::alternatives::{PromptPreview, prompt},
};
use crate::web::{
    browser,
    dom::{attribute, by_id, document, hide, list, sentence, text},
    get, now,
    prompts::all,
    value::from_js,
    words::say,
};

/// Reads and shows them.
pub async fn load() -> Result<(), JsValue> {
    let found = prompts(all().await?.iter().filter_map(|one| from_js(&one)).collect());
    PAGE.with_borrow_mut(|page| (page.prompts, page.private) = (found, true));
    render().await
}

/// Handles the choice of a prompt.
pub async fn chosen() -> Result<(), JsValue> {
    let choose: HtmlSelectElement = by_id("choose")?.dyn_into()?;
    let number = choose.value().parse().ok();
    PAGE.with_borrow_mut(|page| (page.chosen, page.private) = (number, true));
    render().await
}

/// Until the tab is known not to be private, it counts as private, as a button may be pressed before.
async fn render() -> Result<(), JsValue> {
    let tab = PAGE.with_borrow(|page| page.prompt().map(|prompt| prompt.tab));
    let private = match tab {
        Some(tab) => is_private(tab).await,
        None => false,
    };
    PAGE.with_borrow_mut(|page| {
        // Another one may have been chosen meanwhile.
        if page.prompt().map(|prompt| prompt.tab) == tab {
            page.private = private;
        }
    });
    PAGE.with_borrow(|page| {
        let shown = page.prompt();
        hide(&by_id("nothing")?, shown.is_some())?;
        hide(&by_id("prompts")?, shown.is_none())?;
        if let Some(shown) = shown {
            show(&prompt(shown, now()))?;
            choice(&page.prompts, shown.id)?;
        }
        cards::buttons(shown, page.private, page.terminal)
    })
}

fn show(kept: &PromptPreview) -> Result<(), JsValue> {
    sentence(&by_id("prompts-at")?, &kept.at, now())?;
    text(&by_id("preview")?, &kept.head);
    let files = by_id("files")?;
    hide(&files, kept.files.is_none())?;
    kept.files.as_ref().map_or(Ok(()), |words| sentence(&files, words, now()))
}

/// Shows the choice only if there are several.
fn choice(prompts: &[Prompt], shown: i64) -> Result<(), JsValue> {
    hide(&by_id("choice")?, prompts.len() < 2)?;
    let choose: HtmlSelectElement = by_id("choose")?.dyn_into()?;
    list(&choose, prompts, &|| document()?.create_element("option"), &|option, one| {
        text(option, &format!("{} · {}", say(&prompt(one, now()).at, now()), one.head(1)));
        attribute(option, "value", Some(&one.id.to_string()))
    })?;
    choose.set_value(&shown.to_string());
    Ok(())
}

/// Whether the tab is private; one that is closed or not visible to Mend counts as private.
async fn is_private(tab: TabId) -> bool {
    let found = browser::done(browser::tabs_get(tab)).await;
    found.map_or(true, |tab| get(&tab, "incognito").as_bool() != Some(false))
}
