//! A verdict given again, on the snapshot that was kept with it.

use super::{JournalEntry, JournalEvent, RecordedVerdict};
use crate::core::{
    Millis, Model,
    diagnose::diagnosis,
    json::{Value, from_value},
};

/// A verdict that is not the same any more.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The key of its entry.
    pub key: String,
    /// What was told then.
    pub then: RecordedVerdict,
    /// What is told now; none where the snapshot cannot be read, or holds no failure.
    pub now: Option<RecordedVerdict>,
}

/// Gives the verdict of an entry again; none where it is the same, or no verdict.
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
