//! The journal's hands: a database of the browser's, written by the worker and read by the pages. What is to be written
//! follows from the model, in the core.

mod database;
pub mod read;
mod waiting;
pub mod write;

use wasm_bindgen::prelude::*;

/// Writes down what of the model is not written yet; resolves when it is committed, or waits in the session's memory.
/// `null` in place of a model takes everything out.
///
/// # Errors
/// Rejects if it can be kept nowhere.
#[cfg_attr(not(feature = "pages"), wasm_bindgen)]
pub async fn record(model: JsValue) -> Result<(), JsValue> {
    if model.is_null() {
        waiting::forget().await?;
        return database::erase().await.map_err(|trouble| trouble.name().into());
    }
    let model = super::look::understand(&model).ok_or("no model that Mend knows")?;
    waiting::write(crate::core::journal::notes(&model, super::now())).await
}
