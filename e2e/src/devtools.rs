//! The developer tools of a tab, Chromium's own, as far as they open a HAR.
//!
//! They are a page as any other, of which the driver knows the window. Its modules are imported by their paths, as nothing
//! of them is global; source: ChromeDevTools/devtools-frontend, `front_end/panels/network/NetworkLogView.ts`.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use crate::script::script;
use crate::session::Session;
use crate::wait::until;

/// Open developer tools.
pub struct DevTools<'r> {
    session: &'r Session,
    window: WindowHandle,
}

/// A request in the tools' log, as the row on the screen has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct LoggedRequest {
    /// Its method.
    pub method: String,
    /// Where it went.
    pub url: String,
    /// The status; zero where none came.
    pub status: u16,
    /// The header `x-request-id` of the answer; none where there is none.
    pub request_id: Option<String>,
    /// The words of the row.
    pub row: String,
}

/// Before that, their modules have nothing to work with.
const READY: &str = "return document.querySelector('.root-view .main-tabbed-pane') !== null";

/// The network panel's log, in front.
const LOG: &str = "
    const [network, ui] = await Promise.all([import('./panels/network/network.js'), import('./ui/legacy/legacy.js')]);
    await ui.ViewManager.ViewManager.instance().showView('network');
    const log = network.NetworkPanel.NetworkPanel.instance().networkLogView;
";

/// What the button and a dropped file call. It says on the tools' own console what is wrong with a file.
const IMPORT: &str = "
    const { Console } = (await import('./core/common/common.js')).Console;
    const said = () => Console.instance().messages().map((message) => message.text);
    const before = said().length;
    await log.onLoadFromFile(new File([arguments[0]], 'mend.har'));
    return said().slice(before);
";

const ROWS: &str = "
    return log.flatNodesList().map((node) => {
        const request = node.request();
        return {
            method: request.requestMethod, url: request.url(), status: request.statusCode,
            request_id: request.responseHeaderValue('x-request-id') ?? null, row: node.element().textContent,
        };
    });
";

impl Session {
    /// The tools that came up beside a tab: start it with [`crate::Setup::devtools`].
    pub async fn devtools(&self) -> Result<DevTools<'_>> {
        let window = until("the developer tools", Duration::from_secs(20), async || {
            for window in self.web.windows().await? {
                self.web.switch_to_window(window.clone()).await?;
                if self.web.current_url().await?.scheme() == "devtools" && script(&self.web, READY, &[]).await? {
                    return Ok(window);
                }
            }
            bail!("no window is theirs, or they are not drawn yet")
        })
        .await?;
        Ok(DevTools { session: self, window })
    }
}

impl DevTools<'_> {
    /// Imports a file into the network log, and gives what the tools complain of.
    pub async fn import(&self, har: &str) -> Result<Vec<String>> {
        self.run(IMPORT, &[json!(har)]).await.context("the developer tools did not import the file")
    }

    /// The requests in the network log, once there are so many.
    pub async fn requests(&self, count: usize) -> Result<Vec<LoggedRequest>> {
        until("the network log", Duration::from_secs(10), async || {
            let rows: Vec<LoggedRequest> = self.run(ROWS, &[]).await?;
            ensure!(rows.len() == count, "{rows:#?}");
            Ok(rows)
        })
        .await
    }

    async fn run<T: DeserializeOwned>(&self, body: &str, arguments: &[Value]) -> Result<T> {
        self.session.web.switch_to_window(self.window.clone()).await?;
        script(&self.session.web, &format!("{LOG}{body}"), arguments).await
    }
}
