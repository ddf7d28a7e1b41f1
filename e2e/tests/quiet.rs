//! What is nobody's fault stays unmentioned: Stop, blocked telemetry, leaving and sleeping in mid-answer, and words about
//! errors.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Stage, Wanted, rounds};
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

/// Longer than any witness takes to speak up.
const CALM: Duration = Duration::from_millis(1500);

#[tokio::test]
async fn chromium_old_page() -> Result<()> {
    quiet(Browser::Chromium, Generation::Old).await
}

#[tokio::test]
async fn chromium_new_page() -> Result<()> {
    quiet(Browser::Chromium, Generation::New).await
}

#[tokio::test]
async fn firefox_old_page() -> Result<()> {
    quiet(Browser::Firefox, Generation::Old).await
}

#[tokio::test]
async fn firefox_new_page() -> Result<()> {
    quiet(Browser::Firefox, Generation::New).await
}

#[tokio::test]
async fn chromium_cut_in_sleep() -> Result<()> {
    cut_in_sleep(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_cut_in_sleep() -> Result<()> {
    cut_in_sleep(Browser::Firefox).await
}

async fn quiet(browser: Browser, page: Generation) -> Result<()> {
    let stage = Stage::showing(browser, page, "well", |setup| setup.with_helper("telemetry-blocker")).await?;
    let count = rounds(4, 50);

    stage.fault("well")?;
    let chat = stage.robot.open_chat("/").await?;
    for _ in 0..count {
        chat.send("Hello").await?;
        chat.wait_for_answer_done().await?;
    }
    ensure!(!stage.lab.log().iter().any(|hit| hit.path == "/ces/v1/t"), "the blocker does not block");
    still_quiet(&stage, "blocked telemetry").await?;

    stage.fault("quotes")?;
    for quote in QUOTES.iter().cycle().take(count.max(QUOTES.len())) {
        chat.send(quote).await?;
        chat.wait_for_answer_done().await?;
    }
    still_quiet(&stage, "words about errors").await?;

    if page == Generation::New {
        stage.fault("reconnects")?;
        for _ in 0..count {
            chat.send("Hello").await?;
            chat.wait_for_recovery().await?;
            chat.wait_for_answer_done().await?;
        }
        // Longer than Mend waits for a word of the page.
        tokio::time::sleep(Duration::from_secs(32)).await;
        still_quiet(&stage, "an answer that was taken up again").await?;
    }

    stage.fault("stop")?;
    for _ in 0..count {
        chat.send("Tell me a long story").await?;
        chat.press_stop().await?;
    }
    still_quiet(&stage, "Stop").await?;

    for _ in 0..count {
        begin(&chat).await?;
        chat.reload().await?;
    }
    still_quiet(&stage, "reload in mid-answer").await?;

    for elsewhere in ELSEWHERE.iter().cycle().take(count) {
        begin(&chat).await?;
        chat.navigate(elsewhere).await?;
        chat.navigate("https://chatgpt.com/").await?;
    }
    still_quiet(&stage, "leaving in mid-answer").await?;

    for _ in 0..count {
        let closed = stage.robot.open_chat("/").await?;
        begin(&closed).await?;
        closed.close().await?;
    }
    still_quiet(&stage, "closing the tab in mid-answer").await?;

    let chat = stage.robot.open_chat("/").await?;
    for _ in 0..count {
        begin(&chat).await?;
        stage.robot.sleep(SLEEP).await?;
        chat.wait_for_more().await?;
        chat.press_stop().await?;
    }
    still_quiet(&stage, "sleep in mid-answer").await?;

    let reads = stage.status_reads();
    ensure!(reads.is_empty(), "all was well, and Mend read the status page: {reads:?}");
    stage.robot.stop().await
}

/// The connections do not outlive the sleep. A page with nothing under way shows nothing, so nothing is raised; one that
/// loses its answer says so, and that is the network's doing at most.
async fn cut_in_sleep(browser: Browser) -> Result<()> {
    // Nobody refuses anything here: but such a browser has its line to the lab.
    let stage = Stage::before(browser, Http::Both, Lang::En, "refused", |setup| setup).await?;
    let chat = stage.robot.open_chat("/").await?;
    for _ in 0..rounds(2, 20) {
        chat.send("Hello").await?;
        chat.wait_for_answer_done().await?;
        let ((), ()) = tokio::try_join!(stage.robot.sleep(SLEEP), stage.break_off())?;
    }
    chat.send("Hello").await?;
    chat.wait_for_answer_done().await?;
    still_quiet(&stage, "sleep between answers").await?;

    stage.fault("stop")?;
    begin(&chat).await?;
    let ((), ()) = tokio::try_join!(stage.robot.sleep(SLEEP), stage.break_off())?;
    chat.wait_for_error_turn().await?;
    Wanted { blame: "network", cause: "connection", most: 0.7 }.told(&stage.robot).await?;
    stage.robot.stop().await
}

async fn begin(chat: &Chat<'_>) -> Result<()> {
    chat.send("Tell me a long story").await?;
    chat.wait_for_answer_begun().await
}

async fn still_quiet(stage: &Stage, what: &str) -> Result<()> {
    let popup = stage.robot.open_popup().await?;
    let sheet = popup.settled(CALM).await?;
    let badges = popup.badges().await?;
    let memory = popup.memory().await?;
    popup.close().await?;
    let told = || format!("after {what}\n{}\n{badges:?}\n{}", sheet.table(), memory.0);
    ensure!(sheet.verdict.blame == "benign", "{}", told());
    ensure!(badges.iter().all(|badge| badge.text.is_empty()), "{}", told());
    ensure!(memory.failures() == 0 && memory.remembered() == 0, "{}", told());
    memory.0.get("tabs").with_context(|| format!("nothing is stored {}", told()))?;
    println!("after {what}: nothing raised");
    Ok(())
}
