//! Each fault gets its verdict, in both browsers and over both HTTP versions.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Sheet, Stage};
use mend_lab::Http;

/// What to wait for in the chat before Mend is asked.
#[derive(Clone, Copy)]
enum Then {
    Fails,
    Answers,
    IsStopped,
}
use Then::*;

/// Fault, what becomes of the message, whose side Mend must say it is on.
const ROWS: &[(&str, Then, &str)] = &[
    ("500", Fails, "them"),
    ("500-incident", Fails, "them"),
    ("429-plan", Fails, "limit"),
    ("401-expired", Fails, "session"),
    ("stream-cut", Fails, "network"),
    ("stop", IsStopped, "benign"),
    ("noise-blocked", Answers, "benign"),
    ("well", Answers, "benign"),
    ("500-until-reload", Fails, "them"),
    ("500-for-30", Fails, "them"),
];

/// How long a benign verdict must stand: longer than any witness takes to speak up.
const CALM: Duration = Duration::from_millis(1500);

#[tokio::test]
async fn chromium_http_1() -> Result<()> {
    matrix(Browser::Chromium, Http::One).await
}

#[tokio::test]
async fn chromium_http_2() -> Result<()> {
    matrix(Browser::Chromium, Http::Two).await
}

#[tokio::test]
async fn firefox_http_1() -> Result<()> {
    matrix(Browser::Firefox, Http::One).await
}

#[tokio::test]
async fn firefox_http_2() -> Result<()> {
    matrix(Browser::Firefox, Http::Two).await
}

async fn matrix(browser: Browser, http: Http) -> Result<()> {
    let stage = Stage::with(browser, http, "well", |setup| setup).await?;
    let mut wrong = Vec::new();
    for &(fault, then, blame) in ROWS {
        let told = row(&stage, fault, then, blame).await.with_context(|| format!("{browser}, {http:?}, {fault}"));
        match told {
            Ok(sheet) => {
                let verdict = sheet.verdict;
                println!("{fault:<18}{:<10}{:<18}{}", verdict.blame, verdict.cause, verdict.confidence);
            }
            Err(error) => wrong.push(format!("{error:#}")),
        }
    }
    let reads = stage.status_reads();
    ensure!(reads.iter().all(|read| !read.cookie && !read.authorization), "the status page got credentials: {reads:?}");
    ensure!(reads.iter().any(|read| read.status == Some(200)), "the status page was never read");
    stage.robot.stop().await?;
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// One fault in a tab of its own, which is closed again: Mend then forgets it.
async fn row(stage: &Stage, fault: &str, then: Then, blame: &str) -> Result<Sheet> {
    stage.fault(fault)?;
    let chat = stage.robot.open_chat("/").await?;
    let sheet = told(stage, &chat, then, blame).await;
    chat.close().await?;
    sheet
}

async fn told(stage: &Stage, chat: &Chat<'_>, then: Then, blame: &str) -> Result<Sheet> {
    chat.send("Why is the sky blue?").await?;
    match then {
        Fails => chat.wait_for_error_turn().await?,
        Answers => chat.wait_for_answer_done().await?,
        IsStopped => chat.press_stop().await?,
    }
    let popup = stage.robot.open_popup().await?;
    let sheet = async {
        popup.wait_blame(blame).await?;
        let sheet = popup.settled(CALM).await?;
        ensure!(sheet.verdict.blame == blame, "it said {blame} first, and then\n{}", sheet.table());
        Ok(sheet)
    }
    .await;
    popup.close().await?;
    sheet
}
