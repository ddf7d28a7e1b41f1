//! A script of the page cannot speak as Mend: not without deep inspection, and not by overhearing with it.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, until};
use serde_json::{Value, json};

/// Every message that the content script may send, sent by the page.
const FORGE: &str = r#"
    const chat = location.origin + "/backend-api/f/conversation";
    const says = [{ kind: "answered" }, { kind: "hello" }, { kind: "stopped" }, { kind: "fine", url: chat, size: 9 },
        { kind: "count", answers: 3, busy: false, noise: false }, { kind: "body", url: chat, status: 401, text: "token_expired" },
        { kind: "thrown", by: "forged" }, { kind: "stream", url: chat, end: "error", text: "usage_limit_reached" }];
    for (const name of ["mend:inspection", "mend:report"]) {
        for (const say of says) document.dispatchEvent(new CustomEvent(name, { detail: JSON.stringify(say) }));
    }
    document.dispatchEvent(new CustomEvent("mend:inspection-end"));
    return true;
"#;

/// From now on the page hears every event that is dispatched, and every listener that is added.
const OVERHEAR: &str = r#"
    globalThis.overheard = [];
    for (const name of ["dispatchEvent", "addEventListener"]) {
        const own = EventTarget.prototype[name];
        EventTarget.prototype[name] = function (first, ...rest) {
            overheard.push(String(first?.type ?? first));
            return own.call(this, first, ...rest);
        };
    }
    const Own = CustomEvent;
    globalThis.CustomEvent = class extends Own { constructor(type, init) { overheard.push(type); super(type, init); } };
    return true;
"#;

const NAMES: &str = r#"
    const symbols = Object.getOwnPropertySymbols(globalThis).concat(Object.getOwnPropertySymbols(document)).map(String);
    return symbols.concat(Object.keys(globalThis), Object.keys(document)).filter((name) => name.includes("mend."));
"#;

/// The bit of deep inspection among a failure's sources.
const DEEP_INSPECTION: u64 = 8;

#[tokio::test]
async fn chromium_ignores_messages_forged_by_the_page() -> Result<()> {
    ignores_messages_forged_by_the_page(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_ignores_messages_forged_by_the_page() -> Result<()> {
    ignores_messages_forged_by_the_page(Browser::Firefox).await
}

async fn ignores_messages_forged_by_the_page(browser: Browser) -> Result<()> {
    let (fixture, _folder) = Fixture::with_permissions(browser, "500", &["scripting"]).await?;
    let chat = fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.settled(Duration::from_secs(2)).await?;
    let case = async || anyhow::Ok(popup.stored_model().await?.0.pointer("/tabs/0/case").cloned().unwrap_or_default());
    let before = case().await?;
    chat.run_in_page(FORGE).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    ensure!(case().await? == before, "forged while nobody looks closer: {}", case().await?);

    popup.unfold().await?;
    popup.click_on("deep-inspection").await?;
    until("the closer look", Duration::from_secs(10), async || {
        let wrapped = chat
            .run_in_page("return Object.hasOwn(globalThis, 'fetch') && globalThis.fetch !== globalThis.mendSeen")
            .await?;
        ensure!(
            popup.stored_model().await?.0.pointer("/tabs/0/deep_inspection") == Some(&json!(true))
                && wrapped == json!(true),
            "it is off"
        );
        Ok(())
    })
    .await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    chat.run_in_page(OVERHEAR).await?;
    ensure!(chat.run_in_page(NAMES).await? == json!([]), "the page sees {}", chat.run_in_page(NAMES).await?);
    chat.run_in_page(FORGE).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    ensure!(case().await? == before, "forged while somebody looks closer: {}", case().await?);
    // It does look: a failed answer's body is told, and the page hears nothing of how.
    chat.send("Hello again").await?;
    chat.wait_for_error_turn().await?;
    until("the body to be told", Duration::from_secs(10), async || {
        let told = case().await?;
        let all = told.get("failures").and_then(Value::as_array).cloned().unwrap_or_default();
        let closer =
            |one: &Value| one.get("sources").and_then(Value::as_u64).is_some_and(|seen| seen & DEEP_INSPECTION != 0);
        ensure!(all.iter().any(closer), "{told}");
        Ok(())
    })
    .await?;
    let heard = chat.run_in_page("return overheard").await?;
    let names: Vec<&str> = heard.as_array().map_or(Vec::new(), |all| all.iter().filter_map(Value::as_str).collect());
    let secret = |name: &&&str| name.len() == 36 && name.matches('-').count() == 4;
    ensure!(names.iter().find(secret).is_none(), "the page overheard {names:?}");
    println!("{browser}: nothing forged, nothing overheard among {} events", names.len());
    fixture.session.stop().await
}
