//! Files → cases, one at a time, in bounded memory: of a HAR an entry at a time is held, of a case file the long strings are
//! cut, of a text the head is read.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

use mend::core::{
    Millis,
    formats::{Fault, Format, Truncate, sniff},
    observe::LONGEST,
};

use crate::{case::Case, har, output::complain, strip_control::strip_control};

/// With its long strings cut, a case is far shorter.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;
/// So much of a text is looked at.
const HEAD: u64 = LONGEST as u64;
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
    /// A file that is not what it should be, at the parser's line.
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

/// A file or standard input, buffered; its byte order mark is skipped.
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

/// The bytes of a file (`-` is standard input); none where it has more than `longest`.
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

/// The text of bytes: UTF-16 with a byte order mark, or without one where every second byte is 0 (Windows PowerShell writes both),
/// otherwise UTF-8.
fn decoded(bytes: &[u8]) -> String {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).take(64).all(|byte| *byte == 0) && bytes.len() > 3;
    let wide = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| read(*pair)).collect();
        String::from_utf16_lossy(&units).trim_start_matches('\u{feff}').to_owned()
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ if zeros(1) => wide(u16::from_le_bytes),
        _ if zeros(0) => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Each file in turn. One that fails is said, and the next ones are done all the same.
pub fn each(files: &[String], mut done: impl FnMut(&str) -> Result<(), InputError>) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for file in files {
        if let Err(error) = done(file) {
            if error.is_closed_pipe() {
                return code;
            }
            complain(&error.to_string());
            code = ExitCode::from(2);
        }
    }
    code
}

/// Reads a file (`-` is standard input) and hands on each case in it, dated. What in it was not understood is said.
pub fn read(file: &str, mut each: impl FnMut(Case) -> io::Result<()>) -> Result<(), InputError> {
    let fail = |line: usize, what: String| InputError::Input { file: file.to_owned(), line, what };
    let (mut source, kind) = source(file)?;
    let mut each = |line: usize, mut case: Case| {
        for what in &case.left_out {
            complain(&format!("{file}:{line}: {what} was not understood and is left out"));
        }
        case.date(now());
        each(case)
    };
    match kind {
        Format::Cases => lines(BufReader::with_capacity(AT_ONCE, Truncate::new(source)), &fail, &mut each),
        Format::Har => {
            let case = har::read(file, source).map_err(|fault| InputError::not_a_har(file, &fault))?;
            Ok(each(1, case)?)
        }
        Format::Stream => {
            let mut bytes = Vec::new();
            let read = source.by_ref().take(LONGEST_LINE + 1).read_to_end(&mut bytes);
            read.map_err(|error| fail(1, format!("cannot be read: {error}")))?;
            let whole = (bytes.len() as u64) <= LONGEST_LINE;
            let text = String::from_utf8_lossy(&bytes);
            Ok(each(1, Case::stream(file, whole.then_some(&*text)))?)
        }
        Format::Text => {
            let mut bytes = Vec::new();
            let read = source.by_ref().take(HEAD).read_to_end(&mut bytes);
            read.map_err(|error| fail(1, format!("cannot be read: {error}")))?;
            if bytes.trim_ascii().is_empty() {
                return Err(fail(1, "is empty: there is nothing to diagnose".to_owned()));
            }
            each(1, Case::text(file, &decoded(&bytes), now()))?;
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
    let (head, rest) = head(source).map_err(|error| fail(1, format!("cannot be read: {error}")))?;
    let kind = sniff(file, &head);
    let whole: Box<dyn Read> = Box::new(Cursor::new(head).chain(rest));
    let mut source = BufReader::with_capacity(AT_ONCE, whole);
    let begin = source.fill_buf().map_err(|error| fail(1, format!("cannot be read: {error}")))?;
    if begin.starts_with(BOM) {
        source.consume(BOM.len());
    }
    Ok((source, kind))
}

/// What the format is recognised by. A pipe may give a byte at a time: of what begins as JSON does all of it is waited for,
/// of other text no more than there is, so that a log may be followed.
fn head(mut source: Box<dyn Read>) -> io::Result<(Vec<u8>, Box<dyn Read>)> {
    let mut head = Vec::with_capacity(AT_ONCE);
    let is_open = |head: &[u8]| {
        let text = head.strip_prefix(BOM).unwrap_or(head).trim_ascii_start();
        text.first().is_none_or(|first| *first == b'{') && head.len() < AT_ONCE
    };
    while is_open(&head) {
        let room = (AT_ONCE - head.len()) as u64;
        let mut piece = [0; 8 * 1024];
        let read = source.by_ref().take(room).read(&mut piece)?;
        if read == 0 {
            break;
        }
        head.extend(piece.iter().take(read));
    }
    Ok((head, source))
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
    each: &mut impl FnMut(usize, Case) -> io::Result<()>,
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
        each(number, case)?;
    }
    Ok(())
}

/// The present, in milliseconds since the epoch.
pub fn now() -> Millis {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as Millis)
}

/// The parser's words without its own place: the line is said already.
fn not_json(what: &str, error: &serde_json::Error) -> String {
    let error = error.to_string();
    let error = error.split(" at line ").next().unwrap_or_default();
    let error: String = error.chars().filter(|letter| !letter.is_control()).take(200).collect();
    format!("is not {what}: {error}")
}
