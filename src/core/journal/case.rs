//! A person's rating of a verdict as a test case: what was observed, and whose side it really was, so that every wrong
//! verdict can become a test.
//!
//! The original texts are not kept, so each is replaced by a phrase that decodes to the same facts.

mod around;

use super::{Feedback, JournalEvent, JournalRecord};
use crate::core::{
    Millis, Model,
    decode::saying,
    endpoint::EndpointKind,
    endpoint::host_of,
    fact::Fact,
    json::{Json, Map, Value, from_value, tagged, to_value},
    model::Tab,
    observe::{Failure, Reached, Source},
    status::{AffectedComponent, Component, id_of},
    status::{Incident, StatusPage},
    stream_end::StreamEnd,
    time::{utc, utc_millis},
};

/// The target of a redirect is not kept, only that it was none of ChatGPT's hosts (RFC 2606 §2).
const ELSEWHERE: &str = "http://elsewhere.invalid/";

/// A case for each rated verdict, in the format that `mend diagnose` reads.
pub fn cases(notes: &[JournalRecord]) -> Vec<Value> {
    let said = notes.iter().filter_map(|note| match &note.entry.what {
        JournalEvent::Feedback(feedback) => Some((&note.entry.case, feedback)),
        _ => None,
    });
    said.filter_map(|(case, feedback)| {
        let mut verdicts = notes.iter().rev().filter(|note| note.entry.case == *case);
        let (note, told) = verdicts.find_map(|note| match &note.entry.what {
            JournalEvent::Verdict(told) => Some((note, told)),
            _ => None,
        })?;
        let snapshot = from_value::<Model>(note.snapshot.as_ref()?)?;
        let blame = if feedback.right { Some(told.blame) } else { feedback.blame };
        let blame = blame.map(|blame| blame.name());
        Some(line(case, (&snapshot, note.entry.at), feedback, blame))
    })
    .collect()
}

fn line(name: &str, (snapshot, judged): (&Model, Millis), feedback: &Feedback, blame: Option<&str>) -> Value {
    let tab = snapshot.tabs.first();
    let failures = tab.and_then(|tab: &Tab| tab.case.as_ref()).map(|case| case.failures.as_slice()).unwrap_or_default();
    let mut seen: Vec<(Millis, Value)> =
        tab.map(|tab| around::seen(snapshot, tab, failures, judged)).unwrap_or_default();
    seen.extend(failures.iter().flat_map(|failure| observed(failure).into_iter().map(|one| (failure.at, one))));
    let at = failures.last().map(|failure| failure.at).unwrap_or_default();
    if let Some(extensions) = &snapshot.extensions {
        let enabled = Value::Array(extensions.iter().map(to_value).collect());
        seen.push((at, observation("extensions", at).with("enabled", enabled)));
    }
    if let Some(provider) = &snapshot.provider {
        // Nothing in it: it could not be read.
        let body = provider.page.as_ref().map_or(Value::Null, |page| tagged("summary", summary(page)));
        seen.push((at, observation("status_page", at).with("body", body)));
    }
    seen.sort_by_key(|(at, _)| *at);
    let expect = match blame {
        Some(blame) => tagged("blame", text(blame)),
        None => Value::Object(Map::new()),
    };
    tagged("id", text(name))
        .with("observations", Value::Array(seen.into_iter().map(|(_, one)| one).collect()))
        .with("expect", expect)
        .with("right", to_value(&feedback.right))
}

fn observation(kind: &str, at: i64) -> Value {
    tagged("type", text(kind)).with("at", text(&utc_millis(at)))
}

