//! The entries of one case, put together: since when, how often, who caused it, what was tried, and what came of it.

use std::collections::HashMap;

use mend::core::{
    Millis,
    journal::{Feedback, JournalEvent},
    model::{Attempt, Mended},
    msg::{Arg, Msg, key, msg},
    observe::Failure,
    time::utc,
};
use serde_json::{Value, json};

use super::verdict::Judged;
use crate::{bundle::Line, words::say};

/// One case, in order of time.
pub struct Case<'a> {
    name: &'a str,
    entries: Vec<&'a Line>,
}

/// The cases of a journal, the one that began first standing first.
pub fn cases(lines: &[Line]) -> Vec<Case<'_>> {
    let mut sorted: Vec<&Line> = lines.iter().collect();
    sorted.sort_by_key(|line| line.note.entry.at);
    let (mut cases, mut places) = (Vec::<Case<'_>>::new(), HashMap::new());
    for line in sorted {
        let name = line.note.entry.case.as_str();
        let place = *places.entry(name).or_insert(cases.len());
        match cases.get_mut(place) {
            Some(case) => case.entries.push(line),
            None => cases.push(Case { name, entries: vec![line] }),
        }
    }
    cases
}

impl<'a> Case<'a> {
    /// The sentences.
    pub fn words(&self) -> Vec<String> {
        let mut lines = vec![self.head()];
        if let Some(judged) = self.judged() {
            lines.extend(judged.words());
        }
        let mut events: Vec<(Millis, Vec<String>)> =
            self.failures().map(|failure| (failure.at, failed(failure))).collect();
        events.extend(self.attempts().map(|attempt| (attempt.began, vec![tried(attempt)])));
        events.sort_by_key(|(at, _)| *at);
        lines.extend(events.into_iter().flat_map(|(_, lines)| lines).map(|line| format!("  {line}")));
        if let Some(mended) = self.mended() {
            lines.push(format!("  At {}: {}.", utc(mended.at), say(&msg("journal_mended"))));
        }
        lines.extend(self.said().map(|(at, feedback)| format!("  At {}: {}", utc(at), opinion(feedback))));
        lines
    }

    /// The same as data.
    pub fn data(&self) -> Value {
        let failures: Vec<Value> = self.failures().map(failure).collect();
        let span = self.span();
        json!({
            "case": self.name,
            "since": span.map(|(from, _)| utc(from)),
            "until": span.map(|(_, until)| utc(until)),
            "count": failures.len(),
            "verdict": self.judged().map(|judged| judged.data()),
            "failures": failures,
            "tried": self.attempts().map(attempt).collect::<Vec<_>>(),
            "mended": self.mended().map(|mended| utc(mended.at)),
            "said": self.said().map(|(at, said)| {
                json!({ "at": utc(at), "right": said.right, "blame": said.blame.map(|blame| blame.name()) })
            }),
        })
    }

    fn head(&self) -> String {
        let count = self.failures().count();
        match self.span() {
            Some((from, _)) if count == 1 => format!("At {}, one failure:", utc(from)),
            Some((from, until)) => format!("Since {}, until {}, {count} failures:", utc(from), utc(until)),
            None => "The failures themselves are not in this journal any more:".to_owned(),
        }
    }

    /// When the first of its failures happened, and the last.
    fn span(&self) -> Option<(Millis, Millis)> {
        Some((self.failures().map(|one| one.at).min()?, self.failures().map(|one| one.at).max()?))
    }

    fn failures(&self) -> impl Iterator<Item = &'a Failure> {
        self.entries.iter().filter_map(|line| match &line.note.entry.what {
            JournalEvent::Failure(failure) => Some(failure),
            _ => None,
        })
    }

    fn attempts(&self) -> impl Iterator<Item = &'a Attempt> {
        self.entries.iter().filter_map(|line| match &line.note.entry.what {
            JournalEvent::Fix(attempt) => Some(attempt),
            _ => None,
        })
    }

    /// The last verdict, with all that was known at last.
    fn judged(&self) -> Option<Judged> {
        self.entries.iter().rev().find_map(|line| Judged::of(&line.note))
    }

    fn mended(&self) -> Option<&'a Mended> {
        self.entries.iter().rev().find_map(|line| match &line.note.entry.what {
            JournalEvent::Mended(mended) => Some(mended),
            _ => None,
        })
    }

    fn said(&self) -> Option<(Millis, &'a Feedback)> {
        self.entries.iter().rev().find_map(|line| match &line.note.entry.what {
            JournalEvent::Feedback(feedback) => Some((line.note.entry.at, feedback)),
            _ => None,
        })
    }
}

/// What it was for; only the page shows the error where nobody knows.
fn endpoint(failure: &Failure) -> Msg {
    msg(&failure.endpoint.map_or_else(|| "endpoint_unseen".to_owned(), |endpoint| key("endpoint", endpoint.name())))
}

/// The failure, and its ids.
fn failed(failure: &Failure) -> Vec<String> {
    let outcome = match (&failure.error, failure.status) {
        (Some(error), _) => msg("ticket_error").text(error),
        (None, Some(status)) => msg("ticket_status").number(status.into()),
        (None, None) => msg("ticket_page"),
    };
    let line = msg("ticket_failure").arg(Arg::Clock(failure.at)).arg(Arg::Msg(endpoint(failure)));
    let line = line.text(failure.path.as_deref().unwrap_or("–")).arg(Arg::Msg(outcome));
    let ids = [(failure.ids.header(), &failure.ids.request), ("cf-ray", &failure.ids.ray)];
    let ids = ids.into_iter().filter_map(|(name, id)| Some(msg("ticket_id").text(name).text(id.as_ref()?)));
    std::iter::once(say(&line)).chain(ids.map(|id| format!("  {}", say(&id)))).collect()
}

fn failure(failure: &Failure) -> Value {
    json!({
        "at": utc(failure.at),
        "endpoint": failure.endpoint.map(|endpoint| endpoint.name()),
        "path": failure.path,
        "status": failure.status,
        "error": failure.error,
        "x-request-id": failure.ids.request,
        "cf-ray": failure.ids.ray,
    })
}

fn tried(attempt: &Attempt) -> String {
    let part = |family: &str, name: &str| msg(&key(family, name));
    let mut step = say(&part("rung", attempt.rung.name()));
    // A rung may do more than one thing, and its name says nothing of the others.
    if attempt.act.name() != attempt.rung.name() {
        step += &format!(" ({})", attempt.act.name());
    }
    let line = msg("ticket_step").arg(Arg::Clock(attempt.began)).text(&step);
    let mut words = say(&line.arg(Arg::Msg(part("state", attempt.state.name()))));
    words.extend(attempt.why().map(|why| format!(" {}", say(&why))));
    words.extend(attempt.undone.map(|at| format!(" At {}: {}.", utc(at), say(&msg("journal_undone")))));
    words
}

fn attempt(attempt: &Attempt) -> Value {
    json!({
        "at": utc(attempt.began),
        "step": attempt.rung.name(),
        "act": attempt.act.name(),
        "outcome": attempt.state.name(),
        "error": attempt.error.map(|error| error.name()),
        "reason": attempt.reason.as_ref().map(|reason| reason.text()),
        "undone": attempt.undone.map(utc),
    })
}

fn opinion(feedback: &Feedback) -> String {
    match feedback.blame {
        _ if feedback.right => "the person says that the verdict was right.".to_owned(),
        Some(blame) => format!("the person says that it was {}.", say(&msg(&key("side", blame.name())))),
        None => "the person says that the verdict was not right.".to_owned(),
    }
}
