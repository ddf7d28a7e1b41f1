//! Cutting and searching text at character boundaries.
//!
//! The standard library's text search (and its search for a `char`) adds 8 KB of wasm, for texts far longer than ours.

/// At most the first `longest` bytes, cut at a character boundary.
pub fn clip(text: &str, longest: usize) -> &str {
    text.get(..text.floor_char_boundary(longest)).unwrap_or(text)
}

/// The byte offset of the first `part` in the text.
pub fn find(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let Some(first) = part.first() else { return Some(0) };
    let here = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(part));
    text.iter().enumerate().filter(|(_, byte)| *byte == first).map(|(at, _)| at).find(here)
}

/// Whether the text contains `part`.
pub fn holds(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// Whether the text contains these words, not as a part of a longer name such as `NODE_TLS_REJECT_UNAUTHORIZED`.
pub fn holds_word(text: &str, words: &str) -> bool {
    let joins = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    after(text, words).any(|rest| {
        let from = text.len() - rest.len() - words.len();
        let before = text.as_bytes().get(..from).and_then(<[u8]>::last);
        !(joins(before) || joins(words.as_bytes().last()) && joins(rest.as_bytes().first()))
    })
}

/// Parses a whole number of digits only; none for anything else. The standard library has separate code for each
/// number type, which takes ten times the wasm.
pub fn number(digits: &str) -> Option<i64> {
    let digit = |so_far: i64, byte: u8| {
        let value = char::from(byte).to_digit(10)?;
        so_far.checked_mul(10)?.checked_add(value.into())
    };
    digits.bytes().try_fold(0, digit).filter(|_| !digits.is_empty())
}

/// The number at the beginning of a text.
pub fn leading(text: &str) -> Option<i64> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    number(text.get(..end)?)
}

/// The text before and after the first `part`.
pub fn parted<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, part)?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// The text after each `part`, from the first on.
pub fn after<'a>(text: &'a str, part: &'a str) -> impl Iterator<Item = &'a str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, after) = parted(rest, part)?;
        rest = after;
        Some(after)
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_the_standard_library_finds(text in "[ab漢]{0,20}", part in "[ab漢]{1,3}") {
            prop_assert_eq!(find(&text, &part), text.find(&part));
            prop_assert_eq!(parted(&text, &part), text.split_once(&part));
            let rest: Vec<&str> = text.match_indices(&part).filter_map(|(at, _)| text.get(at + part.len()..)).collect();
            prop_assert_eq!(after(&text, &part).collect::<Vec<_>>(), rest);
        }
    }
}
