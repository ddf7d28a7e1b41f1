//! Keys and sizes of the items in the browser's storage. The values are not read by the core.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::get;
use crate::core::view::Stored;

/// Every item of a storage area, from the result of its `get`.
pub fn entries(all: &JsValue) -> Vec<Stored> {
    let keys = Object::keys(all.unchecked_ref::<Object>());
    keys.iter().filter_map(|name| name.as_string()).map(|name| Stored { size: size(all, &name), name }).collect()
}

/// The length of the JSON text, which approximates the browser's size.
fn size(all: &JsValue, name: &str) -> u32 {
    let json = JSON::stringify(&get(all, name)).map_or(0, |json| json.length());
    json.saturating_add(name.len() as u32)
}

/// Keys in the format of a storage area.
pub fn names(names: &[String]) -> JsValue {
    names.iter().map(|name| JsValue::from(name.as_str())).collect::<Array>().into()
}
