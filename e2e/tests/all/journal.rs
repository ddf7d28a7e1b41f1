//! The journal keeps what happened, whatever becomes of the worker.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Page, of_kind, rounds, until};
use serde_json::{Value, json};

/// So many requests fail for each time that the worker is killed.
const EACH: usize = 10;
/// After so many rounds all must be written, and another tab goes on: a page has a budget of 120 failures at once.
const DRAIN: usize = 10;

const ASK: &str = r#"
    globalThis.asked = (async () => {
        for (let at = 0; at < MANY; at++) await fetch(`/backend-api/conversations?offset=${at}`);
    })();
    return true;
"#;

#[tokio::test]
async fn chromium_journal_survives_worker_kills() -> Result<()> {
    journal_survives_worker_kills(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_journal_survives_worker_kills() -> Result<()> {
    journal_survives_worker_kills(Browser::Firefox).await
}

/// Half of the kills find the worker idle, half in the middle of its work.
async fn journal_survives_worker_kills(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "429-conversation").await?;
    let kills = rounds(20, 1_000);
    let mut chat = fixture.session.open_chat("/").await?;
    let page = fixture.session.open_bare_page("codes.html").await?;
    let failed = || fixture.lab.log().iter().filter(|hit| hit.status == Some(429)).count();
    for round in 0..kills {
        if round % 2 == 0 {
            fixture.session.kill_worker().await?;
        }
        chat.run_in_page(&ASK.replace("MANY", &EACH.to_string())).await?;
        if round % 2 == 1 {
            tokio::time::sleep(Duration::from_millis((round as u64 * 37) % 200)).await;
            fixture.session.kill_worker().await?;
        }
        chat.run_in_page("await globalThis.asked; return true").await?;
        if round % DRAIN == DRAIN - 1 {
            all_written(&page, failed()).await?;
            chat.close().await?;
            chat = fixture.session.open_chat("/").await?;
        }
    }
    ensure!(failed() >= kills * EACH, "only {} requests failed", failed());
    all_written(&page, failed()).await?;
    // Whoever was not acknowledged says it again; that must not be written twice.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let entries = page.journal().await?;
    let (told, failed) = (of_kind(&entries, "failure"), failed());
    println!("{browser}: {kills} kills, {failed} failures, {told} written, {} verdicts", of_kind(&entries, "verdict"));
    ensure!(told == failed, "{told} are written, and {failed} failed");
    fixture.session.stop().await
}

/// A content script that found no worker tries again after up to 30 s.
async fn all_written(page: &Page<'_>, failed: usize) -> Result<()> {
    until("every failure to be written", Duration::from_secs(90), async || {
        let written = of_kind(&page.journal().await?, "failure");
        ensure!(written >= failed, "{written} of {failed}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn chromium_journal_records_a_whole_case() -> Result<()> {
    journal_records_a_whole_case(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_journal_records_a_whole_case() -> Result<()> {
    journal_records_a_whole_case(Browser::Firefox).await
}

/// A failure, the verdict, the reload that mended it.
async fn journal_records_a_whole_case(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500-until-reload").await?;
    let chat = fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.click("reload", "run").await?;
    chat.wait_for_page().await?;
    chat.send("Why is the sky blue?").await?;
    let page = fixture.session.open_bare_page("codes.html").await?;
    let entries = until("the whole story", Duration::from_secs(30), async || {
        let entries = page.journal().await?;
        ensure!(of_kind(&entries, "mended") == 1, "{entries:?}");
        Ok(entries)
    })
    .await?;
    for kind in ["failure", "verdict", "fix"] {
        ensure!(of_kind(&entries, kind) >= 1, "no {kind}: {entries:?}");
    }
    let passed = |entry: &Value| entry.pointer("/body/state") == Some(&json!("passed"));
    ensure!(entries.iter().any(passed), "no proof: {entries:?}");
    let text = serde_json::to_string(&entries)?;
    ensure!(!text.contains("sky"), "chat text in the journal: {text}");
    fixture.session.stop().await
}
