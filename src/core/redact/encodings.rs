//! Encoded values: percent-encoding (RFC 3986 §2.1), JSON escapes (RFC 8259 §7), or base64 (RFC 4648 §4, §5).

use std::ops::Range;

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{
    byte::{BASE64, ESCAPE, JOINT, PERCENT, WORD, is, run_of},
    run,
};

/// Deepest nesting of encodings.
pub(super) const DEEPEST: u8 = 4;
/// Shortest encoded word, in bytes; a shorter one could not be told from chance.
const SHORTEST: usize = 16;

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// `%40`.
    Percent,
    /// `\u0040`.
    Escape,
    /// With `+` and `/`, or with `-` and `_`.
    Base64,
}

/// Whether an encoded character begins here.
pub(super) fn begins(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b'%') => true,
        Some(b'\\') => bytes.get(at + 1) == Some(&b'u'),
        _ => false,
    }
}

/// Whether a word with this head may be encoded: most are too short and are followed by a gap.
pub(super) fn may(bytes: &[u8], head: &Range<usize>) -> bool {
    let short = head.len() < SHORTEST && bytes.get(head.start).is_some_and(|byte| is(*byte, WORD));
    let padded = || bytes.get(head.end) == Some(&b'=') && head.len() + 3 >= SHORTEST;
    !short || bytes.get(head.end).is_some_and(|byte| is(*byte, JOINT)) || padded()
}

impl Encoding {
    /// All encodings, in the order in which they are tried.
    pub(super) const ALL: [Encoding; 3] = [Encoding::Percent, Encoding::Escape, Encoding::Base64];

    /// The end of the word whose head ends here, if it has this encoding.
    pub(super) fn end(self, bytes: &[u8], at: usize) -> usize {
        match self {
            Encoding::Percent => run_of(bytes, at, PERCENT),
            Encoding::Escape => run_of(bytes, at, ESCAPE),
            Encoding::Base64 => run(bytes, run_of(bytes, at, BASE64), |byte| byte == b'='),
        }
    }

    /// The decoded word.
    pub(super) fn decode(self, word: &str) -> Option<String> {
        match self {
            Encoding::Percent => word.as_bytes().contains(&b'%').then(|| percent(word)).flatten(),
            Encoding::Escape => word.as_bytes().contains(&b'\\').then(|| escape(word)).flatten(),
            Encoding::Base64 if word.len() < SHORTEST => None,
            // Ids consist of the same characters; so few of them decode to no text.
            Encoding::Base64 if word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-') => None,
            Encoding::Base64 => base64(word),
        }
    }
}

/// Encodes a text.
pub(super) fn encode(encoding: Encoding, text: &str) -> String {
    let quoted = |byte: u8| !(byte.is_ascii_alphanumeric() || b"._-~".contains(&byte));
    match encoding {
        Encoding::Percent => text.bytes().fold(String::new(), |mut out, byte| {
            match quoted(byte) {
                true => out.push_str(&format!("%{byte:02X}")),
                false => out.push(char::from(byte)),
            }
            out
        }),
        // Characters that would end the string, or are not allowed in one.
        Encoding::Escape => text.chars().fold(String::new(), |mut out, char| {
            match char {
                '"' => out.push_str("\\\""),
                char if char.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(char))),
                char => out.push(char),
            }
            out
        }),
        Encoding::Base64 => STANDARD.encode(text),
    }
}

fn percent(word: &str) -> Option<String> {
    let mut bytes = word.bytes();
    let mut out = Vec::with_capacity(word.len());
    while let Some(byte) = bytes.next() {
        out.push(if byte == b'%' { hex(&[bytes.next()?, bytes.next()?])? as u8 } else { byte });
    }
    printable(out)
}

fn escape(word: &str) -> Option<String> {
    if !word.contains("\\u00") {
        return None;
    }
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, after)) = rest.split_once("\\u") {
        let (digits, more) = after.split_at_checked(4)?;
        // In JSON within JSON, the escape itself is escaped.
        out.push_str(before.trim_end_matches('\\'));
        match char::from_u32(hex(digits.as_bytes())?)? {
            '\\' => out.push_str("\\\\"),
            char => out.push(char),
        }
        rest = more;
    }
    out.push_str(rest);
    Some(out)
}

fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| Some(sum * 16 + char::from(*digit).to_digit(16)?))
}

/// Decodes a base64 word.
pub(super) fn base64(word: &str) -> Option<String> {
    let engine = if word.bytes().any(|byte| matches!(byte, b'-' | b'_')) { &URL_SAFE } else { &STANDARD };
    // Most words are not base64, as their beginnings show.
    let mut head = [0; SHORTEST / 4 * 3];
    if let Some(word) = word.get(..SHORTEST).filter(|head| !head.contains('=')) {
        engine.decode_slice(word, &mut head).ok()?;
        let broken = std::str::from_utf8(&head).is_err_and(|error| error.error_len().is_some());
        if broken || head.iter().any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace() && *byte != 0x0b) {
            return None;
        }
    }
    engine.decode(word).ok().and_then(printable)
}

/// Either alphabet, with or without padding.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// Random bytes are not text.
fn printable(bytes: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(bytes).ok()?;
    text.chars().all(|char| !char.is_control() || char.is_whitespace()).then_some(text)
}
