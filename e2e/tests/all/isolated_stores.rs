//! What is deleted in a private window or a container is that window's or container's own, and comes back there; and what is
//! deleted in an ordinary one is none of theirs.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, Isolation, Popup, Setup, require_permissions, until};
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
async fn chromium_site_data_of_a_private_window() -> Result<()> {
    site_data_is_isolated(Browser::Chromium, Isolation::Private).await
}

#[tokio::test]
async fn firefox_site_data_of_a_private_window() -> Result<()> {
    site_data_is_isolated(Browser::Firefox, Isolation::Private).await
}

#[tokio::test]
async fn firefox_site_data_of_a_container() -> Result<()> {
    site_data_is_isolated(Browser::Firefox, Isolation::Container).await
}

async fn site_data_is_isolated(browser: Browser, isolation: Isolation) -> Result<()> {
    let folder = TempDir::with_prefix("mend-permissions-")?;
    let mend = require_permissions(&browser.mend()?, &["cookies", "browsingData"], folder.path())?;
    let fixture = Fixture::with_setup(browser, Http::Both, "well", |setup| Setup { mend, ..setup }).await?;
    fixture.session.allow_private().await?;
    let ordinary = fixture.session.open_chat("/").await?;
    let other = fixture.session.open_isolated_chat(isolation).await?;
    for chat in [&ordinary, &other] {
        chat.wait_for_page().await?;
        chat.run_in_page(PLANT).await?;
        has(chat, [true, true]).await?;
    }
    fixture.set_fault("500")?;

    // In the isolated tab.
    let popup = fixture.session.open_popup().await?;
    fails(&other).await?;
    let tab = failing(&popup, &[]).await?;
    clear(&popup, &tab).await?;
    has(&other, [false, false]).await.context("isolated")?;
    has(&ordinary, [true, true]).await.context("the ordinary window's is gone, too")?;
    undo(&popup).await?;
    has(&other, [true, false]).await.context("isolated, put back")?;

    // In the ordinary one.
    other.run_in_page(PLANT).await?;
    fails(&ordinary).await?;
    let ordinary_tab = failing(&popup, &[tab]).await?;
    clear(&popup, &ordinary_tab).await?;
    has(&ordinary, [false, false]).await.context("ordinary")?;
    has(&other, [true, true]).await.context("what is isolated is gone, too")?;
    undo(&popup).await?;
    has(&ordinary, [true, false]).await.context("ordinary, put back")?;
    println!("{browser}, {isolation:?}: each its own");
    fixture.session.stop().await
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
        let model = popup.stored_model().await?;
        let tabs = model.0.get("tabs").and_then(Value::as_array).cloned().unwrap_or_default();
        let failing = |tab: &&Value| {
            tab.get("case").is_some_and(Value::is_object) && tab.get("id").is_some_and(|id| !known.contains(id))
        };
        tabs.iter().find(failing).and_then(|tab| tab.get("id").cloned()).with_context(|| format!("{tabs:?}"))
    })
    .await
}

async fn clear(popup: &Popup<'_>, tab: &Value) -> Result<()> {
    let run = json!({ "kind": "run", "tab": tab, "rung": "cache-cookies", "act": "clear-storage" });
    let reply = popup.message(&json!({ "kind": "intent", "intent": run })).await?;
    ensure!(reply.get("ok") == Some(&json!(true)), "{reply}");
    settles(popup, 1).await
}

async fn undo(popup: &Popup<'_>) -> Result<()> {
    let change = popup.stored_model().await?.0.pointer("/changes/0/id").cloned().context("no change")?;
    popup.message(&json!({ "kind": "intent", "intent": { "kind": "undo", "change": change } })).await?;
    settles(popup, 0).await
}

async fn settles(popup: &Popup<'_>, changes: usize) -> Result<()> {
    until(&format!("{changes} changes"), Duration::from_secs(20), async || {
        let model = popup.stored_model().await?;
        let count = |path: &str| model.0.pointer(path).and_then(Value::as_array).map_or(0, Vec::len);
        ensure!(count("/changes") == changes && count("/pending") == 0, "{}", model.0);
        Ok(())
    })
    .await
}

/// The page is loaded again after a change; databases that it held open go with it.
async fn has(chat: &Chat<'_>, wanted: [bool; 2]) -> Result<()> {
    until(&format!("{wanted:?}"), Duration::from_secs(10), async || {
        let there = chat.run_in_page(LOOK).await?;
        ensure!(there == json!(wanted), "{there}");
        Ok(())
    })
    .await
}
