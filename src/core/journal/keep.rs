//! How much is kept, and for how long.

use crate::core::{Millis, json::Value, time::HOUR};

/// How long an entry is kept.
pub const KEPT_FOR: Millis = 30 * 24 * HOUR;
/// How much is kept in all, as [`size`] counts it; the oldest goes first.
pub const KEPT_BYTES: i64 = 20_000_000;
/// So many entries wait in the session's memory while they cannot be written, the newest.
pub const UNWRITTEN: usize = 64;

/// How many bytes this takes in storage: what it is as JSON.
pub fn size(value: &Value) -> i64 {
    value.to_string().len() as i64
}
