//! ChatGPT's three pages, as a person sees them: the lab's own, in all its languages, with what a turn can become.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Fixture, rounds, until, workspace};
use mend_lab::{Generation, Http, Lang};

/// In the order in which the pages take them.
const LANGS: [Lang; 3] = [Lang::En, Lang::Ja, Lang::Zh];

#[tokio::test]
async fn chromium_lab_pages_show_each_kind_of_turn() -> Result<()> {
    lab_pages_show_each_kind_of_turn(Browser::Chromium, 0).await
}

#[tokio::test]
async fn firefox_lab_pages_show_each_kind_of_turn() -> Result<()> {
    lab_pages_show_each_kind_of_turn(Browser::Firefox, 1).await
}

/// One language for each page; with `MEND_FULL=1` all of them.
async fn lab_pages_show_each_kind_of_turn(browser: Browser, first: usize) -> Result<()> {
    for round in 0..rounds(1, LANGS.len()) {
        for (page, lang) in Generation::ALL.into_iter().zip(LANGS.into_iter().cycle().skip(first + round)) {
            let fixture = Fixture::with_page(browser, Http::Both, lang, page).await?;
            let done = turns(&fixture, page).await.with_context(|| format!("{browser}, {page:?}, {lang:?}"));
            fixture.session.stop().await?;
            done?;
        }
    }
    Ok(())
}

/// With `MEND_SHOTS` pictures are kept there.
async fn shot(chat: &Chat<'_>, page: Generation, what: &str) -> Result<()> {
    let Some(folder) = std::env::var_os("MEND_SHOTS").map(PathBuf::from) else { return Ok(()) };
    chat.screenshot(&folder.join(format!("{}-{what}.png", page.name()))).await
}

/// A turn that is answered, one that fails and is tried again, one that is stopped, one that reconnects.
async fn turns(fixture: &Fixture, page: Generation) -> Result<()> {
    let chat = fixture.session.open_chat("/").await?;
    chat.wait_for_page().await?;
    chat.send("Why is the sky blue?").await?;
    chat.wait_for_answer_done().await?;
    ensure!(chat.shown_answer().await?.ends_with("Ask again whenever you like."), "{}", chat.shown_answer().await?);
    shot(&chat, page, "answer").await?;

    for fault in ["500", "stream-error", "stream-error-in-delta", "stream-empty", "too-large", "stream-cut", "reset"] {
        fixture.set_fault(fault)?;
        chat.send("And the sea?").await?;
        chat.wait_for_error_turn().await.with_context(|| fault)?;
        shot(&chat, page, fault).await?;
    }
    fixture.set_fault("well")?;
    chat.press_retry().await?;
    chat.wait_for_answer_done().await.context("after Retry")?;

    fixture.set_fault("stop")?;
    chat.send("Tell me a long story").await?;
    chat.wait_for_answer_begun().await?;
    chat.steer("Make it shorter").await?;
    chat.wait_for_more().await?;
    chat.press_stop().await?;
    ensure!(!chat.failed().await?, "a stopped answer is no error");
    let asked = |path: &str| fixture.lab.log().iter().any(|hit| hit.path.ends_with(path));
    ensure!(asked("/f/steer_turn") && asked("/stop_conversation") && asked("/sentinel/ping"));

    fixture.set_fault("reconnects")?;
    chat.send("And again?").await?;
    if page == Generation::Old {
        chat.wait_for_error_turn().await.context("the old page does not wait")?;
    } else {
        chat.wait_for_recovery().await?;
        shot(&chat, page, "recovery").await?;
        chat.wait_for_answer_done().await?;
    }
    ensure!(chat.failed().await? == (page == Generation::Old));

    fixture.set_fault("too-many-dialog")?;
    chat.send("Once more").await?;
    chat.wait_for_error_turn().await?;
    shot(&chat, page, "dialog").await?;
    chat.press_dialog().await?;

    fixture.set_fault("resume-410")?;
    chat.send("And then?").await?;
    chat.wait_for_error_turn().await?;
    chat.press_retry().await?;
    chat.wait_for_page().await?;
    until("the whole answer", Duration::from_secs(10), async || {
        let shown = chat.shown_answer().await?;
        ensure!(shown.ends_with("Ask again whenever you like."), "{shown}");
        Ok(())
    })
    .await
    .context("after the reload")?;
    chat.close().await
}

