//! A page that fails a thousand times in a moment: Mend follows the first, says that there are more, and rests. And what of
//! private tabs cannot be read goes to no disk.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, until};
use serde_json::{Value, json};

const MANY: usize = 1_000;

const ASK: &str = r#"
    const ask = (at) => fetch(`/backend-api/conversations?offset=${at}`);
    for (let at = 0; at < MANY; at += 50) await Promise.all(Array.from({ length: 50 }, (_, more) => ask(at + more)));
    return true;
"#;

/// Counts what the content scripts tell, which reaches every page of Mend's, and how often the model is saved.
const COUNT: &str = r#"
    const api = globalThis.browser ?? chrome;
    // Each script of a driver's has a world of its own in Firefox; the page is one.
    const { dataset } = document.documentElement;
    Object.assign(dataset, { told: 0, saved: 0 });
    api.runtime.onMessage.addListener((message) => { if (message?.fact) dataset.told = Number(dataset.told) + 1; });
    api.storage.onChanged.addListener((changes, area) => {
        if (area === "session" && changes.model) dataset.saved = Number(dataset.saved) + 1;
    });
    return true;
"#;

const COUNTED: &str = "const { told, saved } = document.documentElement.dataset; return [Number(told), Number(saved)]";

/// What nobody can read, with something of a private tab in it.
const SPOIL: &str = "await (globalThis.browser ?? chrome).storage.session.set({ model: { version: 1, tabs: ['Kanarienvogelfenster'] } }); return true";
const CANARY: &str = "Kanarienvogelfenster";

#[tokio::test]
async fn chromium_a_thousand_failures_at_once() -> Result<()> {
    a_thousand_failures_at_once(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_a_thousand_failures_at_once() -> Result<()> {
    a_thousand_failures_at_once(Browser::Firefox).await
}

async fn a_thousand_failures_at_once(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "429-conversation").await?;
    let chat = fixture.session.open_chat("/").await?;
    let popup = fixture.session.open_popup().await?;
    popup.run::<bool>(COUNT, &[]).await?;
    chat.run_in_page(&ASK.replace("MANY", &MANY.to_string())).await?;
    popup.wait_words("#asides", |words| words.contains("more failures than Mend can follow")).await?;
    let count = async || popup.run::<(usize, usize)>(COUNTED, &[]).await;
    let mut last = count().await?;
    until("it to rest", Duration::from_secs(60), async || {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let now = count().await?;
        let rests = now == last;
        last = now;
        ensure!(rests, "{now:?}");
        Ok(())
    })
    .await?;
    let (told, saved) = last;
    let failed = fixture.lab.log().iter().filter(|hit| hit.status == Some(429)).count();
    println!("{browser}: {failed} failures in a burst, {told} messages, {saved} times saved");
    ensure!(failed >= MANY, "only {failed} failed");
    ensure!(told <= 250 && saved <= 250, "{told} messages, {saved} times saved");
    let snapshot = popup.read().await?;
    ensure!(snapshot.verdict.blame != "benign", "{}", snapshot.table());

    // Nothing of what cannot be read goes to disk.
    popup.run::<bool>(SPOIL, &[]).await?;
    fixture.session.kill_worker().await?;
    popup.run::<bool>(SPOIL, &[]).await?;
    popup.message(&json!({ "kind": "intent", "intent": { "kind": "open", "tab": null, "open": [] } })).await?;
    let stored = "const api = (globalThis.browser ?? chrome).storage;
        return [JSON.stringify(await api.local.get(null)), Object.keys(await api.session.get(null))]";
    let (disk, names): (String, Vec<Value>) = popup.run(stored, &[]).await?;
    ensure!(!disk.contains(CANARY), "it went to disk: {disk}");
    ensure!(names.iter().any(|name| name.to_string().contains("unreadable-session-")), "{names:?}");
    fixture.session.stop().await
}
