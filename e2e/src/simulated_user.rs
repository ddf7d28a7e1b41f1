//! A person who does what Mend recommends, and nothing else.
//!
//! Owns the loop: look, press the first button of what is recommended, send the message again, answer truthfully, sign in
//! where that is the advice. Never knows which cause is planted.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde::Deserialize;
use thirtyfour::By;

use crate::chat::{Chat, PAGE_STATE};
use crate::firefox;
use crate::popup::{Popup, SETTLE_TIME};
use crate::popup_snapshot::PopupSnapshot;
use crate::script::script;
use crate::setup::Browser;
use crate::site_data::signed_in;
use crate::wait::until;

/// Most clicks of a run.
const MOST: usize = 40;
/// Most messages of a run.
const TRIES: usize = 24;

/// A person looks at what came before looking elsewhere; a page out of sight is slow to tell.
pub const LOOK_TIME: Duration = Duration::from_millis(1800);

/// How often the same button is pressed.
const AGAIN: usize = 2;

/// The simulated user's tab and popup.
pub struct SimulatedUser<'a> {
    /// The tab that failed.
    pub chat: &'a Chat<'a>,
    /// Mend.
    pub popup: &'a Popup<'a>,
    /// What a private window without extensions would show.
    pub works_in_private: bool,
    /// After so many looks at the popup, and so long after that, Mend's worker is killed.
    pub kill: Option<(usize, Duration)>,
}

/// What the simulated user did, from the failure to the end.
#[derive(Debug)]
pub struct UserRun {
    /// How it ended.
    pub outcome: Outcome,
    /// Every button that was pressed, in order.
    pub clicks: Vec<Click>,
    /// How often the page was tried for a search among extensions.
    pub loads: usize,
    /// How long it took.
    pub took: Duration,
    /// The site still knows the person.
    pub signed_in: bool,
    /// Every rung that was recommended on the way.
    pub offered: BTreeSet<String>,
    /// What the popup said first, and what it said last.
    pub snapshots: (PopupSnapshot, PopupSnapshot),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Mend says that it works again.
    Fixed,
    /// Nothing is left to press: words for what only others can do.
    Words,
}

/// A pressed button.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Click {
    /// The rung.
    pub step: String,
    /// What the button does.
    pub act: String,
}

const BUTTONS: &str = r#"
    return [...document.querySelectorAll('[data-step] [data-do="run"]')]
        .filter((one) => !one.disabled && one.ariaDisabled !== "true" && !one.hidden)
        .map((one) => ({ step: one.closest("[data-step]").dataset.step, act: one.dataset.act ?? "" }))"#;

/// The primary action where it is to sign in again.
const SIGN_IN: &str = r#"a[data-primary][href="https://chatgpt.com/auth/login"]:not([hidden])"#;

/// The page is the one that was marked.
const MARKED: &str = "return document.documentElement.dataset.walked === 'yes'";

/// Whether the page is there, to its last request.
const LOADED: &str = r#"
    if (document.readyState !== "complete") throw new Error("it loads");
    if (box === undefined && errors().length > 0) return false;
    if (box === undefined) throw new Error("no composer yet");
    if (all("history").length === 0 && errors().length === 0) throw new Error("no history yet");
    return true;"#;

