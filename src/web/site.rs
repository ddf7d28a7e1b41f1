//! The hosts that Mend may see, as the browser takes them. Owns nothing else.

use wasm_bindgen::JsValue;

use super::array;

/// The hosts without which Mend is blind.
const SITE: &[&str] = &["*://chatgpt.com/*", "*://*.chatgpt.com/*", "*://chat.openai.com/*"];

/// The match patterns of ChatGPT's pages, as `permissions` and `tabs` take them.
pub fn site() -> JsValue {
    array(SITE.iter().map(|pattern| JsValue::from(*pattern))).into()
}

/// The match pattern of the provider's status page.
pub fn status_page() -> JsValue {
    js_sys::Array::of1(&"https://status.openai.com/*".into()).into()
}
