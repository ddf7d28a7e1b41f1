//! The part of a long text that tells of a failure: a log of many lines may hold it anywhere.

use super::noise::is_noise;
use crate::core::{
    decode::{Raw, decode, said_status},
    text::clip,
};

/// Longest text that is taken whole, in bytes: a longer one is a log, and what decodes it would clip it.
const WHOLE: usize = 8_192;
/// Longest text that is searched, in bytes.
pub const LONGEST: usize = 2 << 20;
/// How much of a longer text is taken from the first failure on, in bytes.
const TAKEN: usize = 16_384;
/// How many lines before the failure belong to it: a browser's console names the request there.
const BEFORE: usize = 2;
/// How many bytes are decoded at most to find out whether a line tells of a failure.
const DECODED: usize = 65_536;
/// How many bytes of a line say what it is about, from the word that is a sign on.
const ALIKE: usize = 48;

/// Words of lines that tell of a failure, in lower case.
const SIGNS: &[&str] = &[
    "abort",
    "cannot",
    "could not",
    "denied",
    "err_",
    "error",
    "exception",
    "fail",
    "fatal",
    "refused",
    "timed out",
    "timeout",
    "too many",
    "traceback",
    "unable",
    "unauthorized",
];
/// Words that stand beside a status, or in lines of every day.
const WEAK_SIGNS: &[&str] = &[
    "limit", "quota", "reset", "status",
    // The status in a line of an access log (Apache, Common Log Format).
    "\" 4", "\" 5",
];
/// How much before a failure is taken at most, in bytes.
const LEAD: usize = 2_048;

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// What is read.
    pub text: &'a str,
    /// How many lines say the same as the first that tells of a failure, with it; 0 where the text is taken whole.
    pub alike: usize,
}

/// A short text whole; of a longer one what follows the first line that tells of a failure, or its head where none does. In
/// linear time.
pub fn excerpt(text: &str) -> Excerpt<'_> {
    let head = Excerpt { text: clip(text, WHOLE), alike: 0 };
    if text.len() <= WHOLE {
        return head;
    }
    let text = clip(text, LONGEST);
    let lower = text.to_ascii_lowercase();
    let (mut starts, mut decoded) = ([0; BEFORE + 1], 0);
    let (mut from, mut first) = (0, None);
    for line in lower.split_inclusive('\n') {
        starts.rotate_left(1);
        if let Some(last) = starts.last_mut() {
            *last = from;
        }
        if let Some(at) = sign(line, true).filter(|_| !is_noise(line)) {
            // Of a long line the part around its sign.
            let near = line.get(line.floor_char_boundary(at.saturating_sub(LEAD))..).unwrap_or(line);
            let near = clip(near, TAKEN);
            let is_told = said_status(near).is_some() || {
                let is_strong = sign(near, false).is_some();
                decoded += if is_strong { near.len() } else { 0 };
                is_strong && decoded <= DECODED && !decode(&Raw { text: Some(near), ..Raw::default() }).is_empty()
            };
            if is_told {
                let before = starts.first().copied().unwrap_or(from);
                let at_sign = lower.floor_char_boundary((from + at).saturating_sub(LEAD));
                first = Some((before.max(at_sign), about(line, at)));
                break;
            }
        }
        from += line.len();
    }
    let Some((from, about_it)) = first else { return head };
    let is_alike = |line: &&str| sign(line, true).is_some_and(|at| about(line, at) == about_it);
    let alike = lower.get(from..).unwrap_or_default().lines().filter(is_alike).count();
    Excerpt { text: clip(text.get(from..).unwrap_or(text), TAKEN), alike }
}

/// Whether a line, in any case, has a word that tells of a failure.
pub fn has_sign(line: &str) -> bool {
    sign(&line.to_ascii_lowercase(), false).is_some()
}

/// Where a word begins in a line in lower case that tells of a failure, or may do so.
fn sign(line: &str, weak: bool) -> Option<usize> {
    let bytes = line.as_bytes();
    let begins =
        |byte: u8| matches!(byte, b'a' | b'c' | b'd' | b'e' | b'f' | b'l' | b'q' | b'r' | b's' | b't' | b'u' | b'"');
    let is_one = |at: &usize| {
        let rest = bytes.get(*at..).unwrap_or_default();
        let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word.as_bytes()));
        begins(SIGNS) || (weak && begins(WEAK_SIGNS))
    };
    bytes.iter().enumerate().filter(|(_, byte)| begins(**byte)).map(|(at, _)| at).find(is_one)
}

/// What a line is about: its words from the sign on, with all digits alike.
fn about(line: &str, from: usize) -> Vec<u8> {
    let bytes = line.as_bytes().get(from..).unwrap_or_default().iter().take(ALIKE);
    bytes
        .map(|byte| if byte.is_ascii_digit() { b'0' } else { *byte })
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn log(failures: &[usize]) -> String {
        let line = |number: usize| {
            if failures.contains(&number) {
                format!("12:00:{:02} ERROR openai.RateLimitError: Error code: 429 - id {number}\n", number % 60)
            } else {
                format!("12:00:{:02} INFO request {number} POST https://api.openai.com/v1/responses 200\n", number % 60)
            }
        };
        (0..10_000).map(line).collect()
    }

    #[test]
    fn the_first_failure_of_a_long_log_is_found_and_counted() {
        let text = log(&[7_000, 7_400, 9_000]);
        let found = excerpt(&text);
        assert_eq!(found.alike, 3);
        assert!(
            found.text.len() <= TAKEN && found.text.lines().nth(BEFORE).is_some_and(|line| line.contains("id 7000"))
        );
        assert_eq!(excerpt(&log(&[0])).alike, 1, "in the first line");
        let well = log(&[]);
        assert_eq!(excerpt(&well), Excerpt { text: clip(&well, WHOLE), alike: 0 });
        assert_eq!(excerpt("Error code: 429"), Excerpt { text: "Error code: 429", alike: 0 });
    }

    proptest! {
        #[test]
        fn never_panics(text in "(.{0,40}\n){0,20}", times in 1..200_usize) {
            let text = text.repeat(times);
            let found = excerpt(&text);
            prop_assert!(text.contains(found.text));
        }
    }
}
