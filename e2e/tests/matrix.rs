//! Each fault gets its verdict, in both browsers and over both HTTP versions.

use std::time::Duration;

use anyhow::{Result, ensure};
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

/// Fault, what becomes of the message, whose side Mend must say it is on, and what it must call it.
const ROWS: &[(&str, Then, &str, &str)] = &[
    ("500", Fails, "them", "server-error"),
    ("429-plan", Fails, "limit", "plan-window"),
    ("401-expired", Fails, "session", "expired"),
    ("stream-cut", Fails, "network", "connection"),
    ("stop", IsStopped, "benign", "stopped"),
    ("noise-blocked", Answers, "benign", "noise"),
    ("well", Answers, "benign", "working"),
    ("500-until-reload", Fails, "them", "server-error"),
    ("500-for-30", Fails, "them", "server-error"),
    // Last, in a browser of its own: Mend reads the status page every two minutes at most.
    ("500-incident", Fails, "them", "outage"),
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
    let mut wrong = Vec::new();
    for rows in ROWS.chunk_by(|_, next| next.0 != "500-incident") {
        let stage = Stage::with(browser, http, "well", |setup| setup).await?;
        for &(fault, then, blame, cause) in rows {
            let told = row(&stage, fault, then, blame).await.and_then(|sheet| {
                let verdict = &sheet.verdict;
                println!("{fault:<18}{:<10}{:<18}{}", verdict.blame, verdict.cause, verdict.confidence);
                ensure!(verdict.cause == cause, "wanted {cause}, not\n{}", sheet.table());
                Ok(())
            });
            wrong.extend(told.err().map(|error| format!("{browser}, {http:?}, {fault}: {error:#}")));
        }
        let reads = stage.status_reads();
        ensure!(reads.iter().all(|read| !read.cookie && !read.authorization), "credentials went out: {reads:?}");
        ensure!(reads.iter().any(|read| read.status == Some(200)), "the status page was never read");
        stage.robot.stop().await?;
    }
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
        let badges = popup.badges().await?;
        let lit = badges.iter().any(|badge| !badge.text.is_empty());
        ensure!(lit == (blame != "benign"), "the badge does not fit {blame}: {badges:?}");
        Ok(sheet)
    }
    .await;
    popup.close().await?;
    sheet
}
