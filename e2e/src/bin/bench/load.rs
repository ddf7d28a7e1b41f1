//! What Mend adds to a browser's processor time while all is well: the same answers with Mend and without, in turn.
//! Beside them the price of webRequest itself, which every extension pays that hears of failed requests.
//!
//! All browsers stay open, and each is measured only while it answers, so that whatever else the machine does falls on
//! all alike. The page is the lab's: it renders plain text of twenty pieces. A real answer comes in hundreds, through a
//! far heavier page, so the share that Mend takes of it is smaller than here.

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Setup, Stage, rounds};
use mend_lab::Http;
use serde_json::Value;
use tempfile::TempDir;

use crate::{kit, stats::Sample, table::Figure};

/// Answers in one go: a script may run for half a minute.
const BLOCK: usize = 25;

/// Sends messages from within the page, so that no driver is measured.
const ANSWERS: &str = r#"
    const box = document.getElementById("prompt-textarea");
    const button = () => document.querySelector('[data-testid="send-button"], [data-testid="stop-button"]');
    const turns = () => document.querySelectorAll('[data-message-author-role="assistant"]').length;
    for (let count = 0; count < BLOCK; count += 1) {
        const before = turns();
        box.textContent = "Why is the sky blue?";
        box.dispatchEvent(new Event("input", { bubbles: true }));
        button().click();
        do await new Promise((done) => setTimeout(done, 50));
        while (turns() === before || button().dataset.testid === "stop-button");
    }
    return turns();"#;

/// One block of answers on a fresh page; the processor time of one answer, in milliseconds.
async fn block(stage: &Stage, chat: &Chat<'_>) -> Result<f64> {
    chat.reload().await?;
    chat.wait_for_fresh_page().await?;
    // What loading the page has set off is over by then; nothing else tells that.
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    let before = stage.robot.cpu()?;
    let turns = chat.as_page(&ANSWERS.replace("BLOCK", &BLOCK.to_string())).await?;
    ensure!(turns.as_u64() == Some(BLOCK as u64), "{turns} answers of {BLOCK}");
    // An answer counts for Mend a moment later.
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    let after = stage.robot.cpu()?;
    Ok(after.saturating_sub(before).as_secs_f64() * 1e3 / BLOCK as f64)
}

/// Without, with an extension that only listens, and with Mend, in turn.
pub async fn measure(browser: Browser) -> Result<Vec<Figure>> {
    let (idle, deaf) = (kit::idle(browser)?, kit::deaf(browser)?);
    let instead = async |folder: &TempDir| {
        let folder = folder.path().canonicalize()?;
        Stage::with(browser, Http::Both, "well", |setup| Setup { mend: folder, ..setup }).await
    };
    let stages = [instead(&idle).await?, instead(&deaf).await?, Stage::set(browser, "well").await?];
    let mut chats = Vec::new();
    for stage in &stages {
        chats.push(stage.robot.open_chat("/").await?);
    }
    let blocks = rounds(8, 1_000 / BLOCK);
    let mut taken = [const { Vec::new() }; 3];
    // The first round warms up.
    for round in 0..=blocks {
        let mut order: Vec<_> = stages.iter().zip(&chats).zip(&mut taken).collect();
        // Each one goes first as often as the others.
        order.rotate_left(round % 3);
        for ((stage, chat), taken) in order {
            let one = block(stage, chat).await?;
            if round > 0 {
                taken.push(one);
            }
        }
    }
    let [without, listening, with] = taken;
    let [_, _, stage] = &stages;
    let memory = told(stage).await?;
    for stage in stages {
        stage.robot.stop().await?;
    }
    let base = Sample::of(without.iter().copied()).mean().0;
    let percent = |part: f64| 100.0 * part / base.max(f64::MIN_POSITIVE);
    let added = |more: &[f64]| Sample::of(more.iter().zip(&without).map(|(one, two)| one - two)).mean();
    let said = |(added, error): (f64, f64)| {
        format!("{:+.1} % ± {:.1} ({added:+.2} ms of {base:.0} ms)", percent(added), percent(error))
    };
    let (mend, listener) = (added(&with), added(&listening));
    let what = format!("processor time added, {} answers each", blocks * BLOCK);
    Ok(vec![
        Figure::new(&what, browser, said(mend), "≤ 1 %", percent(mend.0) <= 1.0),
        Figure::note("… by an empty listener to the same requests", browser, said(listener)),
        Figure::note("… with Mend awake, as its memory shows", browser, memory),
    ])
}

/// Proof that Mend was there: when it last saw an answer.
async fn told(stage: &Stage) -> Result<String> {
    let popup = stage.robot.open_popup().await?;
    let memory = popup.memory().await?;
    let fine = memory.0.pointer("/tabs/0/fine").and_then(Value::as_array).context("Mend saw no answer")?;
    Ok(format!("{} kinds of answers seen", fine.len()))
}
