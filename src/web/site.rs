//! The hosts that Mend may access, in the browser's formats.

use wasm_bindgen::JsValue;

use super::array;

/// The match patterns that Mend cannot work without.
const SITE: &[&str] = &["*://chatgpt.com/*", "*://*.chatgpt.com/*", "*://chat.openai.com/*"];

/// The match patterns of ChatGPT's pages, for `permissions` and `tabs`.
pub fn site() -> JsValue {
    array(SITE.iter().map(|pattern| JsValue::from(*pattern))).into()
}

/// The match pattern of the provider's status page.
pub fn status_page() -> JsValue {
    js_sys::Array::of1(&"https://status.openai.com/*".into()).into()
}
