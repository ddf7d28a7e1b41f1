//! The requests from the developer tools, reduced to allowed fields: never cookies or request bodies.

use js_sys::{Array, Function, Object, Promise, Reflect, Symbol};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::core::{
    entry::HarEntry,
    json::{Json, Map, Value},
};
use crate::web::{browser, get, value::from_js};

/// Calls `take` for each request to ChatGPT since the tools were opened; a request may come twice.
pub fn listen(take: fn(Value, HarEntry)) {
    let finished = Closure::<dyn Fn(JsValue)>::new(move |entry: JsValue| spawn_local(tell(entry, take)));
    browser::on_request_finished(finished.as_ref().unchecked_ref());
    // Kept for the lifetime of the page.
    finished.forget();
    let log = Closure::once_into_js(move |log: JsValue| {
        for entry in Array::from(&get(&log, "entries")).iter() {
            spawn_local(tell(entry, take));
        }
    });
    browser::devtools_har(log.unchecked_ref());
}

async fn tell(entry: JsValue, take: fn(Value, HarEntry)) {
    // A body is read only for requests to ChatGPT.
    if HarEntry::read(&bare(&entry, &JsValue::NULL)).is_none() {
        return;
    }
    let plain = bare(&entry, &inspected(&entry).await.unwrap_or(JsValue::NULL));
    if let Some(entry) = HarEntry::read(&plain) {
        take(plain, entry);
    }
}

/// The beginning of a failed response's body, or how a stream ended: `devtools_response.js` reads it, and returns no
/// more.
async fn inspected(entry: &JsValue) -> Result<JsValue, JsValue> {
    let look: Function = Reflect::get(&js_sys::global(), &Symbol::for_("mend.devtools-response"))?.dyn_into()?;
    JsFuture::from(look.call1(&JsValue::NULL, entry)?.dyn_into::<Promise>()?).await
}

fn bare(entry: &JsValue, saw: &JsValue) -> Value {
    let (request, response) = (get_in(entry, "request"), get_in(entry, "response"));
    let content = only(&get_in(&response, "content"), &["size", "mimeType"]).with("text", value(&get_in(saw, "text")));
    let response = only(&response, &["status", "httpVersion", "headers", "_error"]).with("content", content);
    only(entry, &["startedDateTime", "time"])
        .with("request", only(&request, &["method", "url", "httpVersion"]))
        .with("response", response)
        .with("_stream", value(&get_in(saw, "stream")))
}

fn only(of: &JsValue, names: &[&str]) -> Value {
    let part = |plain: Value, name: &&str| plain.with(name, value(&get_in(of, name)));
    names.iter().fold(Value::Object(Map::new()), part)
}

fn get_in(object: &JsValue, name: &str) -> JsValue {
    if object.is_instance_of::<Object>() { get(object, name) } else { JsValue::UNDEFINED }
}

fn value(of: &JsValue) -> Value {
    from_js(of).unwrap_or_default()
}
