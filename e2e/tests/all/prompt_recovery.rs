//! What the person wrote is there again, whatever happened: offered in the popup, character for character, with as much of
//! the answer as had been shown; and back in the composer on a press.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, Popup, rounds, until};
use mend_lab::Generation;
use serde::Deserialize;

/// When it happens.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// The person reloads while typing.
    Typing,
    /// The message is answered by an error.
    Sent,
    /// The answer breaks off half way.
    MidAnswer,
    /// The person reloads while the answer comes.
    Reload,
    /// The tab's process ends while the person types.
    Crash,
    /// As `Sent`, but Mend's worker is killed in the middle.
    Kill,
}

const MOMENTS: [Moment; 6] =
    [Moment::Typing, Moment::Sent, Moment::MidAnswer, Moment::Reload, Moment::Crash, Moment::Kill];

/// Several lines, right to left, emoji of several parts, blanks that matter.
const WRITTEN: &[&str] = &[
    "Explain   this:\n\n  fn main() {}\n",
    "مرحبا، كيف حالك؟\nשלום עולם",
    "👩‍👩‍👧‍👦 and 🏳️‍🌈, e\u{301} and 日本語の文章",
    "one line",
    "a\nb\nc\n\n\nd",
];

#[derive(Debug, Deserialize)]
struct Kept {
    text: String,
    answer: String,
}

#[tokio::test]
async fn chromium_recovers_prompts_on_the_old_page() -> Result<()> {
    recovers_prompts(Browser::Chromium, Generation::Old).await
}

#[tokio::test]
async fn chromium_recovers_prompts_on_the_new_page() -> Result<()> {
    recovers_prompts(Browser::Chromium, Generation::New).await
}

#[tokio::test]
async fn firefox_recovers_prompts_on_the_old_page() -> Result<()> {
    recovers_prompts(Browser::Firefox, Generation::Old).await
}

#[tokio::test]
async fn firefox_recovers_prompts_on_the_new_page() -> Result<()> {
    recovers_prompts(Browser::Firefox, Generation::New).await
}

async fn recovers_prompts(browser: Browser, page: Generation) -> Result<()> {
    let fixture = Fixture::with_page_and_setup(browser, page, "well", |setup| setup).await?;
    let count = rounds(MOMENTS.len(), 100);
    let mut missed = Vec::new();
    for round in 0..count {
        let moment = MOMENTS.iter().cycle().nth(round).context("a moment")?;
        let written = WRITTEN.iter().cycle().nth(round).context("a prompt")?;
        // A driver types only what is in the basic plane in Chromium, and every prompt is to be told from the others.
        let written = if browser == Browser::Chromium {
            written.replace(|letter| letter > '\u{ffff}', "*")
        } else {
            (*written).to_owned()
        };
        let written = format!("{written} {round}");
        if let Err(error) = rescued(&fixture, *moment, &written).await {
            println!("{browser}, {page:?}: {round} {moment:?}: {error:#}");
            missed.push(round);
        }
    }
    println!("{browser}, {page:?}: {} of {count} prompts offered back", count - missed.len());
    ensure!(missed.is_empty(), "missed: {missed:?}");
    fixture.session.stop().await
}

