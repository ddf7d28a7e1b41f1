//! The journal's storage: an IndexedDB database, written by the worker and read by the pages. The entries are derived
//! from the model in the core.

mod database;
pub mod read;
mod waiting;
pub mod write;

use wasm_bindgen::prelude::*;

/// Writes the entries of the model that are not written yet; resolves when they are committed, or wait in session
/// storage. `null` in place of a model deletes everything.
///
/// # Errors
/// Rejects if they can be stored in neither.
#[cfg_attr(not(feature = "pages"), wasm_bindgen)]
pub async fn write_journal(model: JsValue) -> Result<(), JsValue> {
    if model.is_null() {
        waiting::forget().await?;
        return database::erase().await.map_err(|health| health.name().into());
    }
    let model = super::look::understand(&model).ok_or("no model that Mend knows")?;
    waiting::write(crate::core::journal::notes(&model, super::now())).await
}
