//! The worker is killed before each failure, or in the middle of it, and none is lost or counted twice.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, rounds, until};

#[tokio::test]
async fn chromium_counts_each_failure_once_when_the_worker_is_killed() -> Result<()> {
    counts_each_failure_once_when_the_worker_is_killed(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_counts_each_failure_once_when_the_worker_is_killed() -> Result<()> {
    counts_each_failure_once_when_the_worker_is_killed(Browser::Firefox).await
}

async fn counts_each_failure_once_when_the_worker_is_killed(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500").await?;
    let count = rounds(8, 200);
    let chat = fixture.session.open_chat("/").await?;
    let popup = fixture.session.open_popup().await?;
    for round in 0..count {
        // Of a page that fails faster than this for minutes Mend follows a part only (src/core/budget.rs).
        tokio::time::sleep(if count > 100 { Duration::from_secs(2) } else { Duration::ZERO }).await;
        fixture.session.kill_worker().await?;
        chat.send("Hello").await?;
        if round % 2 == 1 {
            fixture.session.kill_worker().await?;
        }
        chat.wait_for_error_turn().await?;
        let model = popup.stored_model().await?;
        ensure!(model.failures() <= round as u64 + 1, "{} failures were one too many: {}", round + 1, model.0);
    }
    let failures = || fixture.lab.log().iter().filter(|hit| hit.status == Some(500)).count();
    ensure!(failures() == count, "the lab failed {} times, not {count}", failures());

    // A content script that found no worker tries again after up to 30 s.
    let told = until(&format!("{count} failures to be known"), Duration::from_secs(90), async || {
        let model = popup.stored_model().await?;
        ensure!(model.failures() >= count as u64, "{} are: {}", model.failures(), model.0);
        Ok(())
    })
    .await;
    // Whoever was not acknowledged says it again; that must not count twice.
    popup.settled(Duration::from_secs(3)).await?;
    let model = popup.stored_model().await?;
    let known = model.failures();
    println!("{browser}: {known} of {count} failures known");
    told?;
    ensure!(known == count as u64, "{known} failures are known, of {count}: {}", model.0);
    popup.wait_blame("them").await?;
    fixture.session.stop().await
}
