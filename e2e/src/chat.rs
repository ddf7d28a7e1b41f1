//! A tab of ChatGPT, and what a person does in it.
//!
//! Owns what a person does with the page; where its parts are is in `page_state.js`. Never knows which fault is in force.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{By, WindowHandle};

use crate::script::script;
use crate::session::Session;
use crate::setup::Browser;
use crate::wait::until;
use crate::{chromium, firefox};

const SECONDS: fn(u64) -> Duration = Duration::from_secs;

/// One tab.
pub struct Chat<'r> {
    pub(crate) session: &'r Session,
    pub(crate) window: WindowHandle,
}

/// What the page looks like right now.
#[derive(Debug, Deserialize)]
pub(crate) struct PageState {
    /// Another one after each question.
    pub mark: String,
    /// Something is streaming.
    pub running: bool,
    /// The last turn shows an error, or a dialog stands before the page.
    pub failed: bool,
    /// The page says that it waits for the rest of an answer.
    pub waiting: bool,
    /// The text of the last turn, if it is an answer.
    pub answer: String,
}

/// The parts of each page.
pub(crate) const PAGE_STATE: &str = include_str!("page_state.js");

/// What one types into, and the button beside it; before the page lives there is something that looks like it.
pub(crate) const COMPOSER: &str = r#"form [role="textbox"][contenteditable="true"], form textarea[name]"#;
pub(crate) const BUTTON: &str = r#"form:has([role="textbox"], textarea[name]) > button:last-of-type"#;

/// A driver's own scripts see another `window` than the page does in Firefox, so the body goes in by a script element.
const RUN_IN_PAGE: &str = r#"
    const told = new Promise((take) =>
        document.addEventListener("mend-e2e", ({ detail }) => take(JSON.parse(detail)), { once: true }));
    const tag = document.createElement("script");
    tag.textContent = `(async () => { ${arguments[0]} })().then((value) => ({ value }), (error) => ({ error: String(error) }))
        .then((told) => document.dispatchEvent(new CustomEvent("mend-e2e", { detail: JSON.stringify(told) })))`;
    document.documentElement.append(tag);
    tag.remove();
    return told;"#;

impl Session {
    /// Opens ChatGPT at this path in a tab of its own, as a person would who types the address.
    pub async fn open_chat(&self, path: &str) -> Result<Chat<'_>> {
        let window = self.new_tab().await?;
        let chat = Chat { session: self, window };
        chat.navigate(&format!("https://chatgpt.com{path}")).await?;
        Ok(chat)
    }

    /// Opens ChatGPT, and sends a message that fails.
    pub async fn open_failed_chat(&self) -> Result<Chat<'_>> {
        let chat = self.open_chat("/").await?;
        chat.send("Hello").await?;
        chat.wait_for_error_turn().await?;
        Ok(chat)
    }

    /// Opens ChatGPT at this path, where the browser shows a page of its own instead.
    pub async fn open_unreachable_chat(&self, path: &str) -> Result<Chat<'_>> {
        let window = self.new_tab().await?;
        let chat = Chat { session: self, window };
        // Not every driver calls that an error.
        let _ = chat.navigate(&format!("https://chatgpt.com{path}")).await;
        ensure!(self.web.find_all(By::Css(COMPOSER)).await?.is_empty(), "the page came");
        Ok(chat)
    }
}

