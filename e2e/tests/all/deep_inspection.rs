//! Deep inspection, switched on by the person: it makes verdicts right that were open, and the page receives the same bytes.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, Popup, rounds, until};
use mend_lab::{Generation, Http, Lang};
use serde_json::Value;

/// Fault, whose side, what, and how sure Mend must be at least with a closer look: rows that stay at .6 or below, and never benign, without a closer look.
const ROWS: &[(&str, &str, &str, f64)] = &[
    ("403-region", "network", "region-blocked", 0.6),
    ("400-cookies", "browser", "cookies-too-large", 0.6),
    ("stream-error", "them", "server-error", 0.6),
    ("stream-error-string", "them", "server-error", 0.6),
    ("stream-error-in-delta", "them", "server-error", 0.6),
    ("stream-error-event", "them", "overload", 0.6),
    ("stream-failed", "them", "server-error", 0.6),
    ("stream-empty", "them", "server-error", 0.6),
    ("stream-no-end", "them", "server-error", 0.6),
    ("too-large", "request", "too-long", 0.6),
    ("resume-404", "them", "server-error", 0.5),
    ("ws-dies", "them", "server-error", 0.6),
];

/// The page's own fetch, played by a script of the page's: whatever chunks, then a good end, an error, or a body that
/// comes with an error status. What the page then reads is compared to what was sent, piece by piece.
const BYTES: &str = r#"
    const CHAT = location.origin + "/backend-api/f/conversation";
    let seed = 7;
    const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    const chunk = (size) => Uint8Array.from({ length: size }, () => random(256));
    const answer = (status, chunks, end) => {
        let at = 0;
        const body = new ReadableStream({
            pull(to) {
                if (at < chunks.length) return to.enqueue(chunks[at++]);
                if (end === "error") return to.error(new TypeError("cut"));
                to.close();
            },
        });
        const response = new Response(body, { status, headers: { "content-type": "text/event-stream" } });
        Object.defineProperty(response, "url", { value: CHAT });
        return response;
    };
    const wrong = [];
    for (let round = 0; round < arguments[0]; round++) {
        const sent = Array.from({ length: random(40) }, () => chunk(1 + random(9000)));
        const [status, end] = [[200, "close"], [200, "error"], [500, "close"]][round % 3];
        const response = answer(status, sent, end);
        globalThis.mendTestAnswer = response;
        const got = await fetch(CHAT, { method: "POST" });
        if (got !== response) wrong.push(`${round}: another answer`);
        const reader = got.body.getReader();
        const read = [];
        let error = null;
        for (;;) {
            const { done, value } = await reader.read().catch((thrown) => ((error = thrown), { done: true }));
            if (done) break;
            read.push(value);
        }
        const same = read.length === sent.length && read.every((piece, at) => piece.length === sent[at].length
            && piece.every((byte, index) => byte === sent[at][index]));
        // A cut may overtake what was sent before it, with or without a closer look.
        if (end !== "error" && !same) wrong.push(`${round}: other bytes`);
        if (end === "error" && error?.message !== "cut") wrong.push(`${round}: another error: ${error}`);
    }
    return wrong;"#;

/// Stands in for the browser's own function before the closer look wraps it.
const STAND_IN: &str = "globalThis.mendOwnFetch = globalThis.fetch;
    globalThis.fetch = function fetch(...rest) {
        const answer = globalThis.mendTestAnswer;
        globalThis.mendTestAnswer = null;
        return answer ? Promise.resolve(answer) : globalThis.mendOwnFetch.apply(this, rest);
    };
    return true;";

#[tokio::test]
async fn chromium_verdicts_on_the_old_page() -> Result<()> {
    verdicts(Browser::Chromium, Generation::Old, 0).await
}

#[tokio::test]
async fn chromium_verdicts_on_the_new_page() -> Result<()> {
    verdicts(Browser::Chromium, Generation::New, 1).await
}

#[tokio::test]
async fn firefox_verdicts_on_the_old_page() -> Result<()> {
    verdicts(Browser::Firefox, Generation::Old, 1).await
}

#[tokio::test]
async fn firefox_verdicts_on_the_new_page() -> Result<()> {
    verdicts(Browser::Firefox, Generation::New, 0).await
}

