//! The worker is killed before each failure, or in the middle of it, and none is lost or counted twice.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Stage, rounds, until};

#[tokio::test]
async fn chromium() -> Result<()> {
    kills(Browser::Chromium).await
}

#[tokio::test]
async fn firefox() -> Result<()> {
    kills(Browser::Firefox).await
}

async fn kills(browser: Browser) -> Result<()> {
    let stage = Stage::set(browser, "500").await?;
    let count = rounds(8, 200);
    let chat = stage.robot.open_chat("/").await?;
    let popup = stage.robot.open_popup().await?;
    for round in 0..count {
        stage.robot.kill_worker().await?;
        chat.send("Hello").await?;
        if round % 2 == 1 {
            stage.robot.kill_worker().await?;
        }
        chat.wait_for_error_turn().await?;
        let memory = popup.memory().await?;
        ensure!(memory.failures() <= round as u64 + 1, "{} failures were one too many: {}", round + 1, memory.0);
    }
    let failures = || stage.lab.log().iter().filter(|hit| hit.status == Some(500)).count();
    ensure!(failures() == count, "the lab failed {} times, not {count}", failures());

    // A witness that found no worker tries again after up to 30 s.
    let told = until(&format!("{count} failures to be known"), Duration::from_secs(90), async || {
        let memory = popup.memory().await?;
        ensure!(memory.failures() >= count as u64, "{} are: {}", memory.failures(), memory.0);
        Ok(())
    })
    .await;
    // Whoever was not acknowledged says it again; that must not count twice.
    popup.settled(Duration::from_secs(3)).await?;
    let memory = popup.memory().await?;
    let known = memory.failures();
    println!("{browser}: {known} of {count} failures known");
    told?;
    ensure!(known == count as u64, "{known} failures are known, of {count}: {}", memory.0);
    popup.wait_blame("them").await?;
    stage.robot.stop().await
}
