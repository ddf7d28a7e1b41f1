//! What Mend adds to a browser's processor time while all is well: the same answers with Mend and without, in turn.
//! Beside them the price of webRequest itself, which every extension pays that hears of failed requests.
//!
//! All browsers stay open, and each is measured only while it answers, so that whatever else the machine does falls on
//! all alike. The page is the lab's: it renders plain text of twenty pieces. A real answer comes in hundreds, through a
//! far heavier page, so the share that Mend takes of it is smaller than here.

use anyhow::{Context, Result};
use mend_e2e::{Browser, Chat, Fixture, Setup, rounds};
use mend_lab::Generation;
use serde_json::Value;

use crate::{build, report::Figure, stats::Sample};

/// Answers in one go: a script may run for half a minute.
const BLOCK: usize = 25;

/// One block of answers on a fresh page; the processor time of one answer, in milliseconds.
async fn block(fixture: &Fixture, chat: &Chat<'_>) -> Result<f64> {
    chat.reload().await?;
    chat.wait_for_fresh_page().await?;
    // By then the work that loading the page started is over; there is no event for that.
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    let before = fixture.session.cpu_time()?;
    chat.send_repeatedly("Why is the sky blue?", BLOCK).await?;
    // An answer counts for Mend a moment later.
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    let after = fixture.session.cpu_time()?;
    Ok(after.saturating_sub(before).as_secs_f64() * 1e3 / BLOCK as f64)
}

/// On the old page and on the new one.
pub async fn measure(browser: Browser) -> Result<Vec<Figure>> {
    let mut figures = measure_page(browser, Generation::Old).await?;
    figures.extend(measure_page(browser, Generation::New).await?);
    Ok(figures)
}

/// Without Mend, with an extension that only listens, and with Mend, in turn.
async fn measure_page(browser: Browser, page: Generation) -> Result<Vec<Figure>> {
    let (without, listening) = (build::without_mend(browser)?, build::only_listening(browser)?);
    let extensions =
        [(without.path().canonicalize()?, false), (listening.path().canonicalize()?, false), (browser.mend()?, true)];
    let mut fixtures = Vec::new();
    for (mend, wait_for_first_start) in extensions {
        let change = |setup| Setup { mend, wait_for_first_start, ..setup };
        fixtures.push(Fixture::with_page_and_setup(browser, page, "well", change).await?);
    }
    let mut chats = Vec::new();
    for fixture in &fixtures {
        chats.push(fixture.session.open_chat("/").await?);
    }
    let blocks = rounds(8, 1_000 / BLOCK);
    let mut taken = [const { Vec::new() }; 3];
    // The first round warms up.
    for round in 0..=blocks {
        let mut order: Vec<_> = fixtures.iter().zip(&chats).zip(&mut taken).collect();
        // Each one goes first as often as the others.
        order.rotate_left(round % 3);
        for ((fixture, chat), taken) in order {
            let one = block(fixture, chat).await?;
            if round > 0 {
                taken.push(one);
            }
        }
    }
    let [without, listening, with] = taken;
    let kinds = kinds_seen(fixtures.last().context("there are browsers")?).await?;
    for fixture in fixtures {
        fixture.session.stop().await?;
    }
    let base = Sample::of(without.iter().copied()).mean().0;
    let percent = |part: f64| 100.0 * part / base.max(f64::MIN_POSITIVE);
    let added = |more: &[f64]| Sample::of(more.iter().zip(&without).map(|(one, two)| one - two)).mean();
    let said = |(added, error): (f64, f64)| {
        format!("{:+.1} % ± {:.1} ({added:+.2} ms of {base:.0} ms)", percent(added), percent(error))
    };
    let (mend, listener) = (added(&with), added(&listening));
    let what = format!("processor time added, {} page, {} answers", page.name(), blocks * BLOCK);
    Ok(vec![
        Figure::new(&what, browser, said(mend), "≤ 1 %", percent(mend.0) <= 1.0),
        Figure::note("… by an empty listener to the same requests", browser, said(listener)),
        Figure::note("… with Mend awake, as its stored model shows", browser, kinds),
    ])
}

/// Proof that Mend was there: when it last saw an answer.
async fn kinds_seen(fixture: &Fixture) -> Result<String> {
    let popup = fixture.session.open_popup().await?;
    let model = popup.stored_model().await?;
    let fine = model.0.pointer("/tabs/0/fine").and_then(Value::as_array).context("Mend saw no answer")?;
    Ok(format!("{} kinds of answers seen", fine.len()))
}
