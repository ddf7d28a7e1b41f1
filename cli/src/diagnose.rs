//! A case → the core → a verdict, printed. The only thing it adds is the order of events.

use std::io::{self, Write};

use mend::core::{
    Effect, Event, Millis, Model,
    event::StatusRead,
    names::State,
    update,
    view::{Popup, popup},
};
use serde_json::json;

use crate::{case::Case, words};

/// What came out for one case.
pub struct Diagnosis {
    id: String,
    popup: Popup,
    now: Millis,
}

/// Plays the case through the core, as if its tab were open.
pub fn diagnose(case: Case) -> Diagnosis {
    let mut model = Model::default();
    let mut asked = None;
    let mut now = 0;
    for (event, at) in case.events {
        now = at.max(now);
        for effect in update(&mut model, event, now) {
            if let Effect::ReadStatusPage { id } = effect {
                asked = Some(id);
            }
        }
    }
    if let (Some(id), Some(page)) = (asked, case.status_page) {
        update(&mut model, Event::StatusRead(StatusRead { id, at: now, page }), now);
    }
    Diagnosis { id: case.id, popup: popup(&model, Some(0), now, Millis::MIN), now }
}

/// Prints one case, as a line of JSON or in words.
pub fn print(diagnosis: &Diagnosis, json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let popup = &diagnosis.popup;
    let verdict = &popup.verdict;
    let summary = format!("{} {}", words::say(&verdict.title, diagnosis.now), words::say(&verdict.why, diagnosis.now));
    let evidence: Vec<String> = verdict.evidence.iter().map(|line| words::say(line, diagnosis.now)).collect();
    let next = popup.rungs.iter().find(|rung| rung.state == State::Recommended);
    if json {
        let line = json!({
            "id": diagnosis.id,
            "blame": verdict.blame.name(),
            "cause": verdict.cause.name(),
            "confidence": (verdict.confidence * 100.0).round() / 100.0,
            "next_step": next.map(|rung| rung.rung.name()),
            "advice": verdict.advice.map(|advice| advice.name()),
            "summary": summary,
            "evidence": evidence,
        });
        return writeln!(out, "{line}");
    }
    writeln!(out, "{}: {summary}", diagnosis.id)?;
    writeln!(out, "  {}/{}, {:.0} %", verdict.blame.name(), verdict.cause.name(), verdict.confidence * 100.0)?;
    for line in &evidence {
        writeln!(out, "  · {line}")?;
    }
    for line in &verdict.more {
        writeln!(out, "  ? {}", words::say(line, diagnosis.now))?;
    }
    if let Some(rung) = next {
        let what: Vec<String> = rung.words.iter().map(|line| words::say(line, diagnosis.now)).collect();
        writeln!(out, "  → {}: {}", rung.rung.name(), what.join(" "))?;
    }
    Ok(())
}
