//! `mend redact`: a file without personal data and secrets, in bounded memory. A HAR is written anew from what is known to be
//! harmless; every other text goes through as it is, but for what the detectors find.

use std::{
    io::{self, BufRead, BufWriter, Read, Write},
    process::ExitCode,
};

use crate::{
    input::{self, InputError, Opened, open},
    output::{complain, written},
};
use mend::core::{
    har::{self, RedactError},
    redact::{Keep, Stream},
};

/// What is not redacted.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct KeepArgs {
    /// Leaves the block that an address is of: /24, or /48 of IPv6
    #[arg(long)]
    keep_block: bool,
    /// Leaves ids of conversations
    #[arg(long)]
    keep_conversation: bool,
}

impl From<KeepArgs> for Keep {
    fn from(keep: KeepArgs) -> Keep {
        Keep { block: keep.keep_block, conversation: keep.keep_conversation }
    }
}

/// Writes a file without personal data and secrets.
///
/// Takes out keys, tokens, passwords, cookies, addresses, telephone, card and account numbers, ids of conversations and accounts,
/// and names of folders. The same value leaves the same name everywhere, such as `<email-1>`. A HAR is written anew from what is
/// known to be harmless.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  mend redact server.log > harmless.log\n  mend redact -o harmless.har failed.har")]
pub struct Args {
    #[command(flatten)]
    keep: KeepArgs,
    /// Writes to this file, once all of it is there; `-` is standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    out: String,
    /// What to read; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<String>,
}

impl Args {
    /// Redacts each file.
    pub fn run(self) -> ExitCode {
        match self.out.as_str() {
            "-" => self.redact(&mut BufWriter::new(io::stdout().lock())),
            out => written(out, &self.files, |out| self.redact(out)),
        }
    }

    /// What was taken out is said beside the output, not in it.
    fn redact(&self, out: &mut impl Write) -> ExitCode {
        input::each(&self.files, |file| {
            complain(&redact(file, self.keep.into(), out)?);
            Ok(())
        })
    }
}

/// So much is read at once.
const CHUNK: usize = 256 * 1024;

/// Redacts a file (`-` is standard input), and says what was taken out.
fn redact(file: &str, keep: Keep, out: &mut impl Write) -> Result<String, InputError> {
    let mut source = match open(file)? {
        Opened::Text(source) => source,
        Opened::Har(source) => {
            let count = entries(file, source, out)?;
            return Ok(format!("{file}: {count} entries were written anew, from what is known to be harmless"));
        }
    };
    let mut stream = Stream::new(keep);
    texts(&mut source, &mut stream, out)?;
    let told: Vec<String> = stream.counts().map(|(kind, count)| format!("{count} {}", kind.name())).collect();
    Ok(match told.is_empty() {
        true => format!("{file}: nothing was found"),
        false => format!("{file}: taken out: {}", told.join(", ")),
    })
}

/// A piece at a time.
fn texts(source: &mut impl Read, stream: &mut Stream, out: &mut impl Write) -> io::Result<()> {
    let mut piece = Vec::with_capacity(CHUNK);
    while source.take(CHUNK as u64).read_to_end(&mut piece)? > 0 {
        out.write_all(stream.push(&piece).as_bytes())?;
        piece.clear();
    }
    out.write_all(stream.finish().as_bytes())?;
    out.flush()
}

/// The entries of a HAR, each written as it comes.
fn entries(file: &str, source: impl BufRead, out: &mut impl Write) -> Result<u32, InputError> {
    let counted = har::redact(source, out, env!("CARGO_PKG_VERSION"));
    counted.map(|count| count.written).map_err(|error| match error {
        RedactError::NoHar(fault) => InputError::not_a_har(file, &fault),
        RedactError::Output(error) => error.into(),
    })
}
