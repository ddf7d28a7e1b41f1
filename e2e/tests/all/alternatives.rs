//! The page of alternatives: how each service is, read once and without cookies, and a saved prompt that goes over letter for
//! letter on a press.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, Scheme, Setup, languages, localized_copy, rounds, until, workspace};
use mend_lab::Http;
use serde_json::{Value, json};

/// A prompt with everything that may get lost on the way.
const PROMPT: &str = "Why does this fail?\n\n\tlet x = \"a & b = c # d + e\" % 100;\nשלום עולם، مرحبا 😀 日本語 'quoted' `$HOME`\nLast line.";

#[tokio::test]
async fn chromium_shows_status_of_each_service() -> Result<()> {
    shows_status_of_each_service(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_shows_status_of_each_service() -> Result<()> {
    shows_status_of_each_service(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_hands_a_saved_prompt_over() -> Result<()> {
    hands_a_saved_prompt_over(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_hands_a_saved_prompt_over() -> Result<()> {
    hands_a_saved_prompt_over(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_alternatives_in_every_language() -> Result<()> {
    alternatives_in_every_language(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_alternatives_in_every_language() -> Result<()> {
    alternatives_in_every_language(Browser::Firefox).await
}

/// Works, trouble in their words, garbled and gone; in order, each asked once, without cookies; nothing else is asked.
async fn shows_status_of_each_service(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let page = fixture.session.open_page("alternatives.html").await?;
    read(&page).await?;
    for (service, health, words) in [
        ("claude", "works", "Works"),
        ("github-copilot", "trouble", "Problems, in its own words: Answers of <Copilot> fail for some"),
        ("perplexity", "unread", "Not known"),
        ("replit", "unread", "Not known"),
        ("deepseek", "not-asked", "Check its status page"),
        ("ollama", "own", "Runs on your machine"),
    ] {
        let card = format!("[data-service='{service}']");
        page.wait_words(&format!("{card}[data-health='{health}'] .health"), |told| told.starts_with(words)).await?;
    }
    let body =
        "return [...document.querySelectorAll(`#${arguments[0]} [data-service]`)].map((one) => one.dataset.service)";
    let general: Vec<String> = page.run(body, &[json!("general")]).await?;
    ensure!(general.first().map(String::as_str) == Some("claude"), "{general:?}");
    let code: Vec<String> = page.run(body, &[json!("code")]).await?;
    ensure!(code == ["replit", "github-copilot"], "who has trouble is not last: {code:?}");
    let hosts = ["status.claude.com", "status.perplexity.com", "status.replit.com", "www.githubstatus.com"];
    let hits = || fixture.lab.log().into_iter().filter(|hit| hosts.contains(&hit.host.as_str()));
    // A browser asks once more by itself where a connection was closed.
    for host in hosts.iter().filter(|host| **host != "status.replit.com") {
        let count = hits().filter(|hit| hit.host == *host).count();
        ensure!(count == 1, "{host} was asked {count} times");
    }
    ensure!(hits().all(|hit| !hit.cookie && !hit.authorization), "{:?}", hits().collect::<Vec<_>>());
    page.wait_words("#nothing", |words| words.contains("No prompt is kept")).await?;
    page.wait_words("[data-service='claude'] button", |words| words == "Open").await?;
    page.check_appearance(&format!("{browser}-alternatives-nothing")).await?;
    page.click_at("[data-service='claude'] button").await?;
    opened(&fixture, "https://claude.ai/new").await?;
    fixture.session.stop().await
}

/// By link, by the clipboard, as a command; which, is said before.
async fn hands_a_saved_prompt_over(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let chat = fixture.session.open_chat("/").await?;
    let page = fixture.session.open_page("alternatives.html").await?;
    read(&page).await?;
    let keep = "const [tab] = await chrome.tabs.query({ url: '*://chatgpt.com/*' });
        const old = { id: 1, tab: tab.id, at: Date.now() - 600000, text: arguments[1], answer: '', files: [] };
        const last = { id: 2, tab: tab.id, at: Date.now() - 60000, text: arguments[0], answer: 'Hal', files: ['a.pdf'] };
        await chrome.storage.session.set({ prompts: [old, last] }); return null";
    let long = "0123456789 ".repeat(700);
    page.run::<Value>(keep, &[json!(PROMPT), json!(long)]).await?;
    page.wait_words("#preview", |words| words.starts_with("Why does this fail?") && !words.contains("Last")).await?;
    page.wait_words("#files", |words| words.contains("a.pdf")).await?;
    page.check_appearance(&format!("{browser}-alternatives")).await?;

    page.click_at("[data-service='claude'] button").await?;
    let url = opened(&fixture, "https://claude.ai/new?q=").await?;
    let asked: String = page.run("return new URL(arguments[0]).searchParams.get('q')", &[json!(url)]).await?;
    ensure!(asked == PROMPT, "{asked:?}");

    page.wait_words("[data-service='gemini'] .how", |words| words.contains("Copies the prompt")).await?;
    page.click_at("[data-service='gemini'] button").await?;
    opened(&fixture, "https://gemini.google.com/app").await?;
    page.wait_words("[data-service='gemini'] .note", |words| words.starts_with("Copied")).await?;
    ensure!(pasted(&page).await? == PROMPT, "another text was copied");

    let command: String =
        page.run("return document.querySelector('[data-service=ollama] pre').textContent", &[]).await?;
    ensure!(command.ends_with("| ollama run gemma3") && command.contains("日本語"), "{command}");
    page.click_at("[data-service='ollama'] button").await?;
    page.wait_words("[data-service='ollama'] .note", |words| words.starts_with("Copied")).await?;
    ensure!(pasted(&page).await? == command, "another command was copied");

    // The older one is too long for a link.
    let choose = "const choose = document.getElementById('choose'); choose.value = '1';
        choose.dispatchEvent(new Event('change', { bubbles: true })); return null";
    page.run::<Value>(choose, &[]).await?;
    page.wait_words("[data-service='claude'] .how", |words| words.contains("Too long")).await?;
    page.click_at("[data-service='claude'] button").await?;
    page.wait_words("[data-service='claude'] .note", |words| words.starts_with("Copied")).await?;
    ensure!(pasted(&page).await? == long, "another text was copied");

    // What a link carries is written down, so a tab that nobody can ask about counts as private.
    chat.close().await?;
    page.run::<Value>(
        "const { prompts: kept } = await chrome.storage.session.get('prompts');
        await chrome.storage.session.set({ prompts: [...kept, { ...kept[1], id: 3 }] }); return null",
        &[],
    )
    .await?;
    page.run::<Value>(&choose.replace("'1'", "'3'"), &[]).await?;
    page.wait_words("[data-service='perplexity'] .how", |words| words.contains("history")).await?;
    fixture.session.stop().await
}

/// Every language, narrow: nothing is too wide, nothing bars anyone.
async fn alternatives_in_every_language(browser: Browser) -> Result<()> {
    let mut wrong = Vec::new();
    let all = languages()?;
    // The one with the longest words, and one without spaces; all of them in the long run.
    let some = |language: &&String| rounds(0, 1) == 1 || ["de", "ja"].contains(&language.as_str());
    for language in all.iter().filter(some) {
        let (_folder, mend) = localized_copy(&browser.mend()?, language)?;
        let fixture = Fixture::with_setup(browser, Http::Both, "well", |setup| Setup { mend, ..setup }).await?;
        let page = fixture.session.open_page("alternatives.html").await?;
        read(&page).await?;
        let keep = "await chrome.storage.session.set({ prompts: [{ id: 1, tab: 1, at: 0, text: 'x', answer: '', files: ['y'] }] })";
        page.run::<Value>(keep, &[]).await?;
        page.wait_words("#preview", |words| words == "x").await?;
        page.frame(360, Scheme::Light).await?;
        let what = format!("{browser}-{language}-alternatives");
        page.screenshot(&workspace().join(format!("target/looks/words-{what}.png"))).await?;
        wrong.extend(page.overflowing().await?.into_iter().map(|overflowing| format!("{what}: {overflowing}")));
        wrong.extend(page.accessibility_violations().await?.into_iter().map(|barrier| format!("{what}: {barrier}")));
        ensure!(page.overflow().await? <= 0, "{what} is wider than its page");
        fixture.session.stop().await?;
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Waits until every status page has answered, or has not.
async fn read(page: &Popup<'_>) -> Result<()> {
    page.settled_page().await?;
    until("all statuses", Duration::from_secs(20), async || {
        let body = "return [document.querySelectorAll('[data-service]').length, document.querySelectorAll('[data-health=reading]').length]";
        let seen: (usize, usize) = page.run(body, &[]).await?;
        ensure!(seen == (11, 0), "{seen:?}");
        Ok(())
    })
    .await
}

/// The address of the tab that was opened with this beginning; it is closed again.
async fn opened(fixture: &Fixture, beginning: &str) -> Result<String> {
    until(beginning, Duration::from_secs(10), async || {
        fixture.session.close_tab(beginning).await?.context("no such tab")
    })
    .await
}

/// What the clipboard holds, pasted as a person does.
async fn pasted(page: &Popup<'_>) -> Result<String> {
    let make = "document.getElementById('paste-here')?.remove(); const area = document.createElement('textarea');
        area.id = 'paste-here'; document.body.append(area); return null";
    page.run::<Value>(make, &[]).await?;
    page.paste_into("#paste-here").await?;
    let body =
        "const area = document.getElementById('paste-here'); const { value } = area; area.remove(); return value";
    page.run(body, &[]).await
}
