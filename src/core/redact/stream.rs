//! Redacts a text of any length as it arrives: cut where no value continues, so that only a part of it is held.

use memchr::{memmem, memrchr, memrchr3};

use super::{Keep, Redactor, SecretKind};

/// Longest part that is held, in bytes; a longer text without a gap is cut anyway.
const LONGEST: usize = 1024 * 1024;
/// Longest private key, in bytes.
const LONGEST_KEY: usize = 256 * 1024;

/// Redacts a text that arrives in pieces.
#[derive(Debug, Default)]
pub struct Stream {
    redactor: Redactor,
    held: Vec<u8>,
}

impl Stream {
    /// A redactor that keeps what `keep` says.
    pub fn new(keep: Keep) -> Stream {
        Stream { redactor: Redactor::new(keep), held: Vec::new() }
    }

    /// Takes the next piece, and returns the redacted text that is complete.
    pub fn push(&mut self, piece: &[u8]) -> String {
        self.held.extend_from_slice(piece);
        self.give(gap(&self.held))
    }

    /// Returns the rest, at the end of the text.
    pub fn finish(&mut self) -> String {
        self.give(self.held.len())
    }

    /// Number of different values of each kind that were redacted.
    pub fn counts(&self) -> impl Iterator<Item = (SecretKind, u32)> {
        self.redactor.counts()
    }

    fn give(&mut self, ready: usize) -> String {
        let clean = self.redactor.text(&String::from_utf8_lossy(self.held.get(..ready).unwrap_or_default()));
        self.held.drain(..ready);
        clean
    }
}

/// The last position at which the held text can be cut: after a line, otherwise after a JSON value.
fn gap(held: &[u8]) -> usize {
    // A private key spans several lines.
    let begin = memmem::rfind(held, b"-----BEGIN ");
    let open = begin.filter(|begin| memmem::rfind(held, b"-----END ").is_none_or(|end| end < *begin));
    if let Some(begin) = open.filter(|begin| held.len() - begin < LONGEST_KEY) {
        return begin;
    }
    let last = memrchr(b'\n', held).or_else(|| memrchr3(b',', b'}', b']', held)).map_or(0, |at| at + 1);
    last.max(letter(held, held.len().saturating_sub(LONGEST)))
}

/// The beginning of the character at this position.
fn letter(held: &[u8], at: usize) -> usize {
    let inside = |at: &usize| held.get(*at).is_some_and(|byte| byte & 0xC0 == 0x80);
    (at.saturating_sub(3)..=at).rev().find(|at| !inside(at)).unwrap_or(at)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn whole(text: &str, step: usize) -> String {
        let mut stream = Stream::default();
        let mut out: String = text.as_bytes().chunks(step).map(|piece| stream.push(piece)).collect();
        out.push_str(&stream.finish());
        out
    }

    #[test]
    fn a_value_is_found_wherever_a_piece_ends() {
        let text = "ä日 one@example.com\n{\"a\":\"two@example.com\",\"b\":\"203.0.113.7\"}\nRest of ada@example.com";
        let clean = Redactor::default().text(text);
        for step in 1..text.len() {
            assert_eq!(whole(text, step), clean, "in steps of {step}");
        }
    }

    #[test]
    fn a_private_key_goes_on_over_its_lines() {
        let text = "a\n-----BEGIN PRIVATE KEY-----\nMIIB\nxyz\n-----END PRIVATE KEY-----\nb\n";
        for step in 1..text.len() {
            assert_eq!(whole(text, step), Redactor::default().text(text), "in steps of {step}");
        }
    }

    #[test]
    fn a_text_without_a_gap_is_cut_between_letters() {
        for letter in ["x", "日", "😀"] {
            let text = letter.repeat(LONGEST * 3 / 2);
            assert_eq!(whole(&text, 65_521), text);
        }
    }
}
