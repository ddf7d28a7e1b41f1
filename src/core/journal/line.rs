//! A journal record as a line of a bundle's `journal.jsonl`: the entry, and a verdict's snapshot.

use super::{JournalEntry, JournalRecord};
use crate::core::json::{Json, Value, from_value, to_value};

impl JournalRecord {
    /// The line as JSON.
    pub fn line(&self) -> Value {
        let line = to_value(&self.entry);
        match &self.snapshot {
            Some(snapshot) => line.with("snapshot", snapshot.clone()),
            None => line,
        }
    }

    /// Reads a line; none if it is not one of ours.
    pub fn from_line(line: &Value) -> Option<JournalRecord> {
        let snapshot = Some(line.field("snapshot")).filter(|snapshot| snapshot.is_object()).cloned();
        Some(JournalRecord { entry: from_value::<JournalEntry>(line)?, snapshot })
    }
}
