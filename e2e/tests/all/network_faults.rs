//! Each fault that lies outside the service gets its verdict: where it begins while the page is open, and where the page
//! never comes.

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Expected, Fixture, PopupSnapshot, rounds};
use mend_lab::{Http, Lang};

/// Fault, whose side Mend must say it is on, what it must call it, and whether it keeps the page from coming.
type Row = (&'static str, &'static str, &'static str, bool);

const ROWS: &[Row] = &[
    ("dns", "network", "dns", true),
    ("refused", "network", "connection", true),
    ("tls", "network", "tls", true),
    ("proxy", "network", "proxy-or-vpn", true),
    ("offline", "network", "offline", true),
    ("blocked", "extension", "blocked-request", false),
    ("captive-portal", "network", "captive-portal", true),
];

#[tokio::test]
async fn chromium_verdicts_of_network_faults() -> Result<()> {
    verdicts_of_network_faults(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_verdicts_of_network_faults() -> Result<()> {
    verdicts_of_network_faults(Browser::Firefox).await
}

/// The short form takes one HTTP version and one language each: what is broken lies below both.
async fn verdicts_of_network_faults(browser: Browser) -> Result<()> {
    let places = match browser {
        Browser::Chromium => {
            [(Http::Two, Lang::En), (Http::One, Lang::Ja), (Http::Two, Lang::Ja), (Http::One, Lang::En)]
        }
        Browser::Firefox => {
            [(Http::Two, Lang::Ja), (Http::One, Lang::En), (Http::Two, Lang::En), (Http::One, Lang::Ja)]
        }
    };
    let mut wrong = Vec::new();
    // One alone, to look closer at it.
    let only = std::env::var("MEND_ONLY").ok();
    for (http, lang) in places.into_iter().take(rounds(1, 4)) {
        for row in ROWS.iter().filter(|row| only.as_deref().is_none_or(|only| row.0 == only)) {
            let place = format!("{browser}, {http:?}, {lang:?}, {}", row.0);
            if let Err(error) = check_verdict(browser, http, lang, row, &place).await {
                wrong.push(format!("{place}: {error:#}"));
            }
        }
    }
    ensure!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

async fn check_verdict(
    browser: Browser,
    http: Http,
    lang: Lang,
    &(fault, blame, cause, bars): &Row,
    place: &str,
) -> Result<()> {
    let wanted = Expected { blame, cause, most: 1.0 };
    // A browser of its own: no such fault ends before its browser does.
    let fixture = Fixture::before_fault(browser, http, lang, fault, |setup| setup).await?;
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;
    fixture.begin(&chat).await?;
    chat.send("Why is the sky blue?").await?;
    chat.wait_for_error_turn().await?;
    let message = wanted.wait_shown(&fixture.session).await.context("a message");
    said(place, "a message", &message);
    chat.close().await?;
    fixture.session.stop().await?;
    let page = if bars { barred(browser, http, lang, fault, wanted).await } else { Ok(PopupSnapshot::default()) };
    said(place, "the page", &page);
    message.and(page).map(|_| ())
}

/// The page never comes: the browser shows one of its own.
async fn barred(browser: Browser, http: Http, lang: Lang, fault: &str, wanted: Expected) -> Result<PopupSnapshot> {
    let fixture = Fixture::during_fault(browser, http, lang, fault).await?;
    fixture.session.open_unreachable_chat("/").await?;
    let snapshot = wanted.wait_shown(&fixture.session).await.context("the page");
    fixture.session.stop().await?;
    snapshot
}

fn said(place: &str, what: &str, told: &Result<PopupSnapshot>) {
    if let Ok(PopupSnapshot { verdict, .. }) = told
        && !verdict.blame.is_empty()
    {
        println!("{place:<40}{what:<12}{:<10}{:<20}{}", verdict.blame, verdict.cause, verdict.confidence);
    }
}
