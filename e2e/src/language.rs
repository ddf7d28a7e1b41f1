//! Mend in another language than the browser's.
//!
//! A browser speaks the language that it was installed in; so that every one of Mend's can be seen in any browser, the
//! words of one language take the place of English in a copy.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value};
use tempfile::TempDir;

use crate::folder::copy_folder;
use crate::setup::workspace;

/// Every language that Mend speaks, English among them.
pub fn languages() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(workspace().join("extension/_locales"))? {
        found.push(entry?.file_name().into_string().map_err(|name| anyhow::anyhow!("{name:?} is no language"))?);
    }
    found.sort();
    Ok(found)
}

/// A copy of the extension in this folder that says everything in this language. It goes with the returned folder.
pub fn localized_copy(mend: &Path, language: &str) -> Result<(TempDir, PathBuf)> {
    let folder = TempDir::with_prefix("mend-words-")?;
    let copy = folder.path().join("mend");
    copy_folder(mend, &copy)?;
    let words = |language: &str| copy.join("_locales").join(language).join("messages.json");
    let read = |language: &str| -> Result<Map<String, Value>> {
        let text = fs::read(words(language)).with_context(|| format!("there is no {language}"))?;
        Ok(serde_json::from_slice(&text)?)
    };
    // What the language lacks is said in English, as browsers do.
    let mut messages = read("en")?;
    messages.extend(read(language)?);
    fs::write(words("en"), serde_json::to_string(&messages)?)?;
    // The others must not be chosen instead.
    for other in languages()?.iter().filter(|other| *other != "en") {
        fs::remove_dir_all(copy.join("_locales").join(other))?;
    }
    Ok((folder, copy))
}
