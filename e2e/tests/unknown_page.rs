//! A page of ChatGPT that no entry of the map knows: the verdict is right wherever the network tells, nothing is called
//! working, and the popup says what Mend cannot see there.

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Sheet, Stage, until};
use mend_lab::{Generation, Http, Lang};
use std::time::Duration;

/// Longer than any witness takes to speak up.
const CALM: Duration = Duration::from_millis(1500);

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
async fn chromium() -> Result<()> {
    unknown_page(Browser::Chromium, Lang::Ja).await
}

#[tokio::test]
async fn firefox() -> Result<()> {
    unknown_page(Browser::Firefox, Lang::Zh).await
}

async fn unknown_page(browser: Browser, lang: Lang) -> Result<()> {
    let stage = Stage::on(browser, Http::Both, lang, Generation::Next).await?;
    let mut wrong = Vec::new();
    for (fault, then, sides) in ROWS {
        stage.fault(fault)?;
        let chat = stage.robot.open_chat("/").await?;
        match told(&stage, &chat, *then, sides).await {
            Ok(sheet) => println!("{browser}, {fault:<22}{:<10}{}", sheet.verdict.blame, sheet.verdict.cause),
            Err(error) => wrong.push(format!("{browser}, {fault}: {error:#}")),
        }
        chat.close().await?;
    }
    ensure!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    structure(&stage).await?;
    stage.robot.stop().await
}

/// The ticket carries the structure of the page, and not a word of it.
async fn structure(stage: &Stage) -> Result<()> {
    stage.fault("500")?;
    let chat = stage.robot.open_chat("/").await?;
    chat.send("Wanderfalkenprompt").await?;
    chat.wait_for_error_turn().await?;
    let popup = stage.robot.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.close().await?;
    let ticket = stage.robot.open_page("ticket.html").await?;
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

async fn told(stage: &Stage, chat: &Chat<'_>, then: Then, sides: &[&str]) -> Result<Sheet> {
    chat.send("Why is the sky blue?").await?;
    match then {
        Fails => chat.wait_for_error_turn().await?,
        Answers => chat.wait_for_answer_done().await?,
        IsStopped => {
            chat.wait_for_answer_begun().await?;
            chat.press_stop().await?;
        }
    }
    let popup = stage.robot.open_popup().await?;
    let sheet = async {
        popup.wait(&sides.join(" or "), |sheet| sides.contains(&sheet.verdict.blame.as_str())).await?;
        let sheet = popup.settled(CALM).await?;
        ensure!(sides.contains(&sheet.verdict.blame.as_str()), "it said something else later\n{}", sheet.table());
        ensure!(sheet.verdict.cause != "working", "it is called working\n{}", sheet.table());
        until("the line about the page", Duration::from_secs(5), async || {
            let line: String = popup
                .run(
                    "return document.getElementById('page').hidden ? '' : document.getElementById('page').textContent",
                    &[],
                )
                .await?;
            ensure!(line.contains("does not know this version"), "the popup says {line:?} of the page");
            Ok(())
        })
        .await?;
        Ok(sheet)
    }
    .await;
    let memory = popup.memory().await?;
    popup.close().await?;
    sheet.with_context(|| format!("known: {}", memory.0.get("tabs").unwrap_or(&memory.0)))
}
