//! The hands: everything that touches the browser, as thin as possible. Takes no decision.

mod browser;
#[cfg(feature = "worker")]
mod effects;
mod look;
#[cfg(feature = "popup")]
mod page;
pub mod plain;
mod site;
#[cfg(feature = "worker")]
mod store;
mod words;
#[cfg(feature = "worker")]
mod worker;

#[cfg(feature = "popup")]
pub use page::{open_popup, open_words};
#[cfg(feature = "worker")]
pub use worker::take;

use wasm_bindgen::JsValue;

/// The present, from the browser's clock.
fn now() -> crate::core::Millis {
    js_sys::Date::now() as crate::core::Millis
}

fn get(object: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// `{ key: value, … }`
fn object<const N: usize>(pairs: [(&str, JsValue); N]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in pairs {
        // Setting a property of a fresh plain object cannot fail.
        let _ = js_sys::Reflect::set(&object, &key.into(), &value);
    }
    object.into()
}