#[tokio::test]
async fn chromium_recovers_long_prompts() -> Result<()> {
    recovers_long_prompts(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_recovers_long_prompts() -> Result<()> {
    recovers_long_prompts(Browser::Firefox).await
}

/// Prompts of 10,000 to 100,000 characters, of several lines and scripts, come back character for character, as text and not as
/// an attachment.
async fn recovers_long_prompts(browser: Browser) -> Result<()> {
    let fixture = Fixture::with_page_and_setup(browser, Generation::New, "500", |setup| setup).await?;
    let count = rounds(2, 20);
    for round in 0..count {
        let length = 10_000 + 90_000 * round / (count - 1);
        let line = WRITTEN.iter().cycle().nth(round).context("a prompt")?;
        let lines = (0..).map(|at| format!("{at}: {line}")).scan(0, |sum, line| {
            *sum += line.chars().count() + 1;
            (*sum <= length).then_some(line)
        });
        let written = lines.collect::<Vec<_>>().join("\n");
        let chat = fixture.session.open_chat("/").await?;
        chat.wait_for_page().await?;
        chat.fill(&written).await?;
        let there = chat.written().await?;
        ensure!(there == written, "the driver typed something else: {} characters of {}", there.len(), written.len());
        chat.press_send().await?;
        chat.wait_for_error_turn().await?;
        let popup = fixture.session.open_popup().await?;
        // The popup shows its first lines only.
        until("the prompt to be kept", Duration::from_secs(20), async || {
            let kept = "return (await (globalThis.browser ?? chrome).storage.session.get('prompts')).prompts.map(({ text }) => text)";
            let kept: Vec<String> = popup.run(kept, &[]).await?;
            ensure!(kept.contains(&written), "kept are {:?} characters", kept.iter().map(String::len).collect::<Vec<_>>());
            Ok(())
        })
        .await?;
        popup.click_at("#prompts [data-do=put]").await?;
        popup.wait_words("#prompts-note", |words| words.contains("is in the chat box again")).await?;
        let there = chat.written().await?;
        ensure!(
            there == written,
            "round {round}: {} of {} characters are back",
            there.chars().count(),
            written.chars().count()
        );
        popup.click_at("#prompts [data-do=discard]").await?;
        popup.close().await?;
        chat.close().await?;
    }
    println!("{browser}: {count} of {count} long prompts are back");
    fixture.session.stop().await
}

async fn rescued(fixture: &Fixture, moment: Moment, written: &str) -> Result<()> {
    let fault = match moment {
        Moment::Typing | Moment::Crash => "well",
        Moment::Sent | Moment::Kill => "500",
        Moment::MidAnswer => "stream-cut",
        Moment::Reload => "stall",
    };
    fixture.set_fault(fault)?;
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;
    chat.write(written).await?;
    let mut shown = String::new();
    match moment {
        Moment::Typing => {
            tokio::time::sleep(Duration::from_millis(500)).await;
            chat.reload().await?;
        }
        Moment::Crash => {
            tokio::time::sleep(Duration::from_millis(500)).await;
            chat.crash().await?;
        }
        Moment::Sent => {
            chat.press_send().await?;
            chat.wait_for_error_turn().await?;
        }
        Moment::MidAnswer => {
            chat.press_send().await?;
            chat.wait_for_error_turn().await?;
            shown = chat.shown_answer().await?;
            ensure!(!shown.is_empty(), "the lab showed no half answer");
        }
        Moment::Reload => {
            chat.press_send().await?;
            tokio::time::sleep(Duration::from_millis(1_000)).await;
            chat.reload().await?;
        }
        Moment::Kill => {
            chat.press_send().await?;
            fixture.session.kill_worker().await?;
            chat.wait_for_error_turn().await?;
        }
    }
    let popup = fixture.session.open_popup().await?;
    let kept = offered(&popup, written).await?;
    let answer = kept.answer.split_whitespace().collect::<Vec<_>>().join(" ");
    ensure!(shown.is_empty() || answer == shown, "of the answer {shown:?} there is {answer:?}");
    put_back(&chat, &popup, written, moment).await?;
    press(&popup, written, "discard").await?;
    let close = "const api = globalThis.browser ?? chrome;
        for (const tab of await api.tabs.query({ url: 'https://chatgpt.com/*' })) await api.tabs.remove(tab.id);
        return null";
    popup.run::<serde_json::Value>(close, &[]).await?;
    popup.close().await
}

/// Offered by the popup, and kept as it was written.
async fn offered(popup: &Popup<'_>, written: &str) -> Result<Kept> {
    until("the prompt to be offered", Duration::from_secs(20), async || {
        let shown: Vec<String> = popup.run("return [...document.querySelectorAll('#prompts .text')].map((one) => one.textContent)", &[]).await?;
        ensure!(shown.iter().any(|one| one == written), "offered: {shown:?}, written {written:?}");
        let kept: Vec<Kept> = popup
            .run("return (await (globalThis.browser ?? chrome).storage.session.get('prompts')).prompts.map(({ text, answer }) => ({ text, answer }))", &[])
            .await?;
        kept.into_iter().find(|one| one.text == written).context("another text is kept")
    })
    .await
}

/// Where the composer is empty it goes back into it, as it was; where something else stands there, that stays.
async fn put_back(chat: &Chat<'_>, popup: &Popup<'_>, written: &str, moment: Moment) -> Result<()> {
    press(popup, written, "put").await?;
    popup.wait_words("#prompts-note", |words| words.contains("is in the chat box again")).await?;
    if matches!(moment, Moment::Crash) {
        // What the content script read there is all that can be known: no driver looks into a tab that crashed.
        return Ok(());
    }
    if matches!(moment, Moment::Kill) {
        // Where there is no composer it is copied.
        chat.run_in_page("document.querySelector('form').remove()").await?;
        press(popup, written, "put").await?;
        return popup.wait_words("#prompts-note", |words| words.contains("not where it usually is")).await;
    }
    let there = chat.written().await?;
    ensure!(there == written, "{moment:?}: put back {there:?}, not {written:?}");
    if matches!(moment, Moment::Sent) {
        chat.write(" and more").await?;
        let there = chat.written().await?;
        ensure!(there.contains("and more"), "the driver typed something else: {there:?}");
        press(popup, written, "put").await?;
        popup.wait_words("#prompts-note", |words| words.contains("which stays")).await?;
        let there = chat.written().await?;
        ensure!(there.contains("and more"), "what was written is gone: {there:?}");
    }
    Ok(())
}

/// Presses a button of this prompt's card. A later failure adds a card for what is being written then.
async fn press(popup: &Popup<'_>, written: &str, button: &str) -> Result<()> {
    let body = "return [...document.querySelectorAll('#prompts [data-id]')]
        .map((card) => [card.dataset.id, card.querySelector('.text').textContent])";
    let cards: Vec<(String, String)> = popup.run(body, &[]).await?;
    let (id, _) = cards.iter().find(|(_, text)| text == written).with_context(|| format!("offered are {cards:?}"))?;
    popup.click_at(&format!("#prompts [data-id='{id}'] [data-do={button}]")).await
}
