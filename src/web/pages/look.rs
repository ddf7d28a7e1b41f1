//! What is looked at of a JavaScript value, as plain data; the rest stays where it is.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use crate::core::{json::Value, projection::Projection};
use crate::web::value::from_js;

/// A shape whose names the browser has already. To give it a name takes a decoding, and in Firefox that takes longer than
/// all the rest of reading a value: so each name goes there once, not once for each value.
pub enum Look {
    /// One value.
    One,
    /// A list of such.
    List(Box<Look>),
    /// These entries.
    Map(Vec<(&'static str, JsValue, Look)>),
}

impl Look {
    /// At what is of this shape.
    pub fn at(shape: &Projection) -> Look {
        match shape {
            Projection::One => Look::One,
            Projection::List(each) => Look::List(Box::new(Look::at(each))),
            Projection::Map(known) => {
                Look::Map(known.iter().map(|(name, shape)| (*name, (*name).into(), Look::at(shape))).collect())
            }
        }
    }

    /// What is of another shape is nothing.
    pub fn read(&self, value: &JsValue) -> Value {
        match self {
            Look::One if value.is_object() => Value::Null,
            Look::One => from_js(value).unwrap_or_default(),
            Look::List(each) if Array::is_array(value) => {
                Value::Array(Array::from(value).iter().map(|item| each.read(&item)).collect())
            }
            Look::Map(known) if value.is_object() => {
                let entry = |(name, key, look): &(&str, JsValue, Look)| {
                    // Of a value from JSON this cannot fail.
                    let value = Reflect::get(value, key).unwrap_or_default();
                    ((*name).to_owned(), look.read(&value))
                };
                Value::Object(known.iter().map(entry).collect())
            }
            Look::List(_) | Look::Map(_) => Value::Null,
        }
    }
}
