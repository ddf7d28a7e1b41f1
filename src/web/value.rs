//! Values of ours ⇄ JavaScript values, as storage and messages carry them. What is missing is `null`; numbers are below 2^53.
//!
//! serde-wasm-bindgen carries JSON's few kinds, and serde_json's tree stands between them and our types: with a second
//! deserializer for each of our types the modules would be 100 KB larger.

use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::core::json::{from_value, to_value};

/// One of ours as a JavaScript value, of the kinds that JSON has.
///
/// # Errors
/// A number is too large for JavaScript.
pub fn to_js<T: Serialize + ?Sized>(ours: &T) -> Result<JsValue, JsValue> {
    Ok(to_value(ours).serialize(&Serializer::json_compatible())?)
}

/// A JavaScript value as one of ours; none where it is something else.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    from_value(&serde_wasm_bindgen::from_value(value.clone()).ok()?)
}
