//! A case: what was observed of one failure, in the contract's format. Never judges it.

use std::collections::BTreeSet;

use mend::core::{
    Event, Millis,
    connectivity::finding::Finding,
    cookies::{CookieSummary, SessionCookie},
    endpoint::{EndpointKind, classify},
    event::{Extension, Extensions, Intent, NetError, PageReport, PageSignal, Redirect, Response, TabId},
    formats::LONGEST as LONGEST_HELD,
    headers::Headers,
    json::from_value,
    msg::Msg,
    names::{Action, Rung},
    observe::pasted,
    paste::{count, nothing, paste},
    status::StatusPage,
    stream::{StreamOutcome, ended},
    stream_end::StreamEnd,
    time::rfc3339,
};
use serde::Deserialize;
use serde_json::Value;

/// Events in order, and what the provider's page said.
pub struct Case {
    /// The case's own name.
    pub id: String,
    /// What was seen.
    pub events: Vec<(Event, Millis)>,
    /// The provider's page: none if nobody looked, `Some(None)` if it could not be read.
    pub status_page: Option<Option<StatusPage>>,
    /// The observations that were not understood: `observation 3 (page)`.
    pub left_out: Vec<String>,
    /// What is said of a text in which no error is recognised; none where one is.
    pub nothing: Option<Msg>,
    /// Evidence that a text holds beside its failure: how many lines of it say the same.
    pub evidence: Vec<Msg>,
}

#[derive(Deserialize)]
struct RawCase {
    #[serde(default)]
    id: String,
    observations: Vec<Observation>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Observation {
    Response {
        at: Option<String>,
        #[serde(default)]
        method: String,
        #[serde(default)]
        url: String,
        status: Option<u16>,
        #[serde(default)]
        headers: serde_json::Map<String, Value>,
        body: Option<Value>,
    },
    NetError {
        at: Option<String>,
        #[serde(default)]
        method: String,
        #[serde(default)]
        url: String,
        error: String,
    },
    Redirect {
        at: Option<String>,
        #[serde(default)]
        method: String,
        #[serde(default)]
        url: String,
        to: String,
    },
    Banner {
        at: Option<String>,
        text: String,
    },
    /// Anything else that the content script, or a deep inspection, tells of the page, in its own words.
    Page {
        at: Option<String>,
        saw: Value,
    },
    Cookies {
        at: Option<String>,
        count: u32,
        bytes: u32,
        token: String,
    },
    /// Whether it works in a private window, as the person says.
    Private {
        at: Option<String>,
        works: bool,
    },
    /// What a connectivity test found.
    Path {
        at: Option<String>,
        finding: String,
    },
    Extensions {
        at: Option<String>,
        enabled: Vec<Value>,
    },
    StatusPage {
        #[serde(default)]
        body: Value,
    },
}

impl Case {
    /// A case of these events.
    pub fn new(id: String, events: Vec<(Event, Millis)>) -> Case {
        Case { id, events, status_page: None, left_out: Vec::new(), nothing: None, evidence: Vec::new() }
    }

    /// Gives each event without a time that of the one before it, those before the first time that time, and all of them
    /// `now` where none has one.
    pub fn date(&mut self, now: Millis) {
        let mut last = self.events.iter().map(|(_, at)| *at).find(|at| *at != 0).unwrap_or(now);
        for (event, at) in &mut self.events {
            if *at == 0 {
                *at = last;
                if let Some(own) = own_time(event) {
                    *own = last;
                }
            }
            last = *at;
        }
    }

    /// Moves each event into another tab.
    pub fn retab(&mut self, other: impl Fn(TabId) -> TabId) {
        self.events.iter_mut().filter_map(|(event, _)| own_tab(event)).for_each(|tab| *tab = other(*tab));
    }

    /// The tabs in which something happened, at least one.
    pub fn tabs(&mut self) -> BTreeSet<TabId> {
        let tabs: BTreeSet<TabId> =
            self.events.iter_mut().filter_map(|(event, _)| own_tab(event)).map(|tab| *tab).collect();
        if tabs.is_empty() { BTreeSet::from([0]) } else { tabs }
    }

    /// Reads one line of a case file.
    pub fn line(line: &[u8]) -> Result<Case, serde_json::Error> {
        let raw: RawCase = serde_json::from_slice(line)?;
        let mut case = Case::new(raw.id, Vec::new());
        for (index, observation) in raw.observations.into_iter().enumerate() {
            if let Some(kind) = case.observe(observation, index.to_string()) {
                case.left_out.push(format!("observation {} ({kind})", index + 1));
            }
        }
        Ok(case)
    }

