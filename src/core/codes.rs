//! The entries of the page of error codes, `extension/codes.html`: a section or an anchor `code-<name>` each.

use super::{observe::Failure, text::holds};

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

/// Longest search, in characters.
const LONGEST: usize = 200;
/// What a number counts among the words of a search: it names the entry, "error" does not.
const NUMBER: usize = 10;

/// Which of the entries a search finds, both in lower case: those with all its words, or, where none has all and `partly`, those
/// with the most. An empty search finds all.
pub fn found(search: &str, entries: &[String], partly: bool) -> Vec<bool> {
    let folded: String = search.chars().take(LONGEST).map(fold).collect();
    let words: Vec<&str> = folded.split(' ').map(bare).filter(|word| !word.is_empty()).collect();
    let weight = |word: &&str| if word.bytes().all(|byte| byte.is_ascii_digit()) { NUMBER } else { 1 };
    let score = |entry: &String| words.iter().filter(|word| holds(entry, word)).map(weight).sum::<usize>();
    let scores: Vec<usize> = entries.iter().map(score).collect();
    let all = words.iter().map(weight).sum();
    let best = if partly { scores.iter().copied().max().unwrap_or_default() } else { all };
    scores.into_iter().map(|score| score == best && (best > 0 || words.is_empty())).collect()
}

/// Full-width forms and blanks as they are usually written; marks of direction as blanks (Unicode, blocks "Halfwidth and
/// Fullwidth Forms" and "General Punctuation").
fn fold(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{3000}' | '\t' | '\n' => ' ',
        _ => letter,
    }
}

/// A word without marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| letter.is_ascii_punctuation() || matches!(letter, '、' | '。' | '“' | '”' | '…'))
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
    fn a_search_finds_what_is_meant_by_it() {
        let entries =
            ["429 too many requests", "500 internal server error", "net-dns name not found err_name_not_resolved"];
        let entries = entries.map(str::to_owned);
        let found = |search: &str| -> Vec<usize> {
            found(search, &entries, true)
                .iter()
                .enumerate()
                .filter(|(_, found)| **found)
                .map(|(index, _)| index)
                .collect()
        };
        for search in ["429", "error 429", "429,", "(429)", "４２９", "\u{202e}429", "too many requests in 1 hour"] {
            assert_eq!(found(search), [0], "{search}");
        }
        assert_eq!(found("http 500"), [1]);
        assert_eq!(found("err_name_not_resolved"), [2]);
        assert_eq!(found(" "), [0, 1, 2]);
        assert!(found("banana").is_empty());
        assert_eq!(super::found("http 500", &entries, false), [false; 3]);
        assert_eq!(super::found("500", &entries, false), [false, true, false]);
        assert_eq!(super::found("", &entries, false), [true; 3]);
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
