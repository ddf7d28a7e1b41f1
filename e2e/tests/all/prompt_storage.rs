//! Where prompts are kept is the person's choice: nowhere, until the browser ends, or on disk for a day. And nothing is sent
//! over what the person has written since.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, until};
use serde_json::Value;

/// Nobody else writes this.
const WRITTEN: &str = "Wanderfalkenprompt";

#[tokio::test]
async fn chromium_stores_prompts_where_the_settings_say() -> Result<()> {
    stores_prompts_where_the_settings_say(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_stores_prompts_where_the_settings_say() -> Result<()> {
    stores_prompts_where_the_settings_say(Browser::Firefox).await
}

async fn stores_prompts_where_the_settings_say(browser: Browser) -> Result<()> {
    let (mut fixture, _folder) = Fixture::with_permissions(browser, "500-incident", &["notifications"]).await?;
    // As it comes: in memory, and not on disk.
    fail(&fixture, "first").await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_words("#prompts .text", |words| words.contains("first")).await?;
    popup.close().await?;

    // Off: what is there goes, and nothing is kept any more.
    let settings = fixture.session.open_page("settings.html").await?;
    settings.wait_words("#prompt-setting-count", |words| words.contains('1')).await?;
    settings.click_at("#prompt-setting [value=nowhere]").await?;
    settings.wait_words("#prompt-setting-count", |words| words.contains('0')).await?;
    fail(&fixture, "second").await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    ensure!(kept(&settings).await? == 0, "kept though it is switched off");

    // On disk: a restart loses nothing.
    settings.click_at("#prompt-setting [value=disk]").await?;
    settings.check_appearance(&format!("{browser}-rescue")).await?;
    settings.close().await?;
    fail(&fixture, "third").await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_words("#prompts .text", |words| words.contains("third")).await?;
    popup.close().await?;
    fixture.session.restart().await?;
    let chat = fixture.session.open_chat("/?page=new").await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_words("#prompts .text", |words| words.contains("third")).await?;
    ensure!(fixture.session.files_holding("first")?.is_empty(), "a prompt of before the choice is on disk");

    // The person writes something else: that is not written over, and nothing is sent.
    chat.send(&format!("{WRITTEN} fourth")).await?;
    chat.wait_for_error_turn().await?;
    popup.wait_words("#prompts .text", |words| words.contains("fourth")).await?;
    popup.click_at("#prompts [data-do=send-back]").await?;
    popup.wait_words("#prompts .notes", |words| words.contains("Will be sent once, from this tab")).await?;
    chat.write("something new").await?;
    let messages = || fixture.lab.log().iter().filter(|hit| hit.path == "/backend-api/f/conversation").count();
    let before = messages();
    fixture.set_fault("well")?;
    tokio::time::sleep(Duration::from_secs(11)).await;
    popup.click_at(r#"[data-step="status"] [data-act="read-status"]"#).await?;
    popup.wait_words("#outcome", |words| words.contains("could not send your prompt")).await?;
    ensure!(messages() == before, "sent over what the person wrote");
    ensure!(chat.written().await? == "something new", "{}", chat.written().await?);

    // The same where the person has added a file: it would go along.
    chat.empty().await?;
    let file = tempfile::NamedTempFile::with_suffix(".txt")?;
    std::fs::write(file.path(), "notes")?;
    chat.attach(file.path()).await?;
    popup.click_at("#prompts [data-do=send-back]").await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    ensure!(messages() == before, "sent with the person's file");

    // Forgotten is forgotten everywhere, but the choice stays.
    let settings = fixture.session.open_page("settings.html").await?;
    settings.wait_words("#prompt-setting-count", |words| !words.is_empty()).await?;
    settings.click_at("#forget").await?;
    settings.click_at("[data-do=forget-now]").await?;
    until("the prompts to be forgotten", Duration::from_secs(10), async || {
        ensure!(kept(&settings).await? == 0, "they are there still");
        Ok(())
    })
    .await?;
    let chosen =
        "return (await (globalThis.browser ?? chrome).storage.local.get('prompts.setting'))['prompts.setting'].where";
    ensure!(settings.run::<String>(chosen, &[]).await? == "disk", "the choice is forgotten");
    let held = chat
        .run_in_page("return Object.keys(sessionStorage).filter((name) => name.startsWith('mend:')).length")
        .await?;
    ensure!(held == 0, "the tab holds {held}");
    fixture.session.stop().await
}

/// A message fails.
async fn fail(fixture: &Fixture, word: &str) -> Result<()> {
    let chat = fixture.session.open_chat("/?page=new").await?;
    chat.send(&format!("{WRITTEN} {word}")).await?;
    chat.wait_for_error_turn().await
}

/// How many are kept, wherever.
async fn kept(page: &Popup<'_>) -> Result<usize> {
    let count = "const { session, local } = (globalThis.browser ?? chrome).storage;
        return Math.max(...[await session.get('prompts'), await local.get('prompts')].map(({ prompts }) => prompts?.length ?? 0))";
    Ok(page.run::<Value>(count, &[]).await?.as_u64().unwrap_or_default() as usize)
}
