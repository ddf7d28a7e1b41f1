//! Copies of Mend with pages beside it that only measure; and extensions that do nothing, to compare it with.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mend_e2e::{Browser, Fixture, Setup, copy_folder};
use mend_lab::Http;
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

/// A copy of one build with `empty.html` (a page without anything), `popup-probed.html` (the popup, watched) and
/// `probe.html`. It goes when dropped.
pub struct Build {
    folder: TempDir,
}

impl Build {
    /// The build in `dist`.
    pub fn current(browser: Browser) -> Result<Build> {
        Build::copy_of(&browser.mend()?)
    }

    /// The build in `dist`, and the one to compare it with.
    pub fn all(browser: Browser, against: Option<&PathBuf>) -> Result<Vec<Build>> {
        let mut builds = vec![Build::current(browser)?];
        if let Some(dist) = against {
            builds.push(Build::copy_of(&browser.mend_in(dist)?)?);
        }
        Ok(builds)
    }

    fn copy_of(mend: &Path) -> Result<Build> {
        let folder = TempDir::with_prefix("mend-bench-")?;
        copy_folder(mend, folder.path())?;
        let popup = fs::read_to_string(folder.path().join("popup.html"))?;
        let probed = popup.replace("</head>", "<script src=\"probe.js\"></script></head>");
        fs::write(folder.path().join("popup-probed.html"), probed)?;
        fs::write(folder.path().join("probe.html"), format!("{EMPTY}<script src=\"probe.js\"></script>\n"))?;
        fs::write(folder.path().join("empty.html"), EMPTY)?;
        fs::write(folder.path().join("probe.js"), PROBE)?;
        Ok(Build { folder })
    }

    /// Where it is.
    pub fn path(&self) -> Result<PathBuf> {
        Ok(self.folder.path().canonicalize()?)
    }

    /// A browser with this build, in front of a lab in this fault.
    pub async fn start(&self, browser: Browser, fault: &str) -> Result<Fixture> {
        let mend = self.path()?;
        Fixture::with_setup(browser, Http::Both, fault, |setup| Setup { mend, ..setup }).await
    }
}

/// An extension without any work and any rights: the same browser without Mend.
pub fn without_mend(browser: Browser) -> Result<TempDir> {
    bare(browser, &["browser_specific_settings"], "")
}

/// An extension that listens to the same requests as Mend does, in the one way there is, and does nothing about it.
pub fn only_listening(browser: Browser) -> Result<TempDir> {
    let parts = ["browser_specific_settings", "permissions", "host_permissions", "background"];
    bare(browser, &parts, LISTENER)
}

/// Mend's manifest with nothing but these parts, and this for a worker.
fn bare(browser: Browser, parts: &[&str], worker: &str) -> Result<TempDir> {
    let folder = TempDir::with_prefix("mend-bench-bare-")?;
    let mut manifest: Value = serde_json::from_slice(&fs::read(browser.mend()?.join("manifest.json"))?)?;
    let all = manifest.as_object_mut().context("the manifest is no object")?;
    all.retain(|name, _| parts.contains(&name.as_str()) || ["manifest_version", "version"].contains(&name.as_str()));
    all.insert("name".to_owned(), json!("Bare"));
    if let Some(background) = all.get_mut("background").and_then(Value::as_object_mut) {
        // Wherever Mend's own worker lies.
        for (key, path) in [("service_worker", json!("background.js")), ("scripts", json!(["background.js"]))] {
            if background.contains_key(key) {
                background.insert(key.to_owned(), path);
            }
        }
    }
    fs::write(folder.path().join("manifest.json"), manifest.to_string())?;
    fs::write(folder.path().join("background.js"), worker)?;
    Ok(folder)
}
