//! A look at the model as it is saved in the session. Changes nothing.

use wasm_bindgen::JsValue;

use super::value::from_js;
use crate::core::{Model, model::VERSION};

/// Under this name it is stored.
pub const KEY: &str = "model";

/// The model, if this is one of ours and of today's version.
pub fn understand(found: &JsValue) -> Option<Model> {
    from_js::<Model>(found).filter(|model| model.version == VERSION)
}

/// The model for a page that only looks; none if nothing is stored in the session yet.
pub async fn look() -> Option<Model> {
    let found = super::browser::done(super::browser::session_get(KEY)).await;
    understand(&super::get(&super::report::found("read the model", found)?, KEY))
}
