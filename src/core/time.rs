//! Points in time, as inputs. Never asks for the present.

use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

/// One second.
pub const SECOND: Millis = 1_000;
/// One minute.
pub const MINUTE: Millis = 60 * SECOND;
/// One hour.
pub const HOUR: Millis = 60 * MINUTE;

/// How long ago `then` was, never negative: a clock that was set back counts as no time gone.
pub fn since(now: Millis, then: Millis) -> Millis {
    now.saturating_sub(then).max(0)
}

/// Reads an RFC 3339 time such as `2026-07-25T09:22:00Z`.
pub fn rfc3339(text: &str) -> Option<Millis> {
    OffsetDateTime::parse(text.trim(), &Rfc3339).ok().map(millis)
}

/// Reads an HTTP date (RFC 9110 §5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
pub fn http_date(text: &str) -> Option<Millis> {
    OffsetDateTime::parse(text.trim(), &Rfc2822).ok().map(millis)
}

fn millis(time: OffsetDateTime) -> Millis {
    time.unix_timestamp().saturating_mul(SECOND).saturating_add(i64::from(time.millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms_and_nothing_else() {
        assert_eq!(rfc3339("1970-01-01T00:01:00Z"), Some(MINUTE));
        assert_eq!(http_date("Thu, 01 Jan 1970 00:00:05 GMT"), Some(5 * SECOND));
        assert_eq!(rfc3339("yesterday"), None);
        assert_eq!(http_date(""), None);
    }

    #[test]
    fn a_clock_set_back_is_no_time_gone() {
        assert_eq!(since(10, 50), 0);
        assert_eq!(since(i64::MIN, i64::MAX), 0);
    }
}
