//! The two pages that ask on a click: what each says of the path to ChatGPT and of an API key, and whom it asks.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mend_e2e::{Browser, Fixture, Popup, Scheme, Setup, languages, localized_copy, until};
use mend_lab::{Hit, Http, Lang};
use serde_json::json;

/// Fault in the lab, and what the connectivity test finds.
const PATHS: &[(&str, &str)] = &[
    ("well", "well"),
    ("403-challenge-all", "challenged"),
    ("403-block", "refused"),
    ("403-region", "country"),
    ("clock", "clock"),
    ("502-service", "service"),
];
/// The same, for faults outside.
const OUTSIDE: &[(&str, &str)] = &[("dns", "dns"), ("offline", "offline"), ("captive-portal", "portal")];

/// Whom the connectivity test asks.
const HOSTS: &[&str] = &["chatgpt.com", "status.openai.com", "www.gstatic.com"];

/// Fault in the lab, and what the API's answer means.
const KEYS: &[(&str, &str)] = &[
    ("well", "working"),
    ("429-quota", "no-credit"),
    ("401-organisation", "wrong-organisation"),
    ("401-key", "invalid-key"),
];
/// A key that is nobody's, and must be seen nowhere.
const CANARY: &str = "sk-proj-canary0000000000000000000000000000000000000000000000000000000000";

