//! The limits of the journal.

use crate::core::{Millis, json::Value, time::HOUR};

/// How long an entry is kept, in milliseconds.
pub const KEPT_FOR: Millis = 30 * 24 * HOUR;
/// Most bytes of the journal, as [`size`] counts them; the oldest entries are dropped first.
pub const KEPT_BYTES: i64 = 20_000_000;
/// Most entries that wait in session storage while they cannot be written; the oldest are dropped first.
pub const UNWRITTEN: usize = 64;

/// The size in storage, in bytes, estimated by the JSON text.
pub fn size(value: &Value) -> i64 {
    value.to_string().len() as i64
}
