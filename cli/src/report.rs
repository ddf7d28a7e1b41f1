//! `mend report`: what a support desk asks of a bundle. In words, or as data.

mod case;
mod verdict;

use serde_json::{Value, json};

use crate::{
    bundle::{Bundle, calm, calm_lines, say},
    input::InputError,
};
use case::Case;

/// Prints what a bundle's journal tells, case by case; where it has none, the report that came with it.
pub fn told(file: &str, json: bool) -> Result<(), InputError> {
    let bundle = Bundle::open(file)?;
    let Some(lines) = bundle.journal() else {
        let report = bundle.report().ok_or_else(|| bundle.lacks("journal.jsonl and no report.md"))?;
        let text = if json { json!({ "bundle": file, "report": report }).to_string() } else { calm_lines(&report) };
        return Ok(say(text.trim_end())?);
    };
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    let cases = case::cases(&lines);
    if json {
        let cases: Vec<Value> = cases.iter().map(Case::data).collect();
        return Ok(say(&json!({ "bundle": file, "cases": cases }).to_string())?);
    }
    match cases.len() {
        0 => say(&format!("{file}: nothing failed"))?,
        1 => say(&format!("{file}: 1 case"))?,
        many => say(&format!("{file}: {many} cases"))?,
    }
    for case in &cases {
        say("")?;
        for line in case.words() {
            say(&calm(&line))?;
        }
    }
    Ok(())
}
