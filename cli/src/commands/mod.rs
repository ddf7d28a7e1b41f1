//! The commands: a file for each, with its arguments and what it does.
//!
//! Exit codes: 0 it was done; 1 `replay` found a verdict that is not the same, or `api` a set-up that does not work; 2 an argument or a file is at fault.

mod api;
mod backoff;
mod completions;
mod diagnose;
mod forecast;
mod man;
mod names;
mod redact;
mod replay;
mod report;
mod ticket;

use std::process::ExitCode;

/// Says who caused a ChatGPT failure, and what to do about it.
///
/// The browser extension's core for a terminal. Nothing that is read here leaves this machine; only `mend api` makes requests, to the server that you name.
#[derive(Debug, clap::Parser)]
// Of an option that is given twice the last one counts, as in a shell's alias and a command after it.
#[command(name = "mend", version, arg_required_else_help = true, subcommand_required = true, args_override_self = true)]
pub struct Mend {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Diagnose(diagnose::Args),
    Redact(redact::Args),
    Ticket(ticket::Args),
    Replay(replay::Args),
    Report(report::Args),
    #[command(visible_alias = "clock")]
    Forecast(forecast::Args),
    Api(api::Args),
    Backoff(backoff::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Mend {
    /// Does what is asked.
    pub fn run(self) -> ExitCode {
        match self.command {
            Command::Diagnose(args) => args.run(),
            Command::Redact(args) => args.run(),
            Command::Ticket(args) => args.run(),
            Command::Replay(args) => args.run(),
            Command::Report(args) => args.run(),
            Command::Forecast(args) => args.run(),
            Command::Api(args) => args.run(),
            Command::Backoff(args) => args.run(),
            Command::Completions(args) => args.run(),
            Command::Man(args) => args.run(),
        }
    }
}
