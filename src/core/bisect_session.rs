//! The search for the extensions that break ChatGPT: switch some off, load the page again, see what comes of the next
//! message, go on. Whatever ends it (found, stopped, given up, a restart of the browser), all others are on again.
//!
//! Where the browser switches no extension for another one, the person does, and Mend looks whether it was done.

use super::{
    Effect, Millis, Model, Task,
    bisect::{BisectStep, Bisection},
    change::Change,
    event::TabId,
    extensions::candidates,
    model::{ActionError, BisectPhase, BisectSession, Tab},
    names::{Action, Rung, State},
    time::{MINUTE, since},
};

/// Who has not tried the page by then has left it: nothing stays off behind a person's back.
const PATIENCE: Millis = 30 * MINUTE;
/// How long a browser may take to switch many.
const SWITCHING: Millis = MINUTE;

/// The search begins: among all that can touch ChatGPT, or with [`Action::Off`] the likeliest alone.
pub(crate) fn begin(model: &mut Model, tab: TabId, act: Action, now: Millis) -> Vec<Effect> {
    let thrower = model.tab(tab).map_or("", Tab::thrower);
    let mut candidates = candidates(model.extensions.as_deref().unwrap_or_default(), thrower);
    if act == Action::Off {
        candidates.truncate(1);
    }
    let open = model.bisect.as_ref().is_some_and(BisectSession::is_open);
    let Some(case) = model.tab_mut(tab).case.as_mut().filter(|_| !candidates.is_empty() && !open) else {
        return Vec::new();
    };
    case.begin(Rung::Extensions, act, now);
    // Each time that it seemed mended was one load that worked, between two that did not.
    let (broken, loads) = (case.relapses + 1, 2 * case.relapses + 1);
    let ids = candidates.iter().map(|one| one.id.clone()).collect();
    model.bisect = Some(BisectSession {
        tab,
        guided: candidates.iter().any(|one| one.by_hand),
        candidates: candidates.into_iter().map(|one| (one.id, one.name)).collect(),
        search: Bisection::new(ids, broken, loads),
        on: Vec::new(),
        phase: BisectPhase::Switching,
        since: now,
        left: 0,
        sure: 0,
        settled: false,
    });
    go_on(model, now)
}

/// What the search wants next.
fn go_on(model: &mut Model, now: Millis) -> Vec<Effect> {
    let Some(bisect) = model.bisect.as_mut() else { return Vec::new() };
    let all = || bisect.candidates.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
    (bisect.on, bisect.left) = (all(), 0);
    bisect.phase = match bisect.search.next() {
        BisectStep::Try { on, left } => {
            (bisect.on, bisect.left) = (on, left);
            BisectPhase::Switching
        }
        BisectStep::Found { culprits, sure } => {
            bisect.on.retain(|id| !culprits.contains(id));
            bisect.sure = (sure * 100.0) as u32;
            BisectPhase::Found
        }
        BisectStep::Innocent => BisectPhase::Innocent,
        BisectStep::Unclear => BisectPhase::Unclear,
    };
    bisect.since = now;
    let (tab, phase, guided, on, off) = (bisect.tab, bisect.phase, bisect.guided, bisect.on.clone(), bisect.off());
    let mut effects = vec![Effect::Wake { at: now.saturating_add(PATIENCE) }];
    if phase == BisectPhase::Found && !guided {
        let id = model.next_id;
        model.changed(Change { id, rung: Rung::Extensions, tab, at: now, off: off.clone(), stuck: false });
    }
    if matches!(phase, BisectPhase::Innocent | BisectPhase::Unclear) {
        over(model, tab, None);
    }
    if phase == BisectPhase::Unclear
        && let Some(case) = model.tab_mut(tab).case.as_mut()
    {
        case.relapses = case.relapses.saturating_add(1);
    }
    if !guided {
        effects.push(set(model, on, off, now));
    }
    effects
}

/// Has these enabled and those disabled.
pub(crate) fn set(model: &mut Model, on: Vec<String>, off: Vec<String>, now: Millis) -> Effect {
    model.ask(Some(Rung::Extensions), Task::SetExtensions { on, off }, SWITCHING, now)
}

