//! `mend report`: what a support desk asks of a bundle. In words, or as data.

mod case;
mod verdict;

use std::process::ExitCode;

use serde_json::{Value, json};

use crate::{
    bundle::{Bundle, BundleArgs, say},
    input::{InputError, each},
    strip_control::{strip_control, strip_control_lines},
};
use case::Case;

/// Says what a support desk asks of a bundle: since when, how often, who caused it, with which ids, what was tried and what came of
/// it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  mend report mend-ticket.zip")]
pub struct Args {
    #[command(flatten)]
    bundles: BundleArgs,
}

impl Args {
    /// Reports on each bundle.
    pub fn run(self) -> ExitCode {
        each(&self.bundles.files, |file| render(file, self.bundles.json))
    }
}

/// Prints what a bundle's journal tells, case by case; where it has none, the report that came with it.
fn render(file: &str, json: bool) -> Result<(), InputError> {
    let bundle = Bundle::open(file)?;
    let Some(lines) = bundle.journal() else {
        let report = bundle.report().ok_or_else(|| bundle.lacks("journal.jsonl and no report.md"))?;
        let text =
            if json { json!({ "bundle": file, "report": report }).to_string() } else { strip_control_lines(&report) };
        return Ok(say(text.trim_end())?);
    };
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    let cases = case::cases(&lines);
    if json {
        let cases: Vec<Value> = cases.iter().map(Case::data).collect();
        return Ok(say(&json!({ "bundle": file, "cases": cases }).to_string())?);
    }
    let name = strip_control(file);
    match cases.len() {
        0 => say(&format!("{name}: nothing failed"))?,
        1 => say(&format!("{name}: 1 case"))?,
        many => say(&format!("{name}: {many} cases"))?,
    }
    for case in &cases {
        say("")?;
        for line in case.words() {
            say(&strip_control(&line))?;
        }
    }
    Ok(())
}