/// One observation, or two if the page's text belongs to a request without a response.
fn observed(failure: &Failure) -> Vec<Value> {
    let mut words: Vec<String> = failure.facts.iter().filter_map(|fact| saying(*fact)).collect();
    let left = failure.ends.filter(|_| !limited(failure)).map(|ends| (ends - failure.at) / 1_000);
    words.extend(left.map(|left| format!("\"resets_in_seconds\":{left}")));
    let words = words.join(". ");
    let banner = observation("banner", failure.at).with("text", text(&words));
    if failure.reached == Reached::Page && failure.endpoint.is_none() {
        return vec![banner];
    }
    let path = failure.path.as_deref().unwrap_or("/");
    let host = host_of(failure.endpoint.unwrap_or(EndpointKind::Other), path);
    // An id contains digits: without one, a conversation would look like a verb.
    let url = format!("https://{host}{}", path.replace("<id>", "0"));
    let method = if failure.endpoint == Some(EndpointKind::Chat) { "POST" } else { "GET" };
    let asked = |kind: &str| observation(kind, failure.at).with("method", text(method)).with("url", text(&url));
    let broke = match &failure.error {
        Some(error) => asked("net_error").with("error", text(error)),
        None if failure.status.is_none() && stream(failure).is_some() => {
            let end = stream(failure).map_or(Value::Null, |end| to_value(&end));
            let saw = tagged("kind", text("stream")).with("url", text(&url));
            observation("page", failure.at).with("saw", saw.with("end", end).with("text", text(&words)))
        }
        None if failure.has(Fact::RedirectedAway) => asked("redirect").with("to", text(ELSEWHERE)),
        None => {
            let headers = Value::Object(
                headers(failure).into_iter().map(|(name, value)| (name.to_owned(), text(&value))).collect(),
            );
            let answer = asked("response").with("status", to_value(&failure.status));
            answer.with("headers", headers).with("body", text(&words))
        }
    };
    if failure.sources.by(Source::Page) { vec![broke, banner] } else { vec![broke] }
}

/// How the response's stream ended, if that was read.
fn stream(failure: &Failure) -> Option<StreamEnd> {
    let ends = [
        (Fact::StreamError, StreamEnd::Error),
        (Fact::StreamOpen, StreamEnd::Open),
        (Fact::StreamHandoff, StreamEnd::Handoff),
    ];
    ends.into_iter().find(|(fact, _)| failure.has(*fact)).map(|(_, end)| end)
}

/// Whether a header says when the limit ends.
fn limited(failure: &Failure) -> bool {
    failure.has(Fact::RetryAfterLong) || failure.has(Fact::RetryAfterShort)
}

fn headers(failure: &Failure) -> Vec<(&'static str, String)> {
    let mut headers = Vec::new();
    let mut add = |name, value: Option<String>| headers.extend(value.map(|value| (name, value)));
    add(failure.ids.header(), failure.ids.request.clone());
    add("cf-ray", failure.ids.ray.clone());
    let page = failure.has(Fact::FromEdge) || failure.has(Fact::FromBetween);
    add("content-type", Some(if page { "text/html" } else { "application/json" }.to_owned()));
    add("server", failure.has(Fact::FromEdge).then(|| "cloudflare".to_owned()));
    add("cf-mitigated", failure.has(Fact::EdgeChallenge).then(|| "challenge".to_owned()));
    let wait = failure.ends.filter(|_| limited(failure)).map(|ends| (ends - failure.at) / 1_000);
    add("retry-after", wait.map(|wait| wait.to_string()));
    headers
}

/// In the format of the provider's page, as far as it was kept.
fn summary(page: &StatusPage) -> Value {
    let list = |incidents: &[Incident]| Value::Array(incidents.iter().map(incident).collect());
    let told = page.incidents.iter().chain(&page.maintenances).flat_map(|incident| &incident.parts);
    // The page's structure gives the parts that the table of ids lacks.
    let groups = told.chain(&page.parts).filter(|hit| !hit.part.group().is_empty()).map(|hit| {
        let part = tagged("component_id", text(id(hit))).with("name", text(&hit.name));
        let group = tagged("name", text(hit.part.group())).with("components", Value::Array(vec![part]));
        tagged("group", group)
    });
    tagged("structure", tagged("items", Value::Array(groups.collect())))
        .with("ongoing_incidents", list(&page.incidents))
        .with("in_progress_maintenances", list(&page.maintenances))
        .with("affected_components", Value::Array(page.parts.iter().map(part).collect()))
}

/// Its id, or its name if the table does not have it.
fn id(hit: &AffectedComponent) -> &str {
    id_of(hit.part, &hit.name).unwrap_or(&hit.name)
}

fn part(hit: &AffectedComponent) -> Value {
    let part = tagged("component_id", text(id(hit))).with("status", text(hit.status.name()));
    part.with("name", text(&hit.name))
}

fn incident(incident: &Incident) -> Value {
    let time = |at: Option<i64>| at.map_or(Value::Null, |at| text(&utc(at)));
    // An incident on everything names no part; a resolved one says so.
    let named = incident.parts.iter().filter(|hit| hit.part != Component::All);
    let status = if incident.parts.is_empty() { "resolved" } else { incident.status.name() };
    tagged("name", text(&incident.name))
        .with("status", text(status))
        .with("published_at", time(incident.began))
        .with("scheduled_end_at", time(incident.until))
        .with("affected_components", Value::Array(named.map(part).collect()))
        .with("updates", Value::Array(vec![tagged("published_at", time(incident.updated))]))
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}
