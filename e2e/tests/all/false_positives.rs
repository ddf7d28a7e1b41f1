//! What is nobody's fault stays unmentioned: Stop, blocked telemetry, leaving and sleeping in mid-answer, and words about
//! errors.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Expected, Fixture, SETTLE_TIME, rounds};
use mend_lab::{Generation, Http, Lang};

/// What a person may type; the lab's `quotes` answers in kind.
const QUOTES: &[&str] = &[
    "What does \"A network error occurred. Please check your connection and try again.\" mean?",
    "Something went wrong. If this issue persists please contact us through our help center at help.openai.com.",
    "Hmm...something seems to have gone wrong.",
    "Error in message stream",
    "Message delivery timed out. Please try again.",
    "There was an error generating a response",
    "Conversation not found. Unable to load conversation 6a1f0c1e-0001-4000-8000-000000000001",
    "Content failed to load. Unable to load site.",
    "Too many requests. You're making requests too quickly. We've temporarily limited access to your conversations",
    "Network connection lost. Attempting to reconnect",
    "<div class=\"text-token-text-error\"><button data-testid=\"regenerate-thread-error-button\">Retry</button></div>",
];

/// Another page of the site, and another site.
const ELSEWHERE: &[&str] =
    &["https://chatgpt.com/c/6a1f0c1e-0001-4000-8000-000000000001", "https://cdn.oaistatic.com/"];

/// Longer than the gap between two pieces of an answer, and than a browser takes for one.
const SLEEP: Duration = Duration::from_millis(1200);

#[tokio::test]
async fn chromium_no_false_positives_on_the_old_page() -> Result<()> {
    no_false_positives(Browser::Chromium, Generation::Old).await
}

#[tokio::test]
async fn chromium_no_false_positives_on_the_new_page() -> Result<()> {
    no_false_positives(Browser::Chromium, Generation::New).await
}

#[tokio::test]
async fn firefox_no_false_positives_on_the_old_page() -> Result<()> {
    no_false_positives(Browser::Firefox, Generation::Old).await
}

#[tokio::test]
async fn firefox_no_false_positives_on_the_new_page() -> Result<()> {
    no_false_positives(Browser::Firefox, Generation::New).await
}

#[tokio::test]
async fn chromium_connections_lost_during_suspend() -> Result<()> {
    connections_lost_during_suspend(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_connections_lost_during_suspend() -> Result<()> {
    connections_lost_during_suspend(Browser::Firefox).await
}

async fn no_false_positives(browser: Browser, page: Generation) -> Result<()> {
    let fixture =
        Fixture::with_page_and_setup(browser, page, "well", |setup| setup.with_helper("telemetry-blocker")).await?;
    let count = rounds(4, 50);

    fixture.set_fault("well")?;
    let chat = fixture.session.open_chat("/").await?;
    for _ in 0..count {
        chat.send("Hello").await?;
        chat.wait_for_answer_done().await?;
    }
    ensure!(!fixture.lab.log().iter().any(|hit| hit.path == "/ces/v1/t"), "the blocker does not block");
    still_quiet(&fixture, "blocked telemetry").await?;

    fixture.set_fault("quotes")?;
    for quote in QUOTES.iter().cycle().take(count.max(QUOTES.len())) {
        chat.send(quote).await?;
        chat.wait_for_answer_done().await?;
    }
    still_quiet(&fixture, "words about errors").await?;

    if page == Generation::New {
        fixture.set_fault("reconnects")?;
        for _ in 0..count {
            chat.send("Hello").await?;
            chat.wait_for_recovery().await?;
            chat.wait_for_answer_done().await?;
        }
        // Longer than Mend waits for a word of the page.
        tokio::time::sleep(Duration::from_secs(32)).await;
        still_quiet(&fixture, "an answer that was taken up again").await?;
    }

    fixture.set_fault("stop")?;
    for _ in 0..count {
        chat.send("Tell me a long story").await?;
        chat.press_stop().await?;
    }
    still_quiet(&fixture, "Stop").await?;

    for _ in 0..count {
        begin(&chat).await?;
        chat.reload().await?;
    }
    still_quiet(&fixture, "reload in mid-answer").await?;

    for elsewhere in ELSEWHERE.iter().cycle().take(count) {
        begin(&chat).await?;
        chat.navigate(elsewhere).await?;
        chat.navigate("https://chatgpt.com/").await?;
    }
    still_quiet(&fixture, "leaving in mid-answer").await?;

    for _ in 0..count {
        let closed = fixture.session.open_chat("/").await?;
        begin(&closed).await?;
        closed.close().await?;
    }
    still_quiet(&fixture, "closing the tab in mid-answer").await?;

    let chat = fixture.session.open_chat("/").await?;
    for _ in 0..count {
        begin(&chat).await?;
        fixture.session.suspend(SLEEP).await?;
        chat.wait_for_more().await?;
        chat.press_stop().await?;
    }
    still_quiet(&fixture, "sleep in mid-answer").await?;

    let reads = fixture.status_reads();
    ensure!(reads.is_empty(), "all was well, and Mend read the status page: {reads:?}");
    fixture.session.stop().await
}

/// The connections do not outlive the sleep. A page with nothing under way shows nothing, so nothing is raised; one that
/// loses its answer says so, and that is the network's doing at most.
async fn connections_lost_during_suspend(browser: Browser) -> Result<()> {
    // Nothing is refused here; but this fault puts a TCP proxy before the lab.
    let fixture = Fixture::before_fault(browser, Http::Both, Lang::En, "refused", |setup| setup).await?;
    let chat = fixture.session.open_chat("/").await?;
    for _ in 0..rounds(2, 20) {
        chat.send("Hello").await?;
        chat.wait_for_answer_done().await?;
        let ((), ()) = tokio::try_join!(fixture.session.suspend(SLEEP), fixture.drop_connections())?;
    }
    chat.send("Hello").await?;
    chat.wait_for_answer_done().await?;
    still_quiet(&fixture, "sleep between answers").await?;

    fixture.set_fault("stop")?;
    begin(&chat).await?;
    let ((), ()) = tokio::try_join!(fixture.session.suspend(SLEEP), fixture.drop_connections())?;
    chat.wait_for_error_turn().await?;
    Expected { blame: "network", cause: "connection", most: 0.7 }.wait_shown(&fixture.session).await?;
    fixture.session.stop().await
}

async fn begin(chat: &Chat<'_>) -> Result<()> {
    chat.send("Tell me a long story").await?;
    chat.wait_for_answer_begun().await
}

async fn still_quiet(fixture: &Fixture, what: &str) -> Result<()> {
    let popup = fixture.session.open_popup().await?;
    let snapshot = popup.settled(SETTLE_TIME).await?;
    let badges = popup.badges().await?;
    let model = popup.stored_model().await?;
    popup.close().await?;
    let told = || format!("after {what}\n{}\n{badges:?}\n{}", snapshot.table(), model.0);
    ensure!(snapshot.verdict.blame == "benign", "{}", told());
    ensure!(badges.iter().all(|badge| badge.text.is_empty()), "{}", told());
    ensure!(model.failures() == 0 && model.recent_failures() == 0, "{}", told());
    model.0.get("tabs").with_context(|| format!("nothing is stored {}", told()))?;
    println!("after {what}: nothing raised");
    Ok(())
}
