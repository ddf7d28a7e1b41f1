//! What a person does with ChatGPT's composer and with the buttons of a turn.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use thirtyfour::{By, Key, WebElement};

use crate::chat::{BUTTON, COMPOSER, Chat, PAGE_STATE};
use crate::wait::until;

const SECONDS: fn(u64) -> Duration = Duration::from_secs;

/// The longest text that is put in at once: a page may make a file of a longer one.
const PIECE: usize = 4000;

/// Pastes what `PIECES` holds, one after the other, where the caret is.
const PASTE: &str = r#"
    box.focus();
    for (const data of PIECES) {
        if (box.localName === "textarea") {
            box.setRangeText(data, box.selectionStart, box.selectionEnd, "end");
            box.dispatchEvent(new InputEvent("input", { bubbles: true, data }));
            continue;
        }
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", data);
        // Firefox makes its own of these two.
        const more = { data, dataType: "text/plain" };
        box.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData, ...more }));
        await new Promise((then) => setTimeout(then));
    }"#;

/// Sends `TEXT` `COUNT` times, each time waiting for the answer.
const SEND_REPEATEDLY: &str = r#"
    const read = () => { PAGE_STATE; return { ...pageState(), box }; };
    for (let count = 0; count < COUNT; count += 1) {
        const { box, mark } = read();
        PASTE
        document.querySelector(BUTTON).click();
        for (let now = read(); now.mark === mark || now.running || !now.answer; now = read()) {
            if (now.failed) throw new Error(`message ${count} failed`);
            await new Promise((done) => setTimeout(done, 50));
        }
    }"#;

impl Chat<'_> {
    /// Types a message and presses Send. The page shows the message when this returns.
    pub async fn send(&self, text: &str) -> Result<()> {
        self.focus().await?;
        let composer = until("the composer", SECONDS(10), async || {
            let composer = self.session.web.find(By::Css(COMPOSER)).await?;
            ensure!(!self.page_state().await?.running, "an answer is still coming");
            // In Firefox keystrokes go nowhere before a click.
            composer.click().await?;
            Ok(composer)
        })
        .await?;
        match composer.send_keys(text).await {
            // The page has put its own composer in the place of the early one; nothing was typed.
            Err(error) if error.to_string().contains("stale") => self.composer().await?.send_keys(text).await?,
            typed => typed?,
        }
        self.press_send().await
    }

    /// Sends a message so many times from within the page, so that the driver takes no part in what is measured.
    pub async fn send_repeatedly(&self, text: &str, count: usize) -> Result<()> {
        let body = SEND_REPEATEDLY
            .replace("PAGE_STATE", PAGE_STATE)
            .replace("PASTE", PASTE)
            .replace("PIECES", &serde_json::to_string(&[text])?)
            .replace("COUNT", &count.to_string())
            .replace("BUTTON", &serde_json::to_string(BUTTON)?);
        self.run_in_page(&body).await?;
        Ok(())
    }

    /// Types into the composer, line by line, and sends nothing.
    pub async fn write(&self, text: &str) -> Result<()> {
        let composer = self.composer().await?;
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                composer.send_keys(Key::Shift + Key::Enter).await?;
            }
            if !line.is_empty() {
                composer.send_keys(line).await?;
            }
        }
        Ok(())
    }

    /// Puts a text of any length into the composer, in pieces that stay text, and sends nothing.
    pub async fn fill(&self, text: &str) -> Result<()> {
        self.composer().await?;
        let mut pieces = vec![String::new()];
        let mut length = 0;
        for letter in text.chars() {
            if length + letter.len_utf16() > PIECE {
                pieces.push(String::new());
                length = 0;
            }
            length += letter.len_utf16();
            pieces.last_mut().context("there is one")?.push(letter);
        }
        self.paste_all(&pieces).await
    }

    /// Takes out what stands in the composer.
    pub async fn empty(&self) -> Result<()> {
        self.composer().await?;
        let empty = "document.execCommand('selectAll'); document.execCommand('delete'); return true";
        self.run_in_page(empty).await?;
        Ok(())
    }

    /// Pastes a text into the composer all at once.
    pub async fn paste(&self, text: &str) -> Result<()> {
        self.composer().await?;
        self.paste_all(&[text.to_owned()]).await
    }

    async fn paste_all(&self, pieces: &[String]) -> Result<()> {
        let pieces = serde_json::to_string(pieces)?;
        self.run_in_page(&format!("{PAGE_STATE}\nconst PIECES = {pieces};\n{PASTE}")).await?;
        Ok(())
    }

    /// Chooses a file for the next message.
    pub async fn attach(&self, path: &Path) -> Result<()> {
        self.composer().await?;
        let input = self.session.web.find(By::Css(r#"form input[type="file"]"#)).await?;
        Ok(input.send_keys(path.display().to_string()).await?)
    }

    /// Presses Enter in the composer.
    pub async fn press_enter(&self) -> Result<()> {
        self.focus().await?;
        Ok(self.session.web.find(By::Css(COMPOSER)).await?.send_keys(Key::Enter + "").await?)
    }

    /// Sends what stands in the composer.
    pub async fn press_send(&self) -> Result<()> {
        self.focus().await?;
        let before = self.page_state().await?.mark;
        self.session.web.find(By::Css(BUTTON)).await?.click().await?;
        self.wait_for_question_after(&before).await
    }

    /// Says something into the answer that is coming.
    pub async fn steer(&self, text: &str) -> Result<()> {
        let composer = self.composer().await?;
        let before = self.page_state().await?.mark;
        composer.send_keys(text).await?;
        composer.send_keys(Key::Enter).await?;
        self.wait_for_question_after(&before).await
    }

    /// Presses the button beside the error.
    pub async fn press_retry(&self) -> Result<()> {
        self.focus().await?;
        let buttons = r#"[data-testid="regenerate-thread-error-button"], [role="alert"] button"#;
        let button = self.session.web.find_all(By::Css(buttons)).await?.pop().context("nothing to retry")?;
        Ok(button.click().await?)
    }

    /// Presses the only button of the dialog that stands before the page.
    pub async fn press_dialog(&self) -> Result<()> {
        self.focus().await?;
        Ok(self.session.web.find(By::Css(r#"[role="dialog"] button"#)).await?.click().await?)
    }

    async fn wait_for_question_after(&self, before: &str) -> Result<()> {
        until("the message to be sent", SECONDS(10), async || {
            let state = self.page_state().await?;
            ensure!(state.mark != before, "{state:?}");
            Ok(())
        })
        .await
    }

    /// The composer, clicked into.
    async fn composer(&self) -> Result<WebElement> {
        self.focus().await?;
        until("the composer", SECONDS(10), async || {
            let composer = self.session.web.find(By::Css(COMPOSER)).await?;
            composer.click().await?;
            Ok(composer)
        })
        .await
    }
}
