//! At rest Mend costs next to nothing: its worker wakes at most once for an answer, and for no other traffic.
//!
//! A worker lives for half a minute after its last event, so one that woke is still there when it is looked for.

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, SETTLE_TIME, rounds};
use tokio::time::sleep;

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
async fn chromium_wakes_at_most_once_for_an_answer() -> Result<()> {
    wakes_at_most_once_for_an_answer(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_wakes_at_most_once_for_an_answer() -> Result<()> {
    wakes_at_most_once_for_an_answer(Browser::Firefox).await
}

async fn wakes_at_most_once_for_an_answer(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let chat = fixture.session.open_chat("/").await?;
    let mut wrong = Vec::new();

    for (what, url) in TRAFFIC {
        fixture.session.kill_worker().await?;
        let read = format!("await fetch({url:?}, {{ cache: 'no-store' }}).then((answer) => answer.text())");
        chat.run_in_page(&read).await?;
        sleep(SETTLE_TIME).await;
        if fixture.session.worker_runs().await? {
            wrong.push(format!("{what} woke the worker"));
        }
    }

    // A short answer is over before a worker that woke may sleep again: it wakes once or not at all.
    let count = rounds(20, 1000);
    let mut woken = 0;
    for _ in 0..count {
        fixture.session.kill_worker().await?;
        chat.send("Hello").await?;
        chat.wait_for_answer_done().await?;
        woken += usize::from(fixture.session.worker_runs().await?);
    }
    println!("{browser}: {woken} wakes for {count} short answers");
    if woken > count {
        wrong.push(format!("{woken} wakes for {count} short answers"));
    }

    // A long answer outlives a worker that woke when it began.
    fixture.set_fault("stop")?;
    let count = rounds(1, 10);
    let mut woken = 0;
    for _ in 0..count {
        woken += long(&fixture, &chat).await?;
    }
    println!("{browser}: {woken} wakes for {count} long answers");
    if woken > count {
        wrong.push(format!("{woken} wakes for {count} long answers"));
    }
    ensure!(wrong.is_empty(), "{browser}: {}", wrong.join("; "));
    fixture.session.stop().await
}

/// How often the worker wakes for an answer, if it sleeps again as soon as it may.
async fn long(fixture: &Fixture, chat: &Chat<'_>) -> Result<usize> {
    fixture.session.kill_worker().await?;
    chat.send("Hello").await?;
    chat.wait_for_answer_begun().await?;
    let first = fixture.session.worker_runs().await?;
    fixture.session.kill_worker().await?;
    chat.wait_for_answer_done().await?;
    sleep(SETTLE_TIME).await;
    let last = fixture.session.worker_runs().await?;
    Ok(usize::from(first) + usize::from(last))
}
