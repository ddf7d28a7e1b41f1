//! Points in time as values; the present always comes in as an argument.
//!
//! Parses only the two formats that occur. The `time` crate parses them too, for 20 KB of wasm; a test compares the
//! results of both.

use super::text::{find, number, parted};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

/// One second.
pub const SECOND: Millis = 1_000;
/// One minute.
pub const MINUTE: Millis = 60 * SECOND;
/// One hour.
pub const HOUR: Millis = 60 * MINUTE;

/// Time from `then` to `now`, never negative: a clock that was set back counts as no time passed.
pub fn since(now: Millis, then: Millis) -> Millis {
    now.saturating_sub(then).max(0)
}

/// Reads an RFC 3339 time such as `2026-07-25T09:22:00.5+02:00`.
pub fn rfc3339(text: &str) -> Option<Millis> {
    let (date, rest) = text.trim().split_once(['T', 't', ' '])?;
    let [year, month, day] = fields(date, '-', [4, 2, 2])?;
    let end = rest.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = rest.split_at_checked(end)?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let fraction = fraction.get(..fraction.len().min(3)).filter(|digits| !digits.is_empty())?;
    let millis = number(fraction)? * [100, 10, 1].get(fraction.len() - 1)?;
    let time = moment(year, month, day, fields(clock, ':', [2, 2, 2])?)?;
    let ahead = match zone.split_at_checked(1)? {
        ("Z" | "z", "") => 0,
        (sign, zone) => {
            let [hours, minutes] = fields(zone, ':', [2, 2])?;
            let ahead = (hours <= 23 && minutes <= 59).then_some(hours * HOUR + minutes * MINUTE)?;
            if sign == "-" { -ahead } else { ahead }
        }
    };
    Some(time + millis - ahead)
}

/// RFC 3339 in UTC, to the second: `2026-07-25T09:22:00Z`.
pub fn utc(at: Millis) -> String {
    let [year, month, day, hours, minutes, seconds] = civil(at);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}Z")
}

/// Year, month, day, hours, minutes and seconds in UTC.
pub fn civil(at: Millis) -> [i64; 6] {
    let (days, rest) = (at.div_euclid(24 * HOUR), at.rem_euclid(24 * HOUR));
    // Howard Hinnant, as below, civil_from_days: eras of 400 years that begin in March.
    let from = days + 719_468;
    let (era, day_of_era) = (from.div_euclid(146_097), from.rem_euclid(146_097));
    let year = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    [year + era * 400 + next, month, day, rest / HOUR, rest % HOUR / MINUTE, rest % MINUTE / SECOND]
}

/// RFC 3339 in UTC, to the millisecond: `2026-07-25T09:22:00.120Z`.
pub fn utc_millis(at: Millis) -> String {
    let seconds = utc(at);
    format!("{}.{:03}Z", seconds.trim_end_matches('Z'), at.rem_euclid(SECOND))
}

const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// Reads an HTTP date in the format that servers must send (RFC 9110 §5.6.7, IMF-fixdate): `Sun, 06 Nov 1994 08:49:37
/// GMT`.
pub fn http_date(text: &str) -> Option<Millis> {
    let (_, date) = parted(text.trim(), ", ")?;
    let date = date.strip_suffix(" GMT")?;
    let mut parts = date.split(' ');
    let (day, month, year, clock) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let month = find(MONTHS, month).filter(|at| month.len() == 3 && at % 3 == 0)?;
    if parts.next().is_some() || day.len() != 2 || year.len() != 4 {
        return None;
    }
    moment(number(year)?, month as i64 / 3 + 1, number(day)?, fields(clock, ':', [2, 2, 2])?)
}

/// Numbers of fixed widths between separators.
fn fields<const N: usize>(text: &str, between: char, widths: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(between);
    let mut numbers = [0; N];
    for (number_here, width) in numbers.iter_mut().zip(widths) {
        *number_here = parts.next().filter(|part| part.len() == width).and_then(number)?;
    }
    parts.next().is_none().then_some(numbers)
}

/// A point in time from a UTC date; none for a date that does not exist.
fn moment(year: i64, month: i64, day: i64, [hours, minutes, seconds]: [i64; 3]) -> Option<Millis> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=longest).contains(&day) || hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    // Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil: the year begins in March.
    let year = if month <= 2 { year - 1 } else { year };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * ((month + 9) % 12) + 2) / 5
        + day
        - 719_469;
    Some((days * 24 + hours) * HOUR + minutes * MINUTE + seconds * SECOND)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use ::time::OffsetDateTime;
    use ::time::format_description::well_known::{Rfc2822, Rfc3339};
    use proptest::prelude::*;

    #[test]
    fn reads_both_forms_and_nothing_else() {
        assert_eq!(rfc3339("1970-01-01T00:01:00Z"), Some(MINUTE));
        assert_eq!(http_date("Thu, 01 Jan 1970 00:00:05 GMT"), Some(5 * SECOND));
        assert_eq!(rfc3339("yesterday"), None);
        assert_eq!(http_date(""), None);
    }

    fn millis(time: OffsetDateTime) -> Millis {
        time.unix_timestamp() * SECOND + i64::from(time.millisecond())
    }

    proptest! {
        #[test]
        fn the_time_crate_reads_the_same(seconds in -2_000_000_000_i64..200_000_000_000, nanos in 0..1_000_000_000_u32) {
            let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap().replace_nanosecond(nanos).unwrap();
            prop_assert_eq!(rfc3339(&time.format(&Rfc3339).unwrap()), Some(millis(time)));
            let offset = ::time::UtcOffset::from_hms((seconds % 12) as i8, 0, 0).unwrap();
            prop_assert_eq!(rfc3339(&time.to_offset(offset).format(&Rfc3339).unwrap()), Some(millis(time)));
            prop_assert_eq!(utc(millis(time)), time.replace_nanosecond(0).unwrap().format(&Rfc3339).unwrap());
            prop_assert_eq!(rfc3339(&utc_millis(millis(time))), Some(millis(time)));
            let http = time.format(&Rfc2822).unwrap().replace("+0000", "GMT");
            prop_assert_eq!(http_date(&http), Some(millis(time) - i64::from(time.millisecond())));
        }

        #[test]
        fn what_one_reads_the_other_does(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-2][0-9]:[0-6][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-][0-2][0-9]:[0-6][0-9])") {
            prop_assert_eq!(rfc3339(&text), OffsetDateTime::parse(&text, &Rfc3339).ok().map(millis), "{}", text);
        }

        #[test]
        fn never_panics(text in ".{0,40}") {
            rfc3339(&text);
            http_date(&text);
        }
    }

    #[test]
    fn a_clock_set_back_is_no_time_gone() {
        assert_eq!(since(10, 50), 0);
        assert_eq!(since(i64::MIN, i64::MAX), 0);
    }
}
