//! What Chromium does its own way: flags, ids, and the DevTools protocol.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::WebDriver;

use crate::driver::program;
use crate::profile::downloads;
use crate::script::script;
use crate::setup::{Scheme, Setup};
use crate::wait::until;

const FLAGS: &[&str] = &[
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=DisableLoadExtensionCommandLineSwitch",
];

/// Every host is the lab's; nothing leaves loopback.
pub(crate) fn capabilities(setup: &Setup, profile: &Path) -> Value {
    let extensions: Vec<String> =
        [&setup.mend].into_iter().chain(&setup.extra_extensions).map(|path| path.display().to_string()).collect();
    let mut flags: Vec<String> = FLAGS.iter().map(ToString::to_string).collect();
    let unresolvable = setup.unresolvable.map(|host| format!("MAP {host} ~NOTFOUND, ")).unwrap_or_default();
    flags.push(format!("--host-resolver-rules={unresolvable}MAP * 127.0.0.1:{}, EXCLUDE 127.0.0.1", setup.https_port));
    if let Some(port) = setup.proxy {
        flags.push(format!("--proxy-server=http://127.0.0.1:{port}"));
    }
    flags.push(match &setup.trusted_key {
        Some(key) => format!("--ignore-certificate-errors-spki-list={key}"),
        None => "--ignore-certificate-errors".to_owned(),
    });
    flags.push(format!("--load-extension={}", extensions.join(",")));
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.push(format!("--window-size={},{}", setup.window.0, setup.window.1));
    if setup.devtools {
        flags.push("--auto-open-devtools-for-tabs".to_owned());
    }
    if setup.headless {
        flags.push("--headless=new".to_owned());
    }
    json!({
        "browserName": "chrome",
        "acceptInsecureCerts": setup.trusted_key.is_none(),
        "goog:chromeOptions": { "binary": program("MEND_CHROMIUM", "chromium"), "args": flags },
    })
}

/// Makes the first tab a blank one. chromedriver waits for the new-tab page to finish, which it sometimes never does.
pub(crate) fn prepare(profile: &Path) -> Result<()> {
    let folder = profile.join("Default");
    let preferences = folder.join("Preferences");
    if !preferences.exists() {
        std::fs::create_dir_all(&folder)?;
        // 4: open a list of pages.
        let start = json!({
            "session": { "restore_on_startup": 4, "startup_urls": ["about:blank"] },
            "download": { "default_directory": downloads(profile), "prompt_for_download": false },
        });
        std::fs::write(preferences, start.to_string())?;
    }
    Ok(())
}

/// The origin that the browser gave to the extension in this folder.
pub(crate) async fn origin(web: &WebDriver, folder: &Path) -> Result<String> {
    web.goto("chrome://extensions-internals/").await?;
    let origin = until("the browser to list Mend", Duration::from_secs(10), async || {
        let text: String = script(web, "return document.body.innerText", &[]).await?;
        let listed: Vec<Value> = serde_json::from_str(&text).context(text)?;
        let ours = |extension: &&Value| extension.get("path").and_then(Value::as_str).map(Path::new) == Some(folder);
        let ours = listed.iter().find(ours).with_context(|| format!("{} is not there", folder.display()))?;
        let id = ours.get("id").and_then(Value::as_str).context("it has no id")?;
        Ok(format!("chrome-extension://{id}"))
    })
    .await?;
    web.goto("about:blank").await?;
    Ok(origin)
}

/// The extension's service worker, as far as it runs: the ids of its targets.
pub(crate) async fn workers(web: &WebDriver, origin: &str) -> Result<Vec<String>> {
    let targets = web.cdp().send_raw("Target.getTargets", json!({})).await?;
    let text = |target: &Value, key: &str| target.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let targets = targets.get("targetInfos").and_then(Value::as_array).cloned().unwrap_or_default();
    let ours = |target: &&Value| {
        text(target, "type") == "service_worker" && text(target, "url").starts_with(&format!("{origin}/"))
    };
    Ok(targets.iter().filter(ours).map(|target| text(target, "targetId")).collect())
}

/// Waits until the extension's service worker runs for the first time: from then on it hears of requests.
pub(crate) async fn wait_for_worker(web: &WebDriver, origin: &str) -> Result<()> {
    until("Mend's worker to run", Duration::from_secs(10), async || {
        ensure!(!workers(web, origin).await?.is_empty(), "it does not run yet");
        Ok(())
    })
    .await
}

