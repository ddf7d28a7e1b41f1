//! What lies in the browser's storage: names and sizes. What is in it stays on the browser's side.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::get;
use crate::core::view::Stored;

/// Every entry of a storage area, as its own `get` gives them.
pub fn entries(all: &JsValue) -> Vec<Stored> {
    let keys = Object::keys(all.unchecked_ref::<Object>());
    keys.iter().filter_map(|name| name.as_string()).map(|name| Stored { size: size(all, &name), name }).collect()
}

/// As JSON, which is about what a browser writes.
fn size(all: &JsValue, name: &str) -> u32 {
    let json = JSON::stringify(&get(all, name)).map_or(0, |json| json.length());
    json.saturating_add(name.len() as u32)
}

/// Names as a storage area takes them.
pub fn names(names: &[String]) -> JsValue {
    names.iter().map(|name| JsValue::from(name.as_str())).collect::<Array>().into()
}
