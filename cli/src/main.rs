//! `mend`: the extension's brain for a terminal and for CI jobs.
//!
//! Owns arguments, files and printing. Never judges: every verdict comes from `mend::core`, by the same events that the
//! browser sends.

mod backoff;
mod bundle;
mod case;
mod clock;
mod cut;
mod diagnose;
mod frame;
mod har;
mod input;
mod output;
mod pages;
mod redact;
mod replay;
mod report;
mod shape;
mod story;
mod ticket;
mod values;
mod words;

use std::{io::Write, process::ExitCode};

use backoff::Language;
use clock::Question;
use input::InputError;
use mend::core::{
    Millis,
    check::Stage,
    redact::Keep,
    retry::Jitter,
    time::{MINUTE, SECOND},
};
use output::Output;
use ticket::Ticket;

const USAGE: &str = "\
mend diagnose [--json] [FILE…]

Says whose side a ChatGPT failure is on. FILE is a HAR (.har), a case file (.jsonl, one case a line) or plain text: a
banner, a traceback, `curl -i` output, a log line. Without FILE, or with -, it reads standard input.

mend redact [--keep-block] [--keep-conversation] [-o OUT] FILE…

Writes FILE to standard output without what belongs to a person or opens a door: keys, tokens, passwords, cookies, addresses,
telephone, card and account numbers, ids of conversations and accounts, names of folders. The same value leaves the same name
everywhere, such as <email-1>. A HAR is written anew from what is known to be harmless. Without FILE, or with -, it reads
standard input.

mend ticket [--keep-block] [--keep-conversation] -o OUT.zip [FILE…]

Makes of the same files what a support desk asks for: prints the text, and writes a bundle with it, the journal and a HAR of
what failed, without what belongs to a person.

mend replay [--json] BUNDLE.zip…

Gives each verdict in a support bundle's journal again. Ends with status 1 where one is not the same, byte for byte, and with
2 where a bundle cannot be read.

mend report [--json] BUNDLE.zip…

Says what a support desk asks: since when, how often, whose side, with which ids, what was tried and what came of it.

mend clock --elapsed MINUTES [--stage identified|monitoring] [--history FILE] [--json]

Says how long an incident still lasts that the provider published so many minutes ago, as past ones did; FILE adds the
provider's newer ones, as saved from status.openai.com/proxy/status.openai.com/incidents.

mend backoff [--policy none|exponential|quarter|full|equal|decorrelated] [--base MS] [--cap MS] [--clients N]
             [--outage MIN] [--timeout S] [--json] [--plot OUT.svg]
mend backoff --code python|node|rust|curl [--policy …] [--base MS] [--cap MS] [--timeout S] [--budget MIN] [--rpm N]

Says what a way to try again costs a server that is away for a while, and when its clients are served after that; without
--policy, for all of them. With --plot it draws the calls over time as well. With --code it writes a program that tries
again like that, for at most so many minutes, begins at most so many requests a minute, does as the server asks, and never
tries again what cannot pass. Waits are from 2 s to 5 min by default, and a try fails after a minute without an answer.

  --json               one line of JSON a case, or a bundle
  -o OUT               writes to this file, once all of it is there, instead of to standard output
  --keep-block         leaves the block that an address is of: /24, or /48 of IPv6
  --keep-conversation  leaves ids of conversations
  --help               this text
";

/// More clients tell nothing more.
const MOST_CLIENTS: u32 = 10_000;
/// Nor does a longer outage, in minutes.
const A_DAY: u16 = 24 * 60;

/// What is asked for.
enum Command {
    Diagnose { json: bool, files: Vec<String> },
    Redact { keep: Keep, out: Option<String>, files: Vec<String> },
    Ticket { keep: Keep, out: String, files: Vec<String> },
    Replay { json: bool, files: Vec<String> },
    Report { json: bool, files: Vec<String> },
    Backoff(backoff::Asked),
    Clock { json: bool, question: Question },
    Help,
}

