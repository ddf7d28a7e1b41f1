//! What was deleted comes back exactly, whenever the worker dies; and what was kept meanwhile is nowhere that lasts.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, Popup, rounds, signed_in, until};
use serde_json::{Value, json};

/// Stands in cookies and in what the page stores; must stand nowhere else but in the session's memory.
const CANARY: &str = "KanarienvogelKeks";

/// Of every kind that a page can set. (The lab's own are HttpOnly.)
const COOKIES: &[&str] = &[
    "plain=KanarienvogelKeks-1; Secure",
    "lasting=KanarienvogelKeks-2; Secure; Max-Age=86400",
    "__Host-strict=KanarienvogelKeks-3; Secure; Path=/; SameSite=Strict",
    "__Secure-lax=KanarienvogelKeks-4; Secure; Path=/; SameSite=Lax; Max-Age=86400",
    "whole=KanarienvogelKeks-5; Secure; Domain=chatgpt.com; SameSite=None",
    "__Host-parted=KanarienvogelKeks-6; Secure; Path=/; SameSite=None; Partitioned; Max-Age=86400",
    "deep=KanarienvogelKeks-7; Secure; Path=/c/; Max-Age=86400",
    "empty=; Secure",
    "signs=\"KanarienvogelKeks, =8\"; Secure",
];

/// Cookies that are too large again, and what takes them away.
const MORE: &str = "for (let n = 0; n < 6; n++) document.cookie = `more${n}=${'x'.repeat(3800)}; Secure`";
const LESS: &str = "for (let n = 0; n < 6; n++) document.cookie = `more${n}=; Secure; Max-Age=0`";

