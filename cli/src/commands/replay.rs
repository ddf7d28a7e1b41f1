//! `mend replay`: every verdict of a bundle's journal given again, on the snapshot that was kept with it.

use std::process::ExitCode;

use mend::core::{
    journal::{JournalEvent, RecordedVerdict, replay},
    json::to_value,
};
use serde_json::{Value, json};

use crate::{
    bundle::{Bundle, BundleArgs, Line, say},
    input::{InputError, each},
    strip_control::strip_control,
};

/// Gives each verdict in a support bundle's journal again, and says where it is not the same.
///
/// Ends with status 1 where a verdict is not the same, byte for byte, and with 2 where a bundle cannot be read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  mend replay mend-ticket.zip")]
pub struct Args {
    #[command(flatten)]
    bundles: BundleArgs,
}

impl Args {
    /// Replays each bundle. A verdict that changed is no error, but whoever runs this in a job wants to know.
    pub fn run(self) -> ExitCode {
        let mut same = true;
        let code = each(&self.bundles.files, |file| {
            same &= render(file, self.bundles.json)?;
            Ok(())
        });
        if code == ExitCode::SUCCESS && !same { ExitCode::FAILURE } else { code }
    }
}

/// A verdict that is not the same, byte for byte.
struct Changed {
    key: String,
    then: RecordedVerdict,
    /// None where it cannot be given again.
    now: Option<RecordedVerdict>,
    /// Why not, or what stands there instead.
    why: Option<&'static str>,
}

/// Replays a bundle and prints what came of it; whether every verdict is the same.
fn render(file: &str, json: bool) -> Result<bool, InputError> {
    let bundle = Bundle::open(file)?;
    let (mut verdicts, mut changed) = (0, Vec::new());
    for line in bundle.journal().ok_or_else(|| bundle.lacks("journal.jsonl"))? {
        let line = line?;
        verdicts += u32::from(matches!(line.note.entry.what, JournalEvent::Verdict(_)));
        changed.extend(again(&line));
    }
    if json {
        let differences: Vec<Value> = changed.iter().map(data).collect();
        say(&json!({ "bundle": file, "verdicts": verdicts, "differences": differences }).to_string())?;
        return Ok(changed.is_empty());
    }
    let count = match verdicts {
        1 => "1 verdict".to_owned(),
        many => format!("{many} verdicts"),
    };
    let name = strip_control(file);
    match changed.len() {
        0 => say(&format!("{name}: {count}, all the same"))?,
        differ => say(&format!("{name}: {count}, {differ} not the same"))?,
    }
    for one in &changed {
        say(&words(one))?;
    }
    Ok(changed.is_empty())
}

/// None where the verdict is the same.
fn again(line: &Line) -> Option<Changed> {
    let entry = &line.note.entry;
    let JournalEvent::Verdict(then) = &entry.what else { return None };
    let changed = |now: Option<RecordedVerdict>, why| Changed { key: entry.key.clone(), then: then.clone(), now, why };
    let Some(snapshot) = &line.note.snapshot else { return Some(changed(None, Some("no snapshot was kept with it"))) };
    match replay(entry, snapshot) {
        Some(difference) if difference.now.is_none() => Some(changed(None, Some("its snapshot cannot be read"))),
        Some(difference) => Some(changed(difference.now, None)),
        // Equal as it is understood; what stands in the journal may still say more.
        None if to_value(&then) == line.body => None,
        None => Some(changed(Some(then.clone()), Some("the line holds more than a verdict"))),
    }
}

fn data(one: &Changed) -> Value {
    let told = |told: &RecordedVerdict| to_value(&told);
    json!({ "key": one.key, "then": told(&one.then), "now": one.now.as_ref().map(told) })
}

fn words(one: &Changed) -> String {
    let told = |told: &RecordedVerdict| format!("{}/{} {} %", told.blame.name(), told.cause.name(), told.confidence);
    let mut line = format!("  {}: {}", strip_control(&one.key), told(&one.then));
    let Some(now) = &one.now else { return format!("{line}: {}", one.why.unwrap_or_default()) };
    line += &format!(" → {}", told(now));
    if one.then.guess != now.guess {
        line += &format!(", guess {} → {}", one.then.guess.name(), now.guess.name());
    }
    let gone = |from: &RecordedVerdict, other: &RecordedVerdict| -> Vec<String> {
        from.evidence.iter().filter(|fact| !other.evidence.contains(fact)).map(|fact| strip_control(fact)).collect()
    };
    let added = gone(now, &one.then).into_iter().map(|fact| format!(" +{fact}"));
    line.extend(added.chain(gone(&one.then, now).into_iter().map(|fact| format!(" -{fact}"))));
    match one.why {
        Some(why) => format!("{line}: {why}"),
        None => line,
    }
}
