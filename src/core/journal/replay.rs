//! Replays a recorded verdict on its snapshot.

use super::{JournalEntry, JournalEvent, RecordedVerdict};
use crate::core::{
    Millis, Model,
    diagnose::diagnosis,
    json::{Value, from_value},
};

/// A replayed verdict that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The key of its entry.
    pub key: String,
    /// The recorded verdict.
    pub then: RecordedVerdict,
    /// The replayed verdict; none if the snapshot cannot be read or contains no failure.
    pub now: Option<RecordedVerdict>,
}

/// Replays the verdict of an entry; none if it is the same, or the entry is not a verdict.
pub fn replay(entry: &JournalEntry, snapshot: &Value) -> Option<Difference> {
    let JournalEvent::Verdict(then) = &entry.what else { return None };
    let now = from_value::<Model>(snapshot).and_then(|snapshot| judge(&snapshot, entry.at));
    (now.as_ref() != Some(then)).then(|| Difference { key: entry.key.clone(), then: then.clone(), now })
}

/// The verdict on the first tab of a snapshot.
pub(super) fn judge(snapshot: &Model, at: Millis) -> Option<RecordedVerdict> {
    let tab = snapshot.tabs.first()?;
    Some(RecordedVerdict::from(&diagnosis(snapshot, Some(tab), tab.case.as_ref()?, at)?))
}
