//! What all full pages share: the header with its navigation, the footer, the title of the tab.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, Scheme, Setup, localized_copy, until, workspace};
use mend_lab::Http;
use thirtyfour::Key;

/// Each page, the title of its tab, and its place in the navigation.
const PAGES: &[(&str, &str, Option<usize>)] = &[
    ("timeline", "Timeline – Mend", Some(0)),
    ("requests", "Failed requests – Mend", Some(1)),
    ("ticket", "Support ticket – Mend", Some(2)),
    ("alternatives", "Alternatives – Mend", Some(3)),
    ("codes", "Error codes – Mend", Some(4)),
    ("settings", "Settings – Mend", Some(5)),
    ("connectivity", "Test the connection – Mend", Some(6)),
    ("key", "Check an API key – Mend", Some(7)),
    ("handoff", "Try it elsewhere – Mend", Some(8)),
    ("welcome", "How to use Mend – Mend", None),
];

#[tokio::test]
async fn chromium_pages_share_one_frame() -> Result<()> {
    pages_share_one_frame(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_pages_share_one_frame() -> Result<()> {
    pages_share_one_frame(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_navigation_by_keyboard() -> Result<()> {
    navigation_by_keyboard(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_navigation_by_keyboard() -> Result<()> {
    navigation_by_keyboard(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_page_without_its_module_says_what_to_do() -> Result<()> {
    page_without_its_module_says_what_to_do(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_page_without_its_module_says_what_to_do() -> Result<()> {
    page_without_its_module_says_what_to_do(Browser::Firefox).await
}

/// On every page, empty and with a failure: title, navigation, the marked place, and how it looks.
async fn pages_share_one_frame(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500").await?;
    for state in ["empty", "failed"] {
        if state == "failed" {
            fixture.session.open_failed_chat().await?;
            let popup = fixture.session.open_popup().await?;
            popup.wait_blame("them").await?;
            popup.close().await?;
        }
        for &(name, title, place) in PAGES {
            let page = fixture.session.open_page(&format!("{name}.html")).await?;
            page.settled_page().await?;
            let body = "const links = [...document.querySelectorAll('body > header nav a')];
                const marked = links.flatMap((link, index) => link.getAttribute('aria-current') === 'page' ? [index] : []);
                return [document.title, links.map((link) => link.textContent), marked,
                    document.querySelectorAll('body > footer a').length]";
            let seen: (String, Vec<String>, Vec<usize>, usize) = page.run(body, &[]).await?;
            // The name in the navigation is that in the title.
            let linked = PAGES.iter().filter(|(.., place)| place.is_some());
            let links: Vec<String> = linked.map(|(_, title, _)| title.trim_end_matches(" – Mend").to_owned()).collect();
            let wanted = (title.to_owned(), links, place.into_iter().collect(), 1);
            ensure!(seen == wanted, "{name}: {seen:?}");
            nothing_is_read_any_more(&page, name).await?;
            if browser == Browser::Chromium {
                let (moved, what) = moved(&page).await?;
                ensure!(moved < 0.1, "{name}, {state}: what was seen moved by {moved}: {what:?}");
            }
            page.check_appearance(&format!("{browser}-frame-{name}-{state}")).await?;
            let overflowing = page.overflowing().await?;
            ensure!(overflowing.is_empty(), "{name}: {overflowing:?}");
            // The tools, open, fit as well.
            page.run::<()>("document.querySelector('.tools').open = true", &[]).await?;
            page.frame(360, Scheme::Light).await?;
            let overflowing = page.overflowing().await?;
            ensure!(overflowing.is_empty(), "{name}, tools: {overflowing:?}");
            page.close().await?;
        }
    }
    fixture.session.stop().await
}

/// What is read from storage is there after a moment; only what a person starts stays.
async fn nothing_is_read_any_more(page: &Popup<'_>, name: &str) -> Result<()> {
    until(name, Duration::from_secs(10), async || {
        let reading = "return [...document.querySelectorAll('[data-state=loading]')]
            .filter((one) => one.checkVisibility()).map((one) => one.textContent)";
        let reading: Vec<String> = page.run(reading, &[]).await?;
        ensure!(reading.is_empty(), "{reading:?}");
        Ok(())
    })
    .await
}

/// How much of the page moved while somebody looked (the "cumulative layout shift" of web.dev; under 0.1 is good).
async fn moved(page: &Popup<'_>) -> Result<(f64, Vec<String>)> {
    let body = "return await new Promise((done) => {
        const seen = [];
        const take = (list) => seen.push(...list.getEntries());
        new PerformanceObserver(take).observe({ type: 'layout-shift', buffered: true });
        const what = ({ node, previousRect, currentRect }) =>
            `${node?.localName} #${node?.id} from ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)}`;
        setTimeout(() => done([seen.reduce((sum, { value }) => sum + value, 0), seen.flatMap(({ sources }) => sources.map(what))]), 300);
    })";
    page.run(body, &[]).await
}

/// Tab goes through the links in their order, and Enter follows one.
async fn navigation_by_keyboard(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let page = fixture.session.open_page("timeline.html").await?;
    page.settled_page().await?;
    for (name, ..) in PAGES.iter().take(5) {
        page.press(Key::Tab).await?;
        let on: String = page.run("return document.activeElement.getAttribute('href') ?? ''", &[]).await?;
        ensure!(on == format!("{name}.html"), "the keyboard is on {on:?}, not on {name}");
        let outline: String = page.run("return getComputedStyle(document.activeElement).outlineStyle", &[]).await?;
        ensure!(outline != "none", "nobody sees that the keyboard is on {name}");
    }
    page.press(Key::Enter).await?;
    page.wait_words("h1", |words| words == "What error codes mean").await?;
    page.wait_words("[aria-current=page]", |words| words == "Error codes").await?;
    fixture.session.stop().await
}

/// The state for what could not be read, in place of the page.
async fn page_without_its_module_says_what_to_do(browser: Browser) -> Result<()> {
    let (_folder, mend) = localized_copy(&browser.mend()?, "en")?;
    std::fs::remove_file(mend.join("pages_bg.wasm"))?;
    let fixture = Fixture::with_setup(browser, Http::Both, "well", |setup| Setup { mend, ..setup }).await?;
    let page = fixture.session.open_page("timeline.html").await?;
    page.wait_words("main > [data-state=error]", |words| words.starts_with("Mend could not read")).await?;
    page.frame(360, Scheme::Light).await?;
    page.screenshot(&workspace().join(format!("target/looks/{browser}-frame-broken.png"))).await?;
    let overflow = page.overflow().await?;
    ensure!(overflow <= 0, "{overflow} px wider than its page");
    fixture.session.stop().await
}
