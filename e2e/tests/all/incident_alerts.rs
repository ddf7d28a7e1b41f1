//! "Tell me when it is back": the incident ends, the browser itself tells, and nothing is waited for any more.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, until};
use serde_json::Value;

#[tokio::test]
async fn chromium_alerts_when_the_incident_ends() -> Result<()> {
    alerts_when_the_incident_ends(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_alerts_when_the_incident_ends() -> Result<()> {
    alerts_when_the_incident_ends(Browser::Firefox).await
}

async fn alerts_when_the_incident_ends(browser: Browser) -> Result<()> {
    let (fixture, _folder) = Fixture::with_permissions(browser, "500-incident", &["notifications"]).await?;
    fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_rung("status", "recommended").await?;
    popup.click_at(r#"[data-step="status"] [data-act="follow"]"#).await?;
    popup.wait_rung("status", "running").await?;
    // Without a screen Firefox closes each at once.
    let listen = "document.body.dataset.shown = '';
        const { notifications } = globalThis.browser ?? chrome;
        for (const event of [notifications.onShown, notifications.onClosed]) event?.addListener(() => document.body.dataset.shown = 'yes');";
    popup.run::<Value>(listen, &[]).await?;
    let notes = "const open = Object.keys(await (globalThis.browser ?? chrome).notifications.getAll()).length;
        return open > 0 || document.body.dataset.shown === 'yes'";
    ensure!(!popup.run::<bool>(notes, &[]).await?, "told before it ended");

    fixture.set_fault("500")?;
    // Asked again sooner than that, Mend keeps to what it has just read.
    tokio::time::sleep(Duration::from_secs(11)).await;
    popup.click_at(r#"[data-step="status"] [data-act="read-status"]"#).await?;
    until("the word that it is over", Duration::from_secs(15), async || {
        ensure!(popup.run::<bool>(notes, &[]).await?, "no notification");
        Ok(())
    })
    .await?;
    let model = popup.stored_model().await?;
    ensure!(model.0.pointer("/recovery").is_none_or(Value::is_null), "it is waited for still: {}", model.0);
    fixture.session.stop().await
}
