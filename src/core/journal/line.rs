//! An entry as a line of a bundle's `journal.jsonl`, and back: the snapshot stands with its verdict.

use super::{JournalEntry, JournalRecord};
use crate::core::plain::{Data, Plain};

impl JournalRecord {
    /// The line, to be written as JSON.
    pub fn line(&self) -> Plain {
        let line = self.entry.to_plain();
        match &self.snapshot {
            Some(snapshot) => line.with("snapshot", snapshot.clone()),
            None => line,
        }
    }

    /// Reads a line; none where it is none of ours.
    pub fn from_line(line: &Plain) -> Option<JournalRecord> {
        let snapshot = Some(line.get("snapshot")).filter(|snapshot| snapshot.is_map()).cloned();
        Some(JournalRecord { entry: JournalEntry::from_plain(line)?, snapshot })
    }
}
