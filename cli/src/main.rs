//! `mend`: the extension's core for a terminal and for CI jobs.
//!
//! Owns arguments, files and printing. Never judges: every verdict comes from `mend::core`, by the same events that the
//! browser sends.

mod bundle;
mod case;
mod commands;
mod event_log;
mod har;
mod input;
mod output;
mod pages;
mod strip_control;
mod words;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    commands::Mend::parse().run()
}
