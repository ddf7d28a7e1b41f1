//! HAR 1.2 → a case. Only failed entries' bodies are looked at; cookies and other headers are never read.

use mend::core::{
    Event,
    event::{NetError, Response},
    time::rfc3339,
};
use serde::Deserialize;

use crate::case::{Case, allowed};

#[derive(Deserialize)]
struct Har {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    #[serde(default)]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    started_date_time: Option<String>,
    #[serde(default)]
    time: f64,
    request: Request,
    response: Answer,
}

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    method: String,
    #[serde(default)]
    url: String,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    status: i64,
    #[serde(default)]
    headers: Vec<Header>,
    content: Option<Content>,
    /// Chromium's name of a network error.
    #[serde(rename = "_error")]
    error: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    #[serde(default)]
    value: String,
}

#[derive(Deserialize)]
struct Content {
    text: Option<String>,
    encoding: Option<String>,
}

/// Reads a whole HAR as one case: what went on in one tab.
pub fn read(name: &str, bytes: &[u8]) -> Result<Case, serde_json::Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let har: Har = serde_json::from_slice(bytes)?;
    let mut case = Case { id: name.to_owned(), events: Vec::new(), status_page: None };
    for (index, entry) in har.log.entries.into_iter().enumerate() {
        let began = entry.started_date_time.as_deref().and_then(rfc3339).unwrap_or_default();
        let at = began.saturating_add(entry.time.clamp(0.0, 86_400_000.0) as i64);
        let (key, method, url) = (index.to_string(), entry.request.method, entry.request.url);
        let answer = entry.response;
        let event = match u16::try_from(answer.status).ok().filter(|status| *status > 0 && answer.error.is_none()) {
            Some(status) => {
                // Binary bodies come in base64 (HAR 1.2, content); they are no error texts.
                let content = answer.content.filter(|content| status >= 400 && content.encoding.is_none());
                let headers = allowed(answer.headers.iter().map(|header| (&*header.name, &*header.value)));
                let body = content.and_then(|content| content.text);
                Event::Response(Response { tab: 0, key, at, method, url, status: Some(status), headers, body })
            }
            None => {
                let error = answer.error.unwrap_or_else(|| "unnamed".to_owned());
                Event::NetError(NetError { tab: 0, key, at, method, url, error })
            }
        };
        case.events.push((event, at));
    }
    // A HAR lists requests by their start; witnesses speak at the end.
    case.events.sort_by_key(|(_, at)| *at);
    Ok(case)
}
