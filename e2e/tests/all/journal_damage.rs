//! A journal that cannot be written, or is not the one that was left: nothing is lost that could be kept, the person is
//! told, and Mend goes on.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, Page, of_kind, until};
use serde_json::{Value, json};

/// A later version's journal, with something in it.
const LATER: &str = r#"
    await new Promise((done, failed) => {
        const request = indexedDB.open("journal", 9);
        request.onupgradeneeded = () => request.result.createObjectStore("entries").put("theirs", 1);
        request.onsuccess = () => { request.result.close(); done(); };
        request.onerror = () => failed(request.error);
    });
    return true;
"#;

/// One of today's version whose stores are missing: an upgrade that stopped half way.
const HALF: &str = r#"
    await new Promise((done, failed) => {
        const request = indexedDB.open("journal", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("entries");
        request.onsuccess = () => { request.result.close(); done(); };
        request.onerror = () => failed(request.error);
    });
    return true;
"#;

const DELETE: &str = r#"
    await new Promise((done, failed) => {
        const request = indexedDB.deleteDatabase("journal");
        request.onsuccess = done;
        request.onerror = () => failed(request.error);
    });
    return true;
"#;

const VERSION: &str = r#"
    return (await indexedDB.databases()).find(({ name }) => name === "journal")?.version ?? 0;
"#;

const WAITING: &str = "return ((await chrome.storage.session.get('unwritten')).unwritten ?? []).length";

#[tokio::test]
async fn chromium_sets_a_damaged_journal_aside() -> Result<()> {
    sets_a_damaged_journal_aside(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_sets_a_damaged_journal_aside() -> Result<()> {
    sets_a_damaged_journal_aside(Browser::Firefox).await
}

async fn sets_a_damaged_journal_aside(browser: Browser) -> Result<()> {
    set_aside(browser, LATER, 9).await?;
    set_aside(browser, HALF, 1).await?;
    deleted(browser).await
}

/// What stands there stays as it is; a new one is begun, and the person is told.
async fn set_aside(browser: Browser, made: &str, version: u32) -> Result<()> {
    let fixture = Fixture::start(browser, "500").await?;
    let page = fixture.session.open_bare_page("codes.html").await?;
    page.run::<bool>(made, &[]).await?;
    let chat = fail(&fixture).await?;
    written(&page, "journal-2", 1).await?;
    let now: u32 = page.run(VERSION, &[]).await?;
    ensure!(now == version, "the other journal has version {now}");
    let popup = fixture.session.open_popup().await?;
    popup
        .wait_words("#journal-health", |words| words.contains("left as it is") || words.contains("left as it was"))
        .await?;
    popup.check_appearance(&format!("{browser}-journal-aside")).await?;
    popup.close().await?;
    let timeline = fixture.session.open_page("timeline.html").await?;
    timeline.wait_words("#note", |words| words.contains("a new one was begun")).await?;
    timeline.wait_words("#rows", |words| words.contains("500")).await?;
    timeline.close().await?;
    drop(chat);
    fixture.session.stop().await
}

/// What Mend still remembers is written again, with what fails next.
async fn deleted(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500").await?;
    let page = fixture.session.open_bare_page("codes.html").await?;
    let chat = fail(&fixture).await?;
    written(&page, "journal", 1).await?;
    page.run::<bool>(DELETE, &[]).await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    written(&page, "journal", 2).await?;
    fixture.session.stop().await
}

/// No room at all: the newest wait in the session's memory, and are written when there is room again.
#[tokio::test]
async fn chromium_journal_waits_while_storage_is_full() -> Result<()> {
    let fixture = Fixture::start(Browser::Chromium, "500").await?;
    let page = fixture.session.open_bare_page("codes.html").await?;
    page.set_quota(Some(100)).await?;
    let chat = fail(&fixture).await?;
    until("it to wait", Duration::from_secs(20), async || {
        let waiting: usize = page.run(WAITING, &[]).await?;
        ensure!(waiting > 0, "nothing waits");
        Ok(())
    })
    .await?;
    let popup = fixture.session.open_popup().await?;
    popup
        .wait_words("#journal-health", |words| words.contains("no space") || words.contains("cannot be saved"))
        .await?;
    popup.check_appearance("chromium-journal-full").await?;
    popup.close().await?;
    // The worker dies with all it knew; what waits does not.
    fixture.session.kill_worker().await?;
    page.set_quota(None).await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    written(&page, "journal", 2).await?;
    until("nothing to wait", Duration::from_secs(10), async || {
        let waiting: usize = page.run(WAITING, &[]).await?;
        let told: Value = page.run("return (await chrome.storage.session.get('journal')).journal ?? null", &[]).await?;
        ensure!(waiting == 0 && told == json!(null), "{waiting} wait, {told}");
        Ok(())
    })
    .await?;
    fixture.session.stop().await
}

async fn fail(fixture: &Fixture) -> Result<Chat<'_>> {
    let chat = fixture.session.open_failed_chat().await?;
    Ok(chat)
}

async fn written(page: &Page<'_>, name: &str, wanted: usize) -> Result<()> {
    until(&format!("{wanted} failures in {name}"), Duration::from_secs(30), async || {
        let entries = page.journal_of(name).await?;
        ensure!(of_kind(&entries, "failure") == wanted && of_kind(&entries, "verdict") > 0, "{entries:?}");
        Ok(())
    })
    .await
}
