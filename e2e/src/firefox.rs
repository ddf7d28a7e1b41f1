//! What Firefox does its own way: preferences, installing, and the chrome context.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use http::Method;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use thirtyfour::common::command::{Command, ExtensionCommand};
use thirtyfour::{WebDriver, WindowHandle};
use xtask::archive;

use crate::driver::program;
use crate::profile::downloads;
use crate::script::script;
use crate::setup::{Scheme, Setup, gecko_id};
use crate::wait::until;

/// Every host is the lab's; nothing leaves loopback. Unsigned extensions install (Firefox ESR allows that).
pub(crate) fn capabilities(setup: &Setup, profile: &Path) -> Result<Value> {
    let mut uuids = Map::new();
    for (number, extension) in extensions(setup).enumerate() {
        uuids.insert(gecko_id(extension)?, json!(format!("6d656e64-0000-4000-8000-{:012}", number + 1)));
    }
    let mut prefs = json!({
        "network.dns.forceResolve": "127.0.0.1",
        "network.socket.forcePort": format!("443={}", setup.https_port),
        "network.trr.mode": 5,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "network.http.http3.enable": false,
        "browser.region.network.url": "",
        "browser.safebrowsing.update.enabled": false,
        "app.normandy.enabled": false,
        "app.update.disabledForTesting": true,
        "datareporting.healthreport.uploadEnabled": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        "toolkit.telemetry.server": "https://127.0.0.1/",
        "extensions.autoDisableScopes": 0,
        "extensions.startupScanScopes": 1,
        "extensions.update.enabled": false,
        "extensions.getAddons.cache.enabled": false,
        "extensions.webextOptionalPermissionPrompts": false,
        "extensions.webextensions.uuids": Value::Object(uuids).to_string(),
        "xpinstall.signatures.required": false,
        "layout.css.prefers-color-scheme.content-override": preference(setup.scheme),
        "browser.download.folderList": 2,
        "browser.download.dir": downloads(profile),
        "browser.download.always_ask_before_handling_new_types": false,
    });
    if let (Some(port), Some(prefs)) = (setup.proxy, prefs.as_object_mut()) {
        prefs.insert("network.proxy.type".to_owned(), json!(1));
        prefs.insert("network.proxy.ssl".to_owned(), json!("127.0.0.1"));
        prefs.insert("network.proxy.ssl_port".to_owned(), json!(port));
    }
    let mut arguments = vec!["-profile".to_owned(), profile.display().to_string()];
    arguments.extend(["-width".to_owned(), setup.window.0.to_string()]);
    arguments.extend(["-height".to_owned(), setup.window.1.to_string()]);
    if setup.headless {
        arguments.push("-headless".to_owned());
    }
    Ok(json!({
        "browserName": "firefox",
        "acceptInsecureCerts": true,
        "moz:firefoxOptions": {
            "binary": program("MEND_FIREFOX", "firefox-esr"), "args": arguments, "prefs": prefs,
        },
    }))
}

/// Puts the extensions into the profile, for good: a restart finds them there.
pub(crate) fn prepare(setup: &Setup, profile: &Path) -> Result<()> {
    let folder = profile.join("extensions");
    std::fs::create_dir_all(&folder)?;
    for extension in extensions(setup) {
        archive::pack(extension, &folder.join(format!("{}.xpi", gecko_id(extension)?)))?;
    }
    Ok(())
}

/// The extension's origin, once it runs.
pub(crate) async fn origin(web: &WebDriver, folder: &Path) -> Result<String> {
    let id = gecko_id(folder)?;
    until(&format!("Firefox to start {id}"), Duration::from_secs(20), async || {
        let body = "const policy = WebExtensionPolicy.getByID(arguments[0]);
            if (!policy?.active) return null;
            await policy.readyPromise;
            return policy.mozExtensionHostname;";
        let host: Option<String> = in_chrome(web, body, &[json!(id)]).await?;
        Ok(format!("moz-extension://{}", host.context("it is not there")?))
    })
    .await
}

