//! Only Mend's own pages may ask Mend to do anything; messages of other senders are refused.

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, workspace};
use mend_lab::Http;
use serde_json::{Value, json};

#[tokio::test]
async fn chromium_refuses_messages_from_foreign_senders() -> Result<()> {
    refuses_messages_from_foreign_senders(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_refuses_messages_from_foreign_senders() -> Result<()> {
    refuses_messages_from_foreign_senders(Browser::Firefox).await
}

async fn refuses_messages_from_foreign_senders(browser: Browser) -> Result<()> {
    let fixture = Fixture::with_setup(browser, Http::Both, "500", |setup| setup.with_helper("stranger")).await?;
    let chat = fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    let model = popup.stored_model().await?;
    let tab = model.0.pointer("/tabs/0/id").cloned().context("the chat's tab is not known")?;
    let loads = || fixture.lab.log().iter().filter(|hit| hit.host == "chatgpt.com" && hit.path == "/").count();
    let before = loads();

    from_page(&fixture, &chat).await?;
    from_frame(&fixture, &chat).await?;
    from_another_extension(&fixture, &tab).await?;
    if browser == Browser::Chromium {
        from_content_script(&chat, &tab).await?;
    }

    // Messages are taken one by one: once the popup has its reply, whatever was to happen has begun.
    let reply = popup.message(&intent(&open(&tab))).await?;
    ensure!(reply.get("ok") == Some(&json!(true)), "the popup was refused: {reply}");
    let after = popup.read().await?;
    ensure!(after.rungs.iter().all(|rung| rung.state != "running"), "{}", after.table());
    ensure!(loads() == before, "the page was reloaded {} times", loads() - before);
    fixture.session.stop().await
}

/// The page itself has no way to Mend: no messaging, and none of Mend's files.
async fn from_page(fixture: &Fixture, chat: &Chat<'_>) -> Result<()> {
    let messaging = chat.run_in_page("return typeof globalThis.chrome?.runtime?.sendMessage").await?;
    ensure!(messaging == json!("undefined"), "the page can send messages: {messaging}");
    let url = format!("{}/popup.html", fixture.session.origin());
    let read = format!("return fetch({}).then(() => 'read', () => 'refused')", Value::from(url));
    let read = chat.run_in_page(&read).await?;
    ensure!(read == json!("refused"), "the page can read Mend's files");
    Ok(())
}

/// A frame in the page: Mend's own pages do not show in it, and Mend's content script does not run in the page's frames.
async fn from_frame(fixture: &Fixture, chat: &Chat<'_>) -> Result<()> {
    let url = Value::from(format!("{}/popup.html", fixture.session.origin()));
    let body = format!(
        "const framed = async (src) => {{
            const frame = document.createElement('iframe');
            const loaded = new Promise((done) => {{ frame.onload = done; frame.onerror = done; setTimeout(done, 3000); }});
            frame.src = src;
            document.body.append(frame);
            await loaded;
            return frame;
        }};
        await framed({url});
        const own = await framed('/c/1');
        return typeof own.contentWindow?.chrome?.runtime?.sendMessage;"
    );
    let told = chat.run_in_page(&body).await?;
    ensure!(told == json!("undefined"), "a frame can send messages: {told}");
    Ok(())
}

/// Another extension finds nobody who listens.
async fn from_another_extension(fixture: &Fixture, tab: &Value) -> Result<()> {
    let stranger = fixture.session.open_helper("stranger").await?;
    let mend = match fixture.session.origin().strip_prefix("chrome-extension://") {
        Some(id) => id.to_owned(),
        None => gecko_id()?,
    };
    for message in privileged(tab) {
        let ask = "return (globalThis.browser ?? chrome).runtime.sendMessage(arguments[0], arguments[1])
            .then((reply) => reply ?? 'nobody', () => 'nobody')";
        let reply: Value = stranger.run(ask, &[json!(mend), message.clone()]).await?;
        ensure!(reply == json!("nobody"), "another extension got {reply} for {message}");
    }
    stranger.close().await
}

fn gecko_id() -> Result<String> {
    let manifest: Value = serde_json::from_str(&std::fs::read_to_string(workspace().join("manifest.json"))?)?;
    let id = manifest.pointer("/browser_specific_settings/gecko/id").and_then(Value::as_str);
    Ok(id.context("the manifest has no id for Firefox")?.to_owned())
}

/// A content script may report facts, and nothing else: what Mend's own pages send is refused.
async fn from_content_script(chat: &Chat<'_>, tab: &Value) -> Result<()> {
    for message in privileged(tab) {
        let reply = chat.run_in_content_script(&format!("chrome.runtime.sendMessage({message})")).await?;
        ensure!(reply.get("ok") == Some(&json!(false)), "{message} was taken: {reply}");
        ensure!(reply.to_string().contains("own pages"), "{message} was refused for another reason: {reply}");
    }
    Ok(())
}

/// Everything that only Mend's own pages may say.
fn privileged(tab: &Value) -> Vec<Value> {
    let intents = [
        json!({ "kind": "run", "tab": tab, "rung": "reload", "act": "reload" }),
        json!({ "kind": "run", "tab": tab, "rung": "cache-cookies", "act": "clear-all" }),
        json!({ "kind": "run", "tab": tab, "rung": "extensions", "act": "search" }),
        open(tab),
        json!({ "kind": "refused", "tab": tab, "rung": "extensions" }),
        json!({ "kind": "undo", "change": 1 }),
        json!({ "kind": "deep-inspection", "tab": tab, "on": true }),
        json!({ "kind": "probed", "finding": "offline" }),
        json!({ "kind": "forget" }),
    ];
    let inspected = json!({ "kind": "inspected", "tab": tab, "key": "k", "at": 1, "saw": { "kind": "hello" } });
    intents.iter().map(intent).chain([inspected]).collect()
}

/// The message for what a person wants.
fn intent(wanted: &Value) -> Value {
    json!({ "kind": "intent", "intent": wanted })
}

/// What a popup says when it opens.
fn open(tab: &Value) -> Value {
    json!({ "kind": "open", "tab": tab, "open": [tab] })
}
