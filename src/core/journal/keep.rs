//! How much is kept, and for how long.

use crate::core::{Millis, plain::Plain, time::HOUR};

/// How long an entry is kept.
pub const KEPT_FOR: Millis = 30 * 24 * HOUR;
/// How much is kept in all, as [`size`] counts it; the oldest goes first.
pub const KEPT_BYTES: i64 = 20_000_000;
/// So many entries wait in the session's memory while they cannot be written, the newest.
pub const UNWRITTEN: usize = 64;

/// About how many bytes this takes in storage: what it would be as JSON.
pub fn size(plain: &Plain) -> i64 {
    let own = match plain {
        Plain::Nothing => 4,
        Plain::Bool(_) => 5,
        Plain::Number(_) => 13,
        Plain::Text(text) => text.len() as i64 + 2,
        Plain::List(items) => items.iter().map(size).sum::<i64>() + 2,
        Plain::Map(entries) => entries.iter().map(|(name, value)| name.len() as i64 + 4 + size(value)).sum::<i64>() + 2,
    };
    own + 1
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn the_size_is_near_that_of_json() {
        let value = json!({ "key": "1784971320000-7/f1", "at": 1_784_971_320_000_i64, "list": ["a", null, true, { "b": "ü" }] });
        let (told, real) = (size(&Plain::from(&value)), Value::to_string(&value).len() as i64);
        assert!((real..real * 3 / 2).contains(&told), "{told} {real}");
    }
}
