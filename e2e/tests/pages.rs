//! ChatGPT's three pages, as a person sees them: the lab's own, in all its languages, with what a turn can become.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Stage, rounds, until, workspace};
use mend_lab::{Generation, Http, Lang};

/// In the order in which the pages take them.
const LANGS: [Lang; 3] = [Lang::En, Lang::Ja, Lang::Zh];

#[tokio::test]
async fn chromium_turns() -> Result<()> {
    each_page(Browser::Chromium, 0).await
}

#[tokio::test]
async fn firefox_turns() -> Result<()> {
    each_page(Browser::Firefox, 1).await
}

/// One language for each page; with `MEND_FULL=1` all of them.
async fn each_page(browser: Browser, first: usize) -> Result<()> {
    for round in 0..rounds(1, LANGS.len()) {
        for (page, lang) in Generation::ALL.into_iter().zip(LANGS.into_iter().cycle().skip(first + round)) {
            let stage = Stage::on(browser, Http::Both, lang, page).await?;
            let done = turns(&stage, page).await.with_context(|| format!("{browser}, {page:?}, {lang:?}"));
            stage.robot.stop().await?;
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
async fn turns(stage: &Stage, page: Generation) -> Result<()> {
    let chat = stage.robot.open_chat("/").await?;
    chat.wait_for_page().await?;
    chat.send("Why is the sky blue?").await?;
    chat.wait_for_answer_done().await?;
    ensure!(chat.shown_answer().await?.ends_with("Ask again whenever you like."), "{}", chat.shown_answer().await?);
    shot(&chat, page, "answer").await?;

    for fault in ["500", "stream-error", "stream-error-in-delta", "stream-empty", "too-large", "stream-cut", "reset"] {
        stage.fault(fault)?;
        chat.send("And the sea?").await?;
        chat.wait_for_error_turn().await.with_context(|| fault)?;
        shot(&chat, page, fault).await?;
    }
    stage.fault("well")?;
    chat.press_retry().await?;
    chat.wait_for_answer_done().await.context("after Retry")?;

    stage.fault("stop")?;
    chat.send("Tell me a long story").await?;
    chat.wait_for_answer_begun().await?;
    chat.steer("Make it shorter").await?;
    chat.wait_for_more().await?;
    chat.press_stop().await?;
    ensure!(!chat.failed().await?, "a stopped answer is no error");
    let asked = |path: &str| stage.lab.log().iter().any(|hit| hit.path.ends_with(path));
    ensure!(asked("/f/steer_turn") && asked("/stop_conversation") && asked("/sentinel/ping"));

    stage.fault("reconnects")?;
    chat.send("And again?").await?;
    if page == Generation::Old {
        chat.wait_for_error_turn().await.context("the old page does not wait")?;
    } else {
        chat.wait_for_recovery().await?;
        shot(&chat, page, "recovery").await?;
        chat.wait_for_answer_done().await?;
    }
    ensure!(chat.failed().await? == (page == Generation::Old));

    stage.fault("too-many-dialog")?;
    chat.send("Once more").await?;
    chat.wait_for_error_turn().await?;
    shot(&chat, page, "dialog").await?;
    chat.press_dialog().await?;

    stage.fault("resume-410")?;
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
async fn chromium_writes() -> Result<()> {
    each_composer(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_writes() -> Result<()> {
    each_composer(Browser::Firefox).await
}

async fn each_composer(browser: Browser) -> Result<()> {
    let stage = Stage::on(browser, Http::Two, Lang::En, Generation::Old).await?;
    for page in Generation::ALL {
        written(&stage, page).await.with_context(|| format!("{browser}, {page:?}"))?;
    }
    signed_out(&stage).await.context("signed out")?;
    stage.robot.stop().await
}

/// What is typed and pasted stands there as it was; what is too long becomes a file.
async fn written(stage: &Stage, page: Generation) -> Result<()> {
    stage.fault("well")?;
    let chat = stage.robot.open_chat(&format!("/?page={}", page.name())).await?;
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

    for (fault, words) in [("upload-blocked", "files.oaiusercontent.com"), ("upload-500", "Cargo.toml")] {
        stage.fault(fault)?;
        chat.attach(&workspace().join("Cargo.toml")).await?;
        let said = chat.wait_for_error().await?;
        ensure!(said.iter().any(|said| said.contains(words)), "{fault}: {said:?}");
        chat.navigate(&format!("https://chatgpt.com/?page={}", page.name())).await?;
    }
    stage.fault("well")?;
    chat.attach(&workspace().join("Cargo.toml")).await?;
    chat.write("See the file").await?;
    chat.press_send().await?;
    chat.wait_for_answer_done().await?;
    chat.close().await
}

/// Somebody without an account, on a phone, has paths of their own.
async fn signed_out(stage: &Stage) -> Result<()> {
    stage.fault("well")?;
    for (page, path) in [
        ("old", "/backend-anon/f/conversation"),
        ("new", "/unauth-mweb/conversation/updates"),
        ("next", "/unauth-mweb/conversation/updates"),
    ] {
        stage.lab.clear_log();
        let chat = stage.robot.open_chat(&format!("/?page={page}&signed=out")).await?;
        chat.send("Hello").await?;
        chat.wait_for_answer_done().await.context(page)?;
        ensure!(stage.lab.log().iter().any(|hit| hit.path == path), "{page}: not at {path}");
        chat.close().await?;
    }
    Ok(())
}
