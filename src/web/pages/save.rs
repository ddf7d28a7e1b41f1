//! A file for the person's downloads, made in the page. Nothing is sent.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::core::json::{Value, pretty};
use crate::web::dom::document;

/// Offers the data as a JSON file of that name.
pub fn save(name: &str, data: &Value) -> Result<(), JsValue> {
    parts(name, "application/json", &Array::of1(&pretty(data).into()))
}

/// Offers these bytes as a file of that name and kind.
pub fn bytes(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    parts(name, kind, &Array::of1(&Uint8Array::from(bytes)))
}

/// Offers what these parts make together.
pub fn parts(name: &str, kind: &str, content: &Array) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_blob_sequence_and_options(content, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document()?.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    // The address goes with the page: given back at once, the browser would find nothing under it.
    link.click();
    Ok(())
}