/// The browser has switched, or could not.
pub(crate) fn switched(model: &mut Model, on: &[String], ok: bool, now: Millis) -> Vec<Effect> {
    // A change that was put back.
    let back = |one: &Change| ok && one.rung == Rung::Extensions && one.off.iter().all(|id| on.contains(id));
    model.undone(&back, now);
    let Some(bisect) = model.bisect.as_mut() else { return Vec::new() };
    let tab = bisect.tab;
    match (bisect.phase, ok) {
        (BisectPhase::Switching, true) => (bisect.phase, bisect.since) = (BisectPhase::Testing, now),
        (BisectPhase::Switching, false) => {
            over(model, tab, Some(ActionError::NotDone));
            return stop(model, now);
        }
        (BisectPhase::Found, true) if !bisect.settled => bisect.settled = true,
        (BisectPhase::Innocent | BisectPhase::Unclear | BisectPhase::Stopped, true) => {
            bisect.settled = true;
            return Vec::new();
        }
        _ => return Vec::new(),
    }
    model.restart_proof(tab, now);
    vec![model.reload(Rung::Extensions, tab, false, now)]
}

/// A list of extensions came: in a search by hand it tells whether they stand as asked for.
pub(crate) fn listed(model: &mut Model, now: Millis) -> Vec<Effect> {
    let enabled = model.extensions.as_deref().unwrap_or_default();
    let Some(bisect) = model.bisect.as_mut().filter(|bisect| bisect.guided && bisect.awaits_hands()) else {
        return Vec::new();
    };
    let stands = |id: &String| enabled.iter().any(|one| one.id == *id) == bisect.on.contains(id);
    if !bisect.candidates.iter().all(|(id, _)| stands(id)) {
        return Vec::new();
    }
    let on = bisect.on.clone();
    switched(model, &on, true, now)
}

/// Whether what happens in this tab from now on is a try of the search.
pub(crate) fn is_testing(model: &Model, tab: TabId, at: Millis) -> bool {
    model
        .bisect
        .as_ref()
        .is_some_and(|bisect| bisect.tab == tab && bisect.phase == BisectPhase::Testing && at > bisect.since)
}

/// What came of the try.
pub(crate) fn learn(model: &mut Model, broke: bool, now: Millis) -> Vec<Effect> {
    let Some(bisect) = model.bisect.as_mut().filter(|bisect| bisect.phase == BisectPhase::Testing) else {
        return Vec::new();
    };
    bisect.search.learn(broke);
    go_on(model, now)
}

/// The person stops it, or it is given up: everything on again.
pub(crate) fn stop(model: &mut Model, now: Millis) -> Vec<Effect> {
    let Some(bisect) = model.bisect.as_mut().filter(|bisect| bisect.is_open()) else { return Vec::new() };
    bisect.phase = BisectPhase::Stopped;
    bisect.on = bisect.candidates.iter().map(|(id, _)| id.clone()).collect();
    let (tab, guided, on) = (bisect.tab, bisect.guided, bisect.on.clone());
    over(model, tab, None);
    if guided { Vec::new() } else { vec![set(model, on, Vec::new(), now)] }
}

/// Nobody has tried the page for long.
pub(crate) fn expire(model: &mut Model, now: Millis) -> Vec<Effect> {
    let late = model.bisect.as_ref().is_some_and(|bisect| bisect.is_open() && since(now, bisect.since) >= PATIENCE);
    if late { stop(model, now) } else { Vec::new() }
}

/// The browser was closed: the tab is gone. If it was closed in the middle, all are to be on again, but for culprits that
/// were found.
pub(crate) fn restart(model: &mut Model, now: Millis) {
    stop(model, now);
    let Some(bisect) = model.bisect.take().filter(|bisect| !bisect.settled && !bisect.guided) else { return };
    if model.changing().is_none() {
        set(model, bisect.on.clone(), bisect.off(), now);
    }
    model.bisect = Some(bisect);
}

/// The rung's attempt ends without having helped.
fn over(model: &mut Model, tab: TabId, trouble: Option<ActionError>) {
    let cases = model.tabs.iter_mut().filter(|one| one.id == tab).filter_map(|tab| tab.case.as_mut());
    for attempt in
        cases.flat_map(|case| case.attempts.iter_mut()).filter(|one| matches!(one.act, Action::Search | Action::Off))
    {
        attempt.state = State::Failed;
        // What the browser did not do stays known when the search is stopped for it.
        attempt.trouble = trouble.or(attempt.trouble);
    }
}