#[tokio::test]
async fn chromium_connectivity_test() -> Result<()> {
    connectivity_test(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_connectivity_test() -> Result<()> {
    connectivity_test(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_api_key_check() -> Result<()> {
    api_key_check(Browser::Chromium).await
}

#[tokio::test]
async fn firefox_api_key_check() -> Result<()> {
    api_key_check(Browser::Firefox).await
}

#[tokio::test]
async fn chromium_connectivity_and_key_pages_in_every_language() -> Result<()> {
    connectivity_and_key_pages_in_every_language(Browser::Chromium).await
}

async fn connectivity_test(browser: Browser) -> Result<()> {
    let fixture = Fixture::start(browser, "well").await?;
    for &(fault, finding) in PATHS {
        fixture.set_fault(fault)?;
        fixture.lab.clear_log();
        let page = fixture.session.open_page("connectivity.html").await?;
        page.settled_page().await?;
        // Firefox itself asks hosts of its own.
        let asked =
            || -> Vec<Hit> { fixture.lab.log().into_iter().filter(|hit| HOSTS.contains(&hit.host.as_str())).collect() };
        ensure!(asked().is_empty(), "{browser}: asked before the click: {:?}", asked());
        finds(&page, finding).await.with_context(|| format!("{browser}, {fault}"))?;
        page.click_on("stop").await?;
        let hits = asked();
        ensure!(hits.iter().all(|hit| !hit.cookie && !hit.authorization), "{browser}: credentials: {hits:?}");
        let model = page.stored_model().await?;
        let told = until("the worker to know", Duration::from_secs(5), async || {
            let known = page.stored_model().await?.0.pointer("/connectivity/finding").cloned();
            ensure!(known == Some(json!(finding)), "{known:?}");
            Ok(())
        });
        told.await?;
        ensure!(!model.0.to_string().contains("203.0.113"), "{browser}: the address is kept");
        page.check_appearance(&format!("{browser}-path-{fault}")).await?;
        page.close().await?;
    }
    fixture.session.stop().await?;
    for &(fault, finding) in OUTSIDE {
        let fixture = Fixture::during_fault(browser, Http::Both, Lang::En, fault).await?;
        let page = fixture.session.open_page("connectivity.html").await?;
        page.settled_page().await?;
        finds(&page, finding).await.with_context(|| format!("{browser}, {fault}"))?;
        fixture.session.stop().await?;
    }
    Ok(())
}

async fn finds(page: &Popup<'_>, finding: &str) -> Result<()> {
    page.click_on("start").await?;
    until(finding, Duration::from_secs(15), async || {
        let body = "const found = document.getElementById('found'); return found.hidden ? '' : found.dataset.finding + ': ' + document.getElementById('lines').innerText";
        let found: String = page.run(body, &[]).await?;
        ensure!(found.split(':').next() == Some(finding), "{found}");
        Ok(())
    })
    .await
}

async fn api_key_check(browser: Browser) -> Result<()> {
    let (_folder, mend) = localized_copy(&browser.mend()?, "en")?;
    // A prompt for a host cannot be answered without a window.
    let manifest = mend.join("manifest.json");
    let text = std::fs::read_to_string(&manifest)?;
    let required = text.replace("\"host_permissions\": [", "\"host_permissions\": [\"https://api.openai.com/*\",");
    std::fs::write(
        &manifest,
        required
            .replace("optional_host_permissions\": [\"https://api.openai.com/*\",", "optional_host_permissions\": ["),
    )?;
    let fixture = Fixture::with_setup(browser, Http::Both, "well", |setup| Setup { mend, ..setup }).await?;
    let page = fixture.session.open_page("key.html").await?;
    page.settled_page().await?;
    let asked =
        || fixture.lab.log().iter().filter(|hit| hit.host == "api.openai.com" && hit.method != "OPTIONS").count();
    for shape in ["", "sk-ant-api03-x", "sk-short", &format!("\"{CANARY}\"")] {
        page.fill("key", shape).await?;
        page.click_on("check").await?;
        let said: String = page.run("return document.getElementById('problem').innerText", &[]).await?;
        ensure!(!said.is_empty() && !said.contains("canary"), "{browser}, {shape}: {said:?}");
    }
    ensure!(asked() == 0, "{browser}: a wrong key was sent");
    page.fill("key", CANARY).await?;
    page.run::<()>(
        "chrome.permissions.kept = chrome.permissions.request; chrome.permissions.request = async () => false",
        &[],
    )
    .await?;
    if browser == Browser::Chromium {
        page.click_on("check").await?;
        until("the refusal", Duration::from_secs(5), async || {
            let said: String = page.run("return document.getElementById('problem').innerText", &[]).await?;
            ensure!(said.contains("nothing was sent"), "{said}");
            Ok(())
        })
        .await?;
        ensure!(asked() == 0, "{browser}: asked without permission");
    }
    page.run::<()>("chrome.permissions.request = chrome.permissions.kept", &[]).await?;
    for &(fault, cause) in KEYS {
        fixture.set_fault(fault)?;
        page.click_on("check").await?;
        until(cause, Duration::from_secs(15), async || {
            let body = "const told = document.getElementById('told'); return told.hidden ? document.getElementById('problem').innerText : told.dataset.cause";
            let told: String = page.run(body, &[]).await?;
            ensure!(told == cause, "{told}");
            Ok(())
        })
        .await
        .with_context(|| format!("{browser}, {fault}"))?;
        let shown: String = page.run("return document.documentElement.outerHTML + JSON.stringify(await chrome.storage.session.get(null)) + JSON.stringify(await chrome.storage.local.get(null))", &[]).await?;
        ensure!(!shown.contains("canary"), "{browser}, {fault}: the key is to be seen");
        page.check_appearance(&format!("{browser}-key-{fault}")).await?;
    }
    ensure!(asked() == KEYS.len(), "{browser}: {} requests", asked());
    page.click_on("keep").await?;
    kept(&page, true).await.with_context(|| format!("{browser}: kept"))?;
    page.close().await?;
    let page = fixture.session.open_page("key.html").await?;
    page.settled_page().await?;
    page.click_on("forget").await?;
    kept(&page, false).await.with_context(|| format!("{browser}: forgotten"))?;
    let files = fixture.session.files_holding("canary")?;
    ensure!(files.is_empty(), "{browser}: the key is on disk: {files:?}");
    fixture.session.stop().await
}

/// The key is kept in the session's memory, and nowhere else; or not at all.
async fn kept(page: &Popup<'_>, wanted: bool) -> Result<()> {
    until("the key to be kept or forgotten", Duration::from_secs(5), async || {
        let body =
            "const held = async (area) => JSON.stringify(await chrome.storage[area].get(null)).includes('canary');
            return [await held('session'), await held('local')]";
        let (session, local): (bool, bool) = page.run(body, &[]).await?;
        ensure!(session == wanted && !local, "in the session: {session}, on disk: {local}");
        Ok(())
    })
    .await
}

async fn connectivity_and_key_pages_in_every_language(browser: Browser) -> Result<()> {
    for language in languages()? {
        let (_folder, mend) = localized_copy(&browser.mend()?, &language)?;
        let fixture = Fixture::with_setup(browser, Http::Both, "well", |setup| Setup { mend, ..setup }).await?;
        for name in ["connectivity.html", "key.html"] {
            let page = fixture.session.open_page(name).await?;
            page.settled_page().await?;
            page.unfold().await?;
            page.frame(360, Scheme::Light).await?;
            ensure!(page.overflow().await? <= 0, "{language}, {name} is too wide");
            let overflowing = page.overflowing().await?;
            let overflowing: Vec<_> = overflowing.iter().filter(|what| !what.starts_with("INPUT")).collect();
            ensure!(overflowing.is_empty(), "{language}, {name}: {overflowing:?}");
            page.close().await?;
        }
        fixture.session.stop().await?;
    }
    Ok(())
}
