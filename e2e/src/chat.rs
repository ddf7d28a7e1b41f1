//! A tab of ChatGPT, and what a person does in it.
//!
//! Owns the page's selectors. Never knows which fault is in force.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::{By, Key, WindowHandle};

use crate::robot::{Robot, script};
use crate::{Browser, chromium, firefox, wait::until};

const SECONDS: fn(u64) -> Duration = Duration::from_secs;

/// One tab.
pub struct Chat<'r> {
    pub(crate) robot: &'r Robot,
    pub(crate) window: WindowHandle,
}

/// What the page looks like right now.
#[derive(Debug, Deserialize)]
struct Look {
    /// Turns of the person's.
    asked: usize,
    /// Something is streaming.
    running: bool,
    /// The last turn shows an error.
    failed: bool,
    /// The text of the last turn, if it is an answer.
    answer: String,
}

const LOOK: &str = r#"
    const last = [...document.querySelectorAll('[data-testid^="conversation-turn"]')].at(-1);
    return {
        asked: document.querySelectorAll('[data-message-author-role="user"]').length,
        running: document.querySelector('[data-testid="stop-button"]') !== null,
        failed: last?.querySelector('[data-testid="regenerate-thread-error-button"]') != null,
        answer: last?.querySelector('[data-message-author-role="assistant"]')?.textContent ?? "",
    };"#;

/// A driver's own scripts see another `window` than the page does in Firefox, so the body goes in by a script element.
const AS_PAGE: &str = r#"
    const told = new Promise((take) =>
        document.addEventListener("mend-e2e", ({ detail }) => take(JSON.parse(detail)), { once: true }));
    const tag = document.createElement("script");
    tag.textContent = `(async () => { ${arguments[0]} })().then((value) => ({ value }), (error) => ({ error: String(error) }))
        .then((told) => document.dispatchEvent(new CustomEvent("mend-e2e", { detail: JSON.stringify(told) })))`;
    document.documentElement.append(tag);
    tag.remove();
    return told;"#;

