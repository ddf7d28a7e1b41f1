//! `mend completions`: what a shell needs to complete commands and options.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::Mend;
use crate::output;

/// Writes the completions for a shell to standard output.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  mend completions bash > ~/.local/share/bash-completion/completions/mend")]
pub struct Args {
    /// The shell
    shell: Shell,
}

impl Args {
    /// Writes them.
    pub fn run(self) -> ExitCode {
        let mut text = Vec::new();
        generate(self.shell, &mut Mend::command(), "mend", &mut text);
        output::print(&String::from_utf8_lossy(&text))
    }
}
