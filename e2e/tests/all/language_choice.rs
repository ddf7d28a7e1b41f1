//! Another language than the browser's, chosen in the settings.

use std::time::Duration;

use anyhow::{Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, Scheme, languages, until, workspace};
use serde_json::Value;
use thirtyfour::Key;

#[tokio::test]
async fn chromium_language_choice_is_followed_everywhere() -> Result<()> {
    language_choice_is_followed_everywhere(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_language_choice_is_followed_everywhere() -> Result<()> {
    language_choice_is_followed_everywhere(Browser::Firefox).await
}

/// Settings and other open pages at once; popup, new pages and the toolbar's button, also after the worker was killed.
async fn language_choice_is_followed_everywhere(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "500").await?;
    fixture.session.open_failed_chat().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_blame("them").await?;
    popup.close().await?;

    let timeline = fixture.session.open_page("timeline.html").await?;
    speaks(&timeline, "en", "Timeline – Mend").await?;
    let key = fixture.session.open_page("key.html").await?;
    key.settled_page().await?;
    key.fill("key", "sk-typed").await?;

    let settings = fixture.session.open_page("settings.html").await?;
    speaks(&settings, "en", "Settings – Mend").await?;
    let offered: Vec<String> =
        settings.run("return [...document.querySelectorAll('#languages option')].map((one) => one.value)", &[]).await?;
    let all: Vec<String> = [String::new()].into_iter().chain(languages()?).collect();
    ensure!(offered == all, "{offered:?}");
    // By keyboard: the next one in the list.
    settings.run::<Value>("document.getElementById('languages').focus(); return null", &[]).await?;
    settings.press(Key::Down).await?;
    speaks(&settings, "de", "Einstellungen – Mend").await?;
    settings.wait_words("[data-permission='alarms'] .why", |words| words.contains("Wartezeit")).await?;
    settings.wait_words("#storage-failures", |words| words.starts_with("Mit Einzelheiten: 1")).await?;
    let focus: String = settings.run("return document.activeElement.id", &[]).await?;
    ensure!(focus == "languages", "the keyboard is on {focus:?}");
    settings.check_appearance(&format!("{browser}-settings-chosen")).await?;

    // Open pages follow, with names of days too; one in which somebody typed keeps what was typed.
    speaks(&timeline, "de", "Zeitachse – Mend").await?;
    timeline.wait_words("#head", |words| words == "1 von 1 Einträgen.").await?;
    timeline.wait_words(".day", |words| words.contains("tag, ") || words.contains("woch, ")).await?;
    let typed: String = key.run("return document.getElementById('key').value", &[]).await?;
    ensure!(typed == "sk-typed", "{typed:?}");
    until("the button's words", Duration::from_secs(10), async || {
        let body = "const [{ id }] = await chrome.tabs.query({ url: '*://chatgpt.com/*' });
            return await chrome.action.getTitle({ tabId: id })";
        let title: String = settings.run(body, &[]).await?;
        ensure!(title == "Mend: liegt bei OpenAI", "{title:?}");
        Ok(())
    })
    .await?;

    fixture.session.kill_worker().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_words("[data-msg='paste_heading']", |words| words == "Fehlermeldung einfügen").await?;
    popup.wait_blame("them").await?;
    popup.frame(360, Scheme::Light).await?;
    popup.screenshot(&workspace().join(format!("target/looks/{browser}-popup-chosen.png"))).await?;
    let language: String = popup.run("return document.documentElement.lang", &[]).await?;
    ensure!(language == "de", "{language}");
    popup.close().await?;

    // A code with a country, and the choice outlives all that is forgotten.
    choose(&settings, "pt_BR").await?;
    speaks(&settings, "pt-BR", "Configurações – Mend").await?;
    settings.click_at("#forget").await?;
    settings.click_at("[data-do='forget-now']").await?;
    settings.wait_words("#forget-note", |words| !words.is_empty()).await?;
    let kept: Vec<String> =
        settings.run("return Object.keys(await chrome.storage.local.get(null)).sort()", &[]).await?;
    ensure!(kept == ["language", "model"], "{kept:?}");
    let welcome = fixture.session.open_page("welcome.html").await?;
    speaks(&welcome, "pt-BR", "Como usar o Mend – Mend").await?;
    welcome.close().await?;

    // Back to the browser's own, nothing of a choice is left.
    choose(&settings, "").await?;
    speaks(&settings, "en", "Settings – Mend").await?;
    let kept: Vec<String> = settings.run("return Object.keys(await chrome.storage.local.get(null))", &[]).await?;
    ensure!(kept == ["model"], "{kept:?}");
    fixture.session.stop().await
}

/// Every page in every language that can be chosen, narrow: the navigation fits, and nothing bars anyone.
#[tokio::test]
async fn chromium_frame_fits_in_every_language() -> Result<()> {
    let fixture = Fixture::start(Browser::Chromium, "well").await?;
    let mut wrong = Vec::new();
    for language in languages()? {
        let settings = fixture.session.open_page("settings.html").await?;
        settings.settled_page().await?;
        choose(&settings, &language).await?;
        let tag = language.replace('_', "-");
        until(&language, Duration::from_secs(10), async || {
            let spoken: String = settings.run("return document.documentElement.lang", &[]).await?;
            ensure!(spoken == tag, "{spoken}");
            Ok(())
        })
        .await?;
        settings.frame(360, Scheme::Light).await?;
        settings.screenshot(&workspace().join(format!("target/looks/chosen-{language}.png"))).await?;
        let overflow = settings.overflow().await?;
        if overflow > 0 {
            wrong.push(format!("{language} is {overflow} px wider than its page"));
        }
        wrong.extend(settings.overflowing().await?.into_iter().map(|what| format!("{language}: {what}")));
        wrong.extend(settings.accessibility_violations().await?.into_iter().map(|what| format!("{language}: {what}")));
        settings.close().await?;
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    fixture.session.stop().await
}

async fn choose(settings: &Popup<'_>, language: &str) -> Result<()> {
    settings.click_at(&format!("#languages option[value='{language}']")).await
}

async fn speaks(page: &Popup<'_>, language: &str, title: &str) -> Result<()> {
    until(title, Duration::from_secs(10), async || {
        let seen: (String, String) = page.run("return [document.documentElement.lang, document.title]", &[]).await?;
        ensure!(seen == (language.to_owned(), title.to_owned()), "{seen:?}");
        Ok(())
    })
    .await
}
