//! What of a model is to be written down.

use super::{Entry, Told, What};
use crate::core::{
    Millis, Model,
    model::{Case, Tab},
    plain::{Data, Plain, plain},
};

/// An entry, and for a verdict the scene that it was given on: enough to give it again.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The entry.
    pub entry: Entry,
    /// The part of the model that the verdict rests on.
    pub scene: Option<Plain>,
}
plain!(Note by field { entry, scene });

/// All that a model knows of its cases, in order of time. Mostly it is written already.
pub fn notes(model: &Model, now: Millis) -> Vec<Note> {
    let open = model.tabs.iter().filter(|tab| tab.private == Some(false));
    let mut notes: Vec<Note> = open
        .filter_map(|tab| Some((tab, tab.case.as_ref()?)))
        .flat_map(|(tab, case)| of(model, tab, case, now))
        .collect();
    notes.sort_by_key(|note| note.entry.at);
    notes
}

fn of(model: &Model, tab: &Tab, case: &Case, now: Millis) -> Vec<Note> {
    let name = format!("{}-{}", case.began, case.tab);
    let note = |part: &str, at: Millis, what: What| Note {
        entry: Entry { key: format!("{name}/{part}"), case: name.clone(), at, what },
        scene: None,
    };
    let mut notes = Vec::new();
    for failure in &case.failures {
        notes.push(note(&format!("f{}", failure.id), failure.at, What::Failure(failure.clone())));
    }
    for one in &case.attempts {
        let part = format!("{}-{}-{}", one.rung.name(), one.act.name(), one.began);
        notes.push(note(&part, one.began, What::Fix(one.clone())));
    }
    match &case.mended {
        Some(mended) => notes.push(note("mended", mended.at, What::Mended(mended.clone()))),
        None => notes.extend(verdict(model, tab, now).map(|(told, scene)| Note {
            scene: Some(scene.to_plain()),
            ..note(&format!("v{now}"), now, What::Verdict(told))
        })),
    }
    notes
}

/// The verdict, given on the very scene that is kept with it.
fn verdict(model: &Model, tab: &Tab, now: Millis) -> Option<(Told, Model)> {
    let scene = model.scene(tab);
    let told = super::replay::judge(&scene, now)?;
    Some((told, scene))
}

/// What of these says more than is written. Of verdicts, `written` holds the last one of each case.
pub fn fresh(notes: Vec<Note>, written: &[Entry]) -> Vec<Note> {
    let says_nothing_new = |entry: &Entry| match &entry.what {
        What::Verdict(_) => written.iter().any(|one| one.case == entry.case && one.what == entry.what),
        _ => written.contains(entry),
    };
    notes.into_iter().filter(|note| !says_nothing_new(&note.entry)).collect()
}
