//! `mend forecast`: how long an incident still lasts. Owns its question and the printing; the ranges are the core's.

use std::process::ExitCode;

use mend::core::{
    Millis,
    diagnose::forecast::{Remaining, remaining},
    history::{self, Listed, Skip},
    status::IncidentStatus,
    time::rfc3339,
};
use serde_json::{Value, json};

use super::names::names;
use crate::{input, output};

/// Longer than any incident in the table, ten times over; what was asked beyond that is a mistake. In minutes.
const LONGEST: f64 = 30.0 * 24.0 * 60.0;
/// A history larger than this is none. In bytes.
const LARGEST: u64 = 16_000_000;

/// Says how long an incident still lasts, as past ones did.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  mend forecast --elapsed 45 --status identified\n  mend forecast --elapsed 45 --history incidents.json --json"
)]
pub struct Args {
    /// Minutes since the provider published it
    #[arg(long, value_name = "MINUTES", value_parser = minutes)]
    elapsed: f64,
    /// What the provider said last
    #[arg(long, default_value = "investigating", value_parser = names(IncidentStatus::ALL, IncidentStatus::name))]
    status: IncidentStatus,
    /// The provider's newer incidents (`-` is standard input), as saved from status.openai.com/proxy/status.openai.com/incidents
    #[arg(long, value_name = "FILE")]
    history: Option<String>,
    /// A line of JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Prints the answer.
    pub fn run(self) -> ExitCode {
        let history = match self.history.as_deref().map(listed).transpose() {
            Ok(history) => history,
            Err(error) => return output::fail(&format!("{error}; see mend forecast --help")),
        };
        let question = Question { minutes: self.elapsed.round() as i64, status: self.status, history };
        output::print(&format!("{}\n", question.render(self.json)))
    }
}

fn minutes(text: &str) -> Result<f64, String> {
    let minutes = text.parse::<f64>().ok().filter(|minutes| (0.0..=LONGEST).contains(minutes));
    minutes.ok_or_else(|| format!("these are minutes, from 0 to {LONGEST}"))
}

/// What is asked.
struct Question {
    minutes: i64,
    status: IncidentStatus,
    history: Option<Listed>,
}

impl Question {
    /// The answer in one line, JSON or words; in words a second line says what of the history counts, and why not the rest.
    fn render(&self, json: bool) -> String {
        let newer = self.history.as_ref().map(|listed| listed.past.as_slice()).unwrap_or_default();
        let Remaining { p10, p25, p50, p75, p90, n } = remaining(self.minutes, self.status, newer);
        if json {
            let mut told = json!({ "p10": p10, "p25": p25, "p50": p50, "p75": p75, "p90": p90, "n": n });
            if let (Value::Object(told), Some(listed)) = (&mut told, &self.history) {
                let skipped = listed.skipped.iter();
                let skipped = skipped.map(|(entry, why)| json!({ "entry": entry, "why": why.name() })).collect();
                told.insert("read".to_owned(), listed.past.len().into());
                told.insert("skipped".to_owned(), Value::Array(skipped));
            }
            return told.to_string();
        }
        let words = format!(
            "Usually over in another {p25} to {p75} minutes, half of them within {p50}; one of ten within {p10}, one of ten \
             not even after {p90}. ({n} past incidents stand behind this.)"
        );
        self.history.as_ref().map_or(words.clone(), |listed| format!("{words}\n{}", of_history(listed)))
    }
}

/// How much of the history counts.
fn of_history(listed: &Listed) -> String {
    let why = |skip: &Skip| {
        let count = listed.skipped.iter().filter(|(_, why)| why == skip).count();
        (count > 0).then(|| format!("{count} {}", reason(*skip)))
    };
    let reasons: Vec<String> = Skip::ALL.iter().filter_map(why).collect();
    let used = listed.past.len();
    if reasons.is_empty() {
        return format!("Of the history, {used} incidents count; none was left out.");
    }
    format!("Of the history, {used} incidents count; {} were left out: {}.", listed.skipped.len(), reasons.join(", "))
}

fn reason(skip: Skip) -> &'static str {
    match skip {
        Skip::OtherPart => "on other parts than messages and signing in",
        Skip::Work => "of announced work",
        Skip::NoPart => "that name no part",
        Skip::Unknown => "of a shape or a status that is not known",
        Skip::NoBegin => "without a time of publishing",
        Skip::NoEnd => "without a time of their end",
        Skip::NoLength => "that end before they begin, or at once",
    }
}

/// The incidents of a saved list. It tells nothing of the time after its newest word.
fn listed(name: &str) -> Result<Listed, String> {
    let text = input::bytes(name, LARGEST).map_err(|error| error.to_string())?;
    let text = text.ok_or_else(|| format!("{name} is larger than any list of incidents"))?;
    let list: Value = serde_json::from_slice(&text).map_err(|error| format!("{name} is no JSON: {error}"))?;
    let listed = history::read(&list, newest(&list));
    let listed = listed.ok_or_else(|| format!("{name} holds no list of incidents"))?;
    // What was understood and does not count was read all the same.
    if listed.past.is_empty() && !listed.skipped.is_empty() && usize::from(listed.unread()) == listed.skipped.len() {
        return Err(format!("no incident of {name} can be read. {}", of_history(&listed)));
    }
    Ok(listed)
}

/// The newest moment that is named in it.
fn newest(value: &Value) -> Millis {
    match value {
        Value::String(text) => rfc3339(text).unwrap_or(Millis::MIN),
        Value::Array(items) => items.iter().map(newest).max().unwrap_or(Millis::MIN),
        Value::Object(map) => map.values().map(newest).max().unwrap_or(Millis::MIN),
        _ => Millis::MIN,
    }
}
