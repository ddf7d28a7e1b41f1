//! The JSON values of a stream, one after another. Each is parsed in place, which takes a third of the time that a
//! reader takes; a longer one is parsed from a reader, with its long strings truncated.

use std::{
    fmt,
    io::{self, BufRead, BufReader, Read},
    mem,
};

use serde::de::{DeserializeSeed, Error, IgnoredAny};
use serde_json::Deserializer;

use super::truncate::Truncate;

/// Bytes per read.
const BLOCK: usize = 1 << 20;
/// Longest value that is held whole, in bytes.
const LONGEST: usize = 4 << 20;

/// Bytes of a longer value that are passed to the parser at once.
const PIECE: usize = 64 << 10;

/// A parse error, and its line.
#[derive(Debug)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The error.
    pub error: serde_json::Error,
}

/// A stream, and the part of it that is held.
pub struct JsonStream<'a> {
    source: Box<dyn BufRead + 'a>,
    held: Vec<u8>,
    /// Bytes of the held part that are consumed.
    done: usize,
    /// Lines before the held part.
    lines: usize,
    is_cut: bool,
    is_at_end: bool,
}

impl<'a> JsonStream<'a> {
    /// The values of this stream.
    pub fn new(source: impl BufRead + 'a) -> JsonStream<'a> {
        let source = Box::new(source);
        JsonStream { source, held: Vec::new(), done: 0, lines: 0, is_cut: false, is_at_end: false }
    }

    /// The next byte that is not white space.
    ///
    /// # Errors
    /// The source fails.
    pub fn peek(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            let left = self.left();
            let next = left.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
            let (byte, skipped) = (next.and_then(|next| left.get(next)).copied(), next.unwrap_or(left.len()));
            self.skip(skipped);
            if byte.is_some() || self.is_at_end {
                return Ok(byte);
            }
            self.fill().map_err(|error| self.wrong(error))?;
        }
    }

    /// Consumes this many held bytes.
    pub fn skip(&mut self, count: usize) {
        self.done = self.held.len().min(self.done + count);
    }

    /// Reads a value.
    ///
    /// # Errors
    /// The value is not valid JSON, does not match the seed, or the source fails.
    pub fn value<T, S>(&mut self, seed: S) -> Result<T, Fault>
    where
        S: Copy + for<'de> DeserializeSeed<'de, Value = T>,
    {
        loop {
            let left = self.left();
            let mut json = Deserializer::from_slice(left);
            let value = seed.deserialize(&mut json);
            let end = json.into_iter::<IgnoredAny>().byte_offset();
            // A value that ends where the held bytes end may continue beyond them.
            let is_open = end >= left.len() || value.as_ref().is_err_and(serde_json::Error::is_eof);
            if !is_open || self.is_at_end {
                let value = value.map_err(|error| Fault::after(self.over(), error))?;
                self.skip(end);
                return Ok(value);
            }
            match (left.len() > LONGEST, self.is_cut) {
                (true, true) => return self.long(seed),
                (true, false) => self.cut(),
                (false, _) => {}
            }
            self.fill().map_err(|error| self.wrong(error))?;
        }
    }

    /// An error at the current position.
    pub fn wrong(&self, what: impl fmt::Display) -> Fault {
        Fault::after(self.over(), serde_json::Error::custom(what))
    }

    /// Number of complete lines so far.
    fn over(&self) -> usize {
        self.lines + lines(self.held.get(..self.done).unwrap_or_default())
    }

    fn left(&self) -> &[u8] {
        self.held.get(self.done..).unwrap_or_default()
    }

    /// Reads on, at least as much as is still held, so that no byte is scanned often.
    fn fill(&mut self) -> io::Result<()> {
        self.forget();
        let room = self.held.len().max(BLOCK);
        self.held.reserve(room + 1);
        self.is_at_end = self.source.by_ref().take(room as u64).read_to_end(&mut self.held)? < room;
        Ok(())
    }

    /// Drops the consumed bytes.
    fn forget(&mut self) {
        let done = self.held.drain(..mem::take(&mut self.done));
        self.lines += lines(done.as_slice());
    }

    /// Truncates long strings from here on.
    fn cut(&mut self) {
        self.forget();
        let source = mem::replace(&mut self.source, Box::new(io::empty()));
        let whole = io::Cursor::new(mem::take(&mut self.held)).chain(source);
        self.source = Box::new(BufReader::with_capacity(PIECE, Truncate::new(whole)));
        self.is_cut = true;
    }

