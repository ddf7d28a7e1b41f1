//! Tabs that have a store of their own, as a private window and a container of Firefox have; and Mend switched off.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::chat::Chat;
use crate::firefox;
use crate::script::script;
use crate::session::Session;
use crate::setup::{Browser, gecko_id};
use crate::wait::until;

/// What isolates a tab from ordinary windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// A private window.
    Private,
    /// A container. Firefox only.
    Container,
}

/// As the person's click on "Run in Private Windows" does, and a start anew.
const ALLOW: &str = "
    const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
    const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    const permissions = ['internal:privateBrowsingAllowed'];
    await ExtensionPermissions.add(arguments[0], { permissions, origins: [] });
    const addon = await AddonManager.getAddonByID(arguments[0]);
    await addon.disable();
    await addon.enable();
    await WebExtensionPolicy.getByID(arguments[0]).readyPromise;";

const PRIVATE: &str = "
    const window = Services.wm.getMostRecentWindow('navigator:browser').OpenBrowserWindow({ private: true });
    await new Promise((done) => window.addEventListener('load', done, { once: true }));";

const CONTAINER: &str = "
    Services.prefs.setBoolPref('privacy.userContext.enabled', true);
    const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser');
    const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
    gBrowser.selectedTab = gBrowser.addTab('about:blank', { triggeringPrincipal, userContextId: 2 });";

const OFF: &str = "
    const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    await (await AddonManager.getAddonByID(arguments[0])).disable();";

impl Session {
    /// Lets Mend into private windows.
    pub async fn allow_private(&self) -> Result<()> {
        self.go_home().await?;
        if self.setup.browser == Browser::Firefox {
            let id = json!(gecko_id(&self.setup.mend)?);
            return firefox::in_chrome::<Value>(&self.web, ALLOW, &[id]).await.map(drop);
        }
        // Its switch starts an extension anew, and one that is not from a store starts for developers only.
        let allow = "
            const [extensionId] = arguments;
            await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
            await chrome.developerPrivate.updateExtensionConfiguration({ extensionId, incognitoAccess: true });
            for (let tries = 0; tries < 100; tries++) {
                const { state, incognitoAccess } = await chrome.developerPrivate.getExtensionInfo(extensionId);
                if (state === 'ENABLED' && incognitoAccess.isActive) return null;
                await new Promise((done) => setTimeout(done, 100));
            }
            throw new Error('it is not enabled in private windows');";
        self.run_in_extensions_page(allow).await
    }

    /// Switches Mend off.
    pub async fn switch_off(&self) -> Result<()> {
        self.go_home().await?;
        if self.setup.browser == Browser::Firefox {
            let id = json!(gecko_id(&self.setup.mend)?);
            return firefox::in_chrome::<Value>(&self.web, OFF, &[id]).await.map(drop);
        }
        self.run_in_extensions_page("await chrome.management.setEnabled(arguments[0], false); return null").await
    }

    /// Opens ChatGPT in a private window, or in a container.
    pub async fn open_isolated_chat(&self, isolation: Isolation) -> Result<Chat<'_>> {
        self.go_home().await?;
        let before = self.web.windows().await?;
        match (self.setup.browser, isolation) {
            (Browser::Firefox, Isolation::Private) => drop(firefox::in_chrome::<Value>(&self.web, PRIVATE, &[]).await?),
            (Browser::Firefox, Isolation::Container) => {
                drop(firefox::in_chrome::<Value>(&self.web, CONTAINER, &[]).await?)
            }
            (Browser::Chromium, isolation) => {
                ensure!(isolation == Isolation::Private, "Chromium has no containers");
                let page = self.open_bare_page("codes.html").await?;
                let open = "await chrome.windows.create({ incognito: true, url: 'about:blank' }); return null";
                page.run::<Value>(open, &[]).await?;
                page.close().await?;
            }
        }
        let window = until("the new window", Duration::from_secs(15), async || {
            let now = self.web.windows().await?;
            now.into_iter().find(|window| !before.contains(window)).context("the windows of before")
        })
        .await?;
        let chat = Chat { session: self, window };
        chat.navigate("https://chatgpt.com/").await?;
        Ok(chat)
    }

    /// As Chromium's own page of extensions, which may do what its switches do.
    async fn run_in_extensions_page(&self, body: &str) -> Result<()> {
        let id = self.origin().trim_start_matches("chrome-extension://").to_owned();
        self.web.goto("chrome://extensions/").await?;
        script::<Value>(&self.web, body, &[json!(id)]).await?;
        self.web.goto("about:blank").await?;
        Ok(())
    }
}
