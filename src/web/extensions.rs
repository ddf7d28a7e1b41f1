//! Lists and switches other extensions. Makes no decision about them.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::{browser, get};
use crate::core::event::{Extension, Extensions};

/// All enabled extensions except Mend, themes and apps.
///
/// # Errors
/// The permission is missing, or the browser's API failed.
pub async fn list() -> Result<Extensions, JsValue> {
    // In Firefox an extension can only switch themes.
    let by_hand = browser::runtime_url("").starts_with("moz-");
    let own = get(&browser::done(browser::own()).await?, "id").as_string();
    let mut enabled = Vec::new();
    for one in Array::from(&browser::done(browser::extensions_all()).await?) {
        let text = |key: &str| get(&one, key).as_string().unwrap_or_default();
        let texts =
            |key: &str| Array::from(&get(&one, key)).iter().filter_map(|text| text.as_string()).collect::<Vec<_>>();
        let id = text("id");
        if text("type") != "extension" || !get(&one, "enabled").is_truthy() || Some(&id) == own.as_ref() {
            continue;
        }
        let hosts = texts("hostPermissions");
        // Chromium does not list the hosts of content scripts, but has permission warnings for them. Firefox lists all
        // hosts, and has no such warnings.
        let warnings = || browser::MANAGEMENT.with(|management| management.warnings(&id));
        let reads_pages = !by_hand && Array::from(&browser::done(warnings()).await?).length() > 0;
        let pinned = get(&one, "mayDisable").as_bool() == Some(false) || text("installType") == "admin";
        enabled.push(Extension {
            name: text("name"),
            permissions: texts("permissions"),
            id,
            hosts,
            reads_pages,
            pinned,
            by_hand,
        });
    }
    Ok(Extensions { enabled })
}

/// Enables and disables extensions; one to be disabled that is not installed any more is not an error.
///
/// # Errors
/// The browser refused to switch an extension.
pub async fn switch(on: &[String], off: &[String]) -> Result<(), JsValue> {
    let mut failed = Ok(());
    for (id, wanted) in off.iter().map(|id| (id, false)).chain(on.iter().map(|id| (id, true))) {
        if let Err(error) = browser::done(browser::extension_switch(id, wanted)).await {
            failed = Err(error);
        }
    }
    failed
}
