//! Mend's popup, opened in a tab of its own.
//!
//! Owns the names that the popup promises: `#verdict`, `#evidence`, `[data-step]`, `[data-do]`, `#progress`.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use thirtyfour::{By, Key, WindowHandle};

use crate::firefox;
use crate::popup_snapshot::{PopupSnapshot, Verdict};
use crate::script::script;
use crate::session::Session;
use crate::setup::Browser;
use crate::stored_model::StoredModel;
use crate::wait::until;

/// How long Mend may take to find its verdict.
const LIMIT: Duration = Duration::from_secs(20);

/// How long the popup must stay the same to count as settled: longer than any part of Mend takes to report something.
pub const SETTLE_TIME: Duration = Duration::from_millis(1500);

/// An open popup.
pub struct Popup<'r> {
    pub(crate) session: &'r Session,
    pub(crate) window: WindowHandle,
}

/// The badge on the toolbar button, for one tab.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Badge {
    /// The tab's address.
    pub url: String,
    /// The sign; empty where there is nothing to say.
    pub text: String,
    /// Red, green, blue, opacity.
    pub color: Vec<u8>,
}

const READ: &str = r##"
    // Closed details have no innerText, so gather the pieces; what is hidden is not said.
    const words = (node) => {
        const pieces = [];
        const walk = document.createTreeWalker(node, NodeFilter.SHOW_ALL, (at) =>
            at.hidden ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
        for (let at = walk.currentNode; at; at = walk.nextNode()) if (at.nodeType === 3) pieces.push(at.data);
        return pieces.join(" ").replace(/\s+/g, " ").trim();
    };
    const verdict = document.getElementById("verdict");
    if (!verdict?.dataset.blame) throw new Error("the popup has no verdict: " + words(document.body));
    const progress = document.getElementById("progress");
    return {
        verdict: {
            blame: verdict.dataset.blame,
            cause: verdict.dataset.cause ?? "",
            confidence: verdict.dataset.confidence ?? "",
            advice: verdict.dataset.advice || null,
            text: words(verdict),
        },
        evidence: [...document.querySelectorAll("#evidence li")].map(words),
        rungs: [...document.querySelectorAll("[data-step]")].map((rung) => (
            { step: rung.dataset.step, state: rung.dataset.state ?? "", text: words(rung) })),
        progress: progress?.checkVisibility() ? words(progress) : null,
    };"##;

const BADGES: &str = r#"
    const api = globalThis.browser ?? chrome;
    const tabs = await api.tabs.query({ url: ["*://chatgpt.com/*"] });
    return Promise.all(tabs.map(async ({ id, url }) => ({
        url,
        text: await api.action.getBadgeText({ tabId: id }),
        color: [...await api.action.getBadgeBackgroundColor({ tabId: id })],
    })));"#;

impl Session {
    /// Opens Mend's popup in a tab of its own.
    pub async fn open_popup(&self) -> Result<Popup<'_>> {
        let popup = self.open_page("popup.html").await?;
        popup.wait_drawn().await?;
        Ok(popup)
    }

    /// Opens one of Mend's pages in a tab of its own; it is framed and looked at as the popup is.
    pub async fn open_page(&self, page: &str) -> Result<Popup<'_>> {
        let url = format!("{}/{page}", self.origin());
        let window = match self.setup.browser {
            Browser::Chromium => {
                let window = self.new_tab().await?;
                self.web.goto(&url).await?;
                window
            }
            Browser::Firefox => firefox::open(&self.web, &url).await?,
        };
        // A new tab of Firefox shows an empty page first.
        let there = "return document.readyState === 'complete' && location.href.startsWith(arguments[0])";
        until(page, Duration::from_secs(10), async || {
            ensure!(script::<bool>(&self.web, there, &[url.clone().into()]).await?, "it is not loaded");
            Ok(())
        })
        .await?;
        Ok(Popup { session: self, window })
    }
}

