//! From a failure that finds the worker stopped until it is saved.

use std::time::Duration;

use anyhow::{Context, Result};
use mend_e2e::{Browser, Chat, Fixture, Page, rounds, until};

use crate::{build::Build, report::Figure, stats::Sample};

/// The banner, its retelling and the journal come within this time after a failure.
const SETTLED: Duration = Duration::from_millis(1_500);

/// Stops the worker before each failure, with one build after the other; a page of the extension's own watches the storage.
pub async fn measure(browser: Browser, builds: &[Build]) -> Result<Vec<Figure>> {
    let mut fixtures = Vec::new();
    for build in builds {
        fixtures.push(build.start(browser, "500").await?);
    }
    let mut open = Vec::new();
    for fixture in &fixtures {
        let chat = fixture.session.open_chat("/").await?;
        open.push((fixture, chat, fixture.session.open_bare_page("probe.html").await?));
    }
    let count = rounds(25, 100);
    let mut taken = vec![Vec::new(); open.len()];
    for _ in 0..count {
        for ((fixture, chat, page), taken) in open.iter().zip(&mut taken) {
            taken.push(fail_once(fixture, chat, page).await?);
        }
    }
    let samples: Vec<Sample> = taken.into_iter().map(Sample::of).collect();
    for fixture in fixtures {
        fixture.session.stop().await?;
    }
    let mut figures = Vec::new();
    if let Some(sample) = samples.first() {
        let (median, slow) = (sample.median(), sample.percentile(95));
        let measured = format!("{median:.0} ms (p95 {slow:.0} ms, {count} times)");
        let what = "failure saved, worker stopped before";
        figures.push(Figure::new(what, browser, measured, "≤ 250 ms", median <= 250.0));
    }
    figures.extend(Figure::compared(browser, &samples, 1.25, 25.0));
    Ok(figures)
}

/// Milliseconds from a failure to the model that holds it.
async fn fail_once(fixture: &Fixture, chat: &Chat<'_>, page: &Page<'_>) -> Result<f64> {
    // What the failure before still brings must not wake the worker in the middle.
    tokio::time::sleep(SETTLED).await;
    fixture.session.kill_worker().await?;
    page.run::<()>("probe.expect()", &[]).await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    until("the failure to be saved", Duration::from_secs(40), async || {
        let saved: Option<f64> = page.run("return probe.saved", &[]).await?;
        saved.context("not yet")
    })
    .await
}
