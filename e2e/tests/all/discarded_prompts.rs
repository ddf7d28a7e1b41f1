//! A kept prompt is discarded alone, stays discarded, and is kept again if the person takes that back. The same text again takes
//! no other prompt's place.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, until};
use mend_lab::Generation;

const FIRST: &str = "My long and important prompt";
const OTHER: &str = "test";

#[tokio::test]
async fn chromium_discards_one_prompt_for_good() -> Result<()> {
    discards_one(Browser::Chromium, Generation::Old).await
}

#[tokio::test]
async fn firefox_discards_one_prompt_for_good() -> Result<()> {
    discards_one(Browser::Firefox, Generation::New).await
}

async fn discards_one(browser: Browser, page: Generation) -> Result<()> {
    let fixture = Fixture::with_page_and_setup(browser, page, "500", |setup| setup).await?;
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;
    for text in [FIRST, OTHER, OTHER, OTHER, OTHER] {
        chat.send(text).await?;
        chat.wait_for_error_turn().await?;
    }
    let popup = fixture.session.open_popup().await?;
    wait_for(&popup, &[OTHER, FIRST]).await?;
    // A double click: the next prompt stands under the pointer by then.
    let twice = "const press = () => document.querySelector('#prompts [data-do=discard]')?.click();
        press();
        await new Promise((resume) => setTimeout(resume, 250));
        press();
        return null";
    popup.run::<serde_json::Value>(twice, &[]).await?;
    wait_for(&popup, &[FIRST]).await?;
    popup.wait_words("#prompts-note", |words| words == "Discarded.").await?;
    popup.click_at("#undiscard").await?;
    wait_for(&popup, &[OTHER, FIRST]).await?;
    popup.wait_words("#prompts-note", |words| words == "It is kept again.").await?;
    popup.click_at("#prompts [data-do=discard]").await?;
    wait_for(&popup, &[FIRST]).await?;
    // The tab kept a copy of its own, and hands over what a load finds.
    chat.reload().await?;
    chat.wait_for_page().await?;
    chat.send("a third one").await?;
    chat.wait_for_error_turn().await?;
    wait_for(&popup, &["a third one", FIRST]).await?;
    popup.close().await?;
    fixture.session.stop().await
}

/// Until these prompts are offered, the newest first.
async fn wait_for(popup: &Popup<'_>, texts: &[&str]) -> Result<()> {
    until("the prompts", Duration::from_secs(20), async || {
        let body =
            "return [...document.querySelectorAll('#prompts:not([hidden]) .text')].map((one) => one.textContent)";
        let offered: Vec<String> = popup.run(body, &[]).await?;
        ensure!(offered == texts, "{offered:?}");
        Ok(())
    })
    .await
}
