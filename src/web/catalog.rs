//! The error catalog, a file of the extension.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};

use super::browser;

/// Its name.
const FILE: &str = "catalog.tsv";

/// The text of its lists, without a network request.
pub async fn read() -> Result<String, JsValue> {
    let response: Response = browser::done(browser::fetch(&Request::new_with_str(FILE)?)).await?.dyn_into()?;
    Ok(JsFuture::from(response.text()?).await?.as_string().unwrap_or_default())
}
