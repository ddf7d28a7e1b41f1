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

    // Whatever was going to happen has happened once a privileged reply has come.
    popup.wait_blame("them").await?;
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
    let open = json!({ "kind": "open", "tab": tab });
    let run = json!({ "kind": "run", "tab": tab, "rung": "reload" });
    for intent in [&run, &open] {
        for message in [
            (*intent).clone(),
            json!({ "type": "intent", "intent": intent }),
            json!({ "intent": intent }),
            merged(intent, &json!({ "type": "intent" })),
        ] {
            let ask = format!("chrome.runtime.sendMessage({message})");
            let reply = chat.as_content_script(&ask).await.unwrap_or_else(|error| json!(error.to_string()));
            println!("{message} → {reply}");
            ensure!(reply.get("ok") != Some(&json!(true)), "{message} was taken: {reply}");
        }
    }
    Ok(())
}

fn merged(one: &Value, other: &Value) -> Value {
    let both = [one, other].into_iter().filter_map(Value::as_object).flatten();
    Value::Object(both.map(|(key, value)| (key.clone(), value.clone())).collect())
}