fn main() -> ExitCode {
    match arguments() {
        Ok(Command::Diagnose { json, files }) => diagnosed(json, &files),
        Ok(Command::Redact { keep, out: Some(out), files }) => redacted_to(&out, keep, &files),
        Ok(Command::Redact { keep, out: None, files }) => {
            redacted(keep, &files, &mut std::io::BufWriter::new(std::io::stdout().lock()))
        }
        Ok(Command::Ticket { keep, out, files }) => ticket_to(&out, keep, &files),
        Ok(Command::Replay { json, files }) => replayed(json, &files),
        Ok(Command::Report { json, files }) => each(&files, |file| report::told(file, json)),
        Ok(Command::Backoff(asked)) => backed_off(&asked),
        Ok(Command::Clock { json, question }) => {
            println!("{}", question.told(json));
            ExitCode::SUCCESS
        }
        Ok(Command::Help) => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("mend: {error}; see mend --help");
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Command, lexopt::Error> {
    use lexopt::prelude::*;
    let (mut json, mut command, mut files) = (false, None, Vec::new());
    let mut keep = Keep::default();
    let mut out = None;
    let mut backoff = backoff::Asked::default();
    let (mut elapsed, mut stage, mut history) = (None, Stage::Investigating, None);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("json") => json = true,
            Long("keep-block") => keep.block = true,
            Long("keep-conversation") => keep.conversation = true,
            Short('o') => out = Some(parser.value()?.string()?).filter(|out| out != "-"),
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("elapsed") => elapsed = Some(parser.value()?.parse::<f64>()?),
            Long("history") => history = Some(parser.value()?.string()?),
            Long("policy") => {
                let name = parser.value()?.string()?;
                backoff.jitter = Some(Jitter::from_name(&name).ok_or_else(|| format!("there is no policy {name:?}"))?);
            }
            Long("base") => backoff.policy.base = parser.value()?.parse::<u32>()?.into(),
            Long("cap") => backoff.policy.cap = parser.value()?.parse::<u32>()?.into(),
            Long("clients") => backoff.outage.clients = parser.value()?.parse::<u32>()?.clamp(1, MOST_CLIENTS),
            Long("outage") => backoff.outage.lasts = minutes(parser.value()?.parse()?),
            Long("timeout") => backoff.policy.timeout = Millis::from(parser.value()?.parse::<u16>()?.max(1)) * SECOND,
            Long("plot") => backoff.plot = Some(parser.value()?.string()?),
            Long("code") => {
                let name = parser.value()?.string()?;
                let language = Language::from_name(&name).ok_or_else(|| format!("no code is written in {name:?}"))?;
                backoff.code = Some(language);
            }
            Long("budget") => backoff.budget = minutes(parser.value()?.parse()?),
            Long("rpm") => backoff.rpm = parser.value()?.parse::<u16>()?.max(1).into(),
            Long("stage") => {
                let name = parser.value()?.string()?;
                stage = Stage::from_name(&name).ok_or_else(|| format!("there is no stage {name:?}"))?;
            }
            Value(value) if command.is_none() => command = Some(value.string()?),
            Value(value) => files.push(value.string()?),
            other => return Err(other.unexpected()),
        }
    }
    if out.is_some() && !matches!(command.as_deref(), Some("redact" | "ticket")) {
        return Err("only redact and ticket take -o".into());
    }
    if backoff.code.is_some() && (json || backoff.plot.is_some()) {
        return Err("--code writes the program alone".into());
    }
    if history.is_some() && command.as_deref() != Some("clock") {
        return Err("only clock takes --history".into());
    }
    match (command.as_deref(), elapsed) {
        (Some("ticket"), None) => {
            let out = out.ok_or("ticket needs -o with the name of the bundle")?;
            Ok(Command::Ticket { keep, out, files })
        }
        (Some("redact"), None) => Ok(Command::Redact { keep, out, files }),
        (Some("diagnose"), None) => Ok(Command::Diagnose { json, files }),
        (Some("replay"), None) => Ok(Command::Replay { json, files }),
        (Some("report"), None) => Ok(Command::Report { json, files }),
        (Some("backoff"), None) => Ok(Command::Backoff(backoff::Asked { json, ..backoff })),
        (Some("clock"), _) => Ok(Command::Clock { json, question: Question::new(elapsed, stage, history.as_deref())? }),
        (Some("diagnose" | "redact" | "ticket" | "replay" | "report" | "backoff"), _) => {
            Err("only clock takes --elapsed".into())
        }
        (Some(other), _) => Err(format!("there is no command {other:?}").into()),
        (None, _) => Ok(Command::Help),
    }
}

