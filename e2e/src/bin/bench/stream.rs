//! How much later the page has its answer with deep inspection: the same stream in two tabs, one of them inspected.

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, rounds, until};
use serde_json::Value;
use std::time::Duration;

use crate::{report::Figure, stats::Sample};

/// Answers in one go.
const BLOCK: usize = 10;

/// Reads answers as the page does, and says how long each took, in milliseconds.
const READ: &str = r#"
    const taken = [];
    for (let count = 0; count < BLOCK; count += 1) {
        const began = performance.now();
        const answer = await fetch("/backend-api/f/conversation", {
            method: "POST",
            headers: { "content-type": "application/json", authorization: "Bearer lab-access-token" },
            body: JSON.stringify({ action: "next", messages: [{ content: { content_type: "text", parts: ["Why?"] } }] }),
        });
        const reader = answer.body.getReader();
        for (let bytes = 0; ;) {
            const { done, value } = await reader.read();
            if (done && bytes === 0) throw new Error(`an empty answer: ${answer.status}`);
            if (done) break;
            bytes += value.length;
        }
        taken.push(performance.now() - began);
    }
    return taken;"#;

async fn block(chat: &Chat<'_>) -> Result<f64> {
    let taken = chat.run_in_page(&READ.replace("BLOCK", &BLOCK.to_string())).await?;
    let taken: Vec<f64> = serde_json::from_value(taken)?;
    Ok(Sample::of(taken).median())
}

/// Compares pages with deep inspection and without, in turn.
pub async fn measure(browser: Browser) -> Result<Vec<Figure>> {
    let fixture = Fixture::start(browser, "500").await?;
    let watched = fixture.session.open_chat("/").await?;
    // The switch is offered to whom something fails.
    watched.send("Hello").await?;
    watched.wait_for_error_turn().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.unfold().await?;
    popup.click_on("deep-inspection").await?;
    until("the switch", Duration::from_secs(5), async || {
        let model = popup.stored_model().await?;
        let on = model.0.pointer("/tabs/0/deep_inspection").and_then(Value::as_bool).context("no tab is known")?;
        ensure!(on, "it is not turned");
        Ok(())
    })
    .await?;
    fixture.set_fault("well")?;
    let plain = fixture.session.open_chat("/").await?;
    let (mut later, mut base) = (Vec::new(), Vec::new());
    // The first round warms up.
    for round in 0..=rounds(10, 50) {
        let (one, two) = if round % 2 == 0 {
            let one = block(&watched).await?;
            (one, block(&plain).await?)
        } else {
            let two = block(&plain).await?;
            (block(&watched).await?, two)
        };
        if round > 0 {
            later.push(one - two);
            base.push(two);
        }
    }
    fixture.session.stop().await?;
    let base = Sample::of(base).median().max(f64::MIN_POSITIVE);
    let (mean, error) = Sample::of(later).mean();
    let percent = |part: f64| 100.0 * part / base;
    let measured = format!("{:+.2} % ± {:.2} ({mean:+.2} ms of {base:.0} ms)", percent(mean), percent(error));
    Ok(vec![Figure::new("page's stream, looked at closer", browser, measured, "≤ 1 %", percent(mean) <= 1.0)])
}
