//! The beginnings of days in a list with the newest entry first.

use super::Line;
use crate::core::Millis;

/// For each line, whether it is the first of its day. `midnight` returns the beginning of a time's day; it is called
/// once per day, as only the browser knows the time zone and the call is slow.
pub fn days(lines: &[Line], midnight: impl Fn(Millis) -> Millis) -> Vec<bool> {
    let mut began: Option<Millis> = None;
    let mut first = |at: Millis| {
        let first = began.is_none_or(|began| at < began);
        if first {
            began = Some(midnight(at));
        }
        first
    };
    lines.iter().map(|line| first(line.at)).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::core::msg::msg;

    #[test]
    fn a_day_begins_once_and_is_asked_for_once() {
        let line =
            |at| Line { key: String::new(), at, what: msg("journal_mended"), outcome: None, blame: None, failed: true };
        let asked = Cell::new(0);
        let midnight = |at: Millis| {
            asked.set(asked.get() + 1);
            at.div_euclid(100) * 100
        };
        let lines = [510, 500, 499, 420, 100, -1].map(line);
        assert_eq!(days(&lines, midnight), [true, false, true, false, true, true]);
        assert_eq!(asked.get(), 4);
    }
}
