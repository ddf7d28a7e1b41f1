//! Truncates long strings in JSON, so that a body of any size needs no more memory than its beginning.
//!
//! A filter between a file and the parser. Valid JSON stays valid, and line numbers stay the same.

use std::io::{self, BufRead, Read, Write};

/// Longest string that is kept, in bytes; the core uses less of a body.
pub const LONGEST: usize = 65_536;
/// Deepest nesting; HAR and case files have a tenth of it. The parser keeps state for each level that it skips.
const DEEPEST: u32 = 128;

/// A reader of JSON with truncated strings.
pub struct Truncate<R> {
    source: R,
    state: State,
}

/// The scanner's state.
struct State {
    at: At,
    /// Bytes of the string so far.
    length: usize,
    dropping: bool,
    /// The last escape was the first half of a surrogate pair (RFC 8259 §7).
    half: bool,
    depth: u32,
}

/// The position of the next byte in the syntax.
#[derive(Clone, Copy)]
enum At {
    Outside,
    Text,
    Escape,
    /// After this many of the four digits of `\uXXXX`.
    Digits(u8),
}

impl<R: BufRead> Truncate<R> {
    /// Truncates the strings of the source.
    pub fn new(source: R) -> Truncate<R> {
        Truncate { source, state: State { at: At::Outside, length: 0, dropping: false, half: false, depth: 0 } }
    }
}

impl State {
    /// Whether this byte is kept.
    fn keeps(&mut self, byte: u8) -> bool {
        match self.at {
            At::Outside => {
                match byte {
                    b'"' => (self.at, self.length, self.dropping, self.half) = (At::Text, 0, false, false),
                    b'[' | b'{' => self.depth = self.depth.saturating_add(1),
                    b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                return true;
            }
            // A string has no line break (RFC 8259 §7); if it does, the parser reports the error in that line.
            At::Text if byte == b'"' || byte == b'\n' => {
                self.at = At::Outside;
                return true;
            }
            At::Text => {
                // Never within a character: not before UTF-8's continuation bytes, nor between the halves of a
                // surrogate pair.
                let begins = byte & 0xC0 != 0x80 && !(self.half && byte == b'\\');
                self.dropping |= self.length >= LONGEST && begins;
                self.half = false;
                if byte == b'\\' {
                    self.at = At::Escape;
                }
            }
            At::Escape => self.at = if byte == b'u' { At::Digits(0) } else { At::Text },
            At::Digits(over) => {
                self.half = match over {
                    0 => matches!(byte, b'd' | b'D'),
                    1 => self.half && matches!(byte, b'8' | b'9' | b'a' | b'b' | b'A' | b'B'),
                    _ => self.half,
                };
                self.at = if over < 3 { At::Digits(over + 1) } else { At::Text };
            }
        }
        self.length += 1;
        !self.dropping
    }

    /// Copies the bytes that are kept, as long as there is space: how many were written, and how many were read.
    fn pass(&mut self, chunk: &[u8], mut into: &mut [u8]) -> io::Result<(usize, usize)> {
        let (room, mut left) = (into.len(), chunk);
        while self.depth <= DEEPEST {
            let (run, rest) = left.split_at(self.alike(left));
            if matches!(self.at, At::Outside) || !self.dropping {
                into.write_all(run)?;
            }
            self.length = self.length.saturating_add(run.len());
            let Some((byte, rest)) = rest.split_first() else { return Ok((room - into.len(), chunk.len())) };
            if self.keeps(*byte) {
                into.write_all(&[*byte])?;
            }
            left = rest;
        }
        Ok((room - into.len(), chunk.len() - left.len()))
    }

    /// Number of following bytes that are handled the same way without a change of state.
    fn alike(&self, bytes: &[u8]) -> usize {
        let end = match self.at {
            At::Outside => bytes.iter().position(|byte| matches!(byte, b'"' | b'[' | b']' | b'{' | b'}')),
            At::Text if self.half => Some(0),
            At::Text => memchr::memchr3(b'"', b'\\', b'\n', bytes),
            At::Escape | At::Digits(_) => Some(0),
        };
        let end = end.unwrap_or(bytes.len());
        match self.at {
            // The position of the cut is found byte by byte.
            At::Text if !self.dropping => end.min(LONGEST.saturating_sub(self.length)),
            _ => end,
        }
    }
}

impl<R: BufRead> Read for Truncate<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.state.depth > DEEPEST {
                return Err(io::Error::other("nested too deeply"));
            }
            let chunk = self.source.fill_buf()?;
            let chunk = chunk.get(..into.len().min(chunk.len())).unwrap_or_default();
            if chunk.is_empty() {
                return Ok(0);
            }
            let (keep, used) = self.state.pass(chunk, into)?;
            self.source.consume(used);
            if keep > 0 {
                return Ok(keep);
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn cut(text: &str, step: usize) -> String {
        let mut out = String::new();
        let source = io::BufReader::with_capacity(step, text.as_bytes());
        Truncate::new(source).read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn short_strings_stay_as_they_are() {
        let text = json!({ "a": ["b\"]}\\", "ü\n", { "c": null }], "d": "\u{1f600}" }).to_string();
        assert_eq!(cut(&text, 1), text);
    }

    #[test]
    fn long_strings_are_cut_between_letters() {
        for letter in ["x", "é", "日", "😀", "\\n", "\\\"", "\\\\", "\\u65e5", "\\ud83d\\ude00"] {
            for offset in 0..12 {
                let text = format!("[\"{}{}\",\n7]", "y".repeat(offset), letter.repeat(LONGEST));
                let short = cut(&text, 8_192);
                let value: Value = serde_json::from_str(&short).unwrap();
                assert!(value[0].as_str().unwrap().len() >= LONGEST / 6, "{letter}");
                assert!(short.len() < LONGEST + 40, "{letter}: {}", short.len());
                assert_eq!(value[1], 7);
            }
        }
    }

    #[test]
    fn what_is_too_deep_is_refused_after_what_came_before() {
        let mut source = Truncate::new(io::BufReader::new(io::Cursor::new("[]\n".to_owned() + &"[".repeat(1_000))));
        let mut before = [0; 2];
        source.read_exact(&mut before).unwrap();
        assert_eq!(&before, b"[]");
        assert!(source.read_to_end(&mut Vec::new()).is_err());
    }
}
