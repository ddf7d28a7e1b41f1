//! ChatGPT's hosts, as the browser takes them. Owns nothing else.

use js_sys::Array;
use wasm_bindgen::JsValue;

/// The hosts without which Mend is blind.
const SITE: &[&str] = &["*://chatgpt.com/*", "*://*.chatgpt.com/*", "*://chat.openai.com/*"];

/// The match patterns of ChatGPT's pages, as `permissions` and `tabs` take them.
pub fn site() -> JsValue {
    SITE.iter().map(|pattern| JsValue::from(*pattern)).collect::<Array>().into()
}
