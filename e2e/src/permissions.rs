//! The built extension with some of its optional permissions required, as if the person had granted them.
//!
//! Those that warn (`management`, hosts) open a native prompt in Chromium that nothing can answer in a test; Firefox grants
//! them silently here (`extensions.webextOptionalPermissionPrompts`). Everything else is as it was built.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::folder::copy_folder;

/// Copies the extension into an empty folder, with these permissions required there.
pub fn require_permissions(mend: &Path, permissions: &[&str], into: &Path) -> Result<PathBuf> {
    copy_folder(mend, into)?;
    let path = into.join("manifest.json");
    let mut manifest: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
    let list = |key: &str| manifest.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let (mut required, mut optional) = (list("permissions"), list("optional_permissions"));
    for name in permissions {
        optional.retain(|one| one != name);
        required.push(json!(name));
    }
    let manifest_map = manifest.as_object_mut().context("the manifest is no object")?;
    manifest_map.insert("permissions".to_owned(), Value::Array(required));
    manifest_map.insert("optional_permissions".to_owned(), Value::Array(optional));
    fs::write(path, manifest.to_string())?;
    Ok(into.canonicalize()?)
}