/// Each file in turn, or standard input. One that fails is said, and the next ones are done all the same.
fn each(files: &[String], mut done: impl FnMut(&str) -> Result<(), InputError>) -> ExitCode {
    let standard_input = ["-".to_owned()];
    let files = if files.is_empty() { &standard_input } else { files };
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

fn diagnosed(json: bool, files: &[String]) -> ExitCode {
    each(files, |file| input::read(file, |case| diagnose::print(&diagnose::diagnose(case), json)))
}

/// A verdict that changed is no error, but whoever runs this in a job wants to know.
fn replayed(json: bool, files: &[String]) -> ExitCode {
    let mut same = true;
    let code = each(files, |file| {
        same &= replay::told(file, json)?;
        Ok(())
    });
    if code == ExitCode::SUCCESS && !same { ExitCode::FAILURE } else { code }
}

/// What was taken out is said beside the output, not in it.
fn redacted(keep: Keep, files: &[String], out: &mut impl Write) -> ExitCode {
    each(files, |file| {
        eprintln!("{}", redact::redact(file, keep, out)?);
        Ok(())
    })
}

/// What cannot be done in full leaves the file as it was.
fn redacted_to(name: &str, keep: Keep, files: &[String]) -> ExitCode {
    written(name, files, |out| redacted(keep, files, out))
}

/// A part of it must not pass for the whole: it is written beside its place, and moved there once all of it is there.
fn written(name: &str, files: &[String], write: impl FnOnce(&mut Output) -> ExitCode) -> ExitCode {
    let mut out = match Output::begin(name, files) {
        Ok(out) => out,
        Err(error) => {
            eprintln!("mend: {error}");
            return ExitCode::from(2);
        }
    };
    if write(&mut out) != ExitCode::SUCCESS {
        eprintln!("mend: {name} was not written");
        return ExitCode::from(2);
    }
    match out.finish() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mend: {name} cannot be written: {error}");
            ExitCode::from(2)
        }
    }
}

/// The program alone, or the table and, where it is asked for, the picture.
fn backed_off(asked: &backoff::Asked) -> ExitCode {
    if let Some(language) = asked.code {
        return match asked.program(language) {
            Ok(program) => {
                print!("{program}");
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("mend: {error}");
                ExitCode::from(2)
            }
        };
    }
    let herds = asked.play();
    println!("{}", backoff::told(asked, &herds));
    let Some(plot) = &asked.plot else { return ExitCode::SUCCESS };
    written(plot, &[], |out| match out.write_all(backoff::svg(asked, &herds).as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(2),
    })
}

/// No longer than a day.
fn minutes(number: u16) -> Millis {
    Millis::from(number.min(A_DAY)) * MINUTE
}

/// The text for whoever reads along, the bundle for the desk.
fn ticket_to(name: &str, keep: Keep, files: &[String]) -> ExitCode {
    let mut ticket = Ticket::default();
    let code = each(files, |file| ticket.read(file));
    let Some((text, bundle)) = ticket.made(keep) else {
        eprintln!("mend: nothing failed in it, so there is nothing to report; {name} was not written");
        return ExitCode::from(2);
    };
    print!("{text}");
    written(name, files, |out| if out.write_all(&bundle).is_ok() { code } else { ExitCode::from(2) })
}
