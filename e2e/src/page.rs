//! Any page of the extension's own, opened in a tab.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use crate::robot::{Robot, script};
use crate::{Browser, firefox, wait::until};

/// An open page.
pub struct Page<'r> {
    robot: &'r Robot,
    window: WindowHandle,
}

impl Robot {
    /// Opens a page of the extension's own, such as `empty.html`.
    pub async fn open_page(&self, name: &str) -> Result<Page<'_>> {
        let url = format!("{}/{name}", self.origin());
        let window = match self.setup.browser {
            Browser::Chromium => {
                let window = self.web.new_tab().await?;
                self.web.switch_to_window(window.clone()).await?;
                self.web.goto(url).await?;
                window
            }
            Browser::Firefox => firefox::open(&self.web, &url).await?,
        };
        let page = Page { robot: self, window };
        page.wait_for(name).await?;
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
        self.robot.web.switch_to_window(self.window.clone()).await?;
        script(&self.robot.web, body, arguments).await
    }

    /// Closes it.
    pub async fn close(self) -> Result<()> {
        self.robot.web.switch_to_window(self.window.clone()).await?;
        self.robot.web.close_window().await?;
        self.robot.go_home().await
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
