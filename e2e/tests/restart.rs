//! What was wrong before the browser was closed is still known when it starts again.

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Stage};

#[tokio::test]
async fn chromium() -> Result<()> {
    restart(Browser::Chromium).await
}

#[tokio::test]
async fn firefox() -> Result<()> {
    restart(Browser::Firefox).await
}

async fn restart(browser: Browser) -> Result<()> {
    let mut stage = Stage::set(browser, "500").await?;
    let chat = stage.robot.open_chat("/").await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    let popup = stage.robot.open_popup().await?;
    let before = popup.wait_blame("them").await?;

    stage.robot.restart().await?;
    let popup = stage.robot.open_popup().await?;
    let after = popup.wait_blame("them").await?;
    ensure!(before.verdict.cause == after.verdict.cause, "{}", after.table());

    stage.fault("well")?;
    let chat = stage.robot.open_chat("/").await?;
    chat.send("Hello").await?;
    chat.wait_for_answer_done().await?;
    popup.wait_blame("benign").await?;
    stage.robot.stop().await
}
