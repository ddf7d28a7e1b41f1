//! Reads a response's event stream for what only the stream shows: an error record, or an end without an answer and
//! the records that end a turn. Of the answer only its presence is kept.
//!
//! For the command line. No module can be loaded into the page's own world, so `extension/js/sse.js` implements the
//! same rules there; `tests/corpus/streams.jsonl` tests both. Lines and fields follow the WHATWG HTML Standard,
//! "Server-sent events".

mod json;
mod record;
mod turn;

use serde_json::Value;

use super::stream_end::StreamEnd;
use record::StreamRecord;
use turn::Turn;

/// Longest line that is parsed, in bytes; the records that matter are short.
const LONGEST: usize = 32_768;

/// A stream parser, with what it has seen so far.
#[derive(Debug, Default)]
pub struct Reader {
    line: Vec<u8>,
    /// The rest of a line that was too long is being skipped.
    cut: bool,
    event: String,
    error: Option<Value>,
    turn: Turn,
    /// A record has ended the turn.
    closed: bool,
    /// The API's own end record, which requires no answer: the turn may be a function call.
    done: bool,
    handed: bool,
}

/// How a stream ended, if not normally.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamOutcome {
    /// How it ended.
    pub end: StreamEnd,
    /// The error record as JSON, if there was one: type, code and message.
    pub text: String,
}

impl Reader {
    /// Parses the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' => self.ends(),
                _ if self.cut => {}
                _ if self.line.len() >= LONGEST => (self.line, self.cut) = (Vec::new(), true),
                _ => self.line.push(*byte),
            }
        }
    }

    /// How the stream ended; none if normally.
    pub fn end(mut self) -> Option<StreamOutcome> {
        self.ends();
        if let Some(error) = self.error {
            return Some(StreamOutcome { end: StreamEnd::Error, text: error.to_string() });
        }
        if self.done || (self.closed && self.turn.is_good()) {
            return None;
        }
        let end = if self.handed && !self.turn.is_bad() { StreamEnd::Handoff } else { StreamEnd::Open };
        Some(StreamOutcome { end, text: String::new() })
    }

    fn ends(&mut self) {
        let line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.cut) {
            return;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            self.event.clear();
        } else if let Some(name) = line.strip_prefix("event:") {
            name.trim().clone_into(&mut self.event);
        } else if let Some(data) = line.strip_prefix("data:") {
            self.read(data);
        }
    }

    fn read(&mut self, data: &str) {
        let record = StreamRecord::read(&self.event, data, &mut self.turn);
        self.error = self.error.take().or(record.error);
        self.closed |= record.closed;
        self.done |= record.done;
        self.handed |= record.handed;
    }
}

/// How a complete stream ended, if not normally.
pub fn ended(text: &str) -> Option<StreamOutcome> {
    let mut reader = Reader::default();
    reader.take(text.as_bytes());
    reader.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STREAM: &str =
        "event: delta\r\ndata: {\"v\":\"\u{1f600}\"}\n\nevent: error\ndata: {\"code\":\"server_is_overloaded\"}\n";

    #[test]
    fn wherever_it_is_cut_in_two_it_says_the_same() {
        let whole = ended(STREAM);
        for at in 0..=STREAM.len() {
            let mut reader = Reader::default();
            let (one, other) = STREAM.as_bytes().split_at(at);
            reader.take(one);
            reader.take(other);
            assert_eq!(reader.end(), whole, "{at}");
        }
    }

    #[test]
    fn what_is_too_long_is_passed_over() {
        let text = format!(
            "data: {{\"v\":\"Hello\"}}\ndata: {{\"x\":\"{}\",\"error\":\"x\"}}\ndata: {{\"type\":\"message_stream_complete\"}}\n",
            "a".repeat(LONGEST)
        );
        assert_eq!(ended(&text), None);
    }

    proptest! {
        #[test]
        fn anything_is_read_without_a_word_of_complaint(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut reader = Reader::default();
            reader.take(&bytes);
            reader.end();
        }
    }
}
