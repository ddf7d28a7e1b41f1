//! The verdict of a journal, in words: those of its scene where it still says the same, else those of its names.

use mend::core::{
    Model,
    diagnose::diagnosis,
    journal::{JournalEvent, JournalRecord, RecordedVerdict},
    json::{from_value, to_value},
    msg::{Arg, Msg, key, msg},
    names::{Blame, Cause},
    view,
};
use serde_json::{Value, json};

use crate::words::say;

/// From here on it is "almost certainly", and from there on "probably": the contract's bounds, in percent.
const CERTAIN: u32 = 90;
const PROBABLE: u32 = 60;

/// A verdict with its words.
pub struct Judged {
    told: RecordedVerdict,
    title: Msg,
    why: Msg,
    evidence: Vec<Msg>,
}

impl Judged {
    /// What this entry judges, if it does.
    pub fn of(note: &JournalRecord) -> Option<Judged> {
        let JournalEvent::Verdict(told) = &note.entry.what else { return None };
        Some(on_scene(note, told).unwrap_or_else(|| by_names(told)))
    }

    /// The sentences.
    pub fn words(&self) -> Vec<String> {
        let RecordedVerdict { blame, cause, confidence, .. } = &self.told;
        let head = [
            format!("  {} {}", say(&self.title), say(&self.why)),
            format!("  {}/{}, {confidence} %", blame.name(), cause.name()),
        ];
        head.into_iter().chain(self.evidence.iter().map(|fact| format!("  · {}", say(fact)))).collect()
    }

    /// The same as data.
    pub fn data(&self) -> Value {
        let mut data = to_value(&self.told);
        if let Some(data) = data.as_object_mut() {
            data.insert("summary".to_owned(), json!(format!("{} {}", say(&self.title), say(&self.why))));
        }
        data
    }
}

/// With all that belongs to each fact. A snapshot on which it would be judged otherwise now must not speak for it.
fn on_scene(note: &JournalRecord, told: &RecordedVerdict) -> Option<Judged> {
    let snapshot = from_value::<Model>(note.snapshot.as_ref()?)?;
    let tab = snapshot.tabs.first()?;
    let now = RecordedVerdict::from(&diagnosis(&snapshot, Some(tab), tab.case.as_ref()?, note.entry.at)?);
    let seen = view::verdict_on(&snapshot, note.entry.at).filter(|_| now == *told)?;
    let evidence = seen.evidence.into_iter().map(exact).collect();
    Some(Judged { told: now, title: seen.title, why: exact(seen.why), evidence })
}

/// With the time itself in place of "4 min ago": nobody knows when a report is read.
fn exact(mut words: Msg) -> Msg {
    if let (Some(at), Some(ago)) = (words.at, words.args.last_mut()) {
        *ago = Arg::Clock(at);
    }
    words
}

fn by_names(told: &RecordedVerdict) -> Judged {
    let sure = told.confidence >= PROBABLE && told.blame != Blame::Unknown;
    let family = if told.confidence >= CERTAIN { "certain" } else { "probable" };
    let (title, why) = match (sure, told.guess) {
        (true, _) => (key(family, told.blame.name()), key("why", told.cause.name())),
        (false, Cause::Unknown) => ("title_unknown".to_owned(), "why_unknown".to_owned()),
        (false, guess) => ("title_unknown".to_owned(), key("guess", guess.blame().name())),
    };
    let evidence = told.evidence.iter().map(|fact| msg(&key("fact", fact)).text("–"));
    Judged { told: told.clone(), title: msg(&title), why: msg(&why), evidence: evidence.collect() }
}
