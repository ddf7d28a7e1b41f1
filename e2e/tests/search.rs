//! The search for an extension that breaks ChatGPT, while Mend's worker or the whole browser dies in the middle: the
//! culprit is found or all are on again, and no other extension is ever left off.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Chat, Crowd, Harm, LOOKS, Outcome, Person, Popup, Setup, Stage, requiring, rounds, until};
use mend_lab::Http;
use tempfile::TempDir;

const CROWD: usize = 16;

/// A failing message, among extensions of which one spoils it.
struct Scene {
    stage: Stage,
    guilty: BTreeSet<String>,
    _crowd: Crowd,
    _folder: TempDir,
}

async fn scene(harm: Harm) -> Result<Scene> {
    let crowd = Crowd::gather(CROWD, harm)?;
    let folder = TempDir::with_prefix("mend-variant-")?;
    let mend = requiring(&Browser::Chromium.mend()?, &["management", "scripting"], folder.path())?;
    let stage = Stage::with(Browser::Chromium, Http::Both, "well", |setup| crowd.join(Setup { mend, ..setup })).await?;
    let guilty = crowd.guilty().iter().map(|one| one.name.clone()).collect();
    Ok(Scene { stage, guilty, _crowd: crowd, _folder: folder })
}

async fn fails(stage: &Stage) -> Result<(Chat<'_>, Popup<'_>)> {
    let chat = stage.robot.open_chat("/").await?;
    chat.send("Why is the sky blue?").await?;
    chat.wait_for_error_turn().await?;
    tokio::time::sleep(LOOKS).await;
    let popup = stage.robot.open_popup().await?;
    Ok((chat, popup))
}

/// Whoever looks closer sees whose file is in an error of the page: it is switched off first, and alone.
#[tokio::test]
async fn chromium_its_file_is_in_an_error() -> Result<()> {
    let scene = scene(Harm::Throws).await?;
    let (chat, popup) = fails(&scene.stage).await?;
    popup.wait("the failure", |sheet| sheet.verdict.blame != "benign").await?;
    popup.unfold().await?;
    popup.click_on("closer").await.context("closer")?;
    tokio::time::sleep(LOOKS).await;
    chat.reload().await?;
    chat.wait_for_page().await?;
    tokio::time::sleep(LOOKS).await;
    chat.send("Why is the sky blue?").await?;
    chat.wait_for_error_turn().await?;
    tokio::time::sleep(LOOKS).await;
    let walk =
        Person { chat: &chat, popup: &popup, works_in_private: true, kill: None }.walk().await.context("walk")?;
    println!("{}", walk.row("its file", Browser::Chromium));
    ensure!(walk.outcome == Outcome::Fixed && walk.loads == 1, "{} loads\n{}", walk.loads, walk.sheets.1.table());
    let acts: Vec<&str> = walk.clicks.iter().map(|click| click.act.as_str()).collect();
    ensure!(acts == ["look", "off"], "{acts:?}");
    let off = popup.switched_off().await?;
    ensure!(off == scene.guilty, "these are off: {off:?}");
    scene.stage.robot.stop().await
}

#[tokio::test]
async fn chromium_the_worker_dies() -> Result<()> {
    for round in 0..rounds(2, 20) {
        let scene = scene(Harm::Spoils).await?;
        let (chat, popup) = fails(&scene.stage).await?;
        let kill = Some((2 + round % 9, Duration::from_millis(round as u64 * 137 % 900)));
        let person = Person { chat: &chat, popup: &popup, works_in_private: true, kill };
        let walk = person.walk().await.with_context(|| format!("round {round}"))?;
        println!("{round}: {:?}: {}", kill, walk.row("killed", Browser::Chromium));
        ensure!(walk.outcome == Outcome::Fixed, "round {round}: not fixed\n{}", walk.sheets.1.table());
        let off = popup.switched_off().await?;
        ensure!(off == scene.guilty, "round {round}: these are off: {off:?}");
        scene.stage.robot.stop().await?;
    }
    Ok(())
}

#[tokio::test]
async fn chromium_the_browser_dies() -> Result<()> {
    for round in 0..rounds(1, 5) {
        let mut scene = scene(Harm::Spoils).await?;
        {
            let (chat, popup) = fails(&scene.stage).await?;
            popup.click_at(r#"[data-act="look"]"#).await?;
            popup.wait_words(r#"[data-step="extensions"]"#, |words| words.contains("Find the one")).await?;
            popup.click_at(r#"[data-act="search"]"#).await?;
            off(&popup, |off| off > 0).await?;
            for _ in 0..round {
                chat.send("And now?").await.ok();
                chat.wait_for_outcome().await.ok();
                tokio::time::sleep(LOOKS).await;
            }
        }
        scene.stage.robot.restart().await?;
        let popup = scene.stage.robot.open_popup().await?;
        off(&popup, |off| off == 0).await.with_context(|| format!("round {round}"))?;
        scene.stage.robot.stop().await?;
    }
    Ok(())
}

/// Waits until so many other extensions are off.
async fn off(popup: &Popup<'_>, wanted: impl Fn(usize) -> bool) -> Result<()> {
    until("the extensions to stand as wanted", Duration::from_secs(45), async || {
        let off = popup.switched_off().await?;
        ensure!(wanted(off.len()), "{off:?} are off");
        Ok(())
    })
    .await
}
