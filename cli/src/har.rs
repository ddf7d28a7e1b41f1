//! HAR 1.2 → a case, an entry at a time. Only failed entries' bodies are looked at; cookies and other headers are never
//! read.

use std::{fmt, io, marker::PhantomData};

use mend::core::{
    Event, Millis,
    event::{Headers, NetError, Response},
    observe::{Role, place},
    time::rfc3339,
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::{
    case::{Case, allowed},
    story::Story,
};

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
pub fn read(name: &str, source: impl io::Read) -> Result<Case, serde_json::Error> {
    let mut told = Told::default();
    each(source, &mut told)?;
    Ok(Case { id: name.to_owned(), events: told.story.in_order(), status_page: None })
}

/// Hands each entry of a HAR on as it comes.
pub fn each<S: Sink>(source: impl io::Read, sink: &mut S) -> Result<(), serde_json::Error> {
    let mut json = serde_json::Deserializer::from_reader(source);
    At(&["log", "entries"], sink).deserialize(&mut json)?;
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
struct Told {
    story: Story,
    number: u64,
}

impl Sink for Told {
    type Entry = Entry;
    type Seed = PhantomData<Entry>;
    const SEED: PhantomData<Entry> = PhantomData;

    fn take(&mut self, entry: Entry) {
        self.number += 1;
        let foreign = place(&entry.request.url).role == Role::Foreign;
        let (event, at) = understand(entry, self.number.to_string());
        if foreign { self.story.pass(at) } else { self.story.add(event, at) }
    }
}

/// The entries at the end of a path of names; what stands beside it is skipped.
struct At<'a, S>(&'static [&'static str], &'a mut S);

impl<'de, S: Sink> DeserializeSeed<'de> for At<'_, S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        if self.0.is_empty() { from.deserialize_seq(self) } else { from.deserialize_map(self) }
    }
}

impl<'de, S: Sink> Visitor<'de> for At<'_, S> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [name, ..] => write!(to, "an object with {name:?}"),
            [] => to.write_str("a list of entries"),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let At([name, rest @ ..], sink) = self else { return Err(A::Error::custom("no list")) };
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == *name {
                map.next_value_seed(At(rest, sink))?;
                found = true;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if found { Ok(()) } else { Err(A::Error::missing_field(name)) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(entry) = entries.next_element_seed(S::SEED)? {
            self.1.take(entry);
        }
        Ok(())
    }
}

fn understand(entry: Entry, key: String) -> (Event, Millis) {
    let began = entry.started_date_time.as_deref().and_then(rfc3339).unwrap_or_default();
    let at = began.saturating_add(entry.time.clamp(0.0, 86_400_000.0) as i64);
    let (method, url, answer) = (entry.request.method, entry.request.url, entry.response);
    let event = match u16::try_from(answer.status).ok().filter(|status| *status > 0 && answer.error.is_none()) {
        Some(status) => {
            // Binary bodies come in base64 (HAR 1.2, content); they are no error texts.
            let content = answer.content.filter(|content| status >= 400 && content.encoding.is_none());
            let (headers, body) = (answer.headers, content.and_then(|content| content.text));
            Event::Response(Response { tab: 0, key, at, method, url, status: Some(status), headers, body })
        }
        None => {
            let error = answer.error.unwrap_or_else(|| "unnamed".to_owned());
            Event::NetError(NetError { tab: 0, key, at, method, url, error })
        }
    };
    (event, at)
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
