//! A saved prompt goes back into ChatGPT's box only where nobody else's hands are: one text at a time, in its own chat, whole, and
//! with nothing that it was not written with. The content script is asked as Mend's own pages and its worker ask it.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, until};
use mend_lab::Generation;
use serde_json::{Value, json};

const SENT: &str = "/backend-api/f/conversation";
const OTHER: &str = "/c/0b0e5a3e-beef";

#[tokio::test]
async fn chromium_inserts_a_saved_prompt_only_where_it_belongs() -> Result<()> {
    inserts_a_saved_prompt_only_where_it_belongs(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_inserts_a_saved_prompt_only_where_it_belongs() -> Result<()> {
    inserts_a_saved_prompt_only_where_it_belongs(Browser::Firefox).await
}

async fn inserts_a_saved_prompt_only_where_it_belongs(browser: Browser) -> Result<()> {
    let fixture = Fixture::with_page_and_setup(browser, Generation::New, "well", |setup| setup).await?;
    let sent = || fixture.lab.log().iter().filter(|hit| hit.path == SENT).count();
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;
    let page = fixture.session.open_page("codes.html").await?;

    // Two texts at once: the first one stands, and the other is not mixed into it.
    let both = tell(&page, &[put("one\ntwo"), put("three")]).await?;
    ensure!(both == json!(["done", "busy"]), "{both}");
    ensure!(chat.written().await? == "one\ntwo", "{}", chat.written().await?);
    chat.empty().await?;

    // What was written with a file, or in another chat, or in a temporary one, is not sent here.
    let prompt = |id: i64, path: &str, files: &[&str]| {
        let prompt = json!({ "id": id, "path": path, "text": "Only once, please", "files": files });
        json!({ "kind": "send-prompt", "prompt": prompt })
    };
    for other in [prompt(1, "/", &["notes.txt"]), prompt(2, OTHER, &[]), prompt(3, "/?temporary-chat=true", &[])] {
        let told = tell(&page, std::slice::from_ref(&other)).await?;
        ensure!(told == json!([false]), "{other}: {told}");
    }
    chat.run_in_page("history.pushState({}, '', '/?temporary-chat=true'); return true").await?;
    ensure!(tell(&page, &[prompt(4, "/", &[])]).await? == json!([false]), "sent into a temporary chat");
    chat.run_in_page("history.pushState({}, '', '/'); return true").await?;
    // Nor with a file that was added since.
    let file = tempfile::NamedTempFile::with_suffix(".txt")?;
    std::fs::write(file.path(), "notes")?;
    chat.attach(file.path()).await?;
    ensure!(tell(&page, &[prompt(5, "/", &[])]).await? == json!([false]), "sent with the person's file");
    ensure!((sent(), chat.written().await?.as_str()) == (0, ""), "{} sent", sent());
    chat.reload().await?;
    chat.wait_for_page().await?;

    // Asked twice, it is sent once, and both are told so.
    let told = tell(&page, &[prompt(6, "/", &[]), prompt(6, "/", &[])]).await?;
    ensure!(told == json!([true, true]), "{told}");
    chat.wait_for_answer_done().await?;
    ensure!(tell(&page, &[prompt(6, "/", &[])]).await? == json!([true]), "it was sent");
    ensure!(sent() == 1, "{} sent", sent());

    // The person goes to another chat in the middle: nothing more is written there, and nothing of that chat's is taken out.
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;
    let long = (0..3_000).map(|at| format!("{at}: a line of text")).collect::<Vec<_>>().join("\n");
    chat.run_in_page(&MOVES.replace("OTHER", OTHER)).await?;
    let told = tell(&page, &[put(&long)]).await?;
    ensure!(told == json!(["busy"]), "{told}");
    ensure!(chat.written().await?.len() < long.len() / 2, "the rest was written into another chat");

    // Enter in the middle sends nothing. On a busy machine the last piece may be in before Enter comes: then what it sends is
    // the whole, and it is tried again.
    for attempt in 1.. {
        let before = sent();
        if !press_enter_meanwhile(&fixture, &page).await? {
            ensure!(sent() == before, "{} sent", sent() - before);
            break;
        }
        ensure!(attempt < 5, "Enter came too late {attempt} times");
    }
    fixture.session.stop().await
}

/// Presses Enter while a long text comes in, and waits until that is over. Whether the page sent the text; never a
/// part of it.
async fn press_enter_meanwhile(fixture: &Fixture, page: &Popup<'_>) -> Result<bool> {
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;
    chat.run_in_page(&SLOW.replace("SENT", SENT)).await?;
    let lines = (0..20_000).map(|at| at.to_string()).collect::<Vec<_>>().join("\n");
    let began = format!(
        "{TABS} delete document.body.dataset.told;
            api.tabs.sendMessage(tab.id, {{ kind: 'insert-prompt', text: arguments[0] }}, {{ frameId: 0 }})
            .then((told) => {{ document.body.dataset.told = told; }}); return true"
    );
    page.run::<bool>(&began, &[json!(lines)]).await?;
    until("the first piece", Duration::from_secs(10), async || {
        ensure!(!chat.written().await?.is_empty(), "nothing is there");
        Ok(())
    })
    .await?;
    chat.press_enter().await?;
    until("the answer", Duration::from_secs(60), async || {
        ensure!(page.run::<bool>("return 'told' in document.body.dataset", &[]).await?, "it is being put in");
        Ok(())
    })
    .await?;
    // What is sent leaves the box.
    if chat.written().await? == lines {
        return Ok(false);
    }
    until("what was sent", Duration::from_secs(30), async || {
        let texts: Vec<String> = serde_json::from_value(chat.run_in_page("return window.sentTexts").await?)?;
        let lengths: Vec<usize> = texts.iter().map(String::len).collect();
        ensure!(texts == [&*lines], "texts of {lengths:?} bytes, not one of {}", lines.len());
        Ok(())
    })
    .await?;
    Ok(true)
}

/// The tab that was opened last.
const TABS: &str = "const api = globalThis.browser ?? chrome;
    const tab = (await api.tabs.query({ url: 'https://chatgpt.com/*' })).sort((one, other) => one.id - other.id).at(-1);";

/// The message that puts a text into the composer.
fn put(text: &str) -> Value {
    json!({ "kind": "insert-prompt", "text": text })
}

/// The answers of that tab's content script to these, all asked at once.
async fn tell(page: &Popup<'_>, messages: &[Value]) -> Result<Value> {
    let tell = format!(
        "{TABS} return Promise.all(arguments[0].map((one) => api.tabs.sendMessage(tab.id, one, {{ frameId: 0 }})))"
    );
    page.run(&tell, &[json!(messages)]).await
}

/// An editor that takes its time over each piece, and the texts that the page sends.
const SLOW: &str = r#"
    const busy = () => { const began = performance.now(); while (performance.now() - began < 150); };
    addEventListener("paste", busy, true);
    const [ask, texts] = [window.fetch, []];
    window.fetch = (url, options) => {
        if (url === "SENT") texts.push(...JSON.parse(options.body).messages.flatMap(({ content }) => content.parts));
        return ask(url, options);
    };
    window.sentTexts = texts;
    return true;"#;

/// The person goes to another chat while the second piece comes in; its box holds what is there by then.
const MOVES: &str = r#"
    let pieces = 0;
    addEventListener("paste", () => { if (++pieces === 2) history.pushState({}, "", "OTHER"); }, true);
    return true;"#;
