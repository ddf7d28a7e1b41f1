//! The evidence that a person can take along: the list of failed requests and the ticket hold the ids that support asks
//! for, and nothing of what was written, sent or stored.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Page, Popup, Scheme, Setup, languages, localized_copy, rounds, until};
use mend_lab::Http;
use serde_json::{Value, json};

/// Written by the person, and kept by the site: none of it may show.
const WRITTEN: &str = "KanarienvogelText";
const STORED: &str = "KanarienvogelCookie";
const OWN: &str = "It began after lunch.";

/// A failed request's kind, and what its row says.
const FAILS: &[(&str, &str)] = &[("500", "500"), ("429-plan", "429"), ("stream-cut", "_")];

#[tokio::test]
async fn chromium_failed_requests_and_ticket_hold_ids_and_no_content() -> Result<()> {
    failed_requests_and_ticket_hold_ids_and_no_content(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_failed_requests_and_ticket_hold_ids_and_no_content() -> Result<()> {
    failed_requests_and_ticket_hold_ids_and_no_content(Browser::Firefox).await
}

async fn failed_requests_and_ticket_hold_ids_and_no_content(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let empty = fixture.session.open_page("requests.html").await?;
    empty.settled_page().await?;
    empty.check_appearance(&format!("{browser}-requests-empty")).await?;
    empty.close().await?;

    let chat = fixture.session.open_chat("/").await?;
    chat.run_in_page(&format!("document.cookie = 'canary={STORED}; Secure'")).await?;
    for (fault, _) in FAILS {
        fixture.set_fault(fault)?;
        chat.send(WRITTEN).await?;
        chat.wait_for_error_turn().await?;
        chat.reload().await?;
    }
    let list = fixture.session.open_bare_page("requests.html").await?;
    let rows = until("the failed requests", Duration::from_secs(20), async || {
        let read = "return [...document.querySelectorAll('.row')].map((row) => row.innerText)";
        let rows: Vec<String> = list.run(read, &[]).await?;
        // A row that was not drawn yet has no text (`content-visibility: auto`).
        for (fault, said) in FAILS {
            ensure!(rows.iter().any(|row| row.contains(said)), "{fault} is not there: {rows:?}");
        }
        Ok(rows)
    })
    .await?;
    ensure!(rows.iter().any(|row| row.contains("x-oai-request-id")), "no id: {rows:?}");
    copies(&list, r#"[data-id="request"]:not([hidden]) button"#).await?;
    let id: String =
        list.run("return document.querySelector('[data-id=\"request\"]:not([hidden]) code').textContent", &[]).await?;
    harmless(&list).await?;
    list.close().await?;

    let page = fixture.session.open_bare_page("ticket.html").await?;
    let write = "const own = document.getElementById('own'); own.value = arguments[0];
        own.dispatchEvent(new Event('input', { bubbles: true }));";
    page.run::<Value>(write, &[json!(OWN)]).await?;
    let text = until("the ticket", Duration::from_secs(10), async || {
        let text: String = page.run("return document.getElementById('report.md')?.textContent ?? ''", &[]).await?;
        ensure!(text.contains(OWN), "{text}");
        Ok(text)
    })
    .await?;
    ensure!(text.contains(&id) && text.contains("status 429"), "{text}");
    ensure!(text.contains(if browser == Browser::Firefox { "Firefox" } else { "Chrome" }), "{text}");
    copies(&page, r#"[data-do="copy-text"]"#).await?;
    harmless(&page).await?;
    println!("{text}");
    page.close().await?;

    for name in ["requests", "ticket"] {
        let page = fixture.session.open_page(&format!("{name}.html")).await?;
        page.settled_page().await?;
        shown(&page, "main .row, #form:not([hidden])").await?;
        page.check_appearance(&format!("{browser}-{name}")).await?;
        reached(&page).await?;
        page.close().await?;
    }
    fixture.session.stop().await
}

#[tokio::test]
async fn chromium_failed_requests_in_every_language() -> Result<()> {
    failed_requests_in_every_language(Browser::Chromium, &languages()?).await
}

#[tokio::test]
async fn firefox_failed_requests_in_every_language() -> Result<()> {
    let some = |one: &String| rounds(0, 1) == 1 || ["de", "ja"].contains(&one.as_str());
    failed_requests_in_every_language(Browser::Firefox, &languages()?.into_iter().filter(some).collect::<Vec<_>>())
        .await
}

async fn failed_requests_in_every_language(browser: Browser, languages: &[String]) -> Result<()> {
    let mut wrong = Vec::new();
    for language in languages {
        let (_folder, mend) = localized_copy(&browser.mend()?, language)?;
        let fixture = Fixture::with_setup(browser, Http::Both, "500", |setup| Setup { mend, ..setup }).await?;
        fixture.session.open_failed_chat().await?;
        for name in ["requests", "ticket", "timeline"] {
            let page = fixture.session.open_page(&format!("{name}.html")).await?;
            page.settled_page().await?;
            shown(&page, "main .row, #form:not([hidden])").await?;
            page.frame(360, Scheme::Light).await?;
            let overflow = page.overflow().await?;
            let overflowing = page.overflowing().await?;
            if overflow > 0 || !overflowing.is_empty() {
                wrong.push(format!("{browser}, {language}, {name}: {overflow} px too wide; {overflowing:?}"));
            }
            page.close().await?;
        }
        fixture.session.stop().await?;
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Nothing of the canaries is anywhere on the page.
async fn harmless(page: &Page<'_>) -> Result<()> {
    let read = "return document.documentElement.outerHTML
        + [...document.querySelectorAll('textarea')].map((one) => one.value).join()";
    let all: String = page.run(read, &[]).await?;
    ensure!(!all.contains(WRITTEN) && !all.contains(STORED), "a secret stands on the page");
    Ok(())
}

/// A press of the button says that it was copied, or what to press.
async fn copies(page: &Page<'_>, button: &str) -> Result<()> {
    page.run::<Value>("document.querySelector(arguments[0]).click()", &[json!(button)]).await?;
    let said = until("a word on the copy", Duration::from_secs(5), async || {
        let said: String = page.run("return document.getElementById('copied').textContent", &[]).await?;
        ensure!(!said.is_empty(), "nothing");
        Ok(said)
    })
    .await?;
    println!("{button}: {said}");
    Ok(())
}

async fn shown(page: &Popup<'_>, selector: &str) -> Result<()> {
    until(selector, Duration::from_secs(10), async || {
        ensure!(page.shows(selector).await?, "not there");
        Ok(())
    })
    .await
}

/// Tab by Tab through everything, each in sight.
async fn reached(page: &Popup<'_>) -> Result<()> {
    for stop in 0.. {
        page.press(thirtyfour::Key::Tab).await?;
        let focus = until("the keyboard to be in sight", Duration::from_secs(2), async || {
            let focus = page.keyboard().await?;
            ensure!(focus.seen && focus.at == Some(stop), "stop {stop}: {focus:?}");
            Ok(focus)
        })
        .await?;
        if stop + 1 == focus.of {
            break;
        }
    }
    Ok(())
}
