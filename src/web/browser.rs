//! Bindings to the WebExtension APIs that Mend uses, without logic of its own.
//!
//! `chrome.*` returns promises in Manifest V3 in both browsers. The bindings return them as promises, and [`done`]
//! awaits any of them: an `async` binding for each function would add a state machine for each to the wasm.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = get, catch)]
    pub fn session_get(key: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = set, catch)]
    pub fn session_set(items: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = remove, catch)]
    pub fn session_remove(keys: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = get, catch)]
    pub fn local_get(key: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = set, catch)]
    pub fn local_set(items: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = get, catch)]
    pub fn session_all(keys: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = get, catch)]
    pub fn local_all(keys: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = remove, catch)]
    pub fn local_remove(keys: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "onChanged"], js_name = addListener)]
    pub fn on_storage_changed(listener: &Function);

    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeText, catch)]
    pub fn set_badge_text(details: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeBackgroundColor, catch)]
    pub fn set_badge_color(details: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeTextColor, catch)]
    pub fn set_badge_text_color(details: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setTitle, catch)]
    pub fn set_title(details: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = query, catch)]
    pub fn tabs_query(filter: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = get, catch)]
    pub fn tabs_get(tab: i32) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = create, catch)]
    pub fn tabs_create(details: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = reload, catch)]
    pub fn tabs_reload(tab: i32, properties: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = sendMessage, catch)]
    pub fn tabs_send(tab: i32, message: &JsValue, options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "scripting"], js_name = executeScript, catch)]
    pub fn execute_script(injection: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = getCurrent, catch)]
    pub fn tabs_current() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "windows"], js_name = getCurrent, catch)]
    pub fn window_current() -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "windows"], js_name = create, catch)]
    pub fn window_create(properties: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "cookies"], js_name = getAllCookieStores, catch)]
    pub fn cookie_stores() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "cookies"], js_name = getAll, catch)]
    pub fn cookies_all(filter: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "cookies"], js_name = set, catch)]
    pub fn cookie_set(details: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "cookies"], js_name = remove, catch)]
    pub fn cookie_remove(details: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "browsingData"], js_name = remove, catch)]
    pub fn browsing_data_remove(options: &JsValue, kinds: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "management"], js_name = getAll, catch)]
    pub fn extensions_all() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "management"], js_name = getSelf, catch)]
    pub fn own() -> Result<Promise, JsValue>;
    /// Only Chromium has all of it; bound as a value, because a linter for Firefox reports a named function as an
    /// error.
    pub type Management;
    #[wasm_bindgen(thread_local_v2, js_namespace = chrome, js_name = management)]
    pub static MANAGEMENT: Management;
    #[wasm_bindgen(method, js_name = getPermissionWarningsById, catch)]
    pub fn warnings(this: &Management, id: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "management"], js_name = setEnabled, catch)]
    pub fn extension_switch(id: &str, on: bool) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "notifications"], js_name = create, catch)]
    pub fn notify(id: &str, options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "alarms"], js_name = create, catch)]
    pub fn alarm_create(name: &str, when: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "webRequest", "onErrorOccurred"], js_name = addListener, catch)]
    pub fn on_request_broken(listener: &Function, filter: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = contains, catch)]
    pub fn permissions_contains(wanted: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = getAll, catch)]
    pub fn permissions_all() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = request, catch)]
    pub fn permissions_request(wanted: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = remove, catch)]
    pub fn permissions_remove(unwanted: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    pub fn runtime_url(path: &str) -> String;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage, catch)]
    pub fn runtime_send(message: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getMessage)]
    pub fn i18n_message(key: &str, arguments: &JsValue) -> String;

    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    pub fn copy_text(text: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getManifest)]
    pub fn runtime_manifest() -> JsValue;

    #[wasm_bindgen(js_namespace = ["chrome", "devtools", "network"], js_name = getHAR)]
    pub fn devtools_har(take: &Function) -> JsValue;
    #[wasm_bindgen(js_namespace = ["chrome", "devtools", "network", "onRequestFinished"], js_name = addListener)]
    pub fn on_request_finished(listener: &Function);

    #[wasm_bindgen(js_namespace = document, js_name = execCommand, catch)]
    pub fn exec_command(command: &str) -> Result<bool, JsValue>;

    #[wasm_bindgen(js_namespace = console, js_name = error)]
    pub fn console_error(line: &str);

    /// `language.js` reads the messages of the chosen language; undefined if none is chosen.
    #[wasm_bindgen(js_name = mendMessages, catch)]
    pub fn chosen_messages() -> Result<Promise, JsValue>;

    /// `background.js` writes the journal outside of the event queue.
    #[wasm_bindgen(js_name = mendJournal)]
    pub fn journal(model: &JsValue);

    /// `background.js` has saved prompts dropped to free space.
    #[wasm_bindgen(js_name = mendGiveWay, catch)]
    pub fn give_way() -> Result<Promise, JsValue>;

    /// `background.js` passes on a task for site data.
    #[wasm_bindgen(js_name = mendSiteData, catch)]
    pub fn site_data(task: &JsValue, id: u32) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_name = fetch, catch)]
    pub fn fetch(request: &web_sys::Request) -> Result<Promise, JsValue>;
}

/// Awaits a promise.
///
/// # Errors
/// The browser's error, thrown or rejected.
pub async fn done(asked: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(asked?).await
}
