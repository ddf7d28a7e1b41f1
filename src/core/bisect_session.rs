//! A bisection under way: switches some extensions off, reloads the page, waits for the result of the next message,
//! and repeats. However it ends (found, stopped, given up, restart of the browser), all others are switched on again.
//!
//! Where the browser lets no extension switch another one, the person switches them and Mend checks the result.

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

/// Longest wait for a try of the page. After that the bisection is stopped, so that nothing stays off unnoticed.
const PATIENCE: Millis = 30 * MINUTE;
/// How long the browser may take to switch many extensions.
const SWITCHING: Millis = MINUTE;

/// Begins a bisection of all extensions that can reach ChatGPT, or with [`Action::Off`] of the likeliest alone.
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
    // Each relapse means one load that seemed to work between two that failed.
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

/// Carries out the next step of the bisection.
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

/// Asks the browser to enable the extensions `on` and to disable the extensions `off`.
pub(crate) fn set(model: &mut Model, on: Vec<String>, off: Vec<String>, now: Millis) -> Effect {
    model.ask(Some(Rung::Extensions), Task::SetExtensions { on, off }, SWITCHING, now)
}

/// Handles the result of switching the extensions.
pub(crate) fn switched(model: &mut Model, on: &[String], ok: bool, now: Millis) -> Vec<Effect> {
    // A change that was undone.
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

/// A list of extensions was read: in a bisection by hand, checks whether they are switched as asked for.
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

/// Whether a failure or answer in this tab at time `at` is a result for the bisection.
pub(crate) fn is_testing(model: &Model, tab: TabId, at: Millis) -> bool {
    model
        .bisect
        .as_ref()
        .is_some_and(|bisect| bisect.tab == tab && bisect.phase == BisectPhase::Testing && at > bisect.since)
}

/// Records the result of a page load.
pub(crate) fn learn(model: &mut Model, broke: bool, now: Millis) -> Vec<Effect> {
    let Some(bisect) = model.bisect.as_mut().filter(|bisect| bisect.phase == BisectPhase::Testing) else {
        return Vec::new();
    };
    bisect.search.learn(broke);
    go_on(model, now)
}

/// Stops the bisection, on request or after a timeout, and switches everything on again.
pub(crate) fn stop(model: &mut Model, now: Millis) -> Vec<Effect> {
    let Some(bisect) = model.bisect.as_mut().filter(|bisect| bisect.is_open()) else { return Vec::new() };
    bisect.phase = BisectPhase::Stopped;
    bisect.on = bisect.candidates.iter().map(|(id, _)| id.clone()).collect();
    let (tab, guided, on) = (bisect.tab, bisect.guided, bisect.on.clone());
    over(model, tab, None);
    if guided { Vec::new() } else { vec![set(model, on, Vec::new(), now)] }
}

/// Stops a bisection in which the page was not tried for [`PATIENCE`].
pub(crate) fn expire(model: &mut Model, now: Millis) -> Vec<Effect> {
    let late = model.bisect.as_ref().is_some_and(|bisect| bisect.is_open() && since(now, bisect.since) >= PATIENCE);
    if late { stop(model, now) } else { Vec::new() }
}

/// The browser was restarted, so the tab is gone. An unfinished bisection is stopped and everything switched on again,
/// except for culprits that were found.
pub(crate) fn restart(model: &mut Model, now: Millis) {
    stop(model, now);
    let Some(bisect) = model.bisect.take().filter(|bisect| !bisect.settled && !bisect.guided) else { return };
    if model.changing().is_none() {
        set(model, bisect.on.clone(), bisect.off(), now);
    }
    model.bisect = Some(bisect);
}

/// Marks the rung's attempt as failed.
fn over(model: &mut Model, tab: TabId, error: Option<ActionError>) {
    let cases = model.tabs.iter_mut().filter(|one| one.id == tab).filter_map(|tab| tab.case.as_mut());
    for attempt in
        cases.flat_map(|case| case.attempts.iter_mut()).filter(|one| matches!(one.act, Action::Search | Action::Off))
    {
        attempt.state = State::Failed;
        // Keep the error that the bisection was stopped for.
        attempt.error = error.or(attempt.error);
    }
}
