//! What was wrong before the browser was closed is still known when it starts again.

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture};

#[tokio::test]
async fn chromium_remembers_failures_after_browser_restart() -> Result<()> {
    remembers_failures_after_browser_restart(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_remembers_failures_after_browser_restart() -> Result<()> {
    remembers_failures_after_browser_restart(Browser::Firefox).await
}

async fn remembers_failures_after_browser_restart(browser: Browser) -> Result<()> {
    let mut fixture = Fixture::start(browser, "500").await?;
    fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    let before = popup.wait_blame("them").await?;

    fixture.session.restart().await?;
    let popup = fixture.session.open_popup().await?;
    let after = popup.wait_blame("them").await?;
    ensure!(before.verdict.cause == after.verdict.cause, "{}", after.table());

    fixture.set_fault("well")?;
    let chat = fixture.session.open_chat("/").await?;
    chat.send("Hello").await?;
    chat.wait_for_answer_done().await?;
    popup.wait_blame("benign").await?;
    fixture.session.stop().await
}
