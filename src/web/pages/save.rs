//! Saves a file to the person's downloads. Nothing is sent.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::core::json::{Value, pretty};
use crate::web::dom::document;

/// Saves the data as a JSON file of that name.
pub fn save(name: &str, data: &Value) -> Result<(), JsValue> {
    parts(name, "application/json", &Array::of1(&pretty(data).into()))
}

/// Saves these bytes as a file of that name and media type.
pub fn bytes(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    parts(name, kind, &Array::of1(&Uint8Array::from(bytes)))
}

/// Saves the concatenated parts.
pub fn parts(name: &str, kind: &str, content: &Array) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_blob_sequence_and_options(content, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document()?.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    // The object URL is released with the page: revoked at once, the browser would not find it.
    link.click();
    Ok(())
}
