//! The way of a file: announced to the service, put to a host of its own, and read in by the service.
//!
//! Owns the three answers. Never keeps a file.

use hyper::Method;
use serde_json::json;
use uuid::Uuid;

use crate::ask::Ask;
use crate::fault::Place;
use crate::hosts::reply;
use crate::reply::{Answer, Reply, TEXT};
use crate::state::State;

/// Where files go and come from.
pub(crate) const HOST: &str = "files.oaiusercontent.com";

/// What the service says of a file: where it may be put, or, once it is there, that it was read in.
pub(crate) fn service(ask: &Ask) -> Answer {
    if ask.path.ends_with("/process_upload_stream") {
        let read = json!({"file_id": "file-lab", "event": "file.processing.completed", "progress": 100.0});
        return Answer::new(200, "text/event-stream; charset=utf-8", format!("{read}\n")).by_service();
    }
    let id = Uuid::new_v4().simple().to_string();
    let address = format!("https://{HOST}/file-{id}?se=2026&sp=c&sig=lab");
    Answer::json(&json!({"status": "success", "file_id": format!("file-{id}"), "upload_url": address}))
        .with("cache-control", "no-store")
        .by_service()
}

/// The file itself arrives; before it, the browser asks whether it may come.
pub(crate) fn upload(state: &State, ask: &Ask) -> Reply {
    reply(state, Place::Upload, ask, || {
        let status = if ask.method == Method::PUT { 201 } else { 204 };
        Answer::new(status, TEXT, "")
            .with("access-control-allow-origin", "*")
            .with("access-control-allow-methods", "GET, PUT, OPTIONS")
            .with("access-control-allow-headers", "content-type, x-ms-blob-type, x-ms-version")
            .by_edge()
    })
}
