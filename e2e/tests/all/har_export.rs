//! What Mend writes as a HAR, Chromium's developer tools open: each request with its address, status and id.

use anyhow::{Result, ensure};
use mend::core::{
    endpoint::EndpointKind,
    har::{har, of_failures},
    observe::Failure,
    request_ids::Ids,
};
use mend_e2e::{Browser, DevTools, LoggedRequest, Session, Setup};
use mend_lab::{Lab, Options};
use serde_json::{Value, json};

const ID: &str = "bd8e52b7-7993-4407-a17b-c697e6ae3ef6";
const CHAT: &str = "/backend-api/f/conversation";
const OLD: &str = "/backend-api/conversation/6710aa21-8f0c-8004-b1e2-0242ac120002";

#[tokio::test]
async fn chromium_devtools_import_the_exported_har() -> Result<()> {
    let lab = Lab::start(Options::default()).await?;
    let session = Session::start(Setup { devtools: true, ..Setup::new(Browser::Chromium, &lab)? }).await?;
    let devtools = session.devtools().await?;

    // Broken ones first, as they leave the log as it is.
    let good = of_failures(failures().iter(), "0.1.0");
    let mut halves = good.clone();
    if let Some(entry) = halves.pointer_mut("/log/entries/2").and_then(Value::as_object_mut) {
        entry.remove("timings");
    }
    let (whole, halves) = (good.to_string(), halves.to_string());
    let cut = whole.get(..whole.len() - 3).unwrap_or_default();
    for broken in [cut, &halves, "{}", ""] {
        let complaints = devtools.import(broken).await?;
        ensure!(complaints.len() == 1, "of {broken}: {complaints:?}");
        devtools.requests(0).await?;
    }

    opens(&devtools, &whole).await?;
    opens(&devtools, &har(&entries(), true, "0.1.0").to_string()).await?;
    session.stop().await
}

/// Three requests that failed are in the log, and nothing else.
async fn opens(devtools: &DevTools<'_>, har: &str) -> Result<()> {
    let complaints = devtools.import(har).await?;
    ensure!(complaints.is_empty(), "{complaints:?}");
    let rows = devtools.requests(3).await?;
    let wanted = [
        ("POST", format!("https://chatgpt.com{CHAT}"), 500, Some(ID)),
        ("POST", format!("https://chatgpt.com{CHAT}"), 429, None),
        ("GET", "https://chatgpt.com/backend-api/conversation/:id".to_owned(), 0, None),
    ];
    for (row, (method, url, status, id)) in rows.iter().zip(wanted) {
        let told = LoggedRequest {
            row: row.row.clone(),
            method: method.into(),
            url,
            status,
            request_id: id.map(str::to_owned),
        };
        ensure!(*row == told, "{row:#?}\nin place of\n{told:#?}");
        // The row says so too; without a status it has none.
        let said = row.row.contains(&status.to_string());
        ensure!(said || status == 0, "the row says {:?}", row.row);
    }
    Ok(())
}

/// As Mend keeps them, and a banner, which was no request.
fn failures() -> Vec<Failure> {
    let failure = |second: i64, endpoint, path: &str| Failure {
        at: 1_784_971_320_000 + second * 1_000,
        endpoint: Some(endpoint),
        path: Some(path.to_owned()),
        ..Failure::default()
    };
    let ids = Ids { request: Some(ID.to_owned()), ray: Some("a355a9cdf90fec87-MAD".to_owned()), ..Ids::default() };
    vec![
        Failure { status: Some(500), ids, ..failure(1, EndpointKind::Chat, CHAT) },
        Failure { status: Some(429), ..failure(2, EndpointKind::Chat, CHAT) },
        Failure { error: Some("net::ERR_CONNECTION_RESET".to_owned()), ..failure(3, EndpointKind::History, OLD) },
        Failure { path: None, ..failure(4, EndpointKind::Chat, "") },
    ]
}

/// As the developer tools tell them, and one that went well.
fn entries() -> Vec<Value> {
    let entry = |second: u8, method: &str, path: &str, answer: Value| {
        json!({
            "startedDateTime": format!("2026-07-25T09:22:0{second}.120Z"), "time": 240,
            "request": { "method": method, "url": format!("https://chatgpt.com{path}?q=1"), "httpVersion": "h2" },
            "response": answer,
        })
    };
    let content = json!({ "size": 61, "mimeType": "application/json", "text": "{\"detail\":\"no\"}" });
    let headers = json!([{ "name": "x-request-id", "value": ID }, { "name": "server", "value": "cloudflare" }]);
    let reset = json!({ "status": 0, "_error": "net::ERR_CONNECTION_RESET" });
    vec![
        entry(1, "POST", CHAT, json!({ "status": 500, "headers": headers, "content": content })),
        entry(2, "POST", CHAT, json!({ "status": 429, "content": content })),
        entry(3, "GET", OLD, reset),
        entry(4, "GET", "/backend-api/me", json!({ "status": 200 })),
    ]
}
