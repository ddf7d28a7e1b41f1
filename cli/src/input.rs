//! Files → cases, one at a time, in bounded memory: of a HAR an entry at a time is held, of a case file the long strings are
//! cut, of a text the head is read.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    process::ExitCode,
};

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

use mend::core::formats::{Fault, Format, Truncate, sniff};

use crate::{case::Case, har, strip_control::strip_control};

/// With its long strings cut, a case is far shorter.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;
/// So much of a text is looked at; errors stand at the top of what people paste.
const HEAD: u64 = 65_536;
/// So much is read at once.
const AT_ONCE: usize = 64 * 1024;
/// From this size on it is shown how much of a file is read, in bytes.
const LONG: u64 = 50_000_000;
const MOST_SKIPPED: u64 = 256 * 1024 * 1024;
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Why a file could not be done: `FILE:LINE: what is wrong`.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The input is at fault.
    #[error("{file}:{line}: {what}")]
    Input {
        /// The file as it was named.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Output(#[from] io::Error),
}

impl InputError {
    /// A file that is not what it should be.
    pub fn not_json(file: &str, what: &str, error: &serde_json::Error) -> InputError {
        InputError::Input { file: file.to_owned(), line: error.line().max(1), what: not_json(what, error) }
    }

    /// A file that is no HAR from there on.
    pub fn not_a_har(file: &str, Fault { line, error }: &Fault) -> InputError {
        InputError::Input { file: file.to_owned(), line: *line, what: not_json("a HAR", error) }
    }

    /// Whoever read our output has seen enough (`mend diagnose … | head`).
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, InputError::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// A file, as it comes.
type Source = BufReader<Box<dyn Read>>;

/// What a file holds.
pub enum Opened {
    /// A HAR.
    Har(Source),
    /// Anything else.
    Text(Source),
}

/// Opens a file (`-` is standard input).
pub fn open(file: &str) -> Result<Opened, InputError> {
    let (source, kind) = source(file)?;
    Ok(match kind {
        Format::Har => Opened::Har(source),
        _ => Opened::Text(source),
    })
}

/// A file as it is (`-` is standard input); none where it is longer than that.
pub fn bytes(file: &str, longest: u64) -> Result<Option<Vec<u8>>, InputError> {
    let (source, _) = source(file)?;
    let mut bytes = Vec::new();
    let read = source.take(longest + 1).read_to_end(&mut bytes);
    let read = read.map_err(|error| InputError::Input {
        file: file.to_owned(),
        line: 1,
        what: format!("cannot be read: {error}"),
    })?;
    Ok((read as u64 <= longest).then_some(bytes))
}

/// Each file in turn. One that fails is said, and the next ones are done all the same.
pub fn each(files: &[String], mut done: impl FnMut(&str) -> Result<(), InputError>) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for file in files {
        if let Err(error) = done(file) {
            if error.is_closed_pipe() {
                return code;
            }
            eprintln!("{error}");
            code = ExitCode::from(2);
        }
    }
    code
}

/// Reads a file (`-` is standard input) and hands on each case in it.
pub fn read(file: &str, mut each: impl FnMut(Case) -> io::Result<()>) -> Result<(), InputError> {
    let fail = |line: usize, what: String| InputError::Input { file: file.to_owned(), line, what };
    let (mut source, kind) = source(file)?;
    match kind {
        Format::Cases => lines(BufReader::with_capacity(AT_ONCE, Truncate::new(source)), &fail, &mut each),
        Format::Har => {
            let case = har::read(file, source).map_err(|fault| InputError::not_a_har(file, &fault))?;
            Ok(each(case)?)
        }
        Format::Stream => {
            let mut bytes = Vec::new();
            let read = source.by_ref().take(LONGEST_LINE + 1).read_to_end(&mut bytes);
            read.map_err(|error| fail(1, format!("cannot be read: {error}")))?;
            let whole = (bytes.len() as u64) <= LONGEST_LINE;
            let text = String::from_utf8_lossy(&bytes);
            Ok(each(Case::stream(file, whole.then_some(&*text)))?)
        }
        Format::Text => {
            let mut bytes = Vec::new();
            let read = source.by_ref().take(HEAD).read_to_end(&mut bytes);
            read.map_err(|error| fail(1, format!("cannot be read: {error}")))?;
            each(Case::text(file, &String::from_utf8_lossy(&bytes)))?;
            // Whoever writes into a pipe of ours may finish, but not go on for ever.
            let _ = io::copy(&mut source.take(MOST_SKIPPED), &mut io::sink());
            Ok(())
        }
    }
}

fn source(file: &str) -> Result<(Source, Format), InputError> {
    let fail = |line: usize, what: String| InputError::Input { file: file.to_owned(), line, what };
    let source: Box<dyn Read> = if file == "-" {
        Box::new(io::stdin())
    } else {
        let opened = File::open(file).map_err(|error| fail(1, format!("cannot be opened: {error}")))?;
        let data = opened.metadata().map_err(|error| fail(1, format!("cannot be read: {error}")))?;
        if data.is_dir() {
            return Err(fail(1, "is a folder, not a file".to_owned()));
        }
        if data.len() < LONG { Box::new(opened) } else { Box::new(progress(file, data.len()).wrap_read(opened)) }
    };
    let mut source = BufReader::with_capacity(AT_ONCE, source);
    let head = source.fill_buf().map_err(|error| fail(1, format!("cannot be read: {error}")))?;
    let kind = sniff(file, head);
    if head.starts_with(BOM) {
        source.consume(BOM.len());
    }
    Ok((source, kind))
}

/// How much of a file is read; shown on a terminal alone.
fn progress(file: &str, size: u64) -> ProgressBar {
    let look = ProgressStyle::with_template("{msg} {wide_bar} {bytes} of {total_bytes}, {eta} left");
    let bar = ProgressBar::new(size).with_message(strip_control(file)).with_finish(ProgressFinish::AndClear);
    look.map_or(bar.clone(), |look| bar.with_style(look))
}

fn lines(
    mut source: impl BufRead,
    fail: &dyn Fn(usize, String) -> InputError,
    each: &mut impl FnMut(Case) -> io::Result<()>,
) -> Result<(), InputError> {
    for number in 1.. {
        let mut line = Vec::new();
        let read = source.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut line);
        match read.map_err(|error| fail(number, format!("cannot be read: {error}")))? {
            0 => break,
            long if long as u64 > LONGEST_LINE => return Err(fail(number, "is longer than 16 MB".to_owned())),
            _ if line.trim_ascii().is_empty() => continue,
            _ => {}
        }
        let case = Case::line(&line).map_err(|error| fail(number, not_json("a case", &error)))?;
        each(case)?;
    }
    Ok(())
}

/// The parser's words without its own place: the line is said already.
fn not_json(what: &str, error: &serde_json::Error) -> String {
    let error = error.to_string();
    let error = error.split(" at line ").next().unwrap_or_default();
    let error: String = error.chars().filter(|letter| !letter.is_control()).take(200).collect();
    format!("is not {what}: {error}")
}
