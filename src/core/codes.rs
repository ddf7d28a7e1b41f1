//! The entries of the page of error codes, `extension/codes.html`: a section or an anchor `code-<name>` each.

use super::observe::Failure;

/// The HTTP statuses with an entry of their own (RFC 9110 §15, RFC 6585; 520 to 530 are Cloudflare's).
pub const STATUSES: &[u16] = &[
    400, 401, 402, 403, 404, 407, 408, 413, 422, 429, 431, 451, 500, 502, 503, 504, 511, 520, 521, 522, 523, 524, 525,
    526, 527, 528, 529, 530,
];

/// The network errors with an entry, by their facts.
pub const ERRORS: &[&str] = &[
    "net-offline",
    "net-dns",
    "net-refused",
    "net-timeout",
    "net-reset",
    "net-cut",
    "net-empty",
    "net-tls",
    "net-proxy",
    "net-dropped",
    "net-unknown",
    "blocked-by-client",
    "redirect-loop",
    "storage-full",
    "gave-up",
];

/// The entries for what has no entry of its own: another status, and an error within a stream.
pub const OTHERS: &[&str] = &["other", "stream"];

/// The name of the entry that explains this failure; none for one that only the page showed.
pub fn entry(failure: &Failure) -> Option<String> {
    match failure.status.filter(|status| *status >= 400) {
        Some(status) if STATUSES.contains(&status) => Some(status.to_string()),
        Some(_) => Some("other".into()),
        None => failure.facts.iter().map(|fact| fact.name()).find(|name| ERRORS.contains(name)).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::fact::Fact;
    use std::collections::BTreeSet;

    #[test]
    fn the_page_has_these_entries_and_no_others() {
        let page = include_str!("../../extension/codes.html");
        let there: BTreeSet<&str> =
            page.split("id=\"code-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let statuses: Vec<String> = STATUSES.iter().map(u16::to_string).collect();
        let known = statuses.iter().map(String::as_str).chain(ERRORS.iter().chain(OTHERS).copied());
        assert_eq!(there, known.collect());
    }

    #[test]
    fn a_failure_is_explained_by_its_status_or_its_error() {
        let failure = |status, facts: &[Fact]| Failure { status, facts: facts.to_vec(), ..Failure::default() };
        assert_eq!(entry(&failure(Some(429), &[])).as_deref(), Some("429"));
        assert_eq!(entry(&failure(Some(599), &[])).as_deref(), Some("other"));
        assert_eq!(entry(&failure(None, &[Fact::OnChat, Fact::NetDns])).as_deref(), Some("net-dns"));
        assert_eq!(entry(&failure(None, &[])), None);
    }
}
