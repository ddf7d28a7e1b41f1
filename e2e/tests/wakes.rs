//! At rest Mend costs next to nothing: its worker wakes at most once for an answer, and for no other traffic.
//!
//! A worker lives for half a minute after its last event, so one that woke is still there when it is looked for.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Chat, Stage, rounds};
use tokio::time::sleep;

/// Longer than any witness takes to speak up.
const CALM: Duration = Duration::from_millis(1500);

/// What a page of ChatGPT asks for by itself.
const TRAFFIC: &[(&str, &str)] = &[
    ("the page's files", "https://cdn.oaistatic.com/assets/root.js"),
    ("a chunk", "/cdn/assets/conversation-b71c94e0.js"),
    ("models", "/backend-api/models"),
    ("history", "/backend-api/conversations?offset=0&limit=28"),
    ("a conversation", "/backend-api/conversation/6a1f0c1e-0001-4000-8000-000000000001"),
    ("who is signed in", "/backend-api/me"),
    ("the account", "/backend-api/accounts/check/v4-2023-04-27"),
    ("the session", "/api/auth/session"),
    ("telemetry", "/ces/v1/t"),
    ("more telemetry", "/backend-api/lat/r"),
    ("the edge", "/cdn-cgi/trace"),
];

#[tokio::test]
async fn chromium() -> Result<()> {
    wakes(Browser::Chromium).await
}

#[tokio::test]
async fn firefox() -> Result<()> {
    wakes(Browser::Firefox).await
}

async fn wakes(browser: Browser) -> Result<()> {
    let stage = Stage::set(browser, "well").await?;
    let chat = stage.robot.open_chat("/").await?;
    let mut wrong = Vec::new();

    for (what, url) in TRAFFIC {
        stage.robot.kill_worker().await?;
        let read = format!("await fetch({url:?}, {{ cache: 'no-store' }}).then((answer) => answer.text())");
        chat.as_page(&read).await?;
        sleep(CALM).await;
        if stage.robot.worker_runs().await? {
            wrong.push(format!("{what} woke the worker"));
        }
    }

    // A short answer is over before a worker that woke may sleep again: it wakes once or not at all.
    let count = rounds(20, 1000);
    let mut woken = 0;
    for _ in 0..count {
        stage.robot.kill_worker().await?;
        chat.send("Hello").await?;
        chat.wait_for_answer_done().await?;
        woken += usize::from(stage.robot.worker_runs().await?);
    }
    println!("{browser}: {woken} wakes for {count} short answers");
    if woken > count {
        wrong.push(format!("{woken} wakes for {count} short answers"));
    }

    // A long answer outlives a worker that woke when it began.
    stage.fault("stop")?;
    let count = rounds(1, 10);
    let mut woken = 0;
    for _ in 0..count {
        woken += long(&stage, &chat).await?;
    }
    println!("{browser}: {woken} wakes for {count} long answers");
    if woken > count {
        wrong.push(format!("{woken} wakes for {count} long answers"));
    }
    ensure!(wrong.is_empty(), "{browser}: {}", wrong.join("; "));
    stage.robot.stop().await
}

/// How often the worker wakes for an answer, if it sleeps again as soon as it may.
async fn long(stage: &Stage, chat: &Chat<'_>) -> Result<usize> {
    stage.robot.kill_worker().await?;
    chat.send("Hello").await?;
    chat.wait_for_answer_begun().await?;
    let first = stage.robot.worker_runs().await?;
    stage.robot.kill_worker().await?;
    chat.wait_for_answer_done().await?;
    sleep(CALM).await;
    let last = stage.robot.worker_runs().await?;
    Ok(usize::from(first) + usize::from(last))
}
