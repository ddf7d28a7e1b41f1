//! The ticket's bundle: what the page shows is what is saved, nothing of the person's is in it, and its journal gives the
//! same verdicts again.

use anyhow::{Context, Result, ensure};
use mend::core::{
    bundle::unpack,
    journal::{JournalRecord, replay},
};
use mend_e2e::{Browser, Fixture, Popup};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Written by the person, and never to be seen again.
const WRITTEN: &str = "KanarienvogelText";
/// In the person's own words; but an address is taken out.
const OWN: &str = "It began after lunch. Write to robin.muster@example.org.";

#[tokio::test]
async fn chromium_ticket_bundle_holds_what_the_page_shows() -> Result<()> {
    ticket_bundle_holds_what_the_page_shows(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_ticket_bundle_holds_what_the_page_shows() -> Result<()> {
    ticket_bundle_holds_what_the_page_shows(Browser::Firefox).await
}

async fn ticket_bundle_holds_what_the_page_shows(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500").await?;
    let chat = fixture.session.open_chat("/").await?;
    for _ in 0..2 {
        chat.send(WRITTEN).await?;
        chat.wait_for_error_turn().await?;
    }
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.close().await?;

    let timeline = fixture.session.open_page("timeline.html").await?;
    timeline.click_at("#rows .failed summary").await?;
    timeline.click_at("[data-do=right]").await?;
    timeline.wait_words(".said", |words| words.contains("Mend was right")).await?;
    timeline.close().await?;

    let page = fixture.session.open_page("ticket.html").await?;
    let write = "const own = document.getElementById('own'); own.value = arguments[0];
        own.dispatchEvent(new Event('input', { bubbles: true })); return null";
    page.run::<Value>(write, &[json!(OWN)]).await?;
    page.wait_words("#hidden", |words| words.contains("e-mail")).await?;
    page.run::<Value>("document.querySelectorAll('details').forEach((one) => { one.open = true; }); return null", &[])
        .await?;
    page.check_appearance(&format!("{browser}-ticket-open")).await?;
    let marks: Vec<String> =
        page.run("return [...document.querySelectorAll('mark')].map((mark) => mark.textContent)", &[]).await?;
    ensure!(marks == ["<email-1>"], "{marks:?}");
    let shown: Vec<(String, String)> =
        page.run("return [...document.querySelectorAll('pre')].map((pre) => [pre.id, pre.textContent])", &[]).await?;

    // The report alone goes along, until more is chosen.
    let ticked = "return [...document.querySelectorAll('#parts input:checked')].map((one) => one.id)";
    let ticked: Vec<String> = page.run(ticked, &[]).await?;
    ensure!(ticked == ["tick-report.md"], "{ticked:?}");
    let all = "document.querySelectorAll('#parts input:not(:checked)').forEach((one) => one.click()); return null";
    page.run::<Value>(all, &[]).await?;
    let saved = save(&fixture, &page).await?;
    ensure!(saved == shown, "another thing is saved than what is shown");
    let names: Vec<&str> = saved.iter().map(|(name, _)| name.as_str()).collect();
    ensure!(names == ["report.md", "journal.jsonl", "requests.har", "cases.jsonl"], "{names:?}");
    let all: String = saved.iter().map(|(_, text)| text.as_str()).collect();
    ensure!(!all.contains(WRITTEN) && !all.contains("muster"), "something of the person's is in it");

    let of = |name: &str| saved.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
    let mut verdicts = 0;
    for line in of("journal.jsonl").context("no journal")?.lines() {
        let value: Value = serde_json::from_str(line)?;
        let note = JournalRecord::from_line(&value).with_context(|| format!("not a line: {line}"))?;
        if let Some(snapshot) = &note.snapshot {
            verdicts += 1;
            let difference = replay(&note.entry, snapshot);
            ensure!(difference.is_none(), "{difference:?}");
        }
    }
    ensure!(verdicts > 0, "no verdict in the journal");
    let har: Value = serde_json::from_str(of("requests.har").context("no HAR")?)?;
    let entries = har.pointer("/log/entries").and_then(Value::as_array).context("no entries")?;
    ensure!(entries.len() == 2, "{} requests", entries.len());
    let case: Value = serde_json::from_str(of("cases.jsonl").context("no case")?)?;
    ensure!(case.pointer("/expect/blame") == Some(&json!("them")), "{case}");

    page.click_at("[id='tick-journal.jsonl']").await?;
    let names: Vec<String> = save(&fixture, &page).await?.into_iter().map(|(name, _)| name).collect();
    ensure!(names == ["report.md", "requests.har", "cases.jsonl"], "what is unticked stays: {names:?}");
    picture(&fixture, &page).await?;
    clean(&fixture, &page).await?;
    fixture.session.stop().await
}

/// A picture goes along as it is; what is none does not.
async fn picture(fixture: &Fixture, page: &Popup<'_>) -> Result<()> {
    let folder = TempDir::with_prefix("mend-picture-")?;
    let (png, other) = (folder.path().join("a.png"), folder.path().join("b.png"));
    std::fs::write(&png, b"\x89PNG\r\n\x1a\nnot much of one")?;
    std::fs::write(&other, "not a picture")?;
    page.choose("#picture", &other).await?;
    page.wait_words("#picture-words", |words| words.contains("neither a PNG")).await?;
    page.choose("#picture", &png).await?;
    page.wait_words("#picture-words", |words| words.contains("goes along unchanged")).await?;
    page.click_at("[data-do=save]").await?;
    let files = unpack(&fixture.session.download("mend-ticket.zip").await?)?;
    let found = files.iter().find(|(name, _)| name == "screenshot.png").context("no picture")?;
    ensure!(found.1 == std::fs::read(&png)?, "another picture");
    Ok(())
}

/// Any file of the person's own, without what is theirs.
async fn clean(fixture: &Fixture, page: &Popup<'_>) -> Result<()> {
    let folder = TempDir::with_prefix("mend-clean-")?;
    let (log, har, broken) =
        (folder.path().join("own.log"), folder.path().join("own.har"), folder.path().join("broken.har"));
    std::fs::write(
        &log,
        "x-request-id: 5668afff-f2e5-4ae0-b87e-c875d2e83247 for robin.muster@example.org\n".repeat(9_000),
    )?;
    let entry = |url: &str| {
        json!({ "startedDateTime": "2026-07-25T09:22:00.000Z", "time": 9,
            "request": { "method": "GET", "url": url, "headers": [{ "name": "Cookie", "value": "muster" }] },
            "response": { "status": 500, "content": { "size": 1, "mimeType": "text/html" }, "headers": [] } })
    };
    let entries = [entry("https://chatgpt.com/backend-api/me"), entry("https://example.org/muster")];
    std::fs::write(&har, json!({ "log": { "entries": entries } }).to_string())?;
    std::fs::write(&broken, "{")?;

    page.choose("#clean", &log).await?;
    page.wait_words("#cleaned", |words| words.contains("1 × e-mail address")).await?;
    let text = String::from_utf8(fixture.session.download("clean-own.log").await?)?;
    ensure!(text.lines().count() == 9_000 && !text.contains("muster") && text.contains("5668afff"), "{:.200}", text);
    page.choose("#clean", &har).await?;
    page.wait_words("#cleaned", |words| words.contains("1 of 2 requests")).await?;
    let text = String::from_utf8(fixture.session.download("clean-own.har").await?)?;
    let read: Value = serde_json::from_str(&text)?;
    ensure!(read.pointer("/log/entries/0/response/status") == Some(&json!(500)) && !text.contains("muster"), "{text}");
    page.choose("#clean", &broken).await?;
    page.wait_words("#cleaned", |words| words.contains("not a readable HAR")).await
}

async fn save(fixture: &Fixture, page: &Popup<'_>) -> Result<Vec<(String, String)>> {
    page.click_at("[data-do=save]").await?;
    let files = unpack(&fixture.session.download("mend-ticket.zip").await?)?;
    files.into_iter().map(|(name, content)| Ok((name, String::from_utf8(content)?))).collect()
}
