//! Switched off is off, in tabs that are open too; and a draft is its own chat's, for a day at most.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, until};
use serde_json::{Value, json};

/// What lies in the tab's storage, one text.
const HELD: &str =
    "return Object.entries(sessionStorage).filter(([name]) => name.startsWith('mend:')).flat().join(' ')";

#[tokio::test]
async fn chromium_drafts_expire_and_stop_when_mend_is_disabled() -> Result<()> {
    drafts_expire_and_stop_when_mend_is_disabled(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_drafts_expire_and_stop_when_mend_is_disabled() -> Result<()> {
    drafts_expire_and_stop_when_mend_is_disabled(Browser::Firefox).await
}

async fn drafts_expire_and_stop_when_mend_is_disabled(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;

    // Each chat has a draft of its own.
    chat.write("alpha").await?;
    holds(&chat, &[("/", "alpha")]).await?;
    chat.run_in_page("history.pushState({}, '', '/c/0b0e5a3e-beef'); return true").await?;
    chat.write(" beta").await?;
    holds(&chat, &[("/", "alpha"), ("/c/0b0e5a3e-beef", "alpha beta")]).await?;
    // After a reload both are offered, as their chats'.
    chat.reload().await?;
    let page = fixture.session.open_bare_page("codes.html").await?;
    let kept = "return ((await (globalThis.browser ?? chrome).storage.session.get('prompts')).prompts ?? []).map(({ path, text }) => [path, text])";
    until("both drafts to be kept", Duration::from_secs(10), async || {
        let kept: Value = page.run(kept, &[]).await?;
        for one in [json!(["/", "alpha"]), json!(["/c/0b0e5a3e-beef", "alpha beta"])] {
            ensure!(kept.as_array().is_some_and(|all| all.contains(&one)), "{kept}");
        }
        Ok(())
    })
    .await?;

    // A day later it is gone, and offered to nobody.
    let old = "const at = Date.now() - 25 * 3600000;
        sessionStorage.setItem('mend:draft', JSON.stringify([{ at, path: '/', text: 'gamma', answer: '', files: [] }]));
        return true";
    chat.run_in_page(old).await?;
    chat.reload().await?;
    chat.wait_for_page().await?;
    holds(&chat, &[]).await?;
    let later: Value = page.run(kept, &[]).await?;
    ensure!(!later.to_string().contains("gamma"), "{later}");

    // Off.
    chat.write("delta").await?;
    until("the draft", Duration::from_secs(5), async || {
        ensure!(held(&chat).await?.contains("delta"), "it is not written down");
        Ok(())
    })
    .await?;
    fixture.session.switch_off().await?;
    chat.write(" epsilon").await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let left = held(&chat).await?;
    ensure!(!left.contains("epsilon"), "what is typed is still written: {left}");
    println!("{browser}: after Mend is off the tab holds {left:?}");
    // Firefox ends the script itself, which then cannot take its own along.
    ensure!(browser == Browser::Firefox || left.is_empty(), "it left {left}");
    fixture.session.stop().await
}

async fn held(chat: &Chat<'_>) -> Result<String> {
    Ok(chat.run_in_page(HELD).await?.as_str().unwrap_or_default().to_owned())
}

/// The tab holds exactly these drafts.
async fn holds(chat: &Chat<'_>, wanted: &[(&str, &str)]) -> Result<()> {
    until(&format!("{wanted:?}"), Duration::from_secs(5), async || {
        let read =
            "return (JSON.parse(sessionStorage.getItem('mend:draft')) ?? []).map(({ path, text }) => [path, text])";
        let there = chat.run_in_page(read).await?;
        ensure!(there == json!(wanted), "{there}");
        Ok(())
    })
    .await
}
