//! Lists ChatGPT's open tabs.

use futures_util::future::join3;
use js_sys::Array;
use wasm_bindgen::JsValue;

use super::{browser, get, object, site::site};
use crate::core::{event::TabId, view::OpenTab};

/// All of them. For a page that is a tab itself, none is in its window.
///
/// # Errors
/// The browser's API failed.
pub async fn open_tabs() -> Result<Vec<OpenTab>, JsValue> {
    let (current, window, tabs) = join3(
        browser::done(browser::tabs_current()),
        browser::done(browser::window_current()),
        browser::done(browser::tabs_query(&object([("url", site())]))),
    )
    .await;
    let here = if current?.is_undefined() { get(&window?, "id") } else { JsValue::UNDEFINED };
    let tabs = Array::from(&tabs?);
    let open = tabs.iter().filter_map(|tab| {
        let id = get(&tab, "id").as_f64()? as TabId;
        let here = !here.is_undefined() && get(&tab, "windowId") == here;
        Some(OpenTab { id, here, active: get(&tab, "active").is_truthy() })
    });
    Ok(open.collect())
}
