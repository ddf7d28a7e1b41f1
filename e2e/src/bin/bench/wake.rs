//! From a failure that finds the worker stopped until it is saved.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, Page, rounds, until};

use crate::{build::Build, report::Figure, stats::Sample};

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
    for round in 1..=count {
        for (fixture, chat, page) in &open {
            fail_once(fixture, chat, page, round).await?;
        }
    }
    let mut samples = Vec::new();
    for (_, _, page) in &open {
        samples.push(Sample::of(page.run::<Vec<f64>>("return probe.saved", &[]).await?));
    }
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

async fn fail_once(fixture: &Fixture, chat: &Chat<'_>, page: &Page<'_>, round: usize) -> Result<()> {
    fixture.session.kill_worker().await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    until("the failure to be saved", Duration::from_secs(40), async || {
        let saved: usize = page.run("return probe.saved.length", &[]).await?;
        ensure!(saved >= round, "{saved} of {round}");
        Ok(())
    })
    .await
}
