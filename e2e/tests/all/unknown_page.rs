//! A page of ChatGPT that no entry of the map knows: the verdict is right wherever the network tells, nothing is called
//! working, and the popup says what Mend cannot see there.

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, Popup, PopupSnapshot, Verdict, until, watch_verdict};
use mend_lab::{Generation, Http, Lang};
use std::time::Duration;

/// What becomes of the message.
#[derive(Clone, Copy)]
enum Then {
    /// The page shows an error.
    Fails,
    /// The answer comes.
    Answers,
    /// The person presses Stop.
    IsStopped,
}
use Then::*;

/// Fault, what becomes of the message, and the sides that are right.
const ROWS: &[(&str, Then, &[&str])] = &[
    ("well", Answers, &["unknown"]),
    ("500", Fails, &["them"]),
    ("502-edge", Fails, &["them"]),
    ("503-overload", Fails, &["them"]),
    ("524", Fails, &["them"]),
    ("stall", Fails, &["them", "unknown"]),
    ("429-plan", Fails, &["limit"]),
    ("401-expired", Fails, &["session"]),
    ("403-challenge", Fails, &["network"]),
    ("403-block", Fails, &["network"]),
    ("413", Fails, &["request"]),
    ("431", Fails, &["browser"]),
    ("empty", Fails, &["network", "unknown"]),
    ("stream-cut", Fails, &["network", "unknown"]),
    ("stream-error", Fails, &["them", "unknown"]),
    ("stream-error-string", Fails, &["them", "unknown"]),
    ("stream-empty", Fails, &["them", "unknown"]),
    ("stop", IsStopped, &["benign"]),
];

#[tokio::test]
async fn chromium_verdicts_on_an_unknown_page() -> Result<()> {
    verdicts_on_an_unknown_page(Browser::Chromium, Lang::Ja).await
}

#[tokio::test]
async fn firefox_verdicts_on_an_unknown_page() -> Result<()> {
    verdicts_on_an_unknown_page(Browser::Firefox, Lang::Zh).await
}

async fn verdicts_on_an_unknown_page(browser: Browser, lang: Lang) -> Result<()> {
    let fixture = Fixture::with_page(browser, Http::Both, lang, Generation::Next).await?;
    let mut wrong = Vec::new();
    for (fault, then, sides) in ROWS {
        fixture.set_fault(fault)?;
        let chat = fixture.session.open_chat("/").await?;
        match check_verdict(&fixture, &chat, *then, sides).await {
            Ok(snapshot) => println!("{browser}, {fault:<22}{:<10}{}", snapshot.verdict.blame, snapshot.verdict.cause),
            Err(error) => wrong.push(format!("{browser}, {fault}: {error:#}")),
        }
        chat.close().await?;
    }
    ensure!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    structure(&fixture).await?;
    fixture.session.stop().await
}

/// The ticket carries the structure of the page, and not a word of it.
async fn structure(fixture: &Fixture) -> Result<()> {
    fixture.set_fault("500")?;
    let chat = fixture.session.open_chat("/").await?;
    chat.send("Wanderfalkenprompt").await?;
    chat.wait_for_error_turn().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.close().await?;
    let ticket = fixture.session.open_page("ticket.html").await?;
    let text = until("the structure in the ticket", Duration::from_secs(10), async || {
        let read = "return document.querySelector('[data-part=\"page.txt\"] pre')?.textContent ?? ''";
        let text: String = ticket.run(read, &[]).await?;
        ensure!(text.contains("[role=textbox]") && text.contains("[role=alert]"), "it says {text:?}");
        Ok(text)
    })
    .await?;
    let words = ["Wanderfalkenprompt", "ChatGPT", "="];
    let told: Vec<&str> = words.into_iter().filter(|word| text.replace("[role=", "").contains(word)).collect();
    ensure!(told.is_empty(), "{told:?} stand in {text}");
    ticket.close().await
}

async fn check_verdict(fixture: &Fixture, chat: &Chat<'_>, then: Then, sides: &[&str]) -> Result<PopupSnapshot> {
    chat.send("Why is the sky blue?").await?;
    match then {
        Fails => chat.wait_for_error_turn().await?,
        Answers => chat.wait_for_answer_done().await?,
        IsStopped => {
            chat.wait_for_answer_begun().await?;
            chat.press_stop().await?;
        }
    }
    let right = |verdict: &Verdict| sides.contains(&verdict.blame.as_str()) && verdict.cause != "working";
    watch_verdict(&fixture.session, &sides.join(" or "), right, async |popup: &Popup<'_>| {
        until("the line about the page", Duration::from_secs(5), async || {
            let body = "const line = document.getElementById('page'); return line.hidden ? '' : line.textContent";
            let line: String = popup.run(body, &[]).await?;
            ensure!(line.contains("does not know this version"), "the popup says {line:?} of the page");
            Ok(())
        })
        .await
    })
    .await
}
