//! The whole file as text, which comes entry by entry: so nobody need hold all of it, neither as values nor as text.

use std::mem;

use super::{entry, log};
use crate::core::json::Value;

/// What stands behind the last entry.
const END: &str = "]}}";

/// A redacted HAR that is being written.
pub struct File {
    text: String,
    kept: u32,
}

impl File {
    /// With no entry yet. `mend` is our version.
    pub fn new(mend: &str) -> File {
        let mut text = log(Vec::new(), mend).to_string();
        text.truncate(text.len().saturating_sub(END.len()));
        File { text, kept: 0 }
    }

    /// Adds an entry, redacted, if it is ChatGPT's.
    pub fn push(&mut self, raw: &Value) {
        let Some(clean) = entry(raw) else { return };
        if self.kept > 0 {
            self.text.push(',');
        }
        self.text.push_str(&clean.to_string());
        self.kept += 1;
    }

    /// How many entries are in it.
    pub fn kept(&self) -> u32 {
        self.kept
    }

    /// How much text waits to be taken, in bytes.
    pub fn waiting(&self) -> usize {
        self.text.len()
    }

    /// What can go by now.
    pub fn take(&mut self) -> String {
        mem::take(&mut self.text)
    }

    /// The end of the text.
    pub fn finish(&mut self) -> String {
        self.text.push_str(END);
        self.take()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn the_text_in_pieces_is_that_of_the_whole() {
        let raw = |url: &str| json!({ "request": { "url": url }, "response": { "status": 500 } });
        let raw = [raw("https://chatgpt.com/"), raw("https://example.org/"), raw("https://chatgpt.com/backend-api/me")];
        for count in 0..=raw.len() {
            let raw = raw.get(..count).unwrap();
            let mut file = File::new("0.1.0");
            let mut text = String::new();
            for one in raw {
                file.push(one);
                text.push_str(&file.take());
            }
            text.push_str(&file.finish());
            let whole = log(raw.iter().filter_map(entry).collect(), "0.1.0");
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), whole.clone());
            assert_eq!(file.kept() as usize, count.min(1) + usize::from(count > 2));
        }
    }
}
