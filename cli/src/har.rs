//! HAR 1.2 → a case, an entry at a time. Only failed entries' bodies are looked at; cookies and other headers are never
//! read.

use std::io;

use mend::core::{
    Event, Millis,
    endpoint::{EndpointKind, classify},
    entry::headers,
    event::{NetError, Response, TabId},
    formats::{Fault, LONGEST, Projection},
    har,
    json::{Json, Value},
    text::clip,
    time::rfc3339,
};

use crate::{
    case::{Case, stream},
    event_log::EventLog,
    pages::Pages,
};

/// All of an entry that a case is made of.
const LOOKED_AT: Projection = Projection::Map(&[
    ("startedDateTime", Projection::One),
    ("time", Projection::One),
    // Which page asked.
    ("pageref", Projection::One),
    ("request", Projection::Map(&[("method", Projection::One), ("url", Projection::One)])),
    (
        "response",
        Projection::Map(&[
            ("status", Projection::One),
            // Chromium's name of a network error.
            ("_error", Projection::One),
            ("headers", Projection::List(&Projection::Map(&[("name", Projection::One), ("value", Projection::One)]))),
            ("content", Projection::Map(&[("text", Projection::One), ("encoding", Projection::One)])),
        ]),
    ),
]);

/// Reads a whole HAR as one case: what went on in one tab.
pub fn read(name: &str, source: impl io::BufRead) -> Result<Case, Fault> {
    let mut events = HarEvents::default();
    har::each(source, &LOOKED_AT, |entry| events.take(&entry))?;
    let tabs = events.pages.tabs();
    let mut case = Case::new(name.to_owned(), events.log.in_order());
    case.retab(|page| usize::try_from(page).ok().and_then(|page| tabs.get(page).copied()).unwrap_or_default());
    Ok(case)
}

/// What went on, entry by entry.
#[derive(Default)]
struct HarEvents {
    log: EventLog,
    pages: Pages,
    number: u64,
}

impl HarEvents {
    fn take(&mut self, entry: &Value) {
        self.number += 1;
        // An exporter leaves holes where it lost something; the rest stands.
        if !entry.is_object() {
            return;
        }
        let began = rfc3339(entry.field("startedDateTime").text()).unwrap_or_default();
        let tab = self.pages.number(entry.field("pageref").text(), began);
        let (events, at) = understand(entry, began, tab, self.number.to_string());
        for event in events {
            self.log.add(event, at);
        }
        self.log.pass(at);
    }
}

fn understand(entry: &Value, began: Millis, tab: TabId, key: String) -> (Vec<Event>, Millis) {
    let at = began.saturating_add(entry.field("time").number().unwrap_or_default().clamp(0, 86_400_000));
    let (request, answer) = (entry.field("request"), entry.field("response"));
    if !request.is_object() || !answer.is_object() {
        return (Vec::new(), at);
    }
    let own = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let (method, url) = (request.field("method").text().to_owned(), request.field("url").text().to_owned());
    let (status, error) = (answer.field("status").number(), own(answer.field("_error").text()));
    let status = status.and_then(|status| u16::try_from(status).ok()).filter(|status| *status > 0 && error.is_none());
    let events = match status {
        // What went well elsewhere says nothing.
        Some(200..400) if classify(&url).kind == EndpointKind::Unrelated => Vec::new(),
        Some(status) => {
            // Binary bodies come in base64 (HAR 1.2, content); they are no error texts.
            let content = answer.field("content");
            let body = own(content.field("text").text()).filter(|_| content.field("encoding").text().is_empty());
            // A good answer shows that it worked when it began: what fails while it comes in is not mended by it.
            let at = if status < 400 { began } else { at };
            let headers = headers(answer);
            let mut response = Response { tab, key, at, method, url, status: Some(status), headers, body };
            let stream = stream(&mut response);
            response.body = response.body.map(|body| clip(&body, LONGEST).to_owned());
            Case::events_of(&mut response, stream.as_deref())
        }
        None => {
            let error = error.unwrap_or_else(|| "unnamed".to_owned());
            vec![Event::NetError(NetError { tab, key, at, method, url, error })]
        }
    };
    (events, at)
}
