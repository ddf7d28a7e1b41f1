//! Makes the pictures of the README and of the stores: a person's way from the failure to the proof, in Chromium
//! against the lab.
//!
//! Owns which pictures there are; `frame` lays one out, `animation` joins several.

mod animation;
mod frame;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use mend_e2e::{Browser, Chat, Fixture, Popup, SETTLE_TIME, Scheme, workspace};
use tempfile::TempDir;

use frame::{Frame, PAGE, TILE, tile};

/// What the person in the pictures asks.
const QUESTION: &str = "Why is the sky blue?";
/// How long a frame of the animation is shown, in milliseconds.
const SHOWN_MS: u16 = 2_400;

#[tokio::main]
async fn main() -> ExitCode {
    match pictures().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pictures: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn pictures() -> Result<()> {
    let docs = workspace().join("docs");
    std::fs::create_dir_all(docs.join("store"))?;
    main_path(&docs).await?;
    outage(&docs).await
}

/// A failure, the verdict, one click, the proof.
async fn main_path(docs: &Path) -> Result<()> {
    let fixture = Fixture::start(Browser::Chromium, "500-until-reload").await?;
    let folder = TempDir::with_prefix("mend-pictures-")?;
    let shots = Shots { folder: folder.path() };
    let chat = fixture.session.open_chat("/").await?;
    chat.send(QUESTION).await?;
    chat.wait_for_error_turn().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait_rung("reload", "recommended").await?;
    let failed = shots.chat(&chat, "failed").await?;
    let verdict = shots.popup(&popup, "verdict", Scheme::Light).await?;
    let dark = shots.popup(&popup, "dark", Scheme::Dark).await?;
    std::fs::copy(dark, docs.join("popup-500-dark.png"))?;

    popup.click("reload", "run").await?;
    chat.wait_for_fresh_page().await?;
    popup.wait_rung("reload", "running").await?;
    let running = shots.popup(&popup, "running", Scheme::Light).await?;
    let loaded = shots.chat(&chat, "loaded").await?;
    chat.send(QUESTION).await?;
    chat.wait_for_answer_done().await?;
    popup.wait_blame("benign").await?;
    let proof = shots.popup(&popup, "proof", Scheme::Light).await?;
    let answered = shots.chat(&chat, "answered").await?;

    let frames = [
        Frame { caption: "ChatGPT fails.", chat: &failed, popup: None },
        Frame {
            caption: "Mend says who caused it, how sure it is, and what to do.",
            chat: &failed,
            popup: Some(&verdict),
        },
        Frame { caption: "One click.", chat: &loaded, popup: Some(&running) },
        Frame { caption: "The next answer proves it.", chat: &answered, popup: Some(&proof) },
    ];
    let mut drawn = Vec::new();
    for frame in &frames {
        drawn.push(fixture.session.picture_of(&frame.write(folder.path())?, PAGE).await?);
    }
    animation::write(&docs.join("main-path.png"), &drawn, SHOWN_MS)?;
    for (name, picture) in ["1-verdict", "2-click", "3-proof"].iter().zip(drawn.iter().skip(1)) {
        std::fs::write(docs.join(format!("store/{name}.png")), picture)?;
    }
    let small = fixture.session.picture_of(&tile(&verdict, folder.path())?, TILE).await?;
    std::fs::write(docs.join("store/tile.png"), small)?;

    let timeline = fixture.session.open_page("timeline.html").await?;
    timeline.settled_page().await?;
    timeline.click_at("#rows .failed summary").await?;
    timeline.wait_words(".judged", |words| words.contains("OpenAI")).await?;
    timeline.frame(960, Scheme::Light).await?;
    timeline.screenshot(&docs.join("timeline-light.png")).await?;
    fixture.session.stop().await
}

/// A confirmed incident.
async fn outage(docs: &Path) -> Result<()> {
    let fixture = Fixture::start(Browser::Chromium, "500-incident").await?;
    let folder = TempDir::with_prefix("mend-pictures-")?;
    let shots = Shots { folder: folder.path() };
    let chat = fixture.session.open_chat("/").await?;
    chat.send(QUESTION).await?;
    chat.wait_for_error_turn().await?;
    let popup = fixture.session.open_popup().await?;
    popup.wait("an outage", |snapshot| snapshot.verdict.cause == "outage").await?;
    let outage = shots.popup(&popup, "outage", Scheme::Light).await?;
    std::fs::copy(&outage, docs.join("popup-outage-light.png"))?;
    let failed = shots.chat(&chat, "outage-chat").await?;
    let frame = Frame {
        caption: "It knows when it is them, and tells you when it is over.",
        chat: &failed,
        popup: Some(&outage),
    };
    let drawn = fixture.session.picture_of(&frame.write(folder.path())?, PAGE).await?;
    std::fs::write(docs.join("store/4-outage.png"), drawn)?;
    fixture.session.stop().await
}

/// Pictures of single pages, kept while those of several are laid out.
struct Shots<'f> {
    folder: &'f Path,
}

impl Shots<'_> {
    async fn chat(&self, chat: &Chat<'_>, name: &str) -> Result<PathBuf> {
        let path = self.folder.join(format!("{name}.png"));
        chat.resize(PAGE).await?;
        chat.screenshot(&path).await?;
        Ok(path)
    }

    async fn popup(&self, popup: &Popup<'_>, name: &str, scheme: Scheme) -> Result<PathBuf> {
        let path = self.folder.join(format!("{name}.png"));
        popup.settled(SETTLE_TIME.min(Duration::from_millis(500))).await.or(popup.read().await)?;
        popup.frame(360, scheme).await?;
        popup.screenshot(&path).await?;
        Ok(path)
    }
}