    /// What an answer's own stream says beside its status, where somebody kept it: how it ended. The stream goes no further.
    pub fn events_of(response: &mut Response, stream: Option<&str>) -> Vec<Event> {
        let Response { tab, key, at, url, .. } = response.clone();
        let saw = |saw: PageSignal| {
            Event::Inspected(PageReport { tab, private: Some(false), key: format!("{key}:stream"), at, saw })
        };
        // A body of this length was cut to what is held, so its end is not known.
        let whole = |text: &str| !(LONGEST_HELD..LONGEST_HELD + 64).contains(&text.len());
        let (endpoint, ended) = (classify(&url).kind, stream.map(|text| (text, ended(text))));
        if endpoint.is_of_programs() {
            // The core looks for an error in it.
            response.body = response.body.take().or_else(|| stream.map(str::to_owned));
        }
        let good = || Event::Response(response.clone());
        let upload = stream.filter(|_| classify(&url).path.ends_with(UPLOAD)).and_then(unprocessed);
        match ended {
            _ if upload.is_some() => {
                vec![saw(PageSignal::Stream { url, end: StreamEnd::Error, text: upload.unwrap_or_default() })]
            }
            _ if !matches!(endpoint, EndpointKind::Chat | EndpointKind::Resume) => vec![good()],
            Some((_, Some(StreamOutcome { end: StreamEnd::Error, text }))) => {
                // Taking up an answer again is as good as the message.
                let url = MESSAGE.to_owned();
                vec![saw(PageSignal::Stream { url, end: StreamEnd::Error, text })]
            }
            Some((_, None)) => vec![good(), saw(PageSignal::Answered)],
            Some((text, Some(StreamOutcome { end, .. }))) if whole(text) => {
                vec![good(), saw(PageSignal::Stream { url, end, text: String::new() })]
            }
            Some(_) | None => vec![good()],
        }
    }

    /// The event stream of a message's answer, as somebody saved it; none where it was cut to what is held.
    pub fn stream(name: &str, stream: Option<&str>) -> Case {
        let headers = Headers { content_type: Some("text/event-stream".to_owned()), ..Headers::default() };
        let (key, url) = ("stream".to_owned(), MESSAGE.to_owned());
        let method = "POST".to_owned();
        let mut response = Response { tab: 0, key, at: 0, method, url, status: Some(200), headers, body: None };
        let events = Case::events_of(&mut response, stream).into_iter().map(|event| (event, 0)).collect();
        Case::new(name.to_owned(), events)
    }

    /// One pasted text. It is from now, unless a `date` in it says otherwise.
    pub fn text(name: &str, text: &str, now: Millis) -> Case {
        let mut event = pasted(text, now);
        let at = own_time(&mut event).map_or(now, |at| *at);
        let nothing = paste(text, None, now).is_none().then(|| nothing(text));
        let evidence = count(text).into_iter().collect();
        Case { nothing, evidence, ..Case::new(name.to_owned(), vec![(event, at)]) }
    }

    /// Adds an observation; of one that is not understood it gives the type.
    fn observe(&mut self, observation: Observation, key: String) -> Option<&'static str> {
        let time = |at: Option<String>| at.as_deref().and_then(rfc3339).unwrap_or_default();
        match observation {
            Observation::Response { at, method, url, status, headers, body } => {
                let at = time(at);
                let body = body.map(|body| match body {
                    Value::String(text) => text,
                    other => other.to_string(),
                });
                let headers = Headers::from_pairs(
                    headers.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap_or(""))),
                );
                let url = in_between(url);
                let mut response = Response { tab: 0, key, at, method, url, status, headers, body };
                let stream = stream(&mut response);
                for event in Case::events_of(&mut response, stream.as_deref()) {
                    self.push(event, at);
                }
            }
            Observation::NetError { at, method, url, error } => {
                let (at, url) = (time(at), in_between(url));
                self.push(Event::NetError(NetError { tab: 0, key, at, method, url, error }), at);
            }
            Observation::Banner { at, text } => {
                let at = time(at);
                let saw = PageSignal::Banner { text, ended: false };
                self.push(Event::PageReport(PageReport { tab: 0, private: Some(false), key, at, saw }), at);
            }
            Observation::Redirect { at, method, url, to } => {
                let at = time(at);
                self.push(Event::Redirect(Redirect { tab: 0, key, at, method, url, to }), at);
            }
            Observation::Page { at, saw } => {
                let at = time(at);
                let Some(saw) = from_value::<PageSignal>(&saw) else { return Some("page") };
                self.push(Event::Inspected(PageReport { tab: 0, private: Some(false), key, at, saw }), at);
            }
            Observation::Cookies { at, count, bytes, token } => {
                let at = time(at);
                let Some(token) = SessionCookie::from_name(&token) else { return Some("cookies") };
                self.push(Event::Cookies { tab: 0, cookies: CookieSummary { at, count, bytes, token } }, at);
            }
            Observation::Private { at, works } => {
                let act = if works { Action::PrivateWorks } else { Action::PrivateBreaks };
                self.push(Event::Intent(Intent::Run { tab: 0, rung: Rung::Extensions, act }), time(at));
            }
            Observation::Path { at, finding } => {
                let Some(finding) = Finding::from_name(&finding) else { return Some("path") };
                self.push(Event::Intent(Intent::Probed { finding }), time(at));
            }
            Observation::Extensions { at, enabled } => {
                let known: Vec<Extension> = enabled.iter().filter_map(from_value::<Extension>).collect();
                let whole = known.len() == enabled.len();
                self.push(Event::Extensions(Extensions { enabled: known }), time(at));
                return (!whole).then_some("extensions");
            }
            Observation::StatusPage { body } => {
                self.status_page = Some(StatusPage::read(&body));
            }
        }
        None
    }

    fn push(&mut self, event: Event, at: Millis) {
        self.events.push((event, at));
    }
}