#[tokio::test]
async fn chromium_lab_page_composers_take_text() -> Result<()> {
    lab_page_composers_take_text(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_lab_page_composers_take_text() -> Result<()> {
    lab_page_composers_take_text(Browser::Firefox).await
}

async fn lab_page_composers_take_text(browser: Browser) -> Result<()> {
    let fixture = Fixture::with_page(browser, Http::Two, Lang::En, Generation::Old).await?;
    for page in Generation::ALL {
        written(&fixture, page).await.with_context(|| format!("{browser}, {page:?}"))?;
    }
    signed_out(&fixture).await.context("signed out")?;
    fixture.session.stop().await
}

/// What is typed and pasted stands there as it was; what is too long becomes a file.
async fn written(fixture: &Fixture, page: Generation) -> Result<()> {
    fixture.set_fault("well")?;
    let chat = fixture.session.open_chat(&format!("/?page={}", page.name())).await?;
    chat.wait_for_page().await?;
    let typed = "two  blanks\n\nan empty line, 日本語, שלום";
    chat.write(typed).await?;
    ensure!(chat.written().await? == typed, "{:?}", chat.written().await?);
    chat.press_send().await?;
    chat.wait_for_answer_done().await?;
    ensure!(chat.written().await?.is_empty(), "it was sent");

    let long: String =
        (0..2500).map(|at| format!("line {at}  🙂{}", if at % 7 == 0 { "\n\n" } else { "\n" })).collect();
    chat.fill(&long).await?;
    let stands = chat.written().await?;
    let differs = stands.chars().zip(long.chars()).take_while(|(a, b)| a == b).count();
    ensure!(stands == long, "of {} letters, {} are there; the same up to {differs}", long.len(), stands.len());
    chat.press_send().await?;
    chat.wait_for_answer_done().await?;

    chat.paste(&"a word ".repeat(2000)).await?;
    let file = page != Generation::Old;
    ensure!(chat.written().await?.is_empty() == file, "a long paste is a file on the newer pages");
    chat.navigate(&format!("https://chatgpt.com/?page={}", page.name())).await?;
    chat.wait_for_page().await?;
    chat.send_repeatedly("Hello", 2).await?;
    chat.navigate(&format!("https://chatgpt.com/?page={}", page.name())).await?;

    for (fault, words) in [("upload-blocked", "files.oaiusercontent.com"), ("upload-500", "Cargo.toml")] {
        fixture.set_fault(fault)?;
        chat.attach(&workspace().join("Cargo.toml")).await?;
        let said = chat.wait_for_error().await?;
        ensure!(said.iter().any(|said| said.contains(words)), "{fault}: {said:?}");
        chat.navigate(&format!("https://chatgpt.com/?page={}", page.name())).await?;
    }
    fixture.set_fault("well")?;
    chat.attach(&workspace().join("Cargo.toml")).await?;
    chat.write("See the file").await?;
    chat.press_send().await?;
    chat.wait_for_answer_done().await?;
    chat.close().await
}

/// Somebody without an account, on a phone, has paths of their own.
async fn signed_out(fixture: &Fixture) -> Result<()> {
    fixture.set_fault("well")?;
    for (page, path) in [
        ("old", "/backend-anon/f/conversation"),
        ("new", "/unauth-mweb/conversation/updates"),
        ("next", "/unauth-mweb/conversation/updates"),
    ] {
        fixture.lab.clear_log();
        let chat = fixture.session.open_chat(&format!("/?page={page}&signed=out")).await?;
        chat.send("Hello").await?;
        chat.wait_for_answer_done().await.context(page)?;
        ensure!(fixture.lab.log().iter().any(|hit| hit.path == path), "{page}: not at {path}");
        chat.close().await?;
    }
    Ok(())
}
