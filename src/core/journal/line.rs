//! An entry as a line of a bundle's `journal.jsonl`, and back: the snapshot stands with its verdict.

use super::{JournalEntry, JournalRecord};
use crate::core::json::{Json, Value, from_value, to_value};

impl JournalRecord {
    /// The line, to be written as JSON.
    pub fn line(&self) -> Value {
        let line = to_value(&self.entry);
        match &self.snapshot {
            Some(snapshot) => line.with("snapshot", snapshot.clone()),
            None => line,
        }
    }

    /// Reads a line; none where it is none of ours.
    pub fn from_line(line: &Value) -> Option<JournalRecord> {
        let snapshot = Some(line.field("snapshot")).filter(|snapshot| snapshot.is_object()).cloned();
        Some(JournalRecord { entry: from_value::<JournalEntry>(line)?, snapshot })
    }
}
