//! The journal records of a model.

use serde::{Deserialize, Serialize};

use super::{JournalEntry, JournalEvent, RecordedVerdict};
use crate::core::{
    Millis, Model,
    json::{Value, to_value},
    model::{Case, Tab},
};

/// An entry, and for a verdict the snapshot on which it can be replayed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalRecord {
    /// The entry.
    pub entry: JournalEntry,
    /// The part of the model that the verdict rests on.
    pub snapshot: Option<Value>,
}

/// All records of a model's cases, in order of time. Most of them are usually written already.
pub fn notes(model: &Model, now: Millis) -> Vec<JournalRecord> {
    let open = model.tabs.iter().filter(|tab| tab.private == Some(false));
    let mut notes: Vec<JournalRecord> = open
        .filter_map(|tab| Some((tab, tab.case.as_ref()?)))
        .flat_map(|(tab, case)| of(model, tab, case, now))
        .collect();
    notes.sort_by_key(|note| note.entry.at);
    notes
}

fn of(model: &Model, tab: &Tab, case: &Case, now: Millis) -> Vec<JournalRecord> {
    let name = format!("{}-{}", case.began, case.tab);
    let note = |part: &str, at: Millis, what: JournalEvent| JournalRecord {
        entry: JournalEntry { key: format!("{name}/{part}"), case: name.clone(), at, what },
        snapshot: None,
    };
    let mut notes = Vec::new();
    for failure in &case.failures {
        notes.push(note(&format!("f{}", failure.id), failure.at, JournalEvent::Failure(failure.clone())));
    }
    for one in &case.attempts {
        let part = format!("{}-{}-{}", one.rung.name(), one.act.name(), one.began);
        notes.push(note(&part, one.began, JournalEvent::Fix(one.clone())));
    }
    match &case.mended {
        Some(mended) => notes.push(note("mended", mended.at, JournalEvent::Mended(mended.clone()))),
        None => notes.extend(verdict(model, tab, now).map(|(told, snapshot)| JournalRecord {
            snapshot: Some(to_value(&snapshot)),
            ..note(&format!("v{now}"), now, JournalEvent::Verdict(told))
        })),
    }
    notes
}

/// The verdict, given on the same snapshot that is stored with it.
fn verdict(model: &Model, tab: &Tab, now: Millis) -> Option<(RecordedVerdict, Model)> {
    let snapshot = model.snapshot(tab);
    let told = super::replay::judge(&snapshot, now)?;
    Some((told, snapshot))
}

/// The records that are not written yet, or have changed. Of the verdicts, `written` contains the last one of each
/// case.
pub fn fresh(notes: Vec<JournalRecord>, written: &[JournalEntry]) -> Vec<JournalRecord> {
    let says_nothing_new = |entry: &JournalEntry| match &entry.what {
        JournalEvent::Verdict(_) => written.iter().any(|one| one.case == entry.case && one.what == entry.what),
        _ => written.contains(entry),
    };
    notes.into_iter().filter(|note| !says_nothing_new(&note.entry)).collect()
}
