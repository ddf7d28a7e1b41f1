//! Reads the model from session storage.

use wasm_bindgen::JsValue;

use super::value::from_js;
use crate::core::{Model, model::VERSION};

/// Its key in storage.
pub const KEY: &str = "model";

/// The model, if the value is one of the present version.
pub fn understand(found: &JsValue) -> Option<Model> {
    from_js::<Model>(found).filter(|model| model.version == VERSION)
}

/// The model for a page that does not change it; none if none is stored in the session yet.
pub async fn look() -> Option<Model> {
    let found = super::browser::done(super::browser::session_get(KEY)).await;
    understand(&super::get(&super::report::found("read the model", found)?, KEY))
}
