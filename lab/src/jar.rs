//! The cookies of one request, as far as the lab cares.
//!
//! Owns the reading of the session's cookies and of the edge's. Never keeps a value: only what it is worth.

/// The session's cookie; where it is long, the site splits it into `.0`, `.1`.
pub(crate) const SESSION: &str = "__Secure-next-auth.session-token";

/// Who passed the edge's check.
pub(crate) const CLEARANCE: &str = "cf_clearance";

/// What a good session's cookie begins with, and one whose time is over.
pub(crate) const GOOD: &str = "lab-good";
pub(crate) const EXPIRED: &str = "lab-expired";

/// What the session's cookies are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Token {
    /// There are none.
    #[default]
    Missing,
    /// One session, whole or in its two parts.
    Good,
    /// One session, whose time is over.
    Expired,
    /// A part is missing, or there are more than one session has.
    Broken,
}

/// The cookies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Jar {
    /// What the session's are worth.
    pub session: Token,
    /// The edge's check was passed.
    pub cleared: bool,
}

impl Jar {
    /// Reads the Cookie headers; HTTP/2 may split them.
    pub fn read<'a>(headers: impl Iterator<Item = &'a str>) -> Jar {
        let cookies: Vec<(&str, &str)> =
            headers.flat_map(|header| header.split(';')).filter_map(|cookie| cookie.trim().split_once('=')).collect();
        let mut parts: Vec<(&str, &str)> =
            cookies.iter().filter_map(|(name, value)| Some((name.strip_prefix(SESSION)?, *value))).collect();
        parts.sort_unstable();
        let is = |kind: &str| parts.iter().all(|(_, value)| value.starts_with(kind));
        let session = match parts.iter().map(|(part, _)| *part).collect::<Vec<_>>().as_slice() {
            [] => Token::Missing,
            [""] | [".0", ".1"] if is(GOOD) => Token::Good,
            [""] | [".0", ".1"] if is(EXPIRED) => Token::Expired,
            _ => Token::Broken,
        };
        Jar { session, cleared: cookies.iter().any(|(name, _)| *name == CLEARANCE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_whole_or_in_two_parts_and_never_both() {
        let token = |header: &str| Jar::read([header].into_iter()).session;
        assert_eq!(token("a=b"), Token::Missing);
        assert_eq!(token(&format!("a=b; {SESSION}=lab-good")), Token::Good);
        assert_eq!(token(&format!("{SESSION}.1=lab-good; {SESSION}.0=lab-good")), Token::Good);
        assert_eq!(token(&format!("{SESSION}.0=lab-expired; {SESSION}.1=lab-expired")), Token::Expired);
        assert_eq!(token(&format!("{SESSION}.0=lab-good")), Token::Broken);
        assert_eq!(token(&format!("{SESSION}.0=x; {SESSION}.0=lab-good; {SESSION}.1=lab-good")), Token::Broken);
        assert_eq!(token(&format!("{SESSION}=lab-good; {SESSION}.0=lab-good; {SESSION}.1=lab-good")), Token::Broken);
    }

    #[test]
    fn headers_may_be_split() {
        let part = |part: &str| format!("{SESSION}{part}=lab-good");
        let (first, second) = (part(".0"), part(".1"));
        let jar = Jar::read([first.as_str(), second.as_str(), "cf_clearance=x"].into_iter());
        assert_eq!(jar, Jar { session: Token::Good, cleared: true });
    }
}
