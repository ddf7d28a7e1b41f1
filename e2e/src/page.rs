//! Any page of the extension's own, to run scripts in it.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use crate::script::script;
use crate::session::Session;
use crate::setup::{Browser, helper};
use crate::wait::until;
use crate::{chromium, firefox};

/// An open page.
pub struct Page<'r> {
    session: &'r Session,
    window: WindowHandle,
}

impl Session {
    /// Opens a page of the extension's own, such as `empty.html`, that need not look like one of Mend's.
    pub async fn open_bare_page(&self, name: &str) -> Result<Page<'_>> {
        let window = self.open_page(name).await?.window;
        let page = Page { session: self, window };
        page.wait_for(name).await?;
        Ok(page)
    }
}

impl Session {
    /// Opens the page of one of the tiny extensions that came with [`crate::Setup::with_helper`].
    pub async fn open_helper(&self, name: &str) -> Result<Page<'_>> {
        self.go_home().await?;
        let window = match self.setup.browser {
            Browser::Chromium => {
                let origin = chromium::origin(&self.web, &helper(name)).await?;
                let window = self.new_tab().await?;
                self.web.goto(format!("{origin}/page.html")).await?;
                window
            }
            Browser::Firefox => {
                let origin = firefox::origin(&self.web, &helper(name)).await?;
                firefox::open(&self.web, &format!("{origin}/page.html")).await?
            }
        };
        let page = Page { session: self, window };
        page.wait_for("page.html").await?;
        Ok(page)
    }
}

impl Page<'_> {
    /// Goes to another page of the extension's own, as a link there would.
    pub async fn go(&self, name: &str) -> Result<()> {
        self.run::<Value>("location.assign(arguments[0])", &[json!(name)]).await?;
        self.wait_for(name).await
    }

    /// Runs the body of an async function in the page.
    pub async fn run<T: DeserializeOwned>(&self, body: &str, arguments: &[Value]) -> Result<T> {
        self.session.web.switch_to_window(self.window.clone()).await?;
        script(&self.session.web, body, arguments).await
    }

    /// Lets the browser keep so many bytes for the extension; none for as many as it likes. Chromium only.
    pub async fn set_quota(&self, bytes: Option<u32>) -> Result<()> {
        self.session.web.switch_to_window(self.window.clone()).await?;
        chromium::set_quota(&self.session.web, self.session.origin(), bytes).await
    }

    /// Closes it.
    pub async fn close(self) -> Result<()> {
        self.session.web.switch_to_window(self.window.clone()).await?;
        self.session.web.close_window().await?;
        self.session.go_home().await
    }

    async fn wait_for(&self, name: &str) -> Result<()> {
        until(name, Duration::from_secs(10), async || {
            let (at, state): (String, String) =
                self.run("return [location.pathname, document.readyState]", &[]).await?;
            ensure!(at == format!("/{name}") && state == "complete", "{at} is {state}");
            Ok(())
        })
        .await
    }
}
