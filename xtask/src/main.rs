//! `cargo xtask COMMAND`: see `cargo xtask help`.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, builder::PossibleValuesParser};
use xtask::{archive, dist, lint, locales, module, sizes, tests};

/// What ./build.sh calls once it has installed the tools that these commands need.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    /// Builds both wasm modules, and dist/chrome and dist/firefox from them
    Dist,
    /// Packs each folder in dist/ into a zip beside it, the same bytes every time; fails if a language lacks a message
    Zip,
    /// Checks formatting, runs the lints for this machine and for wasm, and builds the documentation
    Lint,
    /// Warns of messages that a language lacks, and fails if one is not as in English
    Locales,
    /// Fails if a wasm module in dist/ is larger than recorded
    Sizes {
        /// Records the sizes as they are now
        #[arg(long)]
        record: bool,
    },
    /// Runs every end-to-end test
    E2e,
    /// Does the long runs at full count
    Soak {
        /// Which; all of them if none is named
        #[arg(value_parser = PossibleValuesParser::new(tests::long_runs()))]
        runs: Vec<String>,
    },
}

fn main() -> ExitCode {
    match run(&Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<()> {
    match command {
        Command::Dist => {
            module::build()?;
            for browser in dist::BROWSERS {
                browser.assemble()?;
            }
            eprintln!("Built dist/chrome and dist/firefox (bytes of wasm: {})", sizes::measured()?);
        }
        Command::Zip => {
            locales::complete(&locales::folder())?;
            for browser in dist::BROWSERS {
                let zip = browser.folder().with_file_name(format!("mend-{}.zip", browser.name));
                archive::pack(&browser.folder(), &zip)?;
            }
        }
        Command::Lint => lint::lint()?,
        Command::Locales => locales::warn(&locales::folder())?,
        Command::Sizes { record: true } => sizes::record()?,
        Command::Sizes { record: false } => sizes::check()?,
        Command::E2e => tests::end_to_end()?,
        Command::Soak { runs } => tests::soak(runs)?,
    }
    Ok(())
}
