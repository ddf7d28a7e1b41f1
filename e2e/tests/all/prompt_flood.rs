//! A page that fills the storage with prompts nobody wrote takes no place from the person's, and hides no failure.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, until};
use serde::Deserialize;
use serde_json::{Value, json};

const WRITTEN: &str = "What the person wrote";

/// A million letters, of a time that never comes; and what no script of Mend's would have written.
const PLANT: &str = r#"
    const far = 8.64e15 - ROUND;
    const one = (text) => ({ at: far, path: "/", text, answer: "y".repeat(900000), files: Array(5000).fill("f".repeat(5000)).slice(0, 20) });
    sessionStorage.setItem("mend:sent", JSON.stringify(one("planted ROUND " + "x".repeat(900000))));
    sessionStorage.setItem("mend:draft", JSON.stringify([one("draft ROUND " + "z".repeat(500000)), null, 7, { text: [] }]));
    return true;
"#;

const KEPT: &str = "return (await (globalThis.browser ?? chrome).storage.session.get('prompts')).prompts ?? []";

/// As much as the session's memory takes, so that a model that grows has no room. Firefox does not say how much that is.
const FILL: &str = r#"
    const { session } = (globalThis.browser ?? chrome).storage;
    for (let size = 1 << 20, at = 0; size >= 16 && at < 64; at++) {
        try { await session.set({ [`filler-${at}`]: "x".repeat(size) }); } catch { size >>= 1; }
    }
    return session.getBytesInUse ? session.getBytesInUse(null) : 0;
"#;

#[derive(Debug, Deserialize)]
struct Kept {
    at: i64,
    text: String,
    answer: String,
}

#[tokio::test]
async fn chromium_keeps_the_prompt_when_the_page_floods_storage() -> Result<()> {
    keeps_the_prompt_when_the_page_floods_storage(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_keeps_the_prompt_when_the_page_floods_storage() -> Result<()> {
    keeps_the_prompt_when_the_page_floods_storage(Browser::Firefox).await
}

async fn keeps_the_prompt_when_the_page_floods_storage(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500").await?;
    // The person's prompts: in the tab that the page plants in, and in another one.
    let other = fixture.session.open_chat("/").await?;
    other.send(&format!("{WRITTEN} elsewhere")).await?;
    other.wait_for_error_turn().await?;
    let chat = fixture.session.open_chat("/").await?;
    chat.send(&format!("{WRITTEN} here")).await?;
    chat.wait_for_error_turn().await?;
    let popup = fixture.session.open_popup().await?;
    both(&popup).await?;
    for round in 0..8 {
        chat.run_in_page(&PLANT.replace("ROUND", &round.to_string())).await?;
        chat.reload().await?;
        chat.wait_for_page().await?;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let kept = both(&popup).await?;
    let bytes: usize = kept.iter().map(|one| one.text.len() + one.answer.len()).sum();
    let now: i64 = popup.run("return Date.now()", &[]).await?;
    ensure!(bytes <= 4_000_000 && kept.len() <= 8, "{} prompts of {bytes} bytes are kept", kept.len());
    ensure!(kept.iter().all(|one| one.at <= now), "one is of a time to come");

    // Now the memory is full to the brim, whatever filled it.
    popup.run::<u64>(FILL, &[]).await?;
    let before = popup.stored_model().await?.failures();
    chat.send("And now?").await?;
    chat.wait_for_error_turn().await?;
    until("the failure to be known", Duration::from_secs(20), async || {
        let known = popup.stored_model().await?.failures();
        ensure!(known > before, "{known} failures are known");
        Ok(())
    })
    .await?;
    popup.wait_blame("them").await?;
    popup.wait_words("#asides", |words| words.contains("no room for all kept prompts")).await?;
    println!("{browser}: {} kept of {bytes} bytes, and a full memory hides no failure", kept.len());
    fixture.session.stop().await
}

/// Both of the person's are there.
async fn both(popup: &Popup<'_>) -> Result<Vec<Kept>> {
    until("the person's prompts", Duration::from_secs(15), async || {
        let kept: Vec<Value> = popup.run(KEPT, &[]).await?;
        let kept: Vec<Kept> = serde_json::from_value(json!(kept)).context("other prompts")?;
        for place in ["here", "elsewhere"] {
            let there = kept.iter().any(|one| one.text == format!("{WRITTEN} {place}"));
            ensure!(there, "the one {place} is not among {}", kept.len());
        }
        Ok(kept)
    })
    .await
}
