//! `mend`: the extension's brain for a terminal and for CI jobs.
//!
//! Owns arguments, files and printing. Never judges: every verdict comes from `mend::core`, by the same events that the
//! browser sends.

mod case;
mod cut;
mod diagnose;
mod har;
mod input;
mod story;
mod words;

use std::process::ExitCode;

const USAGE: &str = "\
mend diagnose [--json] [FILE…]

Says whose side a ChatGPT failure is on. FILE is a HAR (.har), a case file (.jsonl, one case a line) or plain text: a
banner, a traceback, `curl -i` output, a log line. Without FILE, or with -, it reads standard input.

  --json   one line of JSON a case
  --help   this text
";

fn main() -> ExitCode {
    match arguments() {
        Ok(Some((json, files))) => run(json, &files),
        Ok(None) => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("mend: {error}; see mend --help");
            ExitCode::from(2)
        }
    }
}

/// Whether to print JSON, and the files; none where help is asked for.
fn arguments() -> Result<Option<(bool, Vec<String>)>, lexopt::Error> {
    use lexopt::prelude::*;
    let (mut json, mut command, mut files) = (false, None, Vec::new());
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("json") => json = true,
            Long("help") | Short('h') => return Ok(None),
            Value(value) if command.is_none() => command = Some(value.string()?),
            Value(value) => files.push(value.string()?),
            other => return Err(other.unexpected()),
        }
    }
    match command.as_deref() {
        Some("diagnose") => Ok(Some((json, files))),
        Some(other) => Err(format!("there is no command {other:?}").into()),
        None => Ok(None),
    }
}

fn run(json: bool, files: &[String]) -> ExitCode {
    let standard_input = ["-".to_owned()];
    let files = if files.is_empty() { &standard_input } else { files };
    let mut code = ExitCode::SUCCESS;
    for file in files {
        let result = input::read(file, |case| diagnose::print(&diagnose::diagnose(case), json));
        if let Err(error) = result {
            if error.is_closed_pipe() {
                return code;
            }
            eprintln!("{error}");
            code = ExitCode::from(2);
        }
    }
    code
}
