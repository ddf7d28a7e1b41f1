//! `mend diagnose`: a case → the core → a verdict, printed. The only thing it adds is the order of events.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    process::ExitCode,
};

use anstyle::{AnsiColor, Style};
use mend::core::{
    Effect, Event, Millis, Model, Task,
    diagnose::{NoFailure, Tally},
    event::{StatusRead, TabId},
    msg::msg,
    names::{Blame, State},
    observe::Failure,
    status::StatusPage,
    time::{MINUTE, utc},
    update,
    view::{Popup, VerdictView, popup},
};
use serde_json::json;

use crate::{
    case::Case,
    input::{each, read},
    strip_control::strip_control,
    words,
};

/// Says who caused a ChatGPT failure, how sure that is and why, and what to try next.
///
/// A file is a HAR (.har), a case file (.jsonl, one case a line), the saved event stream of an answer, or plain text: an error that the page showed, a traceback, the
/// output of `curl -i`, a line of a log.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  mend diagnose failed.har\n  mend diagnose --json < error.txt")]
pub struct Args {
    /// One line of JSON a case
    #[arg(long)]
    json: bool,
    /// What to read; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<String>,
}

impl Args {
    /// Diagnoses each file.
    pub fn run(self) -> ExitCode {
        each(&self.files, |file| read(file, |case| print(&diagnose(case), self.json)))
    }
}

/// What a file shows is never the whole of it: no verdict is certain.
const SUREST: f64 = 0.97;

/// The id of a case, and the popup that its tab would show.
struct Diagnosis {
    id: String,
    popup: Popup,
}

/// Plays the case through the core, as if its tab were open.
fn diagnose(mut case: Case) -> Diagnosis {
    let id = std::mem::take(&mut case.id);
    let (nothing, evidence) = (case.nothing.take(), std::mem::take(&mut case.evidence));
    let mut tallies = BTreeMap::from([(0, Tally::default())]);
    for (event, _) in &case.events {
        tallies.entry(tab(event)).or_default().take(event);
    }
    let (mut model, now) = play(case, |_, _| {});
    let shown = tallies.into_iter().map(|(tab, tally)| {
        let no_failure = tally.conclude(&mut model, tab);
        let mut popup = popup(&model, Some(tab), now, Millis::MIN);
        if let Some(no_failure) = no_failure {
            (popup.verdict, popup.rungs) = (shown(no_failure), Vec::new());
        }
        popup
    });
    // Of several tabs the one that fails is told of.
    let shown = shown.rev().max_by_key(|popup| weight(&popup.verdict));
    let mut popup = shown.unwrap_or_else(|| popup(&model, Some(0), now, Millis::MIN));
    popup.verdict.confidence = popup.verdict.confidence.min(SUREST);
    popup.verdict.evidence.extend(evidence);
    if let Some(nothing) = nothing {
        // Of a text without an error there is nothing to weigh and nothing to try.
        (popup.verdict.why, popup.rungs) = (nothing, Vec::new());
        (popup.verdict.evidence, popup.verdict.more) = (Vec::new(), Vec::new());
    }
    Diagnosis { id, popup }
}

/// A verdict in words, for other commands.
pub struct Summary {
    /// Whose side it is.
    pub blame: Blame,
    /// Who caused it, how sure that is, and why.
    pub words: String,
    /// What to do first.
    pub advice: String,
}

/// What is said of a case.
pub fn summary(case: Case) -> Summary {
    let popup = diagnose(case).popup;
    let next = popup.rungs.iter().find(|rung| rung.state == State::Recommended);
    let advice: Vec<String> = next.into_iter().flat_map(|rung| &rung.words).map(words::say).collect();
    let verdict = &popup.verdict;
    let words = format!("{} {}", words::say(&verdict.title), words::say(&verdict.why));
    Summary { blame: verdict.blame, words, advice: advice.join(" ") }
}

/// The tab of an event; what belongs to none counts for the first.
fn tab(event: &Event) -> TabId {
    match event {
        Event::Response(one) => one.tab,
        Event::NetError(one) => one.tab,
        Event::Redirect(one) => one.tab,
        Event::PageReport(one) | Event::Inspected(one) => one.tab,
        _ => 0,
    }
}

/// How much a tab's verdict matters: a failure, then that it works, then that nobody knows.
fn weight(verdict: &VerdictView) -> u8 {
    match verdict.blame {
        Blame::Unknown => 0,
        Blame::Benign => 1,
        _ => 2,
    }
}

