//! `mend clock`: how long an incident still lasts. Owns its question and the printing; the ranges are the core's.

use std::fs;

use mend::core::{
    Millis,
    check::Stage,
    diagnose::duration::{Past, Remaining, remaining},
    history,
    plain::Plain,
    time::rfc3339,
};
use serde_json::{Value, json};

/// Longer than any incident in the table, ten times over; what was asked beyond that is a mistake.
const LONGEST: f64 = 30.0 * 24.0 * 60.0;
/// A history larger than this is none.
const LARGEST: u64 = 16_000_000;

/// What is asked.
pub struct Question {
    minutes: i64,
    stage: Stage,
    newer: Vec<Past>,
}

impl Question {
    /// Minutes since the provider's first notice, the stage, and the file with the provider's own history.
    pub fn new(elapsed: Option<f64>, stage: Stage, history: Option<&str>) -> Result<Question, String> {
        let minutes = elapsed.filter(|minutes| (0.0..=LONGEST).contains(minutes));
        let minutes = minutes.ok_or_else(|| format!("clock needs --elapsed with minutes, from 0 to {LONGEST}"))?;
        let newer = history.map(newer).transpose()?.unwrap_or_default();
        Ok(Question { minutes: minutes.round() as i64, stage, newer })
    }

    /// The answer in one line: JSON, or words.
    pub fn told(&self, json: bool) -> String {
        let Remaining { p10, p25, p50, p75, p90, n } = remaining(self.minutes, self.stage, &self.newer);
        if json {
            return json!({ "p10": p10, "p25": p25, "p50": p50, "p75": p75, "p90": p90, "n": n }).to_string();
        }
        format!(
            "Usually over in another {p25} to {p75} minutes, half of them within {p50}; one of ten within {p10}, one of ten \
             not even after {p90}. ({n} past incidents stand behind this.)"
        )
    }
}

/// The incidents of a saved list. It tells nothing of the time after its newest word.
fn newer(name: &str) -> Result<Vec<Past>, String> {
    let size = fs::metadata(name).map_err(|error| format!("{name}: {error}"))?.len();
    if size > LARGEST {
        return Err(format!("{name} is larger than any list of incidents"));
    }
    let text = fs::read(name).map_err(|error| format!("{name}: {error}"))?;
    let list: Value = serde_json::from_slice(&text).map_err(|error| format!("{name} is no JSON: {error}"))?;
    Ok(history::read(&Plain::from(&list), newest(&list)))
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
