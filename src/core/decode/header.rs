//! Decisive headers: the edge's challenge, and `retry-after`.

use super::{Decoder, Raw};
use crate::core::text::number;
use crate::core::{
    Millis,
    fact::Fact,
    time::{HOUR, MINUTE, SECOND, http_date},
};

pub(super) const DECODER: Decoder = Decoder {
    name: "header",
    decode,
    tells: &[Fact::EdgeChallenge, Fact::RetryAfterLong, Fact::RetryAfterShort, Fact::ClockOff],
};

/// A pause of this length or more means a window of the plan, not a burst. OpenAI's rate-limit guide counts requests
/// and tokens "per minute" for bursts; plan windows last hours.
const LONG: Millis = 5 * MINUTE;
/// Tokens and certificates tolerate a few minutes (RFC 7519 §4.1.4, "usually no more than a few minutes").
pub const CLOCK: Millis = 10 * MINUTE;
/// No plan window is longer than a week; a larger value is invalid.
const LONGEST: Millis = 8 * 24 * HOUR;

fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    // Cloudflare, "Detect a Challenge Page response": `challenge` is the only valid value.
    let mitigated = raw.headers.and_then(|headers| headers.cf_mitigated.as_deref());
    if mitigated.is_some_and(|value| value.trim().eq_ignore_ascii_case("challenge")) {
        facts.push(Fact::EdgeChallenge);
    }
    let date = raw.headers.and_then(|headers| http_date(headers.date.as_deref()?));
    if date.is_some_and(|date| raw.at > 0 && date.abs_diff(raw.at) >= CLOCK.unsigned_abs()) {
        facts.push(Fact::ClockOff);
    }
    if let Some(ends) = ends(raw) {
        let long = ends.saturating_sub(raw.at) >= LONG;
        facts.push(if long { Fact::RetryAfterLong } else { Fact::RetryAfterShort });
    }
    facts
}

/// RFC 9110 §10.2.3: seconds, or an HTTP date.
pub(super) fn ends(raw: &Raw<'_>) -> Option<Millis> {
    let value = raw.headers?.retry_after.as_deref()?.trim();
    let ends = match number(value) {
        Some(seconds) => raw.at.saturating_add(seconds.saturating_mul(SECOND)),
        None => http_date(value)?,
    };
    (ends > raw.at && ends.saturating_sub(raw.at) <= LONGEST).then_some(ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::headers::Headers;

    #[test]
    fn both_forms_of_retry_after() {
        let ends = |value: &str| {
            let headers = Headers { retry_after: Some(value.to_owned()), ..Headers::default() };
            ends(&Raw { at: 1_000, headers: Some(&headers), ..Raw::default() })
        };
        assert_eq!(ends(" 120 "), Some(121_000));
        assert_eq!(ends("Thu, 01 Jan 1970 00:10:00 GMT"), Some(10 * MINUTE));
        assert_eq!(ends("soon"), None);
        assert_eq!(ends("-3"), None);
        assert_eq!(ends("99999999999999999999"), None);
    }
}
