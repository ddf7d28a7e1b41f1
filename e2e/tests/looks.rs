//! Every verdict as a picture, light and dark, narrow and wide; nothing is wider than its page, and nothing bars anyone.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Popup, Stage};

/// Fault and cause, a verdict each.
const FAILS: &[(&str, &str)] = &[
    ("500", "server-error"),
    ("429-plan", "plan-window"),
    ("401-expired", "expired"),
    ("stream-cut", "connection"),
    ("403-challenge", "edge-challenge"),
    ("403-json", "unknown"),
    ("413", "too-long"),
    ("clock", "clock"),
    // Last, in a browser of its own: Mend reads the status page every two minutes at most.
    ("500-incident", "outage"),
];

/// What somebody may paste, and an answer that says nothing.
const PASTED: &[(&str, &str)] = &[
    ("quota", "openai.RateLimitError: Error code: 429 - {'error': {'code': 'insufficient_quota'}}"),
    ("nothing", "it does not work"),
];

#[tokio::test]
async fn chromium() -> Result<()> {
    looks(Browser::Chromium).await
}

#[tokio::test]
async fn firefox() -> Result<()> {
    looks(Browser::Firefox).await
}

async fn looks(browser: Browser) -> Result<()> {
    let stage = Stage::set(browser, "well").await?;
    let popup = stage.robot.open_popup().await?;
    pictures(&popup, browser, "no-tab").await?;
    for (name, text) in PASTED {
        let words = popup.paste(text).await?;
        println!("{browser}, {name}: {words}");
        popup.looks_right(&format!("{browser}-pasted-{name}")).await?;
    }
    popup.close().await?;
    let codes = stage.robot.open_page("codes.html#code-502").await?;
    codes.settled_page().await?;
    codes.looks_right(&format!("{browser}-codes")).await?;
    codes.close().await?;

    stage.fault("500")?;
    let chat = stage.robot.open_chat("/").await?;
    let popup = stage.robot.open_popup().await?;
    pictures(&popup, browser, "well").await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    popup.wait_blame("them").await?;
    stage.fault("well")?;
    chat.send("Hello").await?;
    chat.wait_for_answer_done().await?;
    popup.wait_blame("benign").await?;
    pictures(&popup, browser, "mended").await?;
    stage.robot.stop().await?;

    for faults in FAILS.chunk_by(|_, next| next.0 != "500-incident") {
        let stage = Stage::set(browser, "well").await?;
        for &(fault, cause) in faults {
            stage.fault(fault)?;
            let chat = stage.robot.open_chat("/").await?;
            chat.send("Hello").await?;
            chat.wait_for_error_turn().await?;
            let popup = stage.robot.open_popup().await?;
            popup.wait(cause, |sheet| sheet.verdict.cause == cause).await?;
            pictures(&popup, browser, fault).await?;
            popup.close().await?;
            chat.close().await?;
        }
        stage.robot.stop().await?;
    }
    Ok(())
}

/// As it comes up, and with everything open.
async fn pictures(popup: &Popup<'_>, browser: Browser, what: &str) -> Result<()> {
    popup.settled(Duration::from_millis(300)).await?;
    popup.looks_right(&format!("{browser}-{what}")).await?;
    popup.unfold().await?;
    popup.looks_right(&format!("{browser}-{what}-open")).await?;
    popup.frame_as_popup().await?;
    let overflow = popup.overflow().await?;
    ensure!(overflow <= 0, "{browser}, {what}: beside its scroll bar the popup is {overflow} px too wide");
    Ok(())
}
