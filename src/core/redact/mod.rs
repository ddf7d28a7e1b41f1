//! Removes personal data and secrets from a text, and keeps what a support desk needs.
//!
//! One pass over the bytes, without regular expressions. A redacted value is replaced by a placeholder such as
//! `<email-1>`, the same wherever the value occurs, so that it can still be followed. A detector is a function and a
//! line in `DETECTORS` with its positive and negative examples; a test requires both.
//!
//! Keeps no value, only a number for each.

mod byte;
mod credentials;
mod encodings;
mod ids;
mod pii;
mod placeholders;
mod stream;

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hasher, RandomState},
    ops::Range,
};

pub use placeholders::segments;

use super::named::named;
use credentials::CookieHeader;

pub use stream::Stream;

named! {
    /// The kind of a redacted value.
    pub enum SecretKind {
        /// An API key of OpenAI or of another provider.
        Key = "key",
        /// A token of a signed-in person: a JWT, or the value after `Bearer`.
        Token = "token",
        /// A password, in a URL or after `Basic`.
        Password = "password",
        /// A cookie's value.
        Cookie = "cookie",
        /// An email address.
        Email = "email",
        /// An IP address.
        Ip = "ip",
        /// A telephone number.
        Phone = "phone",
        /// A payment card's number.
        Card = "card",
        /// A bank account's number.
        Iban = "iban",
        /// A conversation's id.
        Conversation = "conversation",
        /// An account's id.
        User = "user",
        /// The name of a home folder.
        Name = "name",
    }
}

/// What is kept on request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// The block of an IP address: /24 of IPv4, /48 of IPv6.
    pub block: bool,
    /// Ids of conversations.
    pub conversation: bool,
}

/// A detected value: its range and kind.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    at: Range<usize>,
    kind: SecretKind,
}

/// Hexadecimal digits.
const HEX: &[u8] = b"0123456789abcdefABCDEF";

/// A detector, which looks at one position of a text.
struct Detector {
    #[cfg_attr(not(all(test, not(target_arch = "wasm32"))), expect(dead_code, reason = "a failing test says which"))]
    name: &'static str,
    /// The bytes at which it may start; a letter or digit only at the beginning of a word.
    starts: &'static [u8],
    find: fn(&[u8], usize) -> Option<Found>,
    /// Examples in which it finds something, with that value.
    #[cfg_attr(not(all(test, not(target_arch = "wasm32"))), expect(dead_code, reason = "examples for the test"))]
    yes: &'static [(&'static str, &'static str)],
    /// Examples in which it finds nothing.
    #[cfg_attr(not(all(test, not(target_arch = "wasm32"))), expect(dead_code, reason = "examples for the test"))]
    no: &'static [&'static str],
}

/// A longer encoded word is only decoded as a whole, so that the time stays linear in the length of the text.
const PATH: usize = 1024;

/// The first one that finds something wins.
const DETECTORS: &[Detector] = &[
    credentials::COOKIES,
    credentials::PRIVATE,
    credentials::BEARER,
    credentials::BASIC,
    credentials::LOGIN,
    credentials::JWT,
    credentials::KEYS,
    credentials::NAMED,
    ids::IDS,
    ids::USERS,
    pii::EMAIL,
    pii::IPV4,
    pii::IPV6,
    pii::IBAN,
    pii::CARD,
    pii::PHONE,
    pii::FOLDER,
];

/// Redacts related texts: the same value gets the same placeholder in all of them.
#[derive(Debug, Default)]
pub struct Redactor {
    keep: Keep,
    state: RandomState,
    names: HashMap<(SecretKind, u64), u32>,
    counts: HashMap<SecretKind, u32>,
}

impl Redactor {
    /// A redactor that keeps what `keep` says.
    pub fn new(keep: Keep) -> Redactor {
        Redactor { keep, ..Redactor::default() }
    }

    /// The redacted text.
    pub fn text(&mut self, text: &str) -> String {
        self.inside(text, 0)
    }

    /// Number of different values of each kind that were redacted.
    pub fn counts(&self) -> impl Iterator<Item = (SecretKind, u32)> {
        SecretKind::ALL.iter().filter_map(|kind| self.counts.get(kind).map(|count| (*kind, *count)))
    }