impl Chat<'_> {
    /// Types a message and presses Send. The page shows the message when this returns.
    pub async fn send(&self, text: &str) -> Result<()> {
        self.focus().await?;
        let web = &self.robot.web;
        let composer = until("the composer", SECONDS(10), async || {
            let composer = web.find(By::Css("#prompt-textarea")).await?;
            ensure!(!self.look().await?.running, "an answer is still coming");
            Ok(composer)
        })
        .await?;
        // In Firefox keystrokes go nowhere before a click.
        composer.click().await?;
        composer.send_keys(text).await?;
        self.press_send().await
    }

    /// Types into the composer, line by line, and sends nothing.
    pub async fn write(&self, text: &str) -> Result<()> {
        self.focus().await?;
        let composer =
            until("the composer", SECONDS(10), async || Ok(self.robot.web.find(By::Css("#prompt-textarea")).await?))
                .await?;
        composer.click().await?;
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                composer.send_keys(Key::Shift + Key::Enter).await?;
            }
            composer.send_keys(line).await?;
        }
        Ok(())
    }

    /// Sends what stands in the composer.
    pub async fn press_send(&self) -> Result<()> {
        self.focus().await?;
        let before = self.look().await?.asked;
        self.robot.web.find(By::Css(r#"[data-testid="send-button"]"#)).await?.click().await?;
        until("the message to be sent", SECONDS(10), async || {
            let look = self.look().await?;
            ensure!(look.asked > before, "{look:?}");
            Ok(())
        })
        .await
    }

    /// What stands in the composer, a line for each block and break.
    pub async fn written(&self) -> Result<String> {
        self.focus().await?;
        let read = "const lines = [...document.querySelector('#prompt-textarea').childNodes].map((block) =>
                [...block.childNodes].map((one) => one.localName === 'br' ? (one.nextSibling ? '\\n' : '') : one.textContent).join('')
                    || (block.nodeType === 3 ? block.data : ''));
            return lines.join('\\n')";
        script(&self.robot.web, read, &[]).await
    }

    /// What the last answer shows, its blanks made one.
    pub async fn shown_answer(&self) -> Result<String> {
        self.focus().await?;
        let read = "const all = [...document.querySelectorAll('[data-message-author-role=\"assistant\"]')];
            return (all.at(-1)?.innerText ?? '').replace(/\\s+/g, ' ').trim()";
        script(&self.robot.web, read, &[]).await
    }

    /// The process behind the tab ends at once, as in a crash; then the person loads the page again. Chromium's driver
    /// takes no more orders for that tab.
    pub async fn crash(&self) -> Result<()> {
        self.focus().await?;
        let web = &self.robot.web;
        let url = web.current_url().await?.to_string();
        match self.robot.setup.browser {
            Browser::Chromium => {
                chromium::crash(web).await;
                self.robot.go_home().await.context("home after the crash")?;
                let page = self.robot.open_page("settings.html").await?;
                let again = "const [tab] = await chrome.tabs.query({ url: arguments[0] }); await chrome.tabs.reload(tab.id); return null";
                page.run::<Value>(again, &[json!(url)]).await?;
                page.close().await
            }
            Browser::Firefox => firefox::crash(web).await,
        }
    }

    /// Waits until the page has everything it asks for when it is opened.
    pub async fn wait_for_page(&self) -> Result<()> {
        self.focus().await?;
        until("the page with its history", SECONDS(15), async || {
            self.robot.web.find(By::Css("#history a")).await?;
            Ok(())
        })
        .await
    }

    /// Waits for the first words of the answer, and presses Stop.
    pub async fn press_stop(&self) -> Result<()> {
        self.wait_for_answer_begun().await?;
        self.robot.web.find(By::Css(r#"[data-testid="stop-button"]"#)).await?.click().await?;
        until("the answer to stop", SECONDS(10), async || {
            let look = self.look().await?;
            ensure!(!look.running, "{look:?}");
            Ok(())
        })
        .await
    }

    /// Waits for the first words of the answer.
    pub async fn wait_for_answer_begun(&self) -> Result<()> {
        self.focus().await?;
        until("an answer to begin", SECONDS(15), async || {
            let look = self.look().await?;
            ensure!(look.running && !look.answer.is_empty(), "{look:?}");
            Ok(())
        })
        .await
    }

    /// Waits until more of the answer has come than there is now.
    pub async fn wait_for_more(&self) -> Result<()> {
        self.focus().await?;
        let before = self.look().await?.answer.len();
        until("more of the answer", SECONDS(10), async || {
            let look = self.look().await?;
            ensure!(look.running && look.answer.len() > before, "{look:?}");
            Ok(())
        })
        .await
    }

    /// Waits until the answer to the last message is complete.
    pub async fn wait_for_answer_done(&self) -> Result<()> {
        self.focus().await?;
        until("an answer", SECONDS(90), async || {
            let look = self.look().await?;
            ensure!(!look.running && !look.failed && !look.answer.is_empty(), "{look:?}");
            Ok(())
        })
        .await
    }

    /// Waits until the last turn is over, and fails at once where it shows an error.
    pub async fn wait_for_outcome(&self) -> Result<()> {
        self.focus().await?;
        let failed = until("an answer or an error", SECONDS(45), async || {
            let look = self.look().await?;
            ensure!(look.failed || !look.running && !look.answer.is_empty(), "{look:?}");
            Ok(look.failed)
        })
        .await?;
        ensure!(!failed, "an error turn");
        Ok(())
    }

    /// Waits until the last turn shows an error.
    pub async fn wait_for_error_turn(&self) -> Result<()> {
        self.focus().await?;
        // A page gives up on a silent answer after 20 seconds.
        until("an error turn", SECONDS(40), async || {
            let look = self.look().await?;
            ensure!(look.failed, "{look:?}");
            Ok(())
        })
        .await
    }

    /// Waits until the page is a fresh one, without any turn: somebody reloaded it.
    pub async fn wait_for_fresh_page(&self) -> Result<()> {
        self.focus().await?;
        until("a fresh page", SECONDS(15), async || {
            self.robot.web.find(By::Css("#greeting")).await?;
            Ok(())
        })
        .await
    }

    /// Presses the browser's Reload.
    pub async fn reload(&self) -> Result<()> {
        self.focus().await?;
        Ok(self.robot.web.refresh().await?)
    }

    /// Goes to another address.
    pub async fn navigate(&self, url: &str) -> Result<()> {
        self.focus().await?;
        Ok(self.robot.web.goto(url).await?)
    }

    /// Closes the tab.
    pub async fn close(self) -> Result<()> {
        self.focus().await?;
        self.robot.web.close_window().await?;
        self.robot.go_home().await
    }

    /// Saves what the tab shows as a PNG file.
    pub async fn screenshot(&self, path: &Path) -> Result<()> {
        self.focus().await?;
        Ok(self.robot.web.screenshot(path).await?)
    }

    /// Runs the body of an async function as a script of the page's own.
    pub async fn as_page(&self, body: &str) -> Result<Value> {
        self.focus().await?;
        let told: Value = script(&self.robot.web, AS_PAGE, &[json!(body)]).await?;
        match told.get("error") {
            Some(error) => bail!("{error}"),
            None => Ok(told.get("value").cloned().unwrap_or_default()),
        }
    }

    /// Evaluates an expression where Mend's content script runs. Only Chromium lets a test in there.
    pub async fn as_content_script(&self, expression: &str) -> Result<Value> {
        self.focus().await?;
        match self.robot.setup.browser {
            Browser::Chromium => chromium::in_content_script(&self.robot.web, self.robot.origin(), expression).await,
            Browser::Firefox => bail!("Firefox lets nobody into a content script's world"),
        }
    }

    pub(crate) async fn focus(&self) -> Result<()> {
        Ok(self.robot.web.switch_to_window(self.window.clone()).await?)
    }

    async fn look(&self) -> Result<Look> {
        script(&self.robot.web, LOOK, &[]).await
    }
}
