//! The full pages: settings, the first page, another device.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, Scheme, Session, Setup, languages, localized_copy, rounds, until, workspace};
use mend_lab::Http;
use serde_json::{Value, json};

/// The pages that need nothing to have happened.
const PAGES: &[&str] = &["settings", "welcome", "handoff"];

#[tokio::test]
async fn chromium_settings_grant_and_revoke_permissions() -> Result<()> {
    settings_grant_and_revoke_permissions(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_settings_grant_and_revoke_permissions() -> Result<()> {
    settings_grant_and_revoke_permissions(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_settings_delete_all_data() -> Result<()> {
    settings_delete_all_data(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_settings_delete_all_data() -> Result<()> {
    settings_delete_all_data(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_welcome_page_opens_once() -> Result<()> {
    welcome_page_opens_once(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_welcome_page_opens_once() -> Result<()> {
    welcome_page_opens_once(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_shows_a_qr_code_for_another_device() -> Result<()> {
    shows_a_qr_code_for_another_device(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_shows_a_qr_code_for_another_device() -> Result<()> {
    shows_a_qr_code_for_another_device(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_pages_in_every_language() -> Result<()> {
    pages_in_every_language(Browser::Chromium, &languages()?).await
}

#[tokio::test]
async fn firefox_pages_in_every_language() -> Result<()> {
    let all = languages()?;
    // The one with the longest words, and one without spaces.
    let some = all.into_iter().filter(|language| rounds(0, 1) == 1 || ["de", "ja"].contains(&language.as_str()));
    pages_in_every_language(Browser::Firefox, &some.collect::<Vec<_>>()).await
}

/// An optional permission is allowed in a click and given back in another.
async fn settings_grant_and_revoke_permissions(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let page = fixture.session.open_page("settings.html").await?;
    page.settled_page().await?;
    let cookies = "#permissions [data-permission='cookies']";
    for held in [true, false] {
        page.click_at(&format!("{cookies} button")).await?;
        until("the permission to change", Duration::from_secs(10), async || {
            let body = "return [await chrome.permissions.contains({ permissions: ['cookies'] }),
                document.querySelector(arguments[0]).dataset.held === 'true',
                document.getElementById('permission-note').textContent]";
            let seen: (bool, bool, String) = page.run(body, &[json!(cookies)]).await?;
            ensure!(seen == (held, held, String::new()), "{seen:?}");
            Ok(())
        })
        .await?;
    }
    fixture.session.stop().await
}

/// After the second press nothing is left, and a later failure is seen as ever.
async fn settings_delete_all_data(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500").await?;
    let chat = fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.close().await?;

    let page = fixture.session.open_page("settings.html").await?;
    page.settled_page().await?;
    let leave = "await chrome.storage.session.set({ 'snapshot-1': ['x'] });
        await chrome.storage.local.set({ 'unreadable-local-1': { x: 1 }, 'unreadable-local-2': 2 })";
    page.run::<Value>(leave, &[]).await?;
    page.wait_words("#storage-snapshots", |words| words == "1").await?;
    page.wait_words("#unreadable p", |words| words.contains('2')).await?;
    page.check_appearance(&format!("{browser}-settings-failed")).await?;
    page.click_at("[data-do='delete-unreadable']").await?;
    until("what was set aside to go", Duration::from_secs(10), async || {
        let keys: Vec<String> = page.run("return Object.keys(await chrome.storage.local.get(null))", &[]).await?;
        ensure!(keys == ["model"], "{keys:?}");
        Ok(())
    })
    .await?;

    page.click_at("#forget").await?;
    let focus: String = page.run("return document.activeElement.id", &[]).await?;
    ensure!(focus == "keep", "the keyboard is on {focus:?}");
    picture(&page, browser, "settings-sure").await?;
    page.click_at("#keep").await?;
    page.click_at("#forget").await?;
    page.click_at("[data-do='forget-now']").await?;
    page.wait_words("#forget-note", |words| !words.is_empty()).await?;
    until("an empty storage", Duration::from_secs(10), async || {
        let body = "const [session, local] = await Promise.all(
                [chrome.storage.session.get(null), chrome.storage.local.get(null)]);
            return { keys: [Object.keys(session), Object.keys(local)], cases: [session.model, local.model]
                .map(({ tabs, recent, provider }) => tabs.filter((tab) => tab.case).length + recent.length + (provider ? 1 : 0)),
                pending: session.model.pending.length }";
        let left: Value = page.run(body, &[]).await?;
        let nothing = json!({ "keys": [["model"], ["model"]], "cases": [0, 0], "pending": 0 });
        ensure!(left == nothing, "{left}");
        Ok(())
    })
    .await?;
    until("no journal", Duration::from_secs(10), async || {
        let left: usize = page.run("return (await indexedDB.databases()).length", &[]).await?;
        ensure!(left == 0, "{left} databases");
        Ok(())
    })
    .await?;
    let badges = page.badges().await?;
    ensure!(badges.iter().all(|badge| badge.text.is_empty()), "{badges:?}");
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("benign").await?;

    chat.send("Hello again").await?;
    chat.wait_for_error_turn().await?;
    popup.wait_blame("them").await?;
    fixture.session.stop().await
}

/// The session has closed the welcome page; no other opens, not even after a restart.
async fn welcome_page_opens_once(browser: Browser) -> Result<()> {
    let mut fixture = Fixture::start(browser, "well").await?;
    ensure!(fixture.session.welcome_pages().await? == 0, "greeted twice");
    fixture.session.restart().await?;
    // Whatever the worker does at a start, it has done it when a chat has been seen.
    let chat = fixture.session.open_chat("/").await?;
    chat.send("Hello").await?;
    chat.wait_for_answer_done().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("benign").await?;
    ensure!(fixture.session.welcome_pages().await? == 0, "greeted again after a restart");
    fixture.session.stop().await
}

/// The code holds the chat's address without its query, and so does the link; the button copies it.
async fn shows_a_qr_code_for_another_device(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    let wanted = async |url: &str| -> Result<()> {
        let page = fixture.session.open_page("handoff.html").await?;
        page.wait_words("#address", |words| words == url).await?;
        for scheme in [Scheme::Light, Scheme::Dark] {
            page.frame(1000, scheme).await?;
            let shot = workspace().join(format!("target/looks/{browser}-code-{scheme}.png"));
            page.screenshot(&shot).await?;
            let read = decode(&shot)?;
            ensure!(read == url, "{read}");
        }
        page.click_at("[data-do='copy']").await?;
        page.wait_words("#copied", |words| words == "Copied").await?;
        page.close().await
    };
    wanted("https://chatgpt.com/").await?;
    let chat = fixture.session.open_chat("/c/6710aa21-8f0c-8004-b1e2-0242ac120002?secret=1#x").await?;
    wanted("https://chatgpt.com/c/6710aa21-8f0c-8004-b1e2-0242ac120002").await?;
    chat.close().await?;
    fixture.session.stop().await
}

/// Every page in every language, narrow: nothing is too wide, nothing bars anyone. In English also as pictures.
async fn pages_in_every_language(browser: Browser, languages: &[String]) -> Result<()> {
    let mut wrong = Vec::new();
    for language in languages {
        let (_folder, mend) = localized_copy(&browser.mend()?, language)?;
        let fixture = Fixture::with_setup(browser, Http::Both, "well", |setup| Setup { mend, ..setup }).await?;
        for name in PAGES {
            let page = opened(&fixture.session, name).await?;
            page.frame(360, Scheme::Light).await?;
            let what = format!("{browser}-{language}-{name}");
            page.screenshot(&workspace().join(format!("target/looks/words-{what}.png"))).await?;
            wrong.extend(page.overflowing().await?.into_iter().map(|overflowing| format!("{what}: {overflowing}")));
            wrong
                .extend(page.accessibility_violations().await?.into_iter().map(|barrier| format!("{what}: {barrier}")));
            let overflow = page.overflow().await?;
            if overflow > 0 {
                wrong.push(format!("{what} is {overflow} px wider than its page"));
            }
            if language == "en" {
                page.check_appearance(&format!("{browser}-{name}")).await?;
            }
            page.close().await?;
        }
        fixture.session.stop().await?;
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

async fn opened<'r>(session: &'r Session, name: &str) -> Result<Popup<'r>> {
    let page = session.open_page(&format!("{name}.html")).await?;
    page.settled_page().await?;
    match name {
        "settings" => page.wait_words("#storage-snapshots", |words| words == "0").await?,
        "handoff" => page.wait_words("#address", |words| !words.is_empty()).await?,
        _ => {}
    }
    Ok(page)
}

async fn picture(page: &Popup<'_>, browser: Browser, what: &str) -> Result<()> {
    page.frame(360, Scheme::Light).await?;
    page.screenshot(&workspace().join(format!("target/looks/{browser}-{what}.png"))).await?;
    let accessibility_violations = page.accessibility_violations().await?;
    ensure!(accessibility_violations.is_empty(), "{what}: {}", accessibility_violations.join("\n"));
    Ok(())
}

/// What the only QR code of a picture says.
fn decode(path: &std::path::Path) -> Result<String> {
    let mut reader = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(path)?)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("a huge picture")?];
    let info = reader.next_frame(&mut pixels)?;
    let (width, samples) = (info.width as usize, info.color_type.samples());
    let grey = |x: usize, y: usize| pixels.get((y * width + x) * samples).copied().unwrap_or(255);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, info.height as usize, grey);
    let codes = image.detect_grids();
    let code = codes.first().context("no code in the picture")?;
    Ok(code.decode()?.1)
}
