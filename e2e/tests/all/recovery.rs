//! From a failure to the proof that it works again, with one button pressed in the popup at most.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, until};

#[tokio::test]
async fn chromium_recovers_by_reload() -> Result<()> {
    recovers_by_reload(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_recovers_by_reload() -> Result<()> {
    recovers_by_reload(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_recovers_by_itself() -> Result<()> {
    recovers_by_itself(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_recovers_by_itself() -> Result<()> {
    recovers_by_itself(Browser::Firefox).await
}

/// Two clicks: one opens the popup, one reloads.
async fn recovers_by_reload(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500-until-reload").await?;
    let chat = fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.wait_rung("reload", "recommended").await?;
    popup.click("reload", "run").await?;

    chat.wait_for_fresh_page().await?;
    let snapshot = popup.read().await?;
    ensure!(snapshot.rung("reload").is_some_and(|rung| rung.state == "running"), "no proof yet\n{}", snapshot.table());
    chat.send("Hello again").await?;
    chat.wait_for_answer_done().await?;
    let snapshot = popup.wait_rung("reload", "passed").await?;
    ensure!(snapshot.verdict.blame == "benign", "{}", snapshot.table());
    fixture.session.stop().await
}

/// The person waits and sends again; the open popup notices.
async fn recovers_by_itself(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let chat = fixture.session.open_chat("/").await?;
    // Its time runs from now: long enough for a slow machine to send a message.
    fixture.set_fault("500-for-15")?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    let mut turns = 0;
    until("the chat to work again", Duration::from_secs(60), async || {
        turns += 1;
        chat.send("Hello again").await?;
        chat.wait_for_outcome().await
    })
    .await?;
    let snapshot = popup.wait_blame("benign").await?;
    ensure!(snapshot.rung("reload").is_none_or(|rung| rung.state != "passed"), "nobody reloaded\n{}", snapshot.table());
    println!("{browser}: after {turns} more messages: {}", snapshot.verdict.text);
    fixture.session.stop().await
}
