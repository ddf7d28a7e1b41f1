//! Nobody but Mend's own pages may ask Mend to do anything.

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Stage};
use serde_json::{Value, json};

#[tokio::test]
async fn chromium() -> Result<()> {
    intruder(Browser::Chromium).await
}

#[tokio::test]
async fn firefox() -> Result<()> {
    intruder(Browser::Firefox).await
}

async fn intruder(browser: Browser) -> Result<()> {
    let stage = Stage::set(browser, "500").await?;
    let chat = stage.robot.open_chat("/").await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    let popup = stage.robot.open_popup().await?;
    popup.wait_blame("them").await?;
    let memory = popup.memory().await?;
    let tab = memory.0.pointer("/tabs/0/id").cloned().context("the chat's tab is not known")?;
    let loads = || stage.lab.log().iter().filter(|hit| hit.host == "chatgpt.com" && hit.path == "/").count();
    let before = loads();

    from_page(&stage, &chat).await?;
    if browser == Browser::Chromium {
        from_content_script(&chat, &tab).await?;
    }

    // Messages are taken one by one: once the popup has its reply, whatever was to happen has begun.
    let reply = popup.message(&json!({ "intent": open(&tab) })).await?;
    ensure!(reply.get("ok") == Some(&json!(true)), "the popup was refused: {reply}");
    let after = popup.read().await?;
    ensure!(after.rungs.iter().all(|rung| rung.state != "running"), "{}", after.table());
    ensure!(loads() == before, "the page was reloaded {} times", loads() - before);
    stage.robot.stop().await
}

/// The page itself has no way to Mend: no messaging, and none of Mend's files.
async fn from_page(stage: &Stage, chat: &Chat<'_>) -> Result<()> {
    let messaging = chat.as_page("return typeof globalThis.chrome?.runtime?.sendMessage").await?;
    ensure!(messaging == json!("undefined"), "the page can send messages: {messaging}");
    let url = format!("{}/popup.html", stage.robot.origin());
    let read = format!("return fetch({}).then(() => 'read', () => 'refused')", Value::from(url));
    let read = chat.as_page(&read).await?;
    ensure!(read == json!("refused"), "the page can read Mend's files");
    Ok(())
}

/// A content script may report facts, and nothing else: the shapes that a popup sends are refused.
async fn from_content_script(chat: &Chat<'_>, tab: &Value) -> Result<()> {
    for intent in [json!({ "run": { "tab": tab, "rung": "reload", "act": "reload" } }), open(tab)] {
        let ask = format!("chrome.runtime.sendMessage({})", json!({ "intent": intent }));
        let reply = chat.as_content_script(&ask).await?;
        ensure!(reply.get("ok") == Some(&json!(false)), "{intent} was taken: {reply}");
        ensure!(reply.to_string().contains("own pages"), "{intent} was refused for another reason: {reply}");
    }
    Ok(())
}

/// What a popup says when it opens.
fn open(tab: &Value) -> Value {
    json!({ "open": { "tab": tab, "open": [tab] } })
}
