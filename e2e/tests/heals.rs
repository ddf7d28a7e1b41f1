//! From a failure to the proof that it works again, without a hand on the popup but for one button.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Stage, until};

#[tokio::test]
async fn chromium_by_reload() -> Result<()> {
    by_reload(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_by_reload() -> Result<()> {
    by_reload(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_by_itself() -> Result<()> {
    by_itself(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_by_itself() -> Result<()> {
    by_itself(Browser::Firefox).await
}

/// Two clicks: one opens the popup, one reloads.
async fn by_reload(browser: Browser) -> Result<()> {
    let stage = Stage::set(browser, "500-until-reload").await?;
    let chat = stage.robot.open_chat("/").await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    let popup = stage.robot.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.wait_rung("reload", "recommended").await?;
    popup.click("reload", "run").await?;

    chat.wait_for_fresh_page().await?;
    let sheet = popup.read().await?;
    ensure!(sheet.rung("reload").is_some_and(|rung| rung.state == "running"), "no proof yet\n{}", sheet.table());
    chat.send("Hello again").await?;
    chat.wait_for_answer_done().await?;
    let sheet = popup.wait_rung("reload", "passed").await?;
    ensure!(sheet.verdict.blame == "benign", "{}", sheet.table());
    stage.robot.stop().await
}

/// The person waits and sends again; the open popup notices.
async fn by_itself(browser: Browser) -> Result<()> {
    let stage = Stage::set(browser, "well").await?;
    let chat = stage.robot.open_chat("/").await?;
    // Its time runs from now, however long the browser took to start.
    stage.fault("500-for-5")?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    let popup = stage.robot.open_popup().await?;
    popup.wait_blame("them").await?;
    let mut turns = 0;
    until("the chat to work again", Duration::from_secs(30), async || {
        turns += 1;
        chat.send("Hello again").await?;
        chat.wait_for_outcome().await
    })
    .await?;
    let sheet = popup.wait_blame("benign").await?;
    ensure!(sheet.rung("reload").is_none_or(|rung| rung.state != "passed"), "nobody reloaded\n{}", sheet.table());
    println!("{browser}: after {turns} more messages: {}", sheet.verdict.text);
    stage.robot.stop().await
}
