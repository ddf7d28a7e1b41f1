//! Where saved prompts lie: in the session's memory, and on disk too if the person wants that. Only the journal's module
//! writes them; everybody else reads here.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use super::{browser, get, report::found};

/// Under this name they lie, in either place.
pub const PROMPTS: &str = "prompts";

/// Under this name, in the session's memory, lies when prompts last had to go because there was no room.
pub const CROWDED: &str = "crowded";

/// Under this name, on disk, lies where they are to be kept: `{ where, cleared }`. The content script reads it, too.
pub const CHOICE: &str = "prompts.setting";

/// All of them, as they lie there. After a restart of the browser only the disk has any.
pub async fn all() -> Array {
    match list(browser::done(browser::session_get(PROMPTS)).await) {
        Some(kept) => kept,
        None => list(browser::done(browser::local_get(PROMPTS)).await).unwrap_or_default(),
    }
}

fn list(kept: Result<JsValue, JsValue>) -> Option<Array> {
    get(&found("read saved prompts", kept)?, PROMPTS).dyn_into().ok()
}

/// Where they are to be kept; the default where nobody has chosen.
pub async fn chosen() -> crate::core::prompts::PromptStorage {
    let choice = found("read the prompt setting", browser::done(browser::local_get(CHOICE)).await);
    let place = choice.and_then(|choice| get(&get(&choice, CHOICE), "where").as_string());
    place.and_then(|place| crate::core::prompts::PromptStorage::from_name(&place)).unwrap_or_default()
}

/// When prompts last had to go because there was no room.
pub async fn crowded() -> Option<crate::core::Millis> {
    let crowded = found("read saved prompts", browser::done(browser::session_get(CROWDED)).await)?;
    get(&crowded, CROWDED).as_f64().map(|at| at as crate::core::Millis)
}
