//! HAR 1.2 → a case, an entry at a time. Only failed entries' bodies are looked at; cookies and other headers are never
//! read.

use std::{fmt, io, marker::PhantomData};

use mend::core::{
    Event, Millis,
    endpoint::{EndpointKind, classify},
    event::{NetError, Response, TabId},
    headers::Headers,
    text::clip,
    time::rfc3339,
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, SeqAccess, Visitor},
};

use crate::{
    case::{Case, allowed, stream},
    event_log::EventLog,
    json_stream::{Fault, JsonStream},
    pages::Pages,
    truncate::LONGEST,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    started_date_time: Option<String>,
    #[serde(default)]
    time: f64,
    /// Which page asked.
    #[serde(default)]
    pageref: Option<String>,
    request: Option<Request>,
    response: Option<Answer>,
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
    #[serde(default, deserialize_with = "headers")]
    headers: Headers,
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
pub fn read(name: &str, source: impl io::BufRead) -> Result<Case, Fault> {
    let mut told = RecordedVerdict::default();
    each(source, &mut told)?;
    let tabs = told.pages.tabs();
    told.story.retab(|page| usize::try_from(page).ok().and_then(|page| tabs.get(page).copied()).unwrap_or_default());
    Ok(Case { id: name.to_owned(), events: told.story.in_order(), status_page: None })
}

/// Hands each entry of a HAR on as it comes.
pub fn each<S: Sink>(source: impl io::BufRead, sink: &mut S) -> Result<(), Fault> {
    let mut entry = |json: &mut JsonStream<'_>| json.value(S::SEED).map(|entry| sink.take(entry));
    let mut json = JsonStream::new(source);
    json.object("log", |json| json.object("entries", |json| json.list("a list of entries", &mut entry)))?;
    json.end()
}

/// What takes entries.
pub trait Sink {
    /// As what it takes them.
    type Entry;
    /// How it reads one.
    type Seed: for<'de> DeserializeSeed<'de, Value = Self::Entry> + Copy;
    /// Reads one.
    const SEED: Self::Seed;
    /// Takes one.
    fn take(&mut self, entry: Self::Entry);
}

/// What went on, entry by entry.
#[derive(Default)]
struct RecordedVerdict {
    story: EventLog,
    pages: Pages,
    number: u64,
}

impl Sink for RecordedVerdict {
    type Entry = Option<Entry>;
    type Seed = PhantomData<Option<Entry>>;
    const SEED: PhantomData<Option<Entry>> = PhantomData;

    fn take(&mut self, entry: Option<Entry>) {
        self.number += 1;
        // An exporter leaves holes where it lost something; the rest stands.
        let Some(entry) = entry else { return };
        let began = entry.started_date_time.as_deref().and_then(rfc3339).unwrap_or_default();
        let tab = self.pages.number(entry.pageref.as_deref().unwrap_or_default(), began);
        let (events, at) = understand(entry, tab, self.number.to_string());
        for event in events {
            self.story.add(event, at);
        }
        self.story.pass(at);
    }
}

fn understand(entry: Entry, tab: TabId, key: String) -> (Vec<Event>, Millis) {
    let began = entry.started_date_time.as_deref().and_then(rfc3339).unwrap_or_default();
    let at = began.saturating_add(entry.time.clamp(0.0, 86_400_000.0) as i64);
    let (Some(Request { method, url }), Some(answer)) = (entry.request, entry.response) else {
        return (Vec::new(), at);
    };
    let events = match u16::try_from(answer.status).ok().filter(|status| *status > 0 && answer.error.is_none()) {
        // What went well elsewhere says nothing.
        Some(200..400) if classify(&url).role == EndpointKind::Unrelated => Vec::new(),
        Some(status) => {
            // Binary bodies come in base64 (HAR 1.2, content); they are no error texts.
            let content = answer.content.filter(|content| content.encoding.is_none());
            let (headers, body) = (answer.headers, content.and_then(|content| content.text));
            let body = body.filter(|body| !body.is_empty());
            // A good answer shows that it worked when it began: what fails while it comes in is not mended by it.
            let at = if status < 400 { began } else { at };
            let mut response = Response { tab, key, at, method, url, status: Some(status), headers, body };
            let stream = stream(&mut response);
            response.body = response.body.map(|body| clip(&body, LONGEST).to_owned());
            Case::events_of(&mut response, stream.as_deref())
        }
        None => {
            let error = answer.error.unwrap_or_else(|| "unnamed".to_owned());
            vec![Event::NetError(NetError { tab, key, at, method, url, error })]
        }
    };
    (events, at)
}

/// Those of the allowlist, one at a time.
fn headers<'de, D: Deserializer<'de>>(from: D) -> Result<Headers, D::Error> {
    struct List;
    impl<'de> Visitor<'de> for List {
        type Value = Headers;

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("a list of headers")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Headers, A::Error> {
            // An error cannot leave the iterator, so it is kept beside it.
            let mut failed = None;
            let mut next = || match list.next_element::<Header>() {
                Ok(header) => header,
                Err(error) => {
                    failed = Some(error);
                    None
                }
            };
            let headers = allowed(std::iter::from_fn(&mut next).map(|header| (header.name, header.value)));
            failed.map_or(Ok(headers), Err)
        }
    }
    from.deserialize_seq(List)
}
