//! What is deleted in a private window or a container is that window's or container's own, and comes back there; and what is
//! deleted in an ordinary one is none of theirs.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Apart, Browser, Chat, Popup, Setup, Stage, requiring, until};
use mend_lab::Http;
use serde_json::{Value, json};
use tempfile::TempDir;

const PLANT: &str = r#"
    localStorage.setItem("mine", "kept");
    await new Promise((done, failed) => {
        const asked = indexedDB.open("mine", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("mine");
        asked.onsuccess = () => { asked.result.close(); done(); };
        asked.onerror = () => failed(asked.error);
    });
    return true;
"#;

/// Local storage, and databases.
const LOOK: &str = r#"
    const bases = (await indexedDB.databases()).some(({ name }) => name === "mine");
    return [localStorage.getItem("mine") === "kept", bases];
"#;

#[tokio::test]
async fn chromium_private() -> Result<()> {
    stores(Browser::Chromium, Apart::Private).await
}

#[tokio::test]
async fn firefox_private() -> Result<()> {
    stores(Browser::Firefox, Apart::Private).await
}

#[tokio::test]
async fn firefox_container() -> Result<()> {
    stores(Browser::Firefox, Apart::Container).await
}

async fn stores(browser: Browser, apart: Apart) -> Result<()> {
    let folder = TempDir::with_prefix("mend-variant-")?;
    let mend = requiring(&browser.mend()?, &["cookies", "browsingData"], folder.path())?;
    let stage = Stage::with(browser, Http::Both, "well", |setup| Setup { mend, ..setup }).await?;
    stage.robot.allow_private().await?;
    let ordinary = stage.robot.open_chat("/").await?;
    let other = stage.robot.open_chat_apart(apart).await?;
    for chat in [&ordinary, &other] {
        chat.wait_for_page().await?;
        chat.as_page(PLANT).await?;
        has(chat, [true, true]).await?;
    }
    stage.fault("500")?;

    // In the tab that is apart.
    let popup = stage.robot.open_popup().await?;
    fails(&other).await?;
    let tab = failing(&popup, &[]).await?;
    clear(&popup, &tab).await?;
    has(&other, [false, false]).await.context("apart")?;
    has(&ordinary, [true, true]).await.context("the ordinary window's is gone, too")?;
    undo(&popup).await?;
    has(&other, [true, false]).await.context("apart, put back")?;

    // In the ordinary one.
    other.as_page(PLANT).await?;
    fails(&ordinary).await?;
    let ordinary_tab = failing(&popup, &[tab]).await?;
    clear(&popup, &ordinary_tab).await?;
    has(&ordinary, [false, false]).await.context("ordinary")?;
    has(&other, [true, true]).await.context("what is apart is gone, too")?;
    undo(&popup).await?;
    has(&ordinary, [true, false]).await.context("ordinary, put back")?;
    println!("{browser}, {apart:?}: each its own");
    stage.robot.stop().await
}

async fn fails(chat: &Chat<'_>) -> Result<()> {
    chat.reload().await?;
    chat.wait_for_page().await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await
}

/// The tab with an open case that is none of these.
async fn failing(popup: &Popup<'_>, known: &[Value]) -> Result<Value> {
    until("a failing tab", Duration::from_secs(10), async || {
        let memory = popup.memory().await?;
        let tabs = memory.0.get("tabs").and_then(Value::as_array).cloned().unwrap_or_default();
        let failing = |tab: &&Value| {
            tab.get("case").is_some_and(Value::is_object) && tab.get("id").is_some_and(|id| !known.contains(id))
        };
        tabs.iter().find(failing).and_then(|tab| tab.get("id").cloned()).with_context(|| format!("{tabs:?}"))
    })
    .await
}

async fn clear(popup: &Popup<'_>, tab: &Value) -> Result<()> {
    let run = json!({ "intent": { "run": { "tab": tab, "rung": "cache-cookies", "act": "clear-storage" } } });
    let reply = popup.message(&run).await?;
    ensure!(reply.get("ok") == Some(&json!(true)), "{reply}");
    settles(popup, 1).await
}

async fn undo(popup: &Popup<'_>) -> Result<()> {
    let change = popup.memory().await?.0.pointer("/changes/0/id").cloned().context("no change")?;
    popup.message(&json!({ "intent": { "undo": { "change": change } } })).await?;
    settles(popup, 0).await
}

async fn settles(popup: &Popup<'_>, changes: usize) -> Result<()> {
    until(&format!("{changes} changes"), Duration::from_secs(20), async || {
        let memory = popup.memory().await?;
        let count = |path: &str| memory.0.pointer(path).and_then(Value::as_array).map_or(0, Vec::len);
        ensure!(count("/changes") == changes && count("/pending") == 0, "{}", memory.0);
        Ok(())
    })
    .await
}

/// The page is loaded again after a change; databases that it held open go with it.
async fn has(chat: &Chat<'_>, wanted: [bool; 2]) -> Result<()> {
    until(&format!("{wanted:?}"), Duration::from_secs(10), async || {
        let there = chat.as_page(LOOK).await?;
        ensure!(there == json!(wanted), "{there}");
        Ok(())
    })
    .await
}
