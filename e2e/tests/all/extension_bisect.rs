//! The search for an extension that breaks ChatGPT, while Mend's worker or the whole browser dies in the middle: the
//! culprit is found or all are on again, and no other extension is ever left off.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{
    Browser, Chat, ExtensionSet, Fixture, Harm, LOOK_TIME, Outcome, Popup, Setup, SimulatedUser, require_permissions,
    rounds, until,
};
use mend_lab::Http;
use tempfile::TempDir;

const EXTENSIONS: usize = 16;

/// A failing message, among extensions of which one spoils it.
struct Search {
    fixture: Fixture,
    harmful: BTreeSet<String>,
    _extension_set: ExtensionSet,
    _folder: TempDir,
}

async fn search(harm: Harm) -> Result<Search> {
    let extension_set = ExtensionSet::create(EXTENSIONS, harm)?;
    let folder = TempDir::with_prefix("mend-permissions-")?;
    let mend = require_permissions(&Browser::Chromium.mend()?, &["management", "scripting"], folder.path())?;
    let fixture = Fixture::with_setup(Browser::Chromium, Http::Both, "well", |setup| {
        extension_set.install(Setup { mend, ..setup })
    })
    .await?;
    let harmful = extension_set.harmful().iter().map(|one| one.name.clone()).collect();
    Ok(Search { fixture, harmful, _extension_set: extension_set, _folder: folder })
}

async fn fails(fixture: &Fixture) -> Result<(Chat<'_>, Popup<'_>)> {
    let chat = fixture.session.open_failed_chat().await?;
    tokio::time::sleep(LOOK_TIME).await;
    let popup = fixture.session.open_popup().await?;
    Ok((chat, popup))
}

/// With deep inspection Mend sees whose file is in an error of the page: that one is switched off first, and alone.
#[tokio::test]
async fn chromium_bisect_starts_with_the_extension_named_in_an_error() -> Result<()> {
    let search = search(Harm::Throws).await?;
    let (chat, popup) = fails(&search.fixture).await?;
    popup.wait("the failure", |snapshot| snapshot.verdict.blame != "benign").await?;
    popup.unfold().await?;
    popup.click_on("deep-inspection").await.context("closer")?;
    tokio::time::sleep(LOOK_TIME).await;
    chat.reload().await?;
    chat.wait_for_page().await?;
    tokio::time::sleep(LOOK_TIME).await;
    chat.send("Why is the sky blue?").await?;
    chat.wait_for_error_turn().await?;
    tokio::time::sleep(LOOK_TIME).await;
    let run =
        SimulatedUser { chat: &chat, popup: &popup, works_in_private: true, kill: None }.run().await.context("run")?;
    println!("{}", run.row("its file", Browser::Chromium));
    ensure!(run.outcome == Outcome::Fixed && run.loads == 1, "{} loads\n{}", run.loads, run.snapshots.1.table());
    let acts: Vec<&str> = run.clicks.iter().map(|click| click.act.as_str()).collect();
    ensure!(acts == ["look", "off"], "{acts:?}");
    let off = popup.switched_off().await?;
    ensure!(off == search.harmful, "these are off: {off:?}");
    search.fixture.session.stop().await
}

#[tokio::test]
async fn chromium_bisect_survives_worker_kills() -> Result<()> {
    for round in 0..rounds(2, 20) {
        let search = search(Harm::Spoils).await?;
        let (chat, popup) = fails(&search.fixture).await?;
        let kill = Some((2 + round % 9, Duration::from_millis(round as u64 * 137 % 900)));
        let person = SimulatedUser { chat: &chat, popup: &popup, works_in_private: true, kill };
        let run = person.run().await.with_context(|| format!("round {round}"))?;
        println!("{round}: {:?}: {}", kill, run.row("killed", Browser::Chromium));
        ensure!(run.outcome == Outcome::Fixed, "round {round}: not fixed\n{}", run.snapshots.1.table());
        let off = popup.switched_off().await?;
        ensure!(off == search.harmful, "round {round}: these are off: {off:?}");
        search.fixture.session.stop().await?;
    }
    Ok(())
}

#[tokio::test]
async fn chromium_bisect_survives_browser_restart() -> Result<()> {
    for round in 0..rounds(1, 5) {
        let mut search = search(Harm::Spoils).await?;
        {
            let (chat, popup) = fails(&search.fixture).await?;
            popup.click_at(r#"[data-act="look"]"#).await?;
            popup.wait_words(r#"[data-step="extensions"]"#, |words| words.contains("Find the culprit")).await?;
            popup.click_at(r#"[data-act="search"]"#).await?;
            off(&popup, |off| off > 0).await?;
            for _ in 0..round {
                chat.send("And now?").await.ok();
                chat.wait_for_outcome().await.ok();
                tokio::time::sleep(LOOK_TIME).await;
            }
        }
        search.fixture.session.restart().await?;
        let popup = search.fixture.session.open_popup().await?;
        off(&popup, |off| off == 0).await.with_context(|| format!("round {round}"))?;
        search.fixture.session.stop().await?;
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