/// Every second row, so that each is met in both browsers and on both pages; with `MEND_FULL=1` all of them.
async fn verdicts(browser: Browser, page: Generation, first: usize) -> Result<()> {
    let mut wrong = Vec::new();
    let rows = ROWS.iter().enumerate().filter(|(at, _)| rounds(0, 1) == 1 || at % 2 == first);
    for (_, &(fault, blame, cause, least)) in rows {
        // On a page whose words nobody here reads: in English the banner alone says some of it.
        let fixture = Fixture::with_page(browser, Http::Both, Lang::Ja, page).await?;
        match row(&fixture, fault, (blame, cause), least).await {
            Ok((before, after)) => println!("{browser}, {page:?}, {fault}: {before} before, {after} after"),
            Err(error) => wrong.push(format!("{browser}, {page:?}, {fault}: {error:#}")),
        }
        fixture.session.stop().await?;
    }
    ensure!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// How sure Mend is before and after.
async fn row(fixture: &Fixture, fault: &str, (blame, cause): (&str, &str), least: f64) -> Result<(String, String)> {
    fixture.set_fault(fault)?;
    let chat = fixture.session.open_chat("/").await?;
    fails(&chat, "Why is the sky blue?").await?;
    let popup = fixture.session.open_popup().await?;
    let before = popup.wait(fault, |snapshot| snapshot.verdict.blame != "benign").await?;
    ensure!(sure(&before.verdict.confidence) <= 0.6, "{fault} is open without a closer look\n{}", before.table());
    switch(&popup, true).await?;
    // A page that is loaded again is looked at again, once its first word has reached the worker.
    chat.reload().await?;
    until("a closer look at the new page", Duration::from_secs(10), async || {
        let own = chat.run_in_page("return /fetch/.test(globalThis.fetch.toString())").await?;
        ensure!(own == Value::Bool(false), "its fetch is the browser's own");
        Ok(())
    })
    .await?;
    fails(&chat, "And at night?").await?;
    let named = format!("{fault}: {blame}/{cause}");
    let right = popup
        .wait(&named, |snapshot| {
            let verdict = &snapshot.verdict;
            verdict.blame == blame && verdict.cause == cause && sure(&verdict.confidence) >= least
        })
        .await?;
    Ok((before.verdict.confidence, right.verdict.confidence))
}

#[tokio::test]
async fn chromium_page_receives_identical_bytes() -> Result<()> {
    page_receives_identical_bytes(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_page_receives_identical_bytes() -> Result<()> {
    page_receives_identical_bytes(Browser::Firefox).await
}

async fn page_receives_identical_bytes(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500").await?;
    let chat = fixture.session.open_chat("/").await?;
    fails(&chat, "Hello").await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    chat.run_in_page(STAND_IN).await?;
    switch(&popup, true).await?;
    let wrapped = || chat.run_in_page("return !globalThis.fetch.toString().includes('mendTestAnswer')");
    until("the page's fetch to be wrapped", Duration::from_secs(5), async || {
        ensure!(wrapped().await? == Value::Bool(true), "nobody looks closer");
        Ok(())
    })
    .await?;
    let wrong = chat.run_in_page(&BYTES.replace("arguments[0]", &rounds(60, 2000).to_string())).await?;
    ensure!(wrong.as_array().is_some_and(Vec::is_empty), "{wrong}");
    switch(&popup, false).await?;
    until("the page's own fetch to be back", Duration::from_secs(5), async || {
        ensure!(wrapped().await? == Value::Bool(false), "it is still wrapped");
        Ok(())
    })
    .await?;
    fixture.session.stop().await
}

async fn fails(chat: &Chat<'_>, text: &str) -> Result<()> {
    chat.send(text).await?;
    chat.wait_for_error_turn().await
}

async fn switch(popup: &Popup<'_>, on: bool) -> Result<()> {
    popup.unfold().await?;
    popup.click_on("deep-inspection").await?;
    let wanted =
        |model: &mend_e2e::StoredModel| model.0.pointer("/tabs/0/deep_inspection").and_then(Value::as_bool) == Some(on);
    until("the switch", Duration::from_secs(5), async || {
        let model = popup.stored_model().await?;
        ensure!(wanted(&model), "it is not turned: {}", model.0);
        Ok(())
    })
    .await
}

fn sure(confidence: &str) -> f64 {
    confidence.parse().context("a number").unwrap_or(1.0)
}