impl SimulatedUser<'_> {
    /// Walks to the end.
    pub async fn run(&self) -> Result<UserRun> {
        let start = Instant::now();
        let mut clicks: Vec<Click> = Vec::new();
        let mut offered = BTreeSet::new();
        let (mut asked_to_sign_in, mut tries, mut loads) = (0, 0, 0);
        let first = self.popup.settled(SETTLE_TIME).await?;
        let mut snapshot = first.clone();
        let mut looks = 0;
        let outcome = loop {
            looks += 1;
            if let Some((_, wait)) = self.kill.filter(|(at, _)| *at == looks) {
                tokio::time::sleep(wait).await;
                self.popup.session.kill_worker().await?;
            }
            if snapshot.verdict.blame == "benign" {
                break Outcome::Fixed;
            }
            ensure!(clicks.len() < MOST, "no end after {MOST} clicks: {clicks:?}\n{}", snapshot.table());
            let recommended = snapshot.recommended().map(|rung| rung.step.clone());
            offered.extend(recommended.clone());
            let buttons = self.buttons().await?;
            if self.popup.session.setup.browser == Browser::Firefox {
                self.switch(&snapshot).await?;
            }
            if let Some(asks) = buttons.iter().find(|one| one.act == "works" || one.act == "private-works") {
                clicks.extend(self.answer(&asks.step, &asks.act).await?);
            } else if let Some(done) = buttons.iter().find(|one| one.act == "switched") {
                self.click(done).await?;
                clicks.push(done.clone());
            } else if waits(&snapshot, &buttons) && tries < TRIES {
                // A step that is under way waits for the next message.
                tries += 1;
                loads += usize::from(searches(&snapshot));
                self.works().await;
            } else if asked_to_sign_in < AGAIN && self.popup.shows(SIGN_IN).await? {
                asked_to_sign_in += 1;
                self.sign_in().await?;
                self.works().await;
            } else if let Some(click) = self.press(recommended.as_deref(), &buttons, &clicks) {
                self.click(&click).await?;
                clicks.push(click.clone());
                self.after(&click).await?;
                // What was pressed may be what signing in was missing.
                asked_to_sign_in = 0;
            } else {
                break Outcome::Words;
            }
            snapshot = self.popup.settled(SETTLE_TIME).await?;
        };
        let signed_in = signed_in(&self.chat.cookies().await?);
        Ok(UserRun { outcome, clicks, loads, took: start.elapsed(), signed_in, offered, snapshots: (first, snapshot) })
    }

    async fn buttons(&self) -> Result<Vec<Click>> {
        self.popup.focus().await?;
        script(&self.popup.session.web, BUTTONS, &[]).await
    }

    /// The first button of what is recommended, unless it takes back what was pressed or did not help twice.
    fn press(&self, recommended: Option<&str>, buttons: &[Click], clicks: &[Click]) -> Option<Click> {
        let first = buttons.iter().find(|one| Some(one.step.as_str()) == recommended)?;
        let times = clicks.iter().filter(|one| *one == first).count();
        let most = if first.step == "status" { 1 } else { AGAIN };
        (first.act != "unfollow" && first.act != "stop" && times < most).then(|| first.clone())
    }

    async fn click(&self, click: &Click) -> Result<()> {
        self.mark().await;
        self.popup.focus().await?;
        let selector = format!(r#"[data-step="{}"] [data-do="run"][data-act="{}"]"#, click.step, click.act);
        Ok(self.popup.session.web.find(By::Css(&selector)).await?.click().await?)
    }

    /// What a person does once a button was pressed: looks at the page, and sends again where that can tell something.
    async fn after(&self, click: &Click) -> Result<()> {
        match click.act.as_str() {
            "look" | "read-status" | "follow" | "private" | "search" | "off" => return Ok(()),
            _ => {}
        }
        if self.reloaded().await.is_err() {
            // Whoever has deleted something loads the page again.
            self.chat.reload().await.ok();
        }
        self.works().await;
        Ok(())
    }

    /// "Did it work?" is answered by a message; Mend may have seen it by itself meanwhile.
    async fn answer(&self, step: &str, works: &str) -> Result<Option<Click>> {
        let fine = if works == "private-works" { self.works_in_private } else { self.works().await };
        self.popup.settled(SETTLE_TIME).await?;
        let act = if fine { works.to_owned() } else { works.replace("works", "breaks") };
        let click = Click { step: step.to_owned(), act };
        if !self.buttons().await?.contains(&click) {
            return Ok(None);
        }
        // The next round may begin while the button is pressed.
        self.click(&click).await?;
        Ok(Some(click))
    }

    /// Loads nothing: sends the message where there is something to send it from, and says whether an answer came.
    pub async fn works(&self) -> bool {
        let works = async {
            self.chat.focus().await?;
            let loaded = until("the page", Duration::from_secs(10), async || {
                script::<bool>(&self.chat.session.web, &format!("{PAGE_STATE}{LOADED}"), &[]).await
            });
            ensure!(loaded.await?, "the page is broken");
            self.chat.send("And now?").await?;
            self.chat.wait_for_outcome().await
        };
        let works = works.await;
        tokio::time::sleep(LOOK_TIME).await;
        works.is_ok()
    }

    /// Firefox lets no extension switch others; the person does as the popup says.
    async fn switch(&self, snapshot: &PopupSnapshot) -> Result<()> {
        let text = snapshot.rung("extensions").map_or("", |rung| rung.text.as_str());
        let web = &self.popup.session.web;
        if let Some(off) = named(text, "Switch these off under Extensions: ") {
            firefox::disable_extensions(web, &off).await?;
        } else if let (Some(found), true) = (named(text, "Found: "), text.contains("Switch off only that")) {
            firefox::disable_extensions(web, &found).await?;
        } else if text.contains("Switch them on again") || text.contains("Switch it on again") {
            firefox::disable_extensions(web, &[]).await?;
        }
        Ok(())
    }

    /// Signs in as the site offers it.
    async fn sign_in(&self) -> Result<()> {
        self.chat.navigate("https://chatgpt.com/auth/login").await?;
        self.chat.session.web.find(By::Css("#sign-in")).await?.click().await?;
        Ok(())
    }

    /// A page of the browser's own takes no mark; then it counts as loaded anew.
    async fn mark(&self) {
        let marked = async {
            self.chat.focus().await?;
            script::<()>(&self.chat.session.web, "document.documentElement.dataset.walked = 'yes'", &[]).await
        };
        let _ = marked.await;
    }

    async fn reloaded(&self) -> Result<()> {
        self.chat.focus().await?;
        until("a reload", Duration::from_secs(6), async || {
            ensure!(!script::<bool>(&self.chat.session.web, MARKED, &[]).await.unwrap_or(false), "the same page");
            Ok(())
        })
        .await
    }
}