/// A case tells of one failure of ChatGPT's or the API's: a host that is neither's is a server in between.
fn in_between(url: String) -> String {
    let is_host = url.contains("://") && classify(&url).kind == EndpointKind::Unrelated;
    if is_host { GATEWAY.to_owned() } else { url }
}

/// Stands for such a server; a failure keeps no host.
const GATEWAY: &str = "https://gateway.example/v1/chat/completions";

/// The event's own time, where it has one.
fn own_time(event: &mut Event) -> Option<&mut Millis> {
    match event {
        Event::Response(Response { at, .. })
        | Event::NetError(NetError { at, .. })
        | Event::Redirect(Redirect { at, .. })
        | Event::PageReport(PageReport { at, .. })
        | Event::Inspected(PageReport { at, .. })
        | Event::Cookies { cookies: CookieSummary { at, .. }, .. } => Some(at),
        _ => None,
    }
}

/// The event's tab, where it has one.
fn own_tab(event: &mut Event) -> Option<&mut TabId> {
    match event {
        Event::Response(Response { tab, .. })
        | Event::NetError(NetError { tab, .. })
        | Event::Redirect(Redirect { tab, .. })
        | Event::PageReport(PageReport { tab, .. })
        | Event::Inspected(PageReport { tab, .. })
        | Event::Cookies { tab, .. }
        | Event::Intent(Intent::Run { tab, .. }) => Some(tab),
        _ => None,
    }
}

/// Where the file that was sent is read. Its answer is a stream of JSON, a record in a line, with a status of 200 whatever
/// comes of it. Source: miuuyy/codex-chatgpt-web, `src/adapters/chatgpt-web/attachment-upload.ts`, which uploads as the page.
const UPLOAD: &str = "/files/process_upload_stream";

/// The record that says that a file could not be read.
fn unprocessed(stream: &str) -> Option<String> {
    let records = stream.lines().map(|line| line.strip_prefix("data:").unwrap_or(line).trim());
    let failed = |record: &&str| {
        let record: Value = serde_json::from_str(record).unwrap_or_default();
        let event = record.get("event").or_else(|| record.get("type")).and_then(Value::as_str).unwrap_or_default();
        matches!(event, "file.processing.error" | "file.processing.failed")
    };
    records.into_iter().find(failed).map(str::to_owned)
}

/// Where a message goes.
const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";

/// Takes the body out of a successful response, and returns it if it is an event stream, by its content type or its first
/// bytes. That of an upload comes under several content types.
pub fn stream(response: &mut Response) -> Option<String> {
    if !response.status.is_some_and(|status| (200..300).contains(&status)) {
        return None;
    }
    let body = response.body.take();
    if classify(&response.url).path.ends_with(UPLOAD) {
        return body;
    }
    let told = response.headers.content_type.as_deref().map(str::to_ascii_lowercase);
    let is_stream = told.as_deref().map_or_else(
        || body.as_deref().is_some_and(|body| body.starts_with("data:") || body.starts_with("event:")),
        |kind| kind.contains("event-stream"),
    );
    if is_stream {
        return body;
    }
    // Of a program's answer the core looks for an error.
    response.body = body.filter(|_| classify(&response.url).kind.is_of_programs());
    None
}
