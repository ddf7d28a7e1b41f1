//! Rewrites a HAR from allowed fields, entry by entry: the command line and the browser write the same bytes.

use std::io::{self, BufRead, Write};

use thiserror::Error;

use super::{LOOKED_AT, each, entry, log};
use crate::core::formats::Fault;

/// The text after the last entry.
const END: &str = "]}}";

/// Number of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryCount {
    /// In the source.
    pub read: u32,
    /// In the output: those of ChatGPT.
    pub written: u32,
}

/// Why a HAR could not be rewritten.
#[derive(Debug, Error)]
pub enum RedactError {
    /// It is not a HAR from this line on.
    #[error("line {}: {}", .0.line, .0.error)]
    NoHar(Fault),
    /// The output failed.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Rewrites a HAR, one entry per line. `mend` is our version.
///
/// # Errors
/// The source is not a HAR, or `out` fails; the output so far is then unusable.
pub fn redact(source: impl BufRead, out: &mut impl Write, mend: &str) -> Result<EntryCount, RedactError> {
    let frame = log(Vec::new(), mend).to_string();
    out.write_all(frame.strip_suffix(END).unwrap_or(&frame).as_bytes())?;
    let (mut count, mut failed) = (EntryCount::default(), None);
    let read = each(source, &LOOKED_AT, |raw| {
        count.read += 1;
        let Some(clean) = entry(&raw) else { return };
        let comma = if count.written > 0 { "," } else { "" };
        count.written += 1;
        if let Err(error) = write!(out, "{comma}\n{clean}") {
            failed.get_or_insert(error);
        }
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    read.map_err(RedactError::NoHar)?;
    writeln!(out, "\n{END}")?;
    out.flush()?;
    Ok(count)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use crate::core::json::Value;
    use serde_json::json;

    #[test]
    fn entry_by_entry_it_is_the_whole() {
        let raw = |url: &str| json!({ "request": { "url": url }, "response": { "status": 500 } });
        let raw = [raw("https://chatgpt.com/"), raw("https://example.org/"), raw("https://chatgpt.com/backend-api/me")];
        for count in 0..=raw.len() {
            let raw = raw.get(..count).unwrap();
            let mut out = Vec::new();
            let counted =
                redact(json!({ "log": { "entries": raw } }).to_string().as_bytes(), &mut out, "0.1.0").unwrap();
            let whole = log(raw.iter().filter_map(entry).collect(), "0.1.0");
            assert_eq!(serde_json::from_slice::<Value>(&out).unwrap(), whole);
            let written = count.min(1) + usize::from(count > 2);
            assert_eq!((counted.read as usize, counted.written as usize), (count, written));
        }
    }

    #[test]
    fn what_is_none_is_said_with_its_line() {
        let error = redact(&b"{\"log\":\n7}"[..], &mut Vec::new(), "").unwrap_err();
        assert!(error.to_string().starts_with("line 2: invalid type"), "{error}");
    }
}
