//! The hands: everything that touches the browser, as thin as possible. Takes no decision.

#[cfg(feature = "desk")]
mod ask;
mod browser;
#[cfg(feature = "desk")]
mod desk;
#[cfg(any(feature = "popup", feature = "desk"))]
mod dom;
#[cfg(feature = "worker")]
mod effects;
#[cfg(feature = "journal")]
mod jar;
#[cfg(any(feature = "journal", feature = "desk"))]
mod journal;
#[cfg(feature = "desk")]
mod kept;
mod look;
#[cfg(feature = "worker")]
mod others;
#[cfg(feature = "popup")]
mod page;
pub mod plain;
mod prompts;
#[cfg(any(feature = "worker", feature = "popup"))]
mod provider;
#[cfg(feature = "journal")]
mod rescue;
#[cfg(any(feature = "popup", feature = "desk"))]
mod send;
#[cfg(any(feature = "worker", feature = "popup", feature = "desk"))]
mod site;
#[cfg(feature = "worker")]
mod store;
#[cfg(any(feature = "popup", feature = "desk"))]
mod tabs;
#[cfg(any(feature = "journal", feature = "popup"))]
mod trouble;
#[cfg(any(feature = "popup", feature = "desk"))]
mod way;
#[cfg(any(feature = "worker", feature = "popup", feature = "desk"))]
mod words;
#[cfg(feature = "worker")]
mod worker;

#[cfg(feature = "desk")]
pub use desk::{Clean, clean_har, open_desk};
#[cfg(feature = "journal")]
pub use jar::belongings;
#[cfg(feature = "journal")]
pub use journal::record;
#[cfg(feature = "popup")]
pub use page::open_popup;
#[cfg(feature = "journal")]
pub use rescue::keep;
#[cfg(feature = "worker")]
pub use worker::take;

use wasm_bindgen::JsValue;

/// Two-level segregated fit: constant time, and half the code of the standard allocator.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The present, from the browser's clock.
fn now() -> crate::core::Millis {
    js_sys::Date::now() as crate::core::Millis
}

fn get(object: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// `[…]`. Behind a pointer: `collect`, or a copy of this for each kind of iterator, takes hundreds of bytes of wasm each.
fn array(mut items: impl Iterator<Item = JsValue>) -> js_sys::Array {
    fill(&mut items)
}

fn fill(items: &mut dyn Iterator<Item = JsValue>) -> js_sys::Array {
    let array = js_sys::Array::new();
    for item in items {
        array.push(&item);
    }
    array
}

/// `{ key: value, … }`
fn object<const N: usize>(pairs: [(&str, JsValue); N]) -> JsValue {
    object_of(&pairs)
}

fn object_of(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in pairs {
        // Setting a property of a fresh plain object cannot fail.
        let _ = js_sys::Reflect::set(&object, &(*key).into(), value);
    }
    object.into()
}
