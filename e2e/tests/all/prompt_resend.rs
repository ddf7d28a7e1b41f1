//! "Send it when it is back": the saved prompt is sent once, through the page's own button, when the provider says that it is
//! over; also where the worker was killed meanwhile. Its answer is the proof.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, until};
use serde_json::Value;

const WRITTEN: &str = "Only once, please";
const SENT: &str = "/backend-api/f/conversation";

#[tokio::test]
async fn chromium_resends_a_prompt_once() -> Result<()> {
    resends_a_prompt_once(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_resends_a_prompt_once() -> Result<()> {
    resends_a_prompt_once(Browser::Firefox).await
}

async fn resends_a_prompt_once(browser: Browser) -> Result<()> {
    let (fixture, _folder) = Fixture::with_permissions(browser, "500-incident", &["notifications"]).await?;
    let chat = fixture.session.open_chat("/?page=new").await?;
    chat.send(WRITTEN).await?;
    chat.wait_for_error_turn().await?;
    let sent = || fixture.lab.log().iter().filter(|hit| hit.path == SENT).count();
    ensure!(sent() == 1, "{} messages", sent());

    let popup = fixture.session.open_popup().await?;
    popup.wait_rung("status", "recommended").await?;
    popup.check_appearance(&format!("{browser}-kept")).await?;
    popup.click_at("#prompts [data-do=send-back]").await?;
    popup.wait_words("#prompts .notes", |words| words.contains("Will be sent once, from this tab")).await?;
    popup.check_appearance(&format!("{browser}-kept-waiting")).await?;
    fixture.session.kill_worker().await?;

    fixture.set_fault("well")?;
    // Asked again sooner than that, Mend keeps to what it has just read.
    tokio::time::sleep(Duration::from_secs(11)).await;
    ensure!(sent() == 1, "sent before anything told that it is back");
    popup.click_at(r#"[data-step="status"] [data-act="read-status"]"#).await?;
    until("the prompt to be sent", Duration::from_secs(20), async || {
        ensure!(sent() == 2, "{} messages", sent());
        Ok(())
    })
    .await?;
    fixture.session.kill_worker().await?;
    chat.wait_for_answer_done().await?;
    popup.wait_words("#outcome", |words| words.contains("sent once, and its answer is there")).await?;
    popup.check_appearance(&format!("{browser}-kept-answered")).await?;
    // What was answered is kept no longer; and nothing is sent again.
    until("the prompt to be forgotten", Duration::from_secs(20), async || {
        let kept: Value = popup
            .run("return (await (globalThis.browser ?? chrome).storage.session.get('prompts')).prompts.length", &[])
            .await?;
        ensure!(kept == 0, "{kept} are kept");
        Ok(())
    })
    .await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    ensure!(sent() == 2, "{} messages", sent());
    fixture.session.stop().await
}