#[tokio::test]
async fn chromium_undo_restores_deleted_site_data() -> Result<()> {
    undo_restores_deleted_site_data(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_undo_restores_deleted_site_data() -> Result<()> {
    undo_restores_deleted_site_data(Browser::Firefox).await
}

async fn undo_restores_deleted_site_data(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "431").await?;
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;
    for cookie in COOKIES {
        chat.run_in_page(&format!("document.cookie = {}", json!(cookie))).await?;
    }
    chat.run_in_page(&format!("for (let n = 0; n < 20; n++) localStorage.setItem('kept' + n, {} + n)", json!(CANARY)))
        .await?;
    let popup = fixture.session.open_popup().await?;

    for round in 0..rounds(3, 20) {
        let kill = |step: u64| Duration::from_millis((round as u64 * 97 + step * 53) % 400);
        fails(&chat, &popup).await?;
        let before = chat.site_data().await?;
        ensure!(before.cookies.len() >= COOKIES.len(), "{} cookies are there", before.cookies.len());
        press(&fixture, &popup, r#"[data-act="clear-cookies"]"#, kill(0)).await?;
        changes(&popup, 1).await.with_context(|| format!("round {round}"))?;
        let fewer = chat.site_data().await?;
        ensure!(fewer.cookies.len() < before.cookies.len(), "no cookie was deleted");
        chat.run_in_page(MORE).await?;
        fails(&chat, &popup).await?;
        press(&fixture, &popup, r#"[data-act="clear-all"]"#, kill(1)).await?;
        changes(&popup, 2).await?;
        let none = chat.site_data().await?;
        ensure!(!none.storage.iter().any(|(key, _)| key.starts_with("kept")), "the storage was not emptied");
        if round == 0 {
            harmless(&fixture, &popup, browser).await?;
        }
        for left in [1, 0] {
            press(&fixture, &popup, r#".undo [data-do="undo"]:not([aria-disabled])"#, kill(2 + left as u64)).await?;
            changes(&popup, left).await?;
        }
        chat.run_in_page(LESS).await?;
        let after = chat.site_data().await?;
        let differs: Vec<String> = before.changes(&after).into_iter().filter(|change| !is_renewed(change)).collect();
        ensure!(differs.is_empty(), "round {round}: {differs:?}");
        ensure!(signed_in(&after.cookies), "round {round}: signed out");
        heals(&fixture, &chat, &popup).await?;
    }
    harmless(&fixture, &popup, browser).await?;
    fixture.session.stop().await
}

/// It works for a while, so that the next failure is a case of its own.
async fn heals(fixture: &Fixture, chat: &Chat<'_>, popup: &Popup<'_>) -> Result<()> {
    fixture.set_fault("well")?;
    chat.reload().await?;
    chat.wait_for_page().await?;
    chat.send("Hello").await?;
    chat.wait_for_answer_done().await?;
    popup.wait_blame("benign").await?;
    fixture.set_fault("431")
}

/// What the site itself writes anew at each load: who comes back to it finds it younger than it was left.
fn is_renewed(change: &str) -> bool {
    ["cookie __Secure-next-auth.session-token of", "cookie oai-did of", "stored cache/"]
        .iter()
        .any(|own| change.starts_with(own))
}

/// A message that fails, on a page that is there again.
async fn fails(chat: &Chat<'_>, popup: &Popup<'_>) -> Result<()> {
    chat.reload().await?;
    chat.wait_for_page().await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    let known = |snapshot: &mend_e2e::PopupSnapshot| {
        snapshot.rung("cache-cookies").is_some_and(|rung| rung.state == "recommended")
    };
    popup.wait("the cookies to be recommended", known).await?;
    Ok(())
}

/// Presses, and kills the worker a moment later.
async fn press(fixture: &Fixture, popup: &Popup<'_>, button: &str, then: Duration) -> Result<()> {
    popup.click_at(&format!(r#"[data-step="cache-cookies"] {button}"#)).await?;
    tokio::time::sleep(then).await;
    fixture.session.kill_worker().await
}

/// Waits until so many changes can be put back, and nothing is under way. A killed worker goes on when something wakes it,
/// at the latest its own alarm; a person who looks wakes it sooner.
async fn changes(popup: &Popup<'_>, wanted: usize) -> Result<()> {
    until(&format!("{wanted} changes"), Duration::from_secs(60), async || {
        popup
            .message(
                &json!({ "kind": "intent", "intent": { "kind": "open", "tab": null, "open": open(popup).await? } }),
            )
            .await?;
        let model = popup.stored_model().await?;
        let count = |path: &str| model.0.pointer(path).and_then(Value::as_array).map_or(0, Vec::len);
        ensure!(
            count("/changes") == wanted && count("/pending") == 0,
            "{} and {}",
            count("/changes"),
            count("/pending")
        );
        Ok(())
    })
    .await
}

/// The tabs that Mend knows.
async fn open(popup: &Popup<'_>) -> Result<Vec<Value>> {
    let model = popup.stored_model().await?;
    let tabs = model.0.pointer("/tabs").and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(tabs.iter().filter_map(|tab| tab.get("id").cloned()).collect())
}

/// The canaries are in nothing that is shown, recent_failures or on disk.
async fn harmless(fixture: &Fixture, popup: &Popup<'_>, browser: Browser) -> Result<()> {
    let model = popup.stored_model().await?;
    ensure!(!model.0.to_string().contains(CANARY), "a secret is in the core's memory");
    let disk = "return JSON.stringify(await (globalThis.browser ?? chrome).storage.local.get(null))";
    let disk: String = popup.run(disk, &[]).await?;
    ensure!(!disk.contains(CANARY), "a secret is in the lasting storage");
    ensure!(!popup.read().await?.table().contains(CANARY), "a secret stands in the popup");
    for name in ["settings", "requests", "ticket"] {
        let page = fixture.session.open_page(&format!("{name}.html")).await?;
        page.settled_page().await?;
        let read = "return document.documentElement.outerHTML
            + [...document.querySelectorAll('textarea')].map((one) => one.value).join()";
        let all: String = page.run(read, &[]).await?;
        ensure!(!all.contains(CANARY), "{name} shows a secret");
        page.close().await?;
    }
    let files = fixture.session.files_holding(CANARY)?;
    ensure!(files.is_empty(), "{browser}: a secret is on disk: {files:?}");
    Ok(())
}
