//! What is written: to the terminal, or into a file that is written whole or not at all: beside its place first, and then moved
//! there.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process::{self, ExitCode},
};

use same_file::Handle;

use crate::strip_control::strip_control;

/// Prints a text. Whoever reads it and has seen enough is no failure (`mend backoff | head`).
pub fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            fail(&format!("the answer could not be written: {error}"))
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Says what went wrong; the exit code of a question or a file at fault.
pub fn fail(what: &str) -> ExitCode {
    complain(&format!("mend: {what}"));
    ExitCode::from(2)
}

/// Says a line beside the output; it may name files of others.
pub fn complain(what: &str) {
    // Where nobody can read it, there is nobody to tell that.
    let _ = writeln!(io::stderr(), "{}", strip_control(what));
}

/// Writes a file whole. What cannot be done in full leaves the file as it was: a part of it must not pass for the whole.
pub fn written(name: &str, inputs: &[String], write: impl FnOnce(&mut Output) -> ExitCode) -> ExitCode {
    let mut out = match Output::begin(name, inputs) {
        Ok(out) => out,
        Err(error) => return fail(&error.to_string()),
    };
    if write(&mut out) != ExitCode::SUCCESS {
        return fail(&format!("{name} was not written"));
    }
    match out.finish() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("{name} cannot be written: {error}")),
    }
}

/// A file on its way. Dropped before it is finished, it leaves what stood there as it was.
pub struct Output {
    file: Option<BufWriter<File>>,
    beside: PathBuf,
    place: PathBuf,
}

/// Why nothing can be written there.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// It would take the place of what is read.
    #[error("{0} is one of the files that are read; name another one")]
    Read(String),
    /// Something else than a file stands there.
    #[error("{0} is no plain file")]
    NoFile(String),
    /// The system refuses.
    #[error("{0} cannot be written: {1}")]
    System(String, #[source] io::Error),
}

impl Output {
    /// Begins to write what is to stand at this place, and is none of the files that are read.
    pub fn begin(name: &str, inputs: &[String]) -> Result<Output, OutputError> {
        let failed = |error: io::Error| OutputError::System(name.to_owned(), error);
        // Where a link leads, so that the link stays one.
        let place = match Path::new(name).canonicalize() {
            Ok(place) if !place.is_file() => return Err(OutputError::NoFile(name.to_owned())),
            Ok(place) if inputs.iter().any(|input| is_same(input, &place)) => {
                return Err(OutputError::Read(name.to_owned()));
            }
            Ok(place) => place,
            // A link that leads nowhere, or to a pipe (`/dev/stdout`), is not to be replaced.
            Err(_) if Path::new(name).is_symlink() => return Err(OutputError::NoFile(name.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => PathBuf::from(name),
            Err(error) => return Err(failed(error)),
        };
        let own = place.file_name().ok_or_else(|| OutputError::NoFile(name.to_owned()))?;
        let mut part = own.to_owned();
        part.push(format!(".{}.part", process::id()));
        let beside = place.with_file_name(part);
        let file = OpenOptions::new().write(true).create_new(true).open(&beside).map_err(failed)?;
        Ok(Output { file: Some(BufWriter::new(file)), beside, place })
    }

    /// It is whole: from now on it stands in its place.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(file) = self.file.take() {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
            if let Ok(before) = fs::metadata(&self.place) {
                file.set_permissions(before.permissions())?;
            }
        }
        fs::rename(&self.beside, &self.place)
    }
}

/// Whether an input (`-` is standard input) is this file.
fn is_same(input: &str, place: &Path) -> bool {
    let input = if input == "-" { Handle::stdin() } else { Handle::from_path(input) };
    input.and_then(|input| Ok(input == Handle::from_path(place)?)).unwrap_or(false)
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), BufWriter::flush)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        drop(self.file.take()); // Closed first: Windows removes no open file.
        // Where it was finished, nothing stands there any more.
        let _ = fs::remove_file(&self.beside);
    }
}