impl Popup<'_> {
    /// Reads everything the popup says.
    pub async fn read(&self) -> Result<PopupSnapshot> {
        self.focus().await?;
        script(&self.session.web, READ, &[]).await
    }

    /// The verdict as it stands.
    pub async fn verdict(&self) -> Result<Verdict> {
        Ok(self.read().await?.verdict)
    }

    /// Waits until nothing is awaited any more and nothing has changed for this long.
    pub async fn settled(&self, calm: Duration) -> Result<PopupSnapshot> {
        let mut last = (self.read().await?, Instant::now());
        until("the popup to settle", LIMIT + calm, async || {
            let snapshot = self.read().await?;
            let moved = snapshot.verdict != last.0.verdict
                || snapshot.progress.is_some()
                || running(&snapshot) != running(&last.0);
            last = (snapshot, if moved { Instant::now() } else { last.1 });
            ensure!(last.1.elapsed() >= calm, "{:?}, awaiting {:?}", last.0.verdict, last.0.progress);
            Ok(last.0.clone())
        })
        .await
    }

    /// Waits until a page that has no verdict has its words.
    pub async fn settled_page(&self) -> Result<()> {
        until("the page's words", LIMIT, async || {
            self.focus().await?;
            let empty = "return [...document.querySelectorAll('[data-msg]')].filter((one) => !one.textContent).length";
            let empty: usize = script(&self.session.web, empty, &[]).await?;
            ensure!(empty == 0, "{empty} have none");
            ensure!(!self.shows("main > .state[data-state=loading]:not([hidden])").await?, "still loading");
            Ok(())
        })
        .await
    }

    /// Whether something like this is on the page.
    pub async fn shows(&self, selector: &str) -> Result<bool> {
        self.focus().await?;
        script(&self.session.web, "return document.querySelector(arguments[0]) !== null", &[json!(selector)]).await
    }

    /// Waits until the verdict blames this side.
    pub async fn wait_blame(&self, blame: &str) -> Result<PopupSnapshot> {
        self.wait(&format!("blame {blame}"), |snapshot| snapshot.verdict.blame == blame).await
    }

    /// Waits until this rung stands so.
    pub async fn wait_rung(&self, step: &str, state: &str) -> Result<PopupSnapshot> {
        self.wait(&format!("{step} {state}"), |snapshot| snapshot.rung(step).is_some_and(|rung| rung.state == state))
            .await
    }

    /// Waits until the popup's content is as wanted; the error says what it was instead.
    pub async fn wait(&self, what: &str, wanted: impl Fn(&PopupSnapshot) -> bool) -> Result<PopupSnapshot> {
        until(what, LIMIT, async || {
            let snapshot = self.read().await?;
            ensure!(wanted(&snapshot), "\n{}", snapshot.table());
            Ok(snapshot)
        })
        .await
    }

    /// Clicks a button of a rung: `run` or `undo`.
    pub async fn click(&self, step: &str, action: &str) -> Result<()> {
        self.focus().await?;
        let selector = format!(r#"[data-step="{step}"] [data-do="{action}"]"#);
        let button = self.session.web.find(By::Css(&selector)).await;
        button.with_context(|| format!("the popup has no {selector}"))?.click().await?;
        Ok(())
    }

    /// Presses a button that belongs to no rung: `closer`, `paste`.
    pub async fn click_on(&self, action: &str) -> Result<()> {
        self.focus().await?;
        let selector = format!(r#"body :not([data-step]) > [data-do="{action}"]"#);
        let button = self.session.web.find(By::Css(&selector)).await;
        button.with_context(|| format!("the popup has no {selector}"))?.click().await?;
        Ok(())
    }

    /// Presses what this selector finds, once it can be pressed.
    pub async fn click_at(&self, selector: &str) -> Result<()> {
        self.focus().await?;
        until(selector, LIMIT, async || Ok(self.session.web.find(By::Css(selector)).await?.click().await?)).await
    }

    /// Pastes what the clipboard holds into what this selector finds, by the keyboard.
    pub async fn paste_into(&self, selector: &str) -> Result<()> {
        self.focus().await?;
        let field = self.session.web.find(By::Css(selector)).await?;
        Ok(field.send_keys(Key::Control + "v").await?)
    }

    /// Chooses a file, as a person does in the browser's own dialog.
    pub async fn choose(&self, selector: &str, file: &Path) -> Result<()> {
        self.focus().await?;
        let path = file.to_str().context("no path")?;
        Ok(self.session.web.find(By::Css(selector)).await?.send_keys(path).await?)
    }

    /// Waits until the words of what this selector finds are as wanted.
    pub async fn wait_words(&self, selector: &str, wanted: impl Fn(&str) -> bool) -> Result<()> {
        until(selector, LIMIT, async || {
            let body = "return document.querySelector(arguments[0])?.innerText ?? ''";
            let words: String = self.run(body, &[json!(selector)]).await?;
            ensure!(wanted(&words), "{words:?}");
            Ok(())
        })
        .await
    }

    /// Runs the body of an async function in the page.
    pub async fn run<T: DeserializeOwned>(&self, body: &str, arguments: &[Value]) -> Result<T> {
        self.focus().await?;
        script(&self.session.web, body, arguments).await
    }

    /// Opens "Paste an error", puts the text in, and reads what Mend says of it.
    pub async fn paste(&self, text: &str) -> Result<String> {
        self.focus().await?;
        let web = &self.session.web;
        let folded: bool = script(web, "return !document.getElementById('paste').open", &[]).await?;
        if folded {
            web.find(By::Css("#paste > summary")).await?.click().await?;
        }
        let field = web.find(By::Css("#paste-text")).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        let hidden: bool = script(web, "return document.getElementById('pasted').hidden", &[]).await?;
        ensure!(hidden, "what was said of another text still stands there");
        self.click_on("paste").await?;
        until("an explanation", LIMIT, async || {
            let words: String = script(web, "return document.getElementById('pasted').innerText", &[]).await?;
            ensure!(!words.trim().is_empty(), "nothing");
            Ok(words)
        })
        .await
    }

    /// The badges of all tabs of ChatGPT.
    pub async fn badges(&self) -> Result<Vec<Badge>> {
        self.focus().await?;
        script(&self.session.web, BADGES, &[]).await
    }

    /// What Mend has stored for this session.
    pub async fn stored_model(&self) -> Result<StoredModel> {
        self.focus().await?;
        let body = "return (await (globalThis.browser ?? chrome).storage.session.get('model')).model ?? null";
        Ok(StoredModel(script(&self.session.web, body, &[]).await?))
    }

    /// The names of other extensions that are off. Asked in the popup, which may ask what Mend may.
    pub async fn switched_off(&self) -> Result<BTreeSet<String>> {
        self.focus().await?;
        let body = "return (await (globalThis.browser ?? chrome).management.getAll())
            .filter((one) => one.type === 'extension' && !one.enabled).map((one) => one.name)";
        script(&self.session.web, body, &[]).await
    }

    /// Opens everything that is folded, as clicks on every summary would.
    pub async fn unfold(&self) -> Result<()> {
        self.focus().await?;
        let body = "for (const one of document.querySelectorAll('details:not([open])')) one.open = true";
        script(&self.session.web, body, &[]).await
    }

    /// Types into the field of that id, in place of what stands there.
    pub async fn fill(&self, id: &str, text: &str) -> Result<()> {
        self.focus().await?;
        let field = self.session.web.find(By::Id(id)).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Sends a message to the worker as this page, and returns its reply.
    pub async fn message(&self, message: &Value) -> Result<Value> {
        self.focus().await?;
        let body = "return (await (globalThis.browser ?? chrome).runtime.sendMessage(arguments[0])) ?? null";
        script(&self.session.web, body, &[json!(message)]).await
    }

    /// Closes the popup.
    pub async fn close(self) -> Result<()> {
        self.focus().await?;
        self.session.web.close_window().await?;
        self.session.go_home().await
    }

    pub(crate) async fn wait_drawn(&self) -> Result<()> {
        until("the popup's verdict", LIMIT, async || {
            let snapshot = self.read().await?;
            if snapshot.verdict.text.is_empty() { Err(anyhow!("an empty one")) } else { Ok(()) }
        })
        .await
    }

    pub(crate) async fn focus(&self) -> Result<()> {
        Ok(self.session.web.switch_to_window(self.window.clone()).await?)
    }
}

/// What the rung that is under way says of how far it is; other words hold times, which never settle.
fn running(snapshot: &PopupSnapshot) -> Option<&str> {
    snapshot
        .rungs
        .iter()
        .find(|rung| rung.state == "running" && rung.step == "extensions")
        .map(|rung| rung.text.as_str())
}
