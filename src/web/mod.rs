//! The web layer: everything that touches the browser, as thin as possible. Makes no decision.
//!
//! Two wasm modules are built from it, distinguished by the feature `pages`: with it, the functions of the full pages
//! are exported; without it, those of the worker and the popup. The linker drops everything else.

mod ask;
mod browser;
mod catalog;
mod dom;
mod effects;
mod extensions;
mod hops;
mod journal;
mod journal_health;
mod look;
mod pages;
mod pending;
mod popup;
mod prompt_store;
mod prompts;
mod provider;
mod report;
mod send;
mod site;
mod site_data;
mod storage_use;
mod store;
mod tabs;
pub mod value;
mod words;
mod worker;

pub use journal::write_journal;
pub use pages::{Clean, clean_har, open_page};
pub use popup::open_popup;
pub use prompt_store::handle_prompt_message;
pub use site_data::site_data;
pub use worker::handle_event;

use wasm_bindgen::JsValue;

/// The present, from the browser's clock, in milliseconds since the epoch.
fn now() -> crate::core::Millis {
    js_sys::Date::now() as crate::core::Millis
}

fn get(object: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A JavaScript array. Not generic: `collect`, or a copy for each iterator type, takes hundreds of bytes of wasm each.
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

/// A JavaScript object with these properties.
fn object<const N: usize>(pairs: [(&str, JsValue); N]) -> JsValue {
    object_of(&pairs)
}

fn object_of(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in pairs {
        // Setting a property of a new plain object cannot fail.
        let _ = js_sys::Reflect::set(&object, &(*key).into(), value);
    }
    object.into()
}
