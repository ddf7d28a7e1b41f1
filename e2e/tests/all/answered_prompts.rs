//! A saved prompt that was answered after all is no longer offered: not beside "ChatGPT is working", and not after a load.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, until};
use mend_lab::Generation;

const WRITTEN: &str = "Explain the borrow checker, please";

#[tokio::test]
async fn chromium_drops_a_prompt_whose_answer_a_reload_shows() -> Result<()> {
    drops_answered(Browser::Chromium, Generation::Old, "resume-410", false).await
}

#[tokio::test]
async fn firefox_drops_a_prompt_whose_answer_a_reload_shows() -> Result<()> {
    drops_answered(Browser::Firefox, Generation::New, "resume-410", false).await
}

#[tokio::test]
async fn chromium_drops_a_prompt_that_was_sent_again_after_a_reload() -> Result<()> {
    drops_answered(Browser::Chromium, Generation::New, "500-until-reload", true).await
}

/// Something fails, and the prompt is saved; the page is loaded again, and shows the answer or is asked again.
async fn drops_answered(browser: Browser, page: Generation, fault: &str, again: bool) -> Result<()> {
    let fixture = Fixture::with_page_and_setup(browser, page, fault, |setup| setup).await?;
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;
    chat.send(WRITTEN).await?;
    chat.wait_for_error_turn().await?;
    let popup = fixture.session.open_popup().await?;
    until("the prompt to be offered", Duration::from_secs(20), async || {
        let offered = offered(&popup).await?;
        ensure!(offered == [WRITTEN], "{offered:?}");
        Ok(())
    })
    .await?;
    chat.reload().await?;
    chat.wait_for_page().await?;
    if again {
        chat.send(WRITTEN).await?;
        chat.wait_for_answer_done().await?;
    }
    until("it to be gone", Duration::from_secs(30), async || {
        let offered = offered(&popup).await?;
        ensure!(offered.is_empty(), "{offered:?}");
        Ok(())
    })
    .await?;
    fixture.session.stop().await
}

async fn offered(popup: &Popup<'_>) -> Result<Vec<String>> {
    popup
        .run("return [...document.querySelectorAll('#prompts:not([hidden]) .text')].map((one) => one.textContent)", &[])
        .await
}
