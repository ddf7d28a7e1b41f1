//! How fast the popup is there: painted, against a page that has nothing in it; and filled, with and without a worker.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Fixture, Page, rounds, until};

use crate::{build::Build, report::Figure, stats::Sample};

const PAINTED: &str =
    "return performance.getEntriesByName('first-contentful-paint').map((entry) => entry.startTime)[0] ?? null";

/// Loads popup and empty page in turn, with one build after the other.
pub async fn measure(browser: Browser, builds: &[Build]) -> Result<Vec<Figure>> {
    let mut fixtures = Vec::new();
    for build in builds {
        fixtures.push(build.start(browser, "500").await?);
    }
    let mut pages = Vec::new();
    for fixture in &fixtures {
        fail_once(fixture).await?;
        pages.push((fixture, fixture.session.open_bare_page("empty.html").await?));
    }
    let mut figures = painted_figures(browser, &pages).await?;
    figures.extend(filled_figures(browser, &pages, false).await?);
    figures.extend(filled_figures(browser, &pages, true).await?);
    for fixture in fixtures {
        fixture.session.stop().await?;
    }
    Ok(figures)
}

/// Afterwards the popup has a failure to show.
async fn fail_once(fixture: &Fixture) -> Result<()> {
    fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.close().await
}

async fn painted_figures(browser: Browser, pages: &[(&Fixture, Page<'_>)]) -> Result<Vec<Figure>> {
    let mut taken = vec![(Vec::new(), Vec::new()); pages.len()];
    for _ in 0..rounds(30, 100) {
        for ((_, page), (popup, empty)) in pages.iter().zip(&mut taken) {
            page.go("popup.html").await?;
            popup.push(painted(page).await?);
            page.go("empty.html").await?;
            empty.push(painted(page).await?);
        }
    }
    let mut figures = Vec::new();
    let mut popups = Vec::new();
    for (index, (popup, empty)) in taken.into_iter().enumerate() {
        let (popup, empty) = (Sample::of(popup), Sample::of(empty).median());
        let ratio = popup.median() / empty.max(0.1);
        let measured = format!("{ratio:.2} × ({:.1} ms, empty {empty:.1} ms)", popup.median());
        figures.push(match index {
            0 => Figure::new("popup painted, against an empty page", browser, measured, "≤ 1.3 ×", ratio <= 1.3),
            _ => Figure::note("… of the other build", browser, measured),
        });
        popups.push(popup);
    }
    figures.extend(Figure::compared(browser, &popups, 1.3, 0.0));
    Ok(figures)
}

async fn filled_figures(browser: Browser, pages: &[(&Fixture, Page<'_>)], kill: bool) -> Result<Vec<Figure>> {
    let mut taken = vec![Vec::new(); pages.len()];
    for _ in 0..rounds(15, 50) {
        for ((fixture, page), taken) in pages.iter().zip(&mut taken) {
            if kill {
                fixture.session.kill_worker().await?;
            }
            page.go("popup-probed.html").await?;
            let painted = painted(page).await?;
            let filled = number(page, "the verdict", "return probe.filled").await?;
            taken.push((filled - painted).max(0.0));
            page.go("empty.html").await?;
        }
    }
    let samples: Vec<Sample> = taken.into_iter().map(Sample::of).collect();
    let mut figures = Vec::new();
    if let Some(sample) = samples.first() {
        let what = if kill { "… with the worker killed" } else { "popup filled after it is painted" };
        let measured = format!("{:.0} ms later (p95 {:.0} ms)", sample.median(), sample.percentile(95));
        figures.push(Figure::new(what, browser, measured, "≤ 60 ms", sample.median() <= 60.0));
    }
    figures.extend(Figure::compared(browser, &samples, 1.25, 25.0));
    Ok(figures)
}

async fn painted(page: &Page<'_>) -> Result<f64> {
    number(page, "the first paint", PAINTED).await
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
