//! Plain data ⇄ JavaScript values, as storage and messages carry them. Understands neither.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::array;
use crate::core::plain::{DEEPEST, Plain};

/// A tree as a plain JavaScript value.
pub fn to_js(plain: &Plain) -> JsValue {
    match plain {
        Plain::Nothing => JsValue::NULL,
        Plain::Bool(value) => JsValue::from(*value),
        // Whole numbers up to 2^53 are exact; times in milliseconds stay far below.
        Plain::Number(number) => JsValue::from(*number as f64),
        Plain::Text(text) => JsValue::from(text.as_str()),
        Plain::List(items) => array(items.iter().map(to_js)).into(),
        Plain::Map(entries) => {
            let object = Object::new();
            for (name, value) in entries {
                // Setting a property of a fresh plain object cannot fail.
                let _ = Reflect::set(&object, &name.as_str().into(), &to_js(value));
            }
            object.into()
        }
    }
}

/// A JavaScript value as a tree. What is no data (a function, a symbol) is nothing.
pub fn from_js(value: &JsValue) -> Plain {
    read(value, DEEPEST)
}

fn read(value: &JsValue, depth: u32) -> Plain {
    let Some(deeper) = depth.checked_sub(1) else { return Plain::Nothing };
    if let Some(text) = value.as_string() {
        return Plain::Text(text);
    }
    if let Some(number) = value.as_f64() {
        return Plain::Number(number as i64);
    }
    if let Some(value) = value.as_bool() {
        return Plain::Bool(value);
    }
    if Array::is_array(value) {
        return Plain::List(Array::from(value).iter().map(|item| read(&item, deeper)).collect());
    }
    let Some(object) = value.dyn_ref::<Object>().filter(|_| !value.is_function()) else { return Plain::Nothing };
    let entry = |pair: JsValue| {
        let pair: Array = pair.unchecked_into();
        Some((pair.get(0).as_string()?, read(&pair.get(1), deeper)))
    };
    Plain::Map(Object::entries(object).iter().filter_map(entry).collect())
}
