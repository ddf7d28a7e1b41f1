//! `mend clock`: how long an incident still lasts. Owns the printing; the ranges are the core's.

use mend::core::{
    check::Stage,
    diagnose::duration::{Remaining, remaining},
};
use serde_json::json;

/// One line: JSON, or words.
pub fn told(json: bool, minutes: i64, stage: Stage) -> String {
    let Remaining { p10, p25, p50, p75, p90, n } = remaining(minutes, stage);
    if json {
        return json!({ "p10": p10, "p25": p25, "p50": p50, "p75": p75, "p90": p90, "n": n }).to_string();
    }
    format!(
        "Usually over in another {p25} to {p75} minutes, half of them within {p50}; one of ten within {p10}, one of ten not \
         even after {p90}. ({n} past incidents stand behind this.)"
    )
}
