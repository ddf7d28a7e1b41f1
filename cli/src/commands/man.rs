//! `mend man`: the manual pages, from the same words as `--help`.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_mangen::Man;

use super::Mend;
use crate::output;

/// Writes a manual page to standard output, in roff.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  mend man diagnose | man -l -")]
pub struct Args {
    /// The command whose page it is; without, the page of mend itself
    command: Option<String>,
}

impl Args {
    /// Writes it.
    pub fn run(self) -> ExitCode {
        let mut mend = Mend::command();
        mend.build();
        let page = match &self.command {
            None => Some(mend.clone()),
            Some(name) => mend.find_subcommand(name).cloned(),
        };
        let Some(page) = page else {
            return output::fail(&format!(
                "there is no command {:?}; see mend --help",
                self.command.unwrap_or_default()
            ));
        };
        let mut text = Vec::new();
        match Man::new(page).render(&mut text) {
            Ok(()) => output::print(&String::from_utf8_lossy(&text)),
            Err(error) => output::fail(&format!("the page could not be written: {error}")),
        }
    }
}
