//! A summary of ChatGPT's cookies: their number, their size, and whether the parts of the session cookie are
//! consistent.
//!
//! Holds no cookie's value, and no name of a cookie other than the session's.

use serde::{Deserialize, Serialize};

use super::{Millis, named::named, text::number};

/// The cookies of the site in one store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CookieSummary {
    /// When they were read, in milliseconds since the epoch.
    pub at: Millis,
    /// Number of cookies.
    pub count: u32,
    /// Names and values together, in bytes.
    pub bytes: u32,
    /// State of the session cookie.
    pub token: SessionCookie,
}

named! {
    /// State of the session cookie by its parts (NextAuth.js splits a long one and numbers the parts from 0).
    pub enum SessionCookie {
        /// There is none: not signed in.
        Missing = "missing",
        /// In one piece, or in parts without a gap.
        Whole = "whole",
        /// Parts with a gap in their numbers.
        Broken = "broken",
        /// Both unsplit and in parts: the server reads a mixture.
        Doubled = "doubled",
    }
}

/// Name of the session cookie (NextAuth.js, "Cookies"); its parts end in `.0`, `.1`, …
pub const SESSION: &str = "__Secure-next-auth.session-token";

/// The part number of a session cookie's name: `Some(None)` for an unsplit one, none for the name of another cookie.
pub fn part(name: &str) -> Option<Option<u32>> {
    match name.strip_prefix(SESSION)? {
        "" => Some(None),
        rest => number(rest.strip_prefix('.')?)?.try_into().ok().map(Some),
    }
}

impl SessionCookie {
    /// The state of the session cookie, from the names of all cookies.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> SessionCookie {
        let (mut whole, mut parts, mut highest) = (0u32, 0u32, 0u32);
        for found in names.filter_map(part) {
            match found {
                None => whole += 1,
                Some(number) => {
                    parts += 1;
                    highest = highest.max(number.saturating_add(1));
                }
            }
        }
        match (whole, parts) {
            (0, 0) => SessionCookie::Missing,
            (1, 0) => SessionCookie::Whole,
            (0, parts) if parts == highest => SessionCookie::Whole,
            (0, parts) if parts < highest => SessionCookie::Broken,
            _ => SessionCookie::Doubled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fit_together_or_do_not() {
        let token = |parts: &[&str]| {
            let names: Vec<String> = parts.iter().map(|part| format!("{SESSION}{part}")).collect();
            SessionCookie::of(
                names.iter().map(String::as_str).chain(["cf_clearance", "__Secure-next-auth.callback-url"]),
            )
        };
        assert_eq!(token(&[]), SessionCookie::Missing);
        assert_eq!(token(&[""]), SessionCookie::Whole);
        assert_eq!(token(&[".0", ".1"]), SessionCookie::Whole);
        assert_eq!(token(&[".1"]), SessionCookie::Broken);
        assert_eq!(token(&[".0", ".2"]), SessionCookie::Broken);
        assert_eq!(token(&["", ".0", ".1"]), SessionCookie::Doubled);
        assert_eq!(token(&["", ""]), SessionCookie::Doubled);
    }
}