/// The verdict on a tab whose requests all went well, or failed without consequences.
fn shown(no_failure: NoFailure) -> VerdictView {
    let cause = no_failure.cause();
    VerdictView {
        blame: cause.blame(),
        cause,
        confidence: no_failure.confidence(),
        advice: None,
        title: msg(no_failure.title()),
        why: msg(no_failure.message_key()),
        broken: None,
        evidence: Vec::new(),
        more: no_failure.more().map(msg).into_iter().collect(),
        code: None,
    }
}

/// Plays all events; returns the model and the time at the end, and calls `after` with both after each event. If Mend then
/// still waits for the page to resume an answer that broke off, the time of that wait passes too, as nothing more comes.
pub fn play(case: Case, mut after: impl FnMut(&Model, Millis)) -> (Model, Millis) {
    let mut model = Model::default();
    let (mut now, mut wake) = (0, None);
    for (event, at) in case.events {
        now = at.max(now);
        wake = step(&mut model, event, now, case.status_page.as_ref()).or(wake);
        after(&model, now);
    }
    let waits = model.tabs.iter().any(|tab| tab.doubt.as_ref().is_some_and(Failure::is_cut));
    if let Some(at) = wake.filter(|at| waits && (now..now.saturating_add(MINUTE)).contains(at)) {
        now = at;
        step(&mut model, Event::Tick, now, case.status_page.as_ref());
        after(&model, now);
    }
    (model, now)
}

/// One event, with the status page as it was observed; gives the time at which Mend wants to look again.
fn step(model: &mut Model, event: Event, now: Millis, status_page: Option<&Option<StatusPage>>) -> Option<Millis> {
    let mut wake = None;
    for effect in update(model, event, now) {
        match (effect, status_page) {
            (Effect::Wake { at }, _) => wake = Some(at),
            // Whoever asks is told at once: an answer that comes hours later, with the next event, would be too late.
            (Effect::Do { id, task: Task::StatusPage }, Some(page)) => {
                update(model, Event::StatusRead(StatusRead { id, at: now, page: page.clone() }), now);
            }
            // Nobody looked: that is not a page that could not be read.
            (Effect::Do { id, task: Task::StatusPage }, None) => model.pending.retain(|pending| pending.id != id),
            _ => {}
        }
    }
    // Where nobody asked, the question does not become one that was not answered.
    if status_page.is_none() {
        model.pending.retain(|pending| pending.task != Task::StatusPage);
    }
    wake
}

/// Shown on a terminal alone, and not where `NO_COLOR` is set (no-color.org).
fn colour(blame: Blame) -> AnsiColor {
    match blame {
        Blame::Benign => AnsiColor::Green,
        Blame::Unknown => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    }
}

/// Prints one case, as a line of JSON or in words.
fn print(diagnosis: &Diagnosis, json: bool) -> io::Result<()> {
    let popup = &diagnosis.popup;
    let verdict = &popup.verdict;
    let summary = format!("{} {}", words::say(&verdict.title), words::say(&verdict.why));
    let evidence: Vec<String> = verdict.evidence.iter().map(words::say).collect();
    let next = popup.rungs.iter().find(|rung| rung.state == State::Recommended);
    let what_to_do = next.map(|rung| rung.words.iter().map(words::say).collect::<Vec<_>>().join(" "));
    if json {
        let retry_at = next.and_then(|rung| rung.words.iter().find_map(|words| words.at));
        let line = json!({
            "id": diagnosis.id,
            "blame": verdict.blame.name(),
            "cause": verdict.cause.name(),
            "confidence": (verdict.confidence * 100.0).round() / 100.0,
            "next_step": next.map(|rung| rung.rung.name()),
            "advice": verdict.advice.map(|advice| advice.name()),
            "retry_at": retry_at.map(utc),
            "summary": summary,
            "what_to_do": what_to_do,
            "evidence": evidence,
        });
        return writeln!(io::stdout(), "{line}");
    }
    let mut out = anstream::stdout().lock();
    let colour = Style::new().fg_color(Some(colour(verdict.blame).into()));
    let (blame, cause) = (verdict.blame.name(), verdict.cause.name());
    writeln!(out, "{}: {summary}", strip_control(&diagnosis.id))?;
    writeln!(out, "  {colour}{blame}/{cause}{colour:#}, {:.0} %", verdict.confidence * 100.0)?;
    for line in &evidence {
        writeln!(out, "  · {line}")?;
    }
    for line in &verdict.more {
        writeln!(out, "  ? {}", words::say(line))?;
    }
    if let (Some(rung), Some(what)) = (next, what_to_do) {
        writeln!(out, "  → {}: {what}", rung.rung.name())?;
    }
    Ok(())
}
