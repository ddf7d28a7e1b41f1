//! Each fault gets its verdict, in both browsers and on both generations of ChatGPT's page. HTTP versions and languages are
//! covered in turn; with `MEND_FULL=1` each page is met over each version and in each language.

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Chat, Expected, Fixture, PopupSnapshot, rounds};
use mend_lab::{Generation, Http, Lang};

/// What becomes of the message.
#[derive(Clone, Copy)]
enum Then {
    /// The page shows an error.
    Fails,
    /// The answer comes.
    Answers,
    /// It breaks off; the page of today fetches the rest by itself, the one before shows an error.
    Reconnects,
    /// The person presses Stop.
    IsStopped,
    /// The person goes to another page of the site in mid-answer.
    IsLeft,
    /// It fails while another tab is being answered.
    FailsBeside,
    /// Nothing is sent: the page fails as it is loaded, at this path.
    Opens(&'static str),
}
use Then::*;

/// Fault, what becomes of the message, whose side Mend must say it is on, what it must call it, and how sure it may be.
type Row = (&'static str, Then, &'static str, &'static str, f64);

/// A known conversation.
const CHAT: &str = "/c/6a1f0c1e-0001-4000-8000-000000000001";

/// Each list is for a browser of its own: Mend reads the status page every two minutes at most, so one browser must not
/// see it change.
const GREEN: &[Row] = &[
    ("500", Fails, "them", "server-error", 1.0),
    ("502-edge", Fails, "them", "bad-gateway", 1.0),
    ("502-envoy", Fails, "them", "bad-gateway", 1.0),
    ("520", Fails, "them", "bad-gateway", 1.0),
    ("521", Fails, "them", "bad-gateway", 1.0),
    ("522", Fails, "them", "bad-gateway", 1.0),
    ("523", Fails, "them", "bad-gateway", 1.0),
    ("503-overload", Fails, "them", "overload", 1.0),
    ("503-circuit", Fails, "them", "overload", 1.0),
    ("504", Fails, "them", "gateway-timeout", 1.0),
    ("524", Fails, "them", "gateway-timeout", 1.0),
    ("stall", Fails, "them", "gateway-timeout", 0.7),
    ("stream-error", Fails, "them", "server-error", 0.6),
    ("stream-no-end", Fails, "them", "server-error", 0.6),
    ("stream-error-string", Fails, "them", "server-error", 0.6),
    ("stream-error-in-delta", Fails, "them", "server-error", 0.6),
    ("stream-error-event", Fails, "them", "server-error", 0.6),
    ("stream-failed", Fails, "them", "server-error", 0.6),
    ("stream-empty", Fails, "them", "server-error", 0.6),
    ("too-large", Fails, "them", "server-error", 0.6),
    ("resume-404", Fails, "them", "server-error", 0.6),
    ("ws-dies", Fails, "them", "server-error", 0.6),
    ("500-until-reload", Fails, "them", "server-error", 1.0),
    ("500-for-30", Fails, "them", "server-error", 1.0),
    ("429-plan", Fails, "limit", "plan-window", 1.0),
    ("429-many", Fails, "limit", "too-many-requests", 1.0),
    ("429-one", FailsBeside, "limit", "one-at-a-time", 1.0),
    ("429-conversation", Opens("/"), "limit", "conversation-access", 1.0),
    ("401-expired", Fails, "session", "expired", 1.0),
    ("401-revoked", Fails, "session", "revoked", 1.0),
    ("session-corrupt", Fails, "session", "signed-out", 1.0),
    ("403-challenge", Fails, "network", "edge-challenge", 1.0),
    ("403-block", Fails, "network", "address-blocked", 1.0),
    ("403-region", Fails, "network", "region-blocked", 0.6),
    ("403-json", Fails, "unknown", "unknown", 0.6),
    ("stream-cut", Fails, "network", "connection", 0.7),
    ("reset", Fails, "network", "connection", 0.7),
    ("empty", Fails, "network", "connection", 0.7),
    ("404-conversation", Opens(CHAT), "request", "not-found", 1.0),
    ("413", Fails, "request", "too-long", 1.0),
    ("400-json", Fails, "request", "invalid", 1.0),
    ("422", Fails, "request", "invalid", 1.0),
    ("clock", Fails, "browser", "clock", 1.0),
    ("stop", IsStopped, "benign", "stopped", 1.0),
    ("navigate", IsLeft, "benign", "stopped", 1.0),
    ("quotes", Answers, "benign", "working", 1.0),
    ("cap-smaller-model", Answers, "benign", "working", 1.0),
    ("reconnects", Reconnects, "benign", "working", 1.0),
    ("noise-blocked", Answers, "benign", "noise", 1.0),
    ("slow", Answers, "benign", "working", 1.0),
    ("well", Answers, "benign", "working", 1.0),
];

/// Without HTTP/2 this one is `empty`.
const TWO: &[Row] = &[("h2-error", Fails, "network", "connection", 0.7)];

/// These leave something behind in the browser: cookies, a cached file.
const BROWSER: &[Row] = &[("stale-assets", Opens("/"), "browser", "stale-assets", 1.0)];
const COOKIES: &[Row] =
    &[("400-cookies", Fails, "browser", "cookies-too-large", 0.6), ("431", Fails, "browser", "cookies-too-large", 1.0)];
const INCIDENT: &[Row] = &[
    ("500-incident", Fails, "them", "outage", 1.0),
    ("429-incident", Fails, "them", "outage", 1.0),
    ("404-incident", Fails, "them", "outage", 1.0),
    ("500-incident-identified", Fails, "them", "outage", 1.0),
    ("500-incident-monitoring", Fails, "them", "outage", 1.0),
];
const MAINTENANCE: &[Row] = &[("503-maintenance", Fails, "them", "maintenance", 1.0)];
const UNREADABLE: &[Row] = &[("500-status-unreadable", Fails, "them", "server-error", 1.0)];
const UNREACHABLE: &[Row] = &[("500-status-unreachable", Fails, "them", "server-error", 1.0)];

const FULL: &[Row] = &[("storage-full", Opens("/"), "browser", "storage", 1.0)];

const BROWSERS: &[&[Row]] = &[GREEN, TWO, BROWSER, COOKIES, INCIDENT, MAINTENANCE, UNREADABLE, UNREACHABLE, FULL];

#[tokio::test]
async fn chromium_faults_on_the_old_page() -> Result<()> {
    faults(Browser::Chromium, Generation::Old, Http::One, Lang::Zh).await
}

#[tokio::test]
async fn chromium_faults_on_the_new_page() -> Result<()> {
    faults(Browser::Chromium, Generation::New, Http::Two, Lang::Ja).await
}

#[tokio::test]
async fn firefox_faults_on_the_old_page() -> Result<()> {
    faults(Browser::Firefox, Generation::Old, Http::Two, Lang::En).await
}

#[tokio::test]
async fn firefox_faults_on_the_new_page() -> Result<()> {
    faults(Browser::Firefox, Generation::New, Http::One, Lang::Zh).await
}

/// One HTTP version and one language each time; with `MEND_FULL=1` all of them.
async fn faults(browser: Browser, page: Generation, http: Http, lang: Lang) -> Result<()> {
    let mut ways = vec![(http, lang)];
    let all =
        [Http::One, Http::Two].into_iter().flat_map(|http| [Lang::En, Lang::Ja, Lang::Zh].map(|lang| (http, lang)));
    ways.extend(all.filter(|way| *way != (http, lang)));
    let mut wrong = Vec::new();
    for (http, lang) in ways.into_iter().take(rounds(1, 6)) {
        for rows in BROWSERS {
            let rows: Vec<&Row> = rows.iter().filter(|row| runs(row.0, http)).collect();
            if rows.is_empty() {
                continue;
            }
            let fixture = Fixture::with_page(browser, http, lang, page).await?;
            for one in rows {
                let began = std::time::Instant::now();
                let told = row(&fixture, &on_page(&in_words(one, lang), page), page).await;
                let place = format!("{browser}, {page:?}, {http:?}, {lang:?}, {}", one.0);
                match told {
                    Ok(snapshot) => {
                        let verdict = &snapshot.verdict;
                        println!(
                            "{place:<55}{:<10}{:<20}{:<6}{:.1} s",
                            verdict.blame,
                            verdict.cause,
                            verdict.confidence,
                            began.elapsed().as_secs_f64()
                        );
                    }
                    Err(error) => wrong.push(format!("{place}: {error:#}")),
                }
            }
            let reads = fixture.status_reads();
            ensure!(reads.iter().all(|read| !read.cookie && !read.authorization), "credentials went out: {reads:?}");
            let alone = std::env::var_os("MEND_ONLY").is_some();
            ensure!(alone || !reads.is_empty(), "the status page was never asked for");
            fixture.session.stop().await?;
        }
    }
    ensure!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// On an English page the banner says what is open without words.
fn in_words(&(fault, then, blame, cause, most): &Row, lang: Lang) -> Row {
    match fault {
        "403-region" if lang == Lang::En => (fault, then, blame, cause, 1.0),
        "too-large" if lang == Lang::En => (fault, then, "request", "too-long", 1.0),
        _ => (fault, then, blame, cause, most),
    }
}

/// The page before today's takes nothing up again by itself.
fn on_page(&(fault, then, blame, cause, most): &Row, page: Generation) -> Row {
    match (then, page) {
        (Reconnects, Generation::Old) => (fault, Fails, "network", "connection", 0.7),
        _ => (fault, then, blame, cause, most),
    }
}

/// `MEND_ONLY` names one row, to look closer at it.
fn runs(fault: &str, http: Http) -> bool {
    if std::env::var("MEND_ONLY").is_ok_and(|only| only != fault) {
        return false;
    }
    match fault {
        "h2-error" => http == Http::Two,
        _ => true,
    }
}

/// One fault in a tab of its own, which is closed again: Mend then forgets it.
async fn row(fixture: &Fixture, row: &Row, page: Generation) -> Result<PopupSnapshot> {
    fixture.set_fault(row.0)?;
    let beside = match row.1 {
        FailsBeside => {
            let beside = fixture.session.open_chat("/").await?;
            beside.send("Tell me a long story").await?;
            beside.wait_for_answer_begun().await?;
            Some(beside)
        }
        _ => None,
    };
    let chat = fixture.session.open_chat(if let Opens(path) = row.1 { path } else { "/" }).await?;
    let snapshot = check_verdict(fixture, &chat, row, page).await;
    chat.close().await?;
    if let Some(beside) = beside {
        beside.close().await?;
    }
    snapshot
}

async fn check_verdict(
    fixture: &Fixture,
    chat: &Chat<'_>,
    &(_, then, blame, cause, most): &Row,
    page: Generation,
) -> Result<PopupSnapshot> {
    if !matches!(then, Opens(_)) {
        chat.send("Why is the sky blue?").await?;
    }
    match then {
        Fails | FailsBeside => chat.wait_for_error_turn().await?,
        Answers => chat.wait_for_answer_done().await?,
        Reconnects => {
            chat.wait_for_recovery().await?;
            chat.wait_for_answer_done().await?;
        }
        IsStopped => chat.press_stop().await?,
        IsLeft => {
            chat.wait_for_answer_begun().await?;
            chat.navigate(&format!("https://chatgpt.com{CHAT}?page={}", page.name())).await?;
        }
        Opens(_) => {}
    }
    Expected { blame, cause, most }.wait_shown(&fixture.session).await
}
