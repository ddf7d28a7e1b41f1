//! State of the session and clearance cookies of one request. Cookie values are not stored.

/// Name of the session cookie. A long value is split into `.0` and `.1`.
pub(crate) const SESSION: &str = "__Secure-next-auth.session-token";

/// Name of the cookie of Cloudflare's passed challenge.
const CLEARANCE: &str = "cf_clearance";

/// Largest total of cookie values, in bytes, that the edge accepts.
pub(crate) const MAX_COOKIE_BYTES: usize = 8 << 10;

/// First characters of a valid session cookie's value.
pub(crate) const GOOD: &str = "lab-good";
/// First characters of an expired session cookie's value.
pub(crate) const EXPIRED: &str = "lab-expired";

/// State of the session cookies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SessionCookie {
    /// No session cookie.
    #[default]
    Missing,
    /// One valid session, whole or in two parts.
    Valid,
    /// One expired session, whole or in two parts.
    Expired,
    /// A part is missing, duplicated or has an unknown value.
    Invalid,
}

/// The cookies that decide a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cookies {
    /// State of the session cookies.
    pub session: SessionCookie,
    /// Whether Cloudflare's challenge was passed.
    pub cleared: bool,
}

impl Cookies {
    /// Parses `Cookie` headers, of which HTTP/2 may send several.
    pub fn read<'a>(headers: impl Iterator<Item = &'a str>) -> Cookies {
        let cookies: Vec<(&str, &str)> =
            headers.flat_map(|header| header.split(';')).filter_map(|cookie| cookie.trim().split_once('=')).collect();
        let mut parts: Vec<(&str, &str)> =
            cookies.iter().filter_map(|(name, value)| Some((name.strip_prefix(SESSION)?, *value))).collect();
        parts.sort_unstable();
        let is = |kind: &str| parts.iter().all(|(_, value)| value.starts_with(kind));
        let session = match parts.iter().map(|(part, _)| *part).collect::<Vec<_>>().as_slice() {
            [] => SessionCookie::Missing,
            [""] | [".0", ".1"] if is(GOOD) => SessionCookie::Valid,
            [""] | [".0", ".1"] if is(EXPIRED) => SessionCookie::Expired,
            _ => SessionCookie::Invalid,
        };
        Cookies { session, cleared: cookies.iter().any(|(name, _)| *name == CLEARANCE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_cookie_is_whole_or_in_two_parts_and_never_both() {
        let token = |header: &str| Cookies::read([header].into_iter()).session;
        assert_eq!(token("a=b"), SessionCookie::Missing);
        assert_eq!(token(&format!("a=b; {SESSION}=lab-good")), SessionCookie::Valid);
        assert_eq!(token(&format!("{SESSION}.1=lab-good; {SESSION}.0=lab-good")), SessionCookie::Valid);
        assert_eq!(token(&format!("{SESSION}.0=lab-expired; {SESSION}.1=lab-expired")), SessionCookie::Expired);
        assert_eq!(token(&format!("{SESSION}.0=lab-good")), SessionCookie::Invalid);
        assert_eq!(
            token(&format!("{SESSION}.0=x; {SESSION}.0=lab-good; {SESSION}.1=lab-good")),
            SessionCookie::Invalid
        );
        assert_eq!(
            token(&format!("{SESSION}=lab-good; {SESSION}.0=lab-good; {SESSION}.1=lab-good")),
            SessionCookie::Invalid
        );
    }

    #[test]
    fn cookies_are_read_from_several_headers() {
        let part = |part: &str| format!("{SESSION}{part}=lab-good");
        let (first, second) = (part(".0"), part(".1"));
        let cookies = Cookies::read([first.as_str(), second.as_str(), "cf_clearance=x"].into_iter());
        assert_eq!(cookies, Cookies { session: SessionCookie::Valid, cleared: true });
    }
}
