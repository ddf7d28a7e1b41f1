//! Reads one status page: without cookies, with a timeout and a size limit.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::core::alternatives::{Health, Status, StatusSource};
use crate::web::ask::{ask, bare, header};

/// The status of the page; unread if it cannot be read.
pub async fn read(source: StatusSource) -> Status {
    match source.api() {
        Some(url) => page(source, &url).await.unwrap_or_else(|_| Status::of(Health::Unread)),
        None => StatusSource::first(Some(source)),
    }
}

async fn page(source: StatusSource, url: &str) -> Result<Status, JsValue> {
    let response = ask(url, &bare(StatusSource::PATIENCE)).await?;
    let told = header(&response, "content-length").and_then(|length| length.parse().ok());
    if !response.ok() || told.is_some_and(|length: u32| length > StatusSource::LARGEST) {
        return Ok(Status::of(Health::Unread));
    }
    let text: JsString = JsFuture::from(response.text()?).await?.dyn_into()?;
    if text.length() > StatusSource::LARGEST {
        return Ok(Status::of(Health::Unread));
    }
    let page = serde_json::from_str(&String::from(text));
    Ok(page.map_or_else(|_| Status::of(Health::Unread), |page| source.read(&page)))
}
