//! `mend redact`: a file without what belongs to a person, in bounded memory. A HAR is written anew from what is known to be
//! harmless; every other text goes through as it is, but for what the detectors find.

use std::io::{self, BufRead, Read, Write};

use mend::core::{
    har,
    plain::Plain,
    redact::{Keep, Redactor},
};
use serde_json::Value;

use crate::{
    har::{Sink, each},
    input::{InputError, Opened, open},
    shape::Of,
};

/// So much is read at once.
const CHUNK: usize = 256 * 1024;
/// Nothing that is looked for is longer; a text without a gap for so long is cut somewhere.
const LONGEST: usize = 4 * CHUNK;

/// Redacts a file (`-` is standard input), and says what was taken out.
pub fn redact(file: &str, keep: Keep, out: &mut impl Write) -> Result<String, InputError> {
    let mut source = match open(file)? {
        Opened::Text(source) => source,
        Opened::Har(source) => {
            let count = entries(file, source, out)?;
            return Ok(format!("{file}: {count} entries were written anew, from what is known to be harmless"));
        }
    };
    let mut redactor = Redactor::new(keep);
    texts(&mut source, &mut redactor, out)?;
    let told: Vec<String> = redactor.counts().map(|(kind, count)| format!("{count} {}", kind.name())).collect();
    Ok(match told.is_empty() {
        true => format!("{file}: nothing was found"),
        false => format!("{file}: taken out: {}", told.join(", ")),
    })
}

/// A piece at a time, cut where no value goes on.
fn texts(source: &mut impl Read, redactor: &mut Redactor, out: &mut impl Write) -> io::Result<()> {
    let mut held = Vec::new();
    loop {
        let read = source.take(CHUNK as u64).read_to_end(&mut held)?;
        let ready = if read == 0 { held.len() } else { gap(&held) };
        let rest = held.split_off(ready);
        out.write_all(redactor.text(&String::from_utf8_lossy(&held)).as_bytes())?;
        held = rest;
        if read == 0 {
            return out.flush();
        }
    }
}

/// Where the last piece ends that can go: behind a line, else behind a value of JSON.
fn gap(held: &[u8]) -> usize {
    let place = |mark: &[u8]| held.windows(mark.len()).rposition(|part| part == mark);
    // A private key goes on over its lines.
    if let Some(begin) = place(b"-----BEGIN ").filter(|begin| place(b"-----END ").is_none_or(|end| end < *begin))
        && held.len() - begin < CHUNK
    {
        return begin;
    }
    let last = |wanted: &[u8]| held.iter().rposition(|byte| wanted.contains(byte)).map_or(0, |at| at + 1);
    match last(b"\n") {
        0 => last(b",}]"),
        line => line,
    }
    .max(held.len().saturating_sub(LONGEST))
}

/// The entries of a HAR, each written as it comes.
fn entries(file: &str, source: impl BufRead, out: &mut impl Write) -> Result<u64, InputError> {
    let mut written = Written { out, count: 0, failed: None };
    let version = env!("CARGO_PKG_VERSION");
    write!(written.out, r#"{{"log":{{"version":"1.2","creator":{{"name":"Mend","version":"{version}"}},"entries":["#)?;
    let read = each(source, &mut written);
    if let Some(error) = written.failed {
        return Err(error.into());
    }
    read.map_err(|error| InputError::not_json(file, "a HAR", &error))?;
    writeln!(written.out, "]}}}}")?;
    written.out.flush()?;
    Ok(written.count)
}

struct Written<'a, W> {
    out: &'a mut W,
    count: u64,
    failed: Option<io::Error>,
}

impl<W: Write> Sink for Written<'_, W> {
    type Entry = Plain;
    type Seed = Of;
    const SEED: Of = Of(&har::LOOKED_AT);

    fn take(&mut self, entry: Plain) {
        let Some(clean) = har::entry(&entry) else { return };
        let comma = if self.count > 0 { "," } else { "" };
        self.count += 1;
        if let Err(error) = write!(self.out, "{comma}\n{}", Value::from(&clean)) {
            self.failed.get_or_insert(error);
        }
    }
}