impl Chat<'_> {
    /// What stands in the composer, a line for each block and break; a blank that does not break is a blank.
    pub async fn written(&self) -> Result<String> {
        self.focus().await?;
        self.eval_page_state("written()").await
    }

    /// What the last answer shows, its blanks made one.
    pub async fn shown_answer(&self) -> Result<String> {
        self.focus().await?;
        self.eval_page_state("(all('answer').at(-1)?.innerText ?? '').replace(/\\s+/g, ' ').trim()").await
    }

    /// What the page says of errors: in a turn, above the page, or before it.
    pub async fn shown_errors(&self) -> Result<Vec<String>> {
        self.focus().await?;
        self.eval_page_state("errors()").await
    }

    /// The process behind the tab ends at once, as in a crash; then the person loads the page again. Chromium's driver
    /// takes no more orders for that tab.
    pub async fn crash(&self) -> Result<()> {
        self.focus().await?;
        let web = &self.session.web;
        let url = web.current_url().await?.to_string();
        match self.session.setup.browser {
            Browser::Chromium => {
                chromium::crash(web).await;
                self.session.go_home().await.context("home after the crash")?;
                let page = self.session.open_page("settings.html").await?;
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
        until("the page with its history", SECONDS(30), async || {
            let state = "[document.readyState, page?.here ?? null, box !== undefined, all('history').length]";
            let (ready, here, composer, history) =
                self.eval_page_state::<(String, Option<String>, bool, usize)>(state).await?;
            ensure!(composer && history > 0, "{ready}, {here:?}, composer {composer}, history {history}");
            Ok(())
        })
        .await
    }

    /// Waits for the first words of the answer, and presses Stop.
    pub async fn press_stop(&self) -> Result<()> {
        self.wait_for_answer_begun().await?;
        self.session.web.find(By::Css(BUTTON)).await?.click().await?;
        until("the answer to stop", SECONDS(10), async || {
            let state = self.page_state().await?;
            ensure!(!state.running, "{state:?}");
            Ok(())
        })
        .await
    }

    /// Waits for the first words of the answer.
    pub async fn wait_for_answer_begun(&self) -> Result<()> {
        self.focus().await?;
        until("an answer to begin", SECONDS(15), async || {
            let state = self.page_state().await?;
            ensure!(state.running && !state.answer.is_empty(), "{state:?}");
            Ok(())
        })
        .await
    }

    /// Waits until more of the answer has come than there is now.
    pub async fn wait_for_more(&self) -> Result<()> {
        self.focus().await?;
        let before = self.page_state().await?.answer.len();
        until("more of the answer", SECONDS(10), async || {
            let state = self.page_state().await?;
            ensure!(state.running && state.answer.len() > before, "{state:?}");
            Ok(())
        })
        .await
    }

    /// Waits until the answer to the last message is complete.
    pub async fn wait_for_answer_done(&self) -> Result<()> {
        self.focus().await?;
        until("an answer", SECONDS(90), async || {
            let state = self.page_state().await?;
            ensure!(!state.running && !state.failed && !state.answer.is_empty(), "{state:?}");
            Ok(())
        })
        .await
    }

    /// Whether the last turn shows an error, or a dialog stands before the page.
    pub async fn failed(&self) -> Result<bool> {
        self.focus().await?;
        Ok(self.page_state().await?.failed)
    }

    /// Waits until the last turn is over, and fails at once where it shows an error.
    pub async fn wait_for_outcome(&self) -> Result<()> {
        self.focus().await?;
        let failed = until("an answer or an error", SECONDS(45), async || {
            let state = self.page_state().await?;
            ensure!(state.failed || !state.running && !state.answer.is_empty(), "{state:?}");
            Ok(state.failed)
        })
        .await?;
        ensure!(!failed, "an error turn");
        Ok(())
    }

    /// Waits until the page says that it waits for the rest of an answer.
    pub async fn wait_for_recovery(&self) -> Result<()> {
        self.focus().await?;
        until("the notice that the rest will come", SECONDS(15), async || {
            let state = self.page_state().await?;
            ensure!(state.waiting && !state.failed, "{state:?}");
            Ok(())
        })
        .await
    }

    /// Waits until an error is shown anywhere, and gives what all of them say.
    pub async fn wait_for_error(&self) -> Result<Vec<String>> {
        self.focus().await?;
        until("an error", SECONDS(40), async || {
            let errors = self.shown_errors().await?;
            ensure!(!errors.is_empty(), "there is none");
            Ok(errors)
        })
        .await
    }

    /// Waits until the last turn shows an error.
    pub async fn wait_for_error_turn(&self) -> Result<()> {
        self.focus().await?;
        // A page gives up on a silent answer after 20 seconds.
        until("an error turn", SECONDS(40), async || {
            let state = self.page_state().await?;
            ensure!(state.failed, "{state:?}");
            Ok(())
        })
        .await
    }

    /// Waits until the page is a fresh one, without any turn: somebody reloaded it.
    pub async fn wait_for_fresh_page(&self) -> Result<()> {
        self.focus().await?;
        until("a fresh page", SECONDS(15), async || {
            ensure!(self.eval_page_state::<bool>("all('greeting').length > 0").await?, "there are turns");
            Ok(())
        })
        .await
    }

    /// Presses the browser's Reload.
    pub async fn reload(&self) -> Result<()> {
        self.focus().await?;
        Ok(self.session.web.refresh().await?)
    }

    /// Goes to another address.
    pub async fn navigate(&self, url: &str) -> Result<()> {
        self.focus().await?;
        Ok(self.session.web.goto(url).await?)
    }

    /// Closes the tab.
    pub async fn close(self) -> Result<()> {
        self.focus().await?;
        self.session.web.close_window().await?;
        self.session.go_home().await
    }

    /// Saves what the tab shows as a PNG file.
    pub async fn screenshot(&self, path: &Path) -> Result<()> {
        self.focus().await?;
        Ok(self.session.web.screenshot(path).await?)
    }

    /// Gives its window this width and height. Chromium only.
    pub async fn resize(&self, (width, height): (u32, u32)) -> Result<()> {
        self.focus().await?;
        chromium::resize(&self.session.web, width, height).await
    }

    /// Runs the body of an async function as a script of the page's own.
    pub async fn run_in_page(&self, body: &str) -> Result<Value> {
        self.focus().await?;
        let told: Value = script(&self.session.web, RUN_IN_PAGE, &[json!(body)]).await?;
        match told.get("error") {
            Some(error) => bail!("{error}"),
            None => Ok(told.get("value").cloned().unwrap_or_default()),
        }
    }

    /// Evaluates an expression where Mend's content script runs. Only Chromium lets a test in there.
    pub async fn run_in_content_script(&self, expression: &str) -> Result<Value> {
        self.focus().await?;
        match self.session.setup.browser {
            Browser::Chromium => {
                chromium::in_content_script(&self.session.web, self.session.origin(), expression).await
            }
            Browser::Firefox => bail!("Firefox lets nobody into a content script's world"),
        }
    }

    pub(crate) async fn focus(&self) -> Result<()> {
        Ok(self.session.web.switch_to_window(self.window.clone()).await?)
    }

    pub(crate) async fn page_state(&self) -> Result<PageState> {
        self.eval_page_state("pageState()").await
    }

    /// An expression over what a person sees.
    pub(crate) async fn eval_page_state<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        script(&self.session.web, &format!("{PAGE_STATE}\nreturn {expression};"), &[]).await
    }
}
