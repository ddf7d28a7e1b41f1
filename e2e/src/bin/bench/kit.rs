//! The extension as it was built, with pages beside it that only measure; and an extension that does nothing.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use mend_e2e::Browser;
use serde_json::{Value, json};
use tempfile::TempDir;

/// As little as a page can be that paints something.
const EMPTY: &str = "<!doctype html><meta charset=\"utf-8\"><title>Empty</title><p>Nothing.</p>\n";
/// A message's own requests, as Mend's worker listens to them.
const LISTENER: &str = r#"chrome.webRequest.onResponseStarted.addListener(() => {}, { urls: [
    "*://chatgpt.com/backend-api/f/conversation", "*://chatgpt.com/backend-api/sentinel/chat-requirements*",
] }, ["responseHeaders"]);"#;
/// Notes when the popup's verdict is there, and when a failure is saved.
const PROBE: &str = include_str!("probe.js");

/// Mend with `empty.html` (a page without anything), `popup-probed.html` (the popup, watched) and `probe.html`.
pub fn with_probes(browser: Browser) -> Result<TempDir> {
    let folder = TempDir::with_prefix("mend-bench-")?;
    copy(&browser.mend()?, folder.path())?;
    let popup = fs::read_to_string(folder.path().join("popup.html"))?;
    let probed = popup.replace("</head>", "<script src=\"probe.js\"></script></head>");
    fs::write(folder.path().join("popup-probed.html"), probed)?;
    fs::write(folder.path().join("probe.html"), format!("{EMPTY}<script src=\"probe.js\"></script>\n"))?;
    fs::write(folder.path().join("empty.html"), EMPTY)?;
    fs::write(folder.path().join("probe.js"), PROBE)?;
    Ok(folder)
}

/// An extension without any work and any rights: the same browser without Mend.
pub fn idle(browser: Browser) -> Result<TempDir> {
    bare(browser, &["browser_specific_settings"], "")
}

/// An extension that hears of the same requests as Mend does, in the one way there is, and does nothing about it.
pub fn deaf(browser: Browser) -> Result<TempDir> {
    let kept = ["browser_specific_settings", "permissions", "host_permissions", "background"];
    bare(browser, &kept, LISTENER)
}

/// Mend's manifest with nothing but these parts, and this for a worker.
fn bare(browser: Browser, kept: &[&str], worker: &str) -> Result<TempDir> {
    let folder = TempDir::with_prefix("mend-bench-bare-")?;
    let mut manifest: Value = serde_json::from_slice(&fs::read(browser.mend()?.join("manifest.json"))?)?;
    let parts = manifest.as_object_mut().context("the manifest is no object")?;
    parts.retain(|name, _| kept.contains(&name.as_str()) || ["manifest_version", "version"].contains(&name.as_str()));
    parts.insert("name".to_owned(), json!("Bare"));
    fs::write(folder.path().join("manifest.json"), manifest.to_string())?;
    fs::write(folder.path().join("background.js"), worker)?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
