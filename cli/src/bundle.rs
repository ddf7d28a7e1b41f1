//! A support bundle, read whole: its journal, or what else is in it. Trusts nothing that stands there.

use std::io;

use mend::core::{
    bundle::{self, LIMITS},
    journal::JournalRecord,
    support_bundle::{JOURNAL, REPORT},
};
use serde_json::Value;

use crate::input::{InputError, bytes};

/// Room for names and headers, beside what the files may hold.
const LARGEST: u64 = LIMITS.total as u64 + (1 << 20);

/// Which bundles, and how to answer.
#[derive(Debug, clap::Args)]
pub struct BundleArgs {
    /// One line of JSON a bundle
    #[arg(long)]
    pub json: bool,
    /// The bundles; `-` is standard input
    #[arg(value_name = "BUNDLE.zip", default_value = "-")]
    pub files: Vec<String>,
}

/// The files of a bundle.
pub struct Bundle {
    name: String,
    files: Vec<(String, Vec<u8>)>,
}

/// A line of the journal: as it stands there, and as it is understood.
pub struct Line {
    /// The entry, with its scene.
    pub note: JournalRecord,
    /// What of the line tells what happened, untouched.
    pub body: Value,
}

impl Bundle {
    /// Opens a bundle (`-` is standard input).
    pub fn open(file: &str) -> Result<Bundle, InputError> {
        let fail = |what: String| InputError::Input { file: file.to_owned(), line: 1, what };
        let bytes = bytes(file, LARGEST)?.ok_or_else(|| fail("is too large for a bundle".to_owned()))?;
        let files = bundle::unpack(&bytes).map_err(|error| fail(format!("is not a bundle: {error}")))?;
        Ok(Bundle { name: file.to_owned(), files })
    }

    /// The lines of its journal, in their order, each read as it is asked for; none where it has no journal.
    pub fn journal(&self) -> Option<impl Iterator<Item = Result<Line, InputError>>> {
        let lines = self.file(JOURNAL)?.split(|byte| *byte == b'\n').enumerate();
        let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
        Some(lines.map(|(index, line)| self.line(index + 1, line)))
    }

    /// The report, as it was written when the bundle was made.
    pub fn report(&self) -> Option<String> {
        self.file(REPORT).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    /// What is missing, where a command needs it.
    pub fn lacks(&self, what: &str) -> InputError {
        InputError::Input { file: self.name.clone(), line: 1, what: format!("holds no {what}") }
    }

    fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.as_slice())
    }

    fn line(&self, number: usize, text: &[u8]) -> Result<Line, InputError> {
        let file = format!("{}/{JOURNAL}", self.name);
        let mut json: Value = serde_json::from_slice(text).map_err(|error| {
            // The parser sees one line only.
            match InputError::not_json(&file, "a line of a journal", &error) {
                InputError::Input { file, what, .. } => InputError::Input { file, line: number, what },
                other => other,
            }
        })?;
        let unknown = || InputError::Input {
            file: file.clone(),
            line: number,
            what: "is not a line of a journal that this version reads".to_owned(),
        };
        let note = JournalRecord::from_line(&json).ok_or_else(unknown)?;
        let body = json.get_mut("body").map(Value::take).unwrap_or_default();
        Ok(Line { note, body })
    }
}

/// Prints a line.
pub fn say(line: &str) -> io::Result<()> {
    use io::Write;
    writeln!(io::stdout().lock(), "{line}")
}