/// Opens one of the extension's pages in a new tab: only the browser itself may do that.
pub(crate) async fn open(web: &WebDriver, url: &str) -> Result<WindowHandle> {
    let before = web.windows().await?;
    let body = "const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser');
        const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
        gBrowser.selectedTab = gBrowser.addTab(arguments[0], { triggeringPrincipal });";
    in_chrome::<Value>(web, body, &[json!(url)]).await?;
    let window = until("the new tab", Duration::from_secs(10), async || {
        let now = web.windows().await?;
        now.into_iter().find(|window| !before.contains(window)).context("the tabs of before")
    })
    .await?;
    web.switch_to_window(window.clone()).await?;
    Ok(window)
}

/// Whether the extension's event page is there.
pub(crate) async fn worker_runs(web: &WebDriver, folder: &Path) -> Result<bool> {
    let body = "return WebExtensionPolicy.getByID(arguments[0]).extension.backgroundState";
    let state: String = in_chrome(web, body, &[json!(gecko_id(folder)?)]).await?;
    Ok(state != "stopped")
}

/// Ends the extension's event page, even where it has work.
pub(crate) async fn kill_worker(web: &WebDriver, folder: &Path) -> Result<()> {
    let id = gecko_id(folder)?;
    until("the event page to be gone", Duration::from_secs(30), async || {
        let body = "const { extension } = WebExtensionPolicy.getByID(arguments[0]);
            await extension.terminateBackground({ disableResetIdleForTest: true });
            return extension.backgroundState;";
        let state: String = in_chrome(web, body, &[json!(id)]).await?;
        ensure!(state == "stopped", "it is {state}");
        Ok(())
    })
    .await
}

/// Ends the process behind the current tab, and presses "Restore this tab". What the page stores Firefox saves for that every
/// 15 seconds (`browser.sessionstore.interval`); what came since is lost with the process, whoever stored it.
pub(crate) async fn crash(web: &WebDriver) -> Result<()> {
    let saved = "const window = Services.wm.getMostRecentWindow('navigator:browser');
        return JSON.parse(window.SessionStore.getTabState(window.gBrowser.selectedTab)).storage != null";
    until("Firefox to save what the page stores", Duration::from_secs(120), async || {
        ensure!(in_chrome::<bool>(web, saved, &[]).await?, "nothing is saved");
        Ok(())
    })
    .await?;
    // geckodriver would have the whole browser end with it.
    let process = "Services.env.set('MOZ_CRASHREPORTER_SHUTDOWN', '');
        return Services.wm.getMostRecentWindow('navigator:browser').gBrowser
            .selectedBrowser.browsingContext.currentWindowGlobal.osPid";
    let id: u32 = in_chrome(web, process, &[]).await?;
    ensure!(crate::process::signal("-KILL", &[id]), "the tab's process did not end");
    let restore = "const window = Services.wm.getMostRecentWindow('navigator:browser');
        const tab = window.gBrowser.selectedTab;
        if (!tab.hasAttribute('crashed')) throw new Error('it has not crashed yet');
        window.SessionStore.reviveCrashedTab(tab);";
    until("the crash", Duration::from_secs(20), async || in_chrome::<Value>(web, restore, &[]).await.map(drop)).await?;
    until("the page after the crash", Duration::from_secs(20), async || {
        let url = web.current_url().await?;
        ensure!(url.as_str().starts_with("https://chatgpt.com"), "{url}");
        Ok(())
    })
    .await
}

/// Takes the network from the browser.
pub(crate) async fn go_offline(web: &WebDriver) -> Result<()> {
    // The lab is on this machine, and shall be as far away as everything else.
    let body = "Services.prefs.setBoolPref('network.disable-localhost-when-offline', true);
        Services.io.manageOfflineStatus = false;
        Services.io.offline = true;";
    in_chrome::<Value>(web, body, &[]).await?;
    Ok(())
}

/// From now on no host has an address. Open connections stay.
pub(crate) async fn break_dns(web: &WebDriver) -> Result<()> {
    // A name that cannot be, and that is not even asked for outside.
    let body = "const nowhere = 'nowhere.invalid';
        Cc['@mozilla.org/network/native-dns-override;1'].getService(Ci.nsINativeDNSResolverOverride)
            .addIPOverride(nowhere, 'N/A');
        Services.prefs.setStringPref('network.dns.forceResolve', nowhere);
        Services.dns.clearCache(true);";
    in_chrome::<Value>(web, body, &[]).await?;
    Ok(())
}

