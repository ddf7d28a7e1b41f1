//! Conversion between our types and JavaScript values, for storage and messages. A missing value is `null`; numbers
//! are below 2^53.
//!
//! serde-wasm-bindgen converts to serde_json's `Value`, and from there to our types: a second deserializer for each of
//! our types would add 100 KB to the modules.

use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::core::json::{from_value, to_value};

/// Converts one of our types to a JavaScript value of the kinds that JSON has.
///
/// # Errors
/// A number is too large for JavaScript.
pub fn to_js<T: Serialize + ?Sized>(ours: &T) -> Result<JsValue, JsValue> {
    Ok(to_value(ours).serialize(&Serializer::json_compatible())?)
}

/// Converts a JavaScript value to one of our types; none if it does not match.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    from_value(&serde_wasm_bindgen::from_value(value.clone()).ok()?)
}
