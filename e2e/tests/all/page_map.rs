//! The map of ChatGPT's page (`extension/js/page_map.js`) against the lab's pages, which were built without it: each field of an
//! entry finds what it names in the state in which that is there, and no page is taken for another generation.

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Fixture};
use mend_lab::{Generation, Http, Lang};
use serde_json::{Value, json};

const MAP: &str = include_str!("../../../extension/js/page_map.js");

/// Each generation of the map, and the lab's page that shows it. A new entry needs a page here.
const PAGES: &[(&str, Generation)] = &[("2025", Generation::Old), ("2026-09", Generation::New)];

#[tokio::test]
async fn chromium_page_map_finds_each_part_of_each_page() -> Result<()> {
    page_map_finds_each_part_of_each_page(Browser::Chromium, Lang::Ja).await
}

#[tokio::test]
async fn firefox_page_map_finds_each_part_of_each_page() -> Result<()> {
    page_map_finds_each_part_of_each_page(Browser::Firefox, Lang::En).await
}

async fn page_map_finds_each_part_of_each_page(browser: Browser, lang: Lang) -> Result<()> {
    for (name, page) in PAGES {
        let fixture = Fixture::with_page(browser, Http::Both, lang, *page).await?;
        states(&fixture, name).await.with_context(|| format!("{browser}, {name}"))?;
        fixture.session.stop().await?;
    }
    Ok(())
}

async fn states(fixture: &Fixture, name: &str) -> Result<()> {
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;
    let names: Value = chat.run_in_page(&format!("{MAP}\nreturn MEND_PAGES.map(({{ name }}) => name);")).await?;
    let known: Vec<&str> = PAGES.iter().map(|(name, _)| *name).collect();
    let count = names.as_array().context("a list of names")?.len();
    ensure!(count == known.len() && known.iter().all(|name| names.to_string().contains(name)), "{names} and {known:?}");

    finds(&chat, name, &["here", "composer"]).await.context("before anything was sent")?;
    chat.write("Hello").await?;
    finds(&chat, name, &["send"]).await.context("with a text in the composer")?;
    chat.press_send().await?;
    chat.wait_for_answer_done().await?;
    finds(&chat, name, &["turn", "question", "answer", "finished", "written"]).await.context("after an answer")?;
    misses(&chat, name, &["busy", "stop", "error", "recovering"]).await.context("after an answer")?;

    fixture.set_fault("stop")?;
    chat.send("Tell me a long story").await?;
    chat.wait_for_answer_begun().await?;
    finds(&chat, name, &["busy", "stop"]).await.context("while it answers")?;
    chat.press_stop().await?;
    misses(&chat, name, &["busy", "stop"]).await.context("after Stop")?;

    fixture.set_fault("500")?;
    chat.send("And now?").await?;
    chat.wait_for_error_turn().await?;
    finds(&chat, name, &["error"]).await.context("after an error")?;

    fixture.set_fault("reconnects")?;
    chat.send("And again?").await?;
    if chat.wait_for_recovery().await.is_ok() {
        finds(&chat, name, &["recovering"]).await.context("while the page reconnects")?;
    }
    Ok(())
}

/// Which of these fields of the entry find nothing; one without a selector is not asked for.
async fn lacking(chat: &Chat<'_>, name: &str, fields: &[&str]) -> Result<Vec<String>> {
    let body = format!(
        "{MAP}
        const others = MEND_PAGES.filter((page) => page.name !== {name} && document.querySelector(page.here));
        if (others.length) throw new Error(`taken for ${{others[0].name}}`);
        const page = MEND_PAGES.find((page) => page.name === {name});
        return {fields}.filter((field) => page[field] && !document.querySelector(page[field]));",
        name = json!(name),
        fields = json!(fields)
    );
    Ok(serde_json::from_value(chat.run_in_page(&body).await?)?)
}

async fn finds(chat: &Chat<'_>, name: &str, fields: &[&str]) -> Result<()> {
    let lacking = lacking(chat, name, fields).await?;
    ensure!(lacking.is_empty(), "{lacking:?} find nothing");
    Ok(())
}

async fn misses(chat: &Chat<'_>, name: &str, fields: &[&str]) -> Result<()> {
    let lacking = lacking(chat, name, fields).await?;
    let has = fields.iter().filter(|field| !lacking.iter().any(|one| one == *field));
    let body = format!("{MAP}\nconst page = MEND_PAGES.find((page) => page.name === {}); return page;", json!(name));
    let page = chat.run_in_page(&body).await?;
    let found: Vec<_> = has.filter(|field| page.get(**field).is_some_and(Value::is_string)).collect();
    ensure!(found.is_empty(), "{found:?} find something");
    Ok(())
}
