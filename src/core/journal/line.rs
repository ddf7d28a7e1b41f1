//! An entry as a line of a bundle's `journal.jsonl`, and back: the scene stands with its verdict.

use super::{Entry, Note};
use crate::core::plain::{Data, Plain};

impl Note {
    /// The line, to be written as JSON.
    pub fn line(&self) -> Plain {
        let line = self.entry.to_plain();
        match &self.scene {
            Some(scene) => line.with("scene", scene.clone()),
            None => line,
        }
    }

    /// Reads a line; none where it is none of ours.
    pub fn from_line(line: &Plain) -> Option<Note> {
        let scene = Some(line.get("scene")).filter(|scene| scene.is_map()).cloned();
        Some(Note { entry: Entry::from_plain(line)?, scene })
    }
}