    /// Reads a value that is too long to be held.
    fn long<T>(&mut self, seed: impl for<'de> DeserializeSeed<'de, Value = T>) -> Result<T, Fault> {
        let over = self.over();
        let mut pieces = Pieces { values: self, before: 0, piece: 0 };
        let mut json = Deserializer::from_reader(BufReader::with_capacity(PIECE, &mut pieces));
        let value = seed.deserialize(&mut json).map_err(|error| Fault::after(over, error))?;
        let end = json.into_iter::<IgnoredAny>().byte_offset();
        // The parser consumed only part of the last piece.
        let part = end.saturating_sub(pieces.before);
        self.skip(part);
        Ok(value)
    }
}

impl Fault {
    /// Adds `lines` to the line of the error.
    fn after(lines: usize, error: serde_json::Error) -> Fault {
        Fault { line: lines + error.line().max(1), error }
    }
}

/// The stream as a reader. A piece is consumed when the next one is requested.
struct Pieces<'v, 'a> {
    values: &'v mut JsonStream<'a>,
    /// Bytes before the last piece.
    before: usize,
    /// Length of the last piece.
    piece: usize,
}

impl Read for Pieces<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.values.skip(self.piece);
        self.before += mem::take(&mut self.piece);
        if self.values.left().is_empty() {
            self.values.fill()?;
        }
        self.piece = self.values.left().read(into)?;
        Ok(self.piece)
    }
}

/// Number of line ends in these bytes.
fn lines(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use std::marker::PhantomData;

    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_value_is_whole_wherever_a_block_ends() {
        let value = json!({ "a": ["\u{1f600}ü\n", -12.5e-3, 170, true, null], "b": { "\"": [] } });
        let text = value.to_string().replace('ü', "\\ud83d\\ude00");
        let value: Value = serde_json::from_str(&text).unwrap();
        for before in 0..=text.len() {
            let text = format!("{}{text}-170", "\n".repeat(BLOCK - before));
            let mut json = JsonStream::new(text.as_bytes());
            assert_eq!(json.peek().unwrap(), Some(b'{'), "{before}");
            assert_eq!(json.value(PhantomData::<Value>).unwrap(), value, "{before}");
            assert_eq!(json.value(PhantomData::<i32>).unwrap(), -170, "{before}");
            assert_eq!(json.peek().unwrap(), None);
            assert_eq!(json.wrong("").line, BLOCK - before + 1);
        }
    }

    #[test]
    fn a_fault_wherever_a_block_ends_is_said_with_its_line() {
        for text in ["{\n\"a\":-x}", "{\n\"a\":1.x}", "[\n\"\\x\"]", "[1,\n]", "[\ntrux]", "[\n1 2]", "[\n\"a"] {
            for before in 0..=text.len() {
                let text = format!("{}{text}", "\n".repeat(BLOCK - before));
                let mut json = JsonStream::new(text.as_bytes());
                json.peek().unwrap();
                let fault = json.value(PhantomData::<IgnoredAny>).unwrap_err();
                assert_eq!(fault.line, BLOCK - before + 2, "{:?}: {}", text.trim_start(), fault.error);
            }
        }
    }

    #[test]
    fn what_is_too_long_to_be_held_is_read_all_the_same() {
        let text = "y".repeat(2 * LONGEST);
        let count = 2 * LONGEST / 1_000;
        let list = format!("7,{}\n", " ".repeat(997)).repeat(count);
        let source = format!("[\"{text}\",\n1] [{list}2] [{list}3]\n[4] [{list}\nx]");
        let mut json = JsonStream::new(source.as_bytes());
        let (cut, one) = json.value(PhantomData::<(String, u8)>).unwrap();
        assert!(text.starts_with(&cut) && cut.len() < text.len() && one == 1);
        for last in [2, 3] {
            let list = json.value(PhantomData::<Vec<u8>>).unwrap();
            assert_eq!((list.len(), list.last()), (count + 1, Some(&last)));
        }
        assert_eq!(json.value(PhantomData::<[u8; 1]>).unwrap(), [4]);
        assert_eq!(json.wrong("").line, 3 + 2 * count);
        let fault = json.value(PhantomData::<IgnoredAny>).unwrap_err();
        assert_eq!(fault.line, 4 + 3 * count);
    }

    #[test]
    fn what_is_too_deep_is_refused() {
        let source = "[".repeat(2 * LONGEST);
        let fault = JsonStream::new(source.as_bytes()).value(PhantomData::<IgnoredAny>).unwrap_err();
        assert_eq!((fault.line, fault.error.to_string().as_str()), (1, "nested too deeply"));
    }
}