    fn inside(&mut self, text: &str, depth: u8) -> String {
        let bytes = text.as_bytes();
        let mut out = String::with_capacity(text.len());
        let (mut at, mut done) = (0, 0);
        // Up to where decoding failed, so that it is not repeated from each position within.
        let mut tried = [0; encodings::Encoding::ALL.len()];
        let mut header = CookieHeader::default();
        // Whether the position is not within a word that was just redacted.
        let mut apart = true;
        while let Some(&byte) = bytes.get(at) {
            if !byte::is(byte, byte::BEGINS) {
                (at, apart) = (byte::run_to(bytes, at, byte::BEGINS), true);
                continue;
            }
            let starts = is_word(byte);
            let end = if starts { byte::run_of(bytes, at, byte::WORD) } else { at + 1 };
            if bytes.get(end) == Some(&b':') {
                header.open(bytes, end);
            }
            let found = header.cookie(bytes, at).or_else(|| detect(bytes, at, byte));
            let put = match found.filter(|found| found.at.start >= done) {
                Some(found) => text.get(found.at.clone()).map(|value| (found.at, self.name(found.kind, value))),
                // A value may begin with an encoded character.
                None if starts || (apart && encodings::begins(bytes, at)) => {
                    self.hidden(text, at..end, depth, &mut tried)
                }
                None => None,
            };
            (at, apart) = match put {
                Some((range, put)) => {
                    out.push_str(text.get(done..range.start).unwrap_or_default());
                    out.push_str(&put);
                    done = range.end;
                    (range.end, true)
                }
                // The letter of an escape (`
                // `) is not part of the word after it.
                None if starts && escaped(bytes, at) => (at + 1, true),
                // Nothing begins within a word.
                None => (end, !starts),
            };
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }

    /// An encoded value, with this word or character at its head, that a detector finds once it is decoded.
    fn hidden(
        &mut self,
        text: &str,
        head: Range<usize>,
        depth: u8,
        tried: &mut [usize; encodings::Encoding::ALL.len()],
    ) -> Option<(Range<usize>, String)> {
        if depth >= encodings::DEEPEST || !encodings::may(text.as_bytes(), &head) {
            return None;
        }
        let at = head.start;
        for (encoding, tried) in encodings::Encoding::ALL.iter().zip(tried).filter(|(_, tried)| **tried <= at) {
            let end = encoding.end(text.as_bytes(), head.end);
            // A path of the same characters may precede it, but not a long one.
            *tried = if end > at + PATH { end } else { at + 1 };
            let Some(inner) = text.get(at..end).and_then(|word| encoding.decode(word)) else { continue };
            let clean = self.inside(&inner, depth + 1);
            if clean != inner {
                return Some((at..end, encodings::encode(*encoding, &clean)));
            }
        }
        None
    }

    fn name(&mut self, kind: SecretKind, value: &str) -> String {
        if let Some(left) = pii::block(value).filter(|_| kind == SecretKind::Ip && self.keep.block) {
            return left;
        }
        if kind == SecretKind::Conversation && self.keep.conversation {
            return value.to_owned();
        }
        let mut hasher = self.state.build_hasher();
        hasher.write(value.to_ascii_lowercase().as_bytes());
        let key = (kind, hasher.finish());
        let number = match self.names.get(&key) {
            Some(number) => *number,
            None => {
                let count = self.counts.entry(kind).or_default();
                *count += 1;
                self.names.insert(key, *count);
                *count
            }
        };
        format!("<{}-{number}>", kind.name())
    }
}

/// For each byte, the detectors that may start at it, as bits by index in [`DETECTORS`].
#[expect(clippy::indexing_slicing, reason = "only the compiler runs it, and refuses what is out of bounds")]
const BEGINS: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = begins(byte as u8);
        byte += 1;
    }
    table
};

#[expect(clippy::indexing_slicing, reason = "only the compiler runs it, and refuses what is out of bounds")]
const fn begins(byte: u8) -> u32 {
    let (mut found, mut place) = (0, 0);
    while place < DETECTORS.len() {
        let mut at = 0;
        while at < DETECTORS[place].starts.len() {
            if DETECTORS[place].starts[at] == byte {
                found |= 1 << place;
            }
            at += 1;
        }
        place += 1;
    }
    found
}

fn detect(bytes: &[u8], at: usize, byte: u8) -> Option<Found> {
    let mut left = BEGINS.get(usize::from(byte)).copied().unwrap_or_default();
    while left != 0 {
        let place = left.trailing_zeros() as usize;
        left &= left - 1;
        if let Some(found) = DETECTORS.get(place).and_then(|one| (one.find)(bytes, at)) {
            return Some(found);
        }
    }
    None
}

/// Whether this is, or may be, the letter of an escape (RFC 8259 §7).
fn escaped(bytes: &[u8], at: usize) -> bool {
    let sign = at.checked_sub(1).and_then(|before| bytes.get(before));
    sign == Some(&b'\\') && matches!(bytes.get(at), Some(b'n' | b'r' | b't' | b'b' | b'f'))
}

/// Whether the byte is part of a word.
fn is_word(byte: u8) -> bool {
    byte::is(byte, byte::WORD)
}

/// The end of the run of such bytes that begins here.
fn run(bytes: &[u8], at: usize, like: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| !like(*byte)).unwrap_or(rest.len())
}

/// Whether the text continues with `word` here, case-insensitively.
fn goes(bytes: &[u8], at: usize, word: &str) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

fn slice(bytes: &[u8], range: Range<usize>) -> &str {
    bytes.get(range).and_then(|part| std::str::from_utf8(part).ok()).unwrap_or_default()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
