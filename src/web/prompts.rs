//! Reads saved prompts: from session storage, or from disk if the person chose that. Only [`super::prompt_store`] writes
//! them.

use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsValue};

use super::{browser, get, report::found};

/// Their key in either storage area.
pub const PROMPTS: &str = "prompts";

/// The key, in session storage, of the time at which prompts were last dropped for lack of space.
pub const CROWDED: &str = "crowded";

/// The key, on disk, of the choice where they are kept: `{ where, cleared }`. The content script reads it too.
pub const CHOICE: &str = "prompts.setting";

/// All saved prompts, unparsed. After a restart of the browser only those on disk exist.
///
/// # Errors
/// A storage area cannot be read: that is not the same as none.
pub async fn all() -> Result<Array, JsValue> {
    if let Ok(kept) = get(&browser::done(browser::session_get(PROMPTS)).await?, PROMPTS).dyn_into() {
        return Ok(kept);
    }
    Ok(get(&browser::done(browser::local_get(PROMPTS)).await?, PROMPTS).dyn_into().unwrap_or_default())
}

/// A field of a saved prompt.
pub fn string(one: &JsValue, name: &str) -> JsString {
    get(one, name).dyn_into().unwrap_or_else(|_| "".into())
}

/// The chosen storage, or the default.
pub async fn chosen() -> crate::core::prompts::PromptStorage {
    let choice = found("read the prompt setting", browser::done(browser::local_get(CHOICE)).await);
    let place = choice.and_then(|choice| get(&get(&choice, CHOICE), "where").as_string());
    place.and_then(|place| crate::core::prompts::PromptStorage::from_name(&place)).unwrap_or_default()
}

/// When prompts were last dropped for lack of space.
pub async fn crowded() -> Option<crate::core::Millis> {
    let crowded = found("read saved prompts", browser::done(browser::session_get(CROWDED)).await)?;
    get(&crowded, CROWDED).as_f64().map(|at| at as crate::core::Millis)
}
