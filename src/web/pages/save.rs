//! A file for the person's downloads, made in the page. Nothing is sent.

use js_sys::{Array, JSON, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::core::plain::Plain;
use crate::web::{dom::document, plain::to_js};

/// Offers the data as a JSON file of that name.
pub fn save(name: &str, data: &Plain) -> Result<(), JsValue> {
    let text = JSON::stringify_with_replacer_and_space(&to_js(data), &JsValue::NULL, &1.into())?;
    parts(name, "application/json", &Array::of1(&text))
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
