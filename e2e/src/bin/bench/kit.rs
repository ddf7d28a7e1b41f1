//! The extension as it was built, with pages beside it that only measure; and an extension that does nothing.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use mend_e2e::Browser;
use serde_json::{Value, json};
use tempfile::TempDir;

/// As little as a page can be that paints something.
const EMPTY: &str = "<!doctype html><meta charset=\"utf-8\"><title>Empty</title><p>Nothing.</p>\n";
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

/// An extension of the same name without any work: the same browser without Mend.
pub fn idle(browser: Browser) -> Result<TempDir> {
    let folder = TempDir::with_prefix("mend-bench-idle-")?;
    let manifest: Value = serde_json::from_slice(&fs::read(browser.mend()?.join("manifest.json"))?)?;
    let mut idle = json!({ "manifest_version": 3, "name": "Idle", "version": "1.0" });
    if let (Some(idle), Some(settings)) = (idle.as_object_mut(), manifest.get("browser_specific_settings")) {
        idle.insert("browser_specific_settings".to_owned(), settings.clone());
    }
    fs::write(folder.path().join("manifest.json"), idle.to_string())?;
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
