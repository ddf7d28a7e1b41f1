//! From a failure that finds the worker stopped until it is saved.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Stage, rounds, until};
use mend_lab::Http;

use crate::{kit, stats::Sample, table::Figure};

/// Stops the worker before each failure; a page of the extension's own watches the storage.
pub async fn measure(browser: Browser) -> Result<Vec<Figure>> {
    let mend = kit::with_probes(browser)?;
    let folder = mend.path().canonicalize()?;
    let stage = Stage::with(browser, Http::Both, "500", |mut setup| {
        setup.mend = folder;
        setup
    })
    .await?;
    let chat = stage.robot.open_chat("/").await?;
    let page = stage.robot.open_plain("probe.html").await?;
    let count = rounds(25, 100);
    for round in 1..=count {
        stage.robot.kill_worker().await?;
        chat.send("Hello").await?;
        chat.wait_for_error_turn().await?;
        until("the failure to be saved", Duration::from_secs(40), async || {
            let saved: usize = page.run("return probe.saved.length", &[]).await?;
            ensure!(saved >= round, "{saved} of {round}");
            Ok(())
        })
        .await?;
    }
    let saved: Vec<f64> = page.run("return probe.saved", &[]).await?;
    stage.robot.stop().await?;
    let saved = Sample::of(saved);
    let (median, slow) = (saved.median(), saved.percentile(95));
    let measured = format!("{median:.0} ms (p95 {slow:.0} ms, {count} times)");
    Ok(vec![Figure::new("failure saved, worker stopped before", browser, measured, "≤ 250 ms", median <= 250.0)])
}
