//! How fast the popup is there: painted, against a page that has nothing in it; and filled, with and without a worker.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Page, Stage, rounds, until};
use mend_lab::Http;

use crate::{kit, stats::Sample, table::Figure};

const PAINTED: &str =
    "return performance.getEntriesByName('first-contentful-paint').map((entry) => entry.startTime)[0] ?? null";

/// Loads popup and empty page in turn.
pub async fn measure(browser: Browser) -> Result<Vec<Figure>> {
    let mend = kit::with_probes(browser)?;
    let folder = mend.path().canonicalize()?;
    let stage = Stage::with(browser, Http::Both, "500", |mut setup| {
        setup.mend = folder;
        setup
    })
    .await?;
    let chat = stage.robot.open_chat("/").await?;
    chat.send("Hello").await?;
    chat.wait_for_error_turn().await?;
    let popup = stage.robot.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.close().await?;

    let page = stage.robot.open_plain("empty.html").await?;
    let (mut full, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..rounds(30, 100) {
        page.go("popup.html").await?;
        full.push(painted(&page).await?);
        page.go("empty.html").await?;
        empty.push(painted(&page).await?);
    }
    let (full, empty) = (Sample::of(full).median(), Sample::of(empty).median());
    let ratio = full / empty.max(0.1);
    let measured = format!("{ratio:.2} × ({full:.1} ms, empty {empty:.1} ms)");
    let mut figures =
        vec![Figure::new("popup painted, against an empty page", browser, measured, "≤ 1.3 ×", ratio <= 1.3)];

    for (what, kill) in [("popup filled after it is painted", false), ("… with the worker killed", true)] {
        let mut later = Vec::new();
        for _ in 0..rounds(15, 50) {
            if kill {
                stage.robot.kill_worker().await?;
            }
            page.go("popup-probed.html").await?;
            let painted = painted(&page).await?;
            later.push((filled(&page).await? - painted).max(0.0));
            page.go("empty.html").await?;
        }
        let later = Sample::of(later);
        let measured = format!("{:.0} ms later (p95 {:.0} ms)", later.median(), later.percentile(95));
        figures.push(Figure::new(what, browser, measured, "≤ 100 ms", later.median() <= 100.0));
    }
    stage.robot.stop().await?;
    Ok(figures)
}

async fn painted(page: &Page<'_>) -> Result<f64> {
    number(page, "the first paint", PAINTED).await
}

async fn filled(page: &Page<'_>) -> Result<f64> {
    number(page, "the verdict", "return probe.filled").await
}

async fn number(page: &Page<'_>, what: &str, body: &str) -> Result<f64> {
    until(what, Duration::from_secs(10), async || {
        let found: Option<f64> = page.run(body, &[]).await?;
        let found = found.context("nothing yet")?;
        ensure!(found.is_finite(), "{found}");
        Ok(found)
    })
    .await
}