/// Stops the extension's service worker.
pub(crate) async fn kill_worker(web: &WebDriver, origin: &str) -> Result<()> {
    until("the worker to be gone", Duration::from_secs(30), async || {
        let alive = workers(web, origin).await?;
        for worker in &alive {
            // Refused while it starts, or because it is gone by itself: look again.
            let _ = web.cdp().send_raw("Target.closeTarget", json!({ "targetId": worker })).await;
        }
        ensure!(alive.is_empty(), "it still runs");
        Ok(())
    })
    .await
}

/// Ends the process behind the current tab (Chrome DevTools Protocol, `Page.crash`).
pub(crate) async fn crash(web: &WebDriver) {
    // A crashed page never answers.
    let _ = tokio::time::timeout(Duration::from_secs(2), web.cdp().send_raw("Page.crash", json!({}))).await;
}

/// How many bytes a site may keep (Chrome DevTools Protocol, `Storage.overrideQuotaForOrigin`); none for no limit of ours.
pub(crate) async fn set_quota(web: &WebDriver, origin: &str, bytes: Option<u32>) -> Result<()> {
    let mut limit = json!({ "origin": origin });
    if let (Some(bytes), Some(limit)) = (bytes, limit.as_object_mut()) {
        limit.insert("quotaSize".to_owned(), json!(bytes));
    }
    web.cdp().send_raw("Storage.overrideQuotaForOrigin", limit).await?;
    Ok(())
}

/// Tells the current tab which scheme the person prefers.
pub(crate) async fn prefer(web: &WebDriver, scheme: Scheme) -> Result<()> {
    let feature = json!({ "name": "prefers-color-scheme", "value": scheme.to_string() });
    web.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": [feature] })).await?;
    Ok(())
}

/// Goes through a proxy on loopback from now on, or through none. What is open to the other one is closed.
pub(crate) async fn set_proxy(web: &WebDriver, vpn: &str, port: Option<u16>) -> Result<()> {
    let value = match port {
        Some(port) => json!({
            "mode": "fixed_servers",
            "rules": { "singleProxy": { "scheme": "http", "host": "127.0.0.1", "port": port } },
        }),
        None => json!({ "mode": "direct" }),
    };
    let (here, page) = (web.window().await?, web.new_tab().await?);
    web.switch_to_window(page).await?;
    web.goto(format!("{vpn}/page.html")).await?;
    script::<()>(web, "await chrome.proxy.settings.set({ value: arguments[0] })", &[value]).await?;
    web.close_window().await?;
    web.switch_to_window(here).await?;
    Ok(())
}

/// Takes the network from the current tab.
pub(crate) async fn go_offline(web: &WebDriver) -> Result<()> {
    let cdp = web.cdp();
    cdp.send_raw("Network.enable", json!({})).await?;
    let nothing = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
    cdp.send_raw("Network.emulateNetworkConditions", nothing).await?;
    Ok(())
}

/// Gives the current tab's page this size.
pub(crate) async fn resize(web: &WebDriver, width: u32, height: u32) -> Result<()> {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    web.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
    Ok(())
}

/// Evaluates an expression in the isolated world of the extension's content script, in the current page.
pub(crate) async fn in_content_script(web: &WebDriver, origin: &str, expression: &str) -> Result<Value> {
    let id = origin.trim_start_matches("chrome-extension://");
    // The protocol tells a world's number in an event only; the numbers are small, so look for it.
    let evaluate = async |expression: &str, world: u32| {
        let question = json!({
            "expression": expression, "contextId": world, "awaitPromise": true, "returnByValue": true,
        });
        web.cdp().send_raw("Runtime.evaluate", question).await
    };
    for world in 1..200 {
        let Ok(answer) = evaluate("globalThis.chrome?.runtime?.id", world).await else { continue };
        if answer.pointer("/result/value").and_then(Value::as_str) != Some(id) {
            continue;
        }
        let answer = evaluate(expression, world).await?;
        if let Some(thrown) = answer.pointer("/exceptionDetails/exception/description") {
            bail!("{thrown}");
        }
        return answer.pointer("/result/value").cloned().ok_or_else(|| anyhow!("{answer}"));
    }
    bail!("no content script of Mend's runs in this page")
}