/// From now on certificates are looked at, and only those are good that these hosts have now. Open connections stay.
pub(crate) async fn check_certificates(web: &WebDriver, hosts: &[&str]) -> Result<()> {
    let body = "const certificates = Cc['@mozilla.org/security/certoverride;1'].getService(Ci.nsICertOverrideService);
        const known = await Promise.all(arguments[0].map((host) => new Promise((done, fail) => {
            const asked = new XMLHttpRequest({ mozAnon: true });
            asked.open('GET', `https://${host}/cdn-cgi/trace`);
            asked.onload = () => done([host, asked.channel.securityInfo.serverCert]);
            asked.onerror = fail;
            asked.send();
        })));
        certificates.setDisableAllSecurityChecksAndLetAttackersInterceptMyData(false);
        // By the port that is really connected to, as well as by the one in the address.
        const port = Number(Services.prefs.getCharPref('network.socket.forcePort').split('=')[1]);
        for (const [host, one] of known) {
            for (const at of [443, port]) certificates.rememberValidityOverride(host, at, {}, one, true);
        }";
    in_chrome::<Value>(web, body, &[json!(hosts)]).await?;
    Ok(())
}

/// Waits until an extension's rules are in force.
pub(crate) async fn wait_for_rules(web: &WebDriver, id: &str) -> Result<()> {
    let body = "const { ExtensionDNR } = ChromeUtils.importESModule('resource://gre/modules/ExtensionDNR.sys.mjs');
        const policy = WebExtensionPolicy.getByID(arguments[0]);
        await policy.readyPromise;
        if (policy.hasPermission('declarativeNetRequest')) await ExtensionDNR.ensureInitialized(policy.extension);
        return null;";
    in_chrome::<Value>(web, body, &[json!(id)]).await?;
    Ok(())
}

/// Switches these extensions off and all others on, as a person does in about:addons, who reads names and no ids.
pub(crate) async fn disable_extensions(web: &WebDriver, names: &[&str]) -> Result<()> {
    let body = "const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
        const [names] = arguments;
        const addons = await AddonManager.getAddonsByTypes(['extension']);
        for (const addon of addons.filter((one) => !one.isSystem && !one.isBuiltin)) {
            const off = names.includes(addon.name);
            if (off !== addon.userDisabled) await (off ? addon.disable() : addon.enable());
        }";
    in_chrome::<Value>(web, body, &[json!(names)]).await?;
    Ok(())
}

/// Tells all pages which scheme the person prefers.
pub(crate) async fn prefer(web: &WebDriver, scheme: Scheme) -> Result<()> {
    let body = "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0]);";
    in_chrome::<Value>(web, body, &[json!(preference(scheme))]).await?;
    Ok(())
}

/// Gives the current tab's page this size; a window cannot be that narrow.
pub(crate) async fn resize(web: &WebDriver, width: u32, height: u32) -> Result<()> {
    let body = "const { selectedBrowser } = Services.wm.getMostRecentWindow('navigator:browser').gBrowser;
        const [width, height] = arguments;
        selectedBrowser.style.cssText = `width: ${width}px; min-width: ${width}px; max-width: ${width}px;
            height: ${height}px; min-height: ${height}px; max-height: ${height}px`;";
    in_chrome::<Value>(web, body, &[json!(width), json!(height)]).await?;
    Ok(())
}

/// Runs the body of an async function in the browser's own context.
pub(crate) async fn in_chrome<T: DeserializeOwned>(web: &WebDriver, body: &str, arguments: &[Value]) -> Result<T> {
    web.cmd(Command::ExtensionCommand(Box::new(SetContext("chrome")))).await?;
    let result = script(web, body, arguments).await;
    web.cmd(Command::ExtensionCommand(Box::new(SetContext("content")))).await?;
    result
}

/// geckodriver's own command that chooses where scripts run.
#[derive(Debug)]
struct SetContext(&'static str);

impl ExtensionCommand for SetContext {
    fn parameters_json(&self) -> Option<Value> {
        Some(json!({ "context": self.0 }))
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        "/moz/context".into()
    }
}

fn extensions(setup: &Setup) -> impl Iterator<Item = &Path> {
    [&setup.mend].into_iter().chain(&setup.extra_extensions).map(PathBuf::as_path)
}

fn preference(scheme: Scheme) -> u32 {
    match scheme {
        Scheme::Dark => 0,
        Scheme::Light => 1,
    }
}