impl UserRun {
    /// One row: cause, browser, outcome, clicks, seconds, still signed in, which buttons.
    pub fn row(&self, cause: &str, browser: Browser) -> String {
        let clicks: Vec<String> = self.clicks.iter().map(|one| format!("{}/{}", one.step, one.act)).collect();
        let verdict = &self.snapshots.0.verdict;
        format!(
            "{cause:<24}{:<10}{:<8}{:>3} clicks {:>2} loads {:>5.1} s  signed in: {:<6}{}/{} {:<12}{}",
            browser.to_string(),
            format!("{:?}", self.outcome),
            self.clicks.len(),
            self.loads,
            self.took.as_secs_f64(),
            self.signed_in,
            verdict.blame,
            verdict.cause,
            verdict.advice.as_deref().unwrap_or("-"),
            clicks.join(" "),
        )
    }
}

/// Whether a search among extensions waits for a message.
fn searches(snapshot: &PopupSnapshot) -> bool {
    snapshot.rung("extensions").is_some_and(|rung| rung.text.contains("Stop the search"))
}

/// The names that follow these words, to the end of the list.
fn named<'a>(text: &'a str, words: &str) -> Option<Vec<&'a str>> {
    let (_, rest) = text.split_once(words)?;
    let list = rest.split(['.', '(']).next()?;
    Some(list.split(',').map(str::trim).collect())
}

/// Whether a rung is under way and has nothing to press but an end to it: then the next message tells.
fn waits(snapshot: &PopupSnapshot, buttons: &[Click]) -> bool {
    let running = ["reload", "cache-cookies", "extensions"]
        .iter()
        .any(|step| snapshot.rung(step).is_some_and(|rung| rung.state == "running"));
    running && buttons.iter().all(|one| !matches!(one.act.as_str(), "works" | "private-works"))
}
