//! Upload of a file: announced to the service, sent to the file host, processed by the service. Files are discarded.

use hyper::Method;
use serde_json::json;
use uuid::Uuid;

use crate::fault::Endpoint;
use crate::fault_injection::respond;
use crate::hostnames::FILES;
use crate::request::Request;
use crate::response::{Outcome, Response, TEXT};
use crate::state::State;

/// The service: the upload URL, or after the upload that the file was processed.
pub(crate) fn service(request: &Request) -> Response {
    if request.path.ends_with("/process_upload_stream") {
        let read = json!({"file_id": "file-lab", "event": "file.processing.completed", "progress": 100.0});
        return Response::new(200, "text/event-stream; charset=utf-8", format!("{read}\n")).by_service();
    }
    let id = Uuid::new_v4().simple().to_string();
    let address = format!("https://{FILES}/file-{id}?se=2026&sp=c&sig=lab");
    Response::json(&json!({"status": "success", "file_id": format!("file-{id}"), "upload_url": address}))
        .with("cache-control", "no-store")
        .by_service()
}

/// The file host: the CORS preflight and the upload.
pub(crate) fn upload(state: &State, request: &Request) -> Outcome {
    respond(state, Endpoint::Upload, request, || {
        let status = if request.method == Method::PUT { 201 } else { 204 };
        Response::new(status, TEXT, "")
            .with("access-control-allow-origin", "*")
            .with("access-control-allow-methods", "GET, PUT, OPTIONS")
            .with("access-control-allow-headers", "content-type, x-ms-blob-type, x-ms-version")
            .by_edge()
    })
}
