//! The page of error codes: its search finds its own entries, and the published names of the error catalog.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, until};
use serde_json::Value;

const WAIT: Duration = Duration::from_secs(10);

#[tokio::test]
async fn chromium_error_codes_and_names_are_found() -> Result<()> {
    error_codes_and_names_are_found(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_error_codes_and_names_are_found() -> Result<()> {
    error_codes_and_names_are_found(Browser::Firefox).await
}

async fn error_codes_and_names_are_found(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let page = fixture.session.open_page("codes.html").await?;
    page.settled_page().await?;
    let all = entries(&page).await?;
    ensure!(all > 30, "{all} entries");

    // A line of a log: the name within it.
    page.fill("search", "Error: read ECONNRESET").await?;
    page.wait_words("#names-list article:first-child", |words| {
        words.starts_with("read ECONNRESET") && words.contains("Where: Connection") && words.contains("What helps:")
    })
    .await?;
    page.check_appearance(&format!("{browser}-codes-names")).await?;

    // A code with an entry of its own, and names that hold it.
    page.fill("search", "429").await?;
    page.wait_words("#code-429", |words| words.starts_with("429 Too Many Requests")).await?;
    page.wait_words("#names-list", |words| words.contains("429")).await?;
    page.wait_words("#search-note", |words| words.starts_with("Entries found: ")).await?;

    // More than anybody reads: the first, and how many there are.
    page.fill("search", "error").await?;
    page.wait_words("#names-more", |words| words.starts_with("More names match")).await?;
    let names: usize = page.run("return document.querySelectorAll('#names-list > *').length", &[]).await?;
    ensure!(names == 40, "{names} names");

    page.fill("search", "zzzzzzzz").await?;
    page.wait_words("#search-note", |words| words.starts_with("No entry has these words")).await?;
    ensure!(entries(&page).await? == 0, "entries that nobody searched for");
    page.run::<Value>("const field = document.getElementById('search'); field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true })); return null", &[]).await?;
    until("all entries again", WAIT, async || {
        ensure!(entries(&page).await? == all, "not all");
        Ok(())
    })
    .await?;
    ensure!(page.shows("#names[hidden]").await?, "names though nothing is searched for");
    fixture.session.stop().await
}

/// How many of the page's own entries are in sight.
async fn entries(page: &Popup<'_>) -> Result<usize> {
    page.run("return [...document.querySelectorAll('main section')].filter((one) => !one.hidden).length", &[]).await
}
