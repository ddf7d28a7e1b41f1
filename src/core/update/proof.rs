//! Proof that it works again: the next good answer after the last failure.
//!
//! A report of the content script counts at once, because it has waited for a following error. A report of
//! `webRequest` alone counts after a pause without a failure, because an error can follow a good status.

use crate::core::{
    Effect, Millis, Model,
    actions::handlers,
    bisect_session,
    endpoint::EndpointKind,
    event::TabId,
    model::{Case, Mended, Tab},
    names::{Cause, State},
    time::{MINUTE, SECOND, since},
};

/// Longest time between a good status and a following error.
const SETTLE: Millis = 8 * SECOND;
/// Shortest delay of a browser's alarm.
const ALARM: Millis = 30 * SECOND;
/// How long "it works again" is shown.
const SHOWN: Millis = 10 * MINUTE;
/// Longest time between the reports of browser and page about the end of one request.
const SAME: u64 = 2_000;

/// Handles a good response that `webRequest` saw.
pub(super) fn fine(model: &mut Model, id: TabId, endpoint: EndpointKind, at: Millis, now: Millis) -> Vec<Effect> {
    let Some(case) = model.tab(id).and_then(Tab::open_case) else { return Vec::new() };
    if bisect_session::is_testing(model, id, at)
        || !proves(case, endpoint, at)
        || case.newest().is_some_and(|newest| at <= newest)
    {
        return Vec::new();
    }
    vec![Effect::Wake { at: now.saturating_add(ALARM) }]
}

/// Handles an answer without a following error, as the content script saw it.
pub(super) fn answered(model: &mut Model, id: TabId, at: Millis, now: Millis) -> Vec<Effect> {
    let tab = model.tab_mut(id);
    // On an unrecognised page, no visible error proves nothing for an answer whose connection broke.
    if tab.is_unknown_page() && tab.doubt.as_ref().is_some_and(|doubt| doubt.is_cut() && doubt.at.abs_diff(at) <= SAME)
    {
        return Vec::new();
    }
    tab.answers = tab.answers.saturating_add(1);
    if tab.open_case().is_none() {
        tab.benign = Cause::Working;
    }
    tab.note_fine(EndpointKind::Chat, at);
    tab.answered = Some(at);
    (tab.doubt, tab.recovering) = (None, None);
    if bisect_session::is_testing(model, id, at) {
        return bisect_session::learn(model, false, now);
    }
    let tab = model.tab_mut(id);
    let Some(case) = tab.case.as_mut() else { return Vec::new() };
    let after = case.newest().is_some_and(|newest| at > newest) && proves(case, EndpointKind::Chat, at);
    match &mut case.mended {
        Some(mended) => mended.answers = mended.answers.saturating_add(1),
        None if after => mend(case, at),
        None => return Vec::new(),
    }
    let on = model.wants_answers(id);
    vec![Effect::ReportAnswers { tab: id, on }, Effect::Wake { at: now.saturating_add(SHOWN) }]
}

/// Accepts a good status that was followed by a pause without a failure, and drops cases mended long ago.
pub(super) fn confirm(model: &mut Model, now: Millis) -> Vec<Effect> {
    let mut effects = Vec::new();
    let busy = model.bisect.as_ref().filter(|bisect| bisect.is_open()).map(|bisect| bisect.tab);
    for tab in model.tabs.iter_mut().filter(|tab| Some(tab.id) != busy) {
        let Some(case) = tab.case.as_mut() else { continue };
        match &case.mended {
            Some(mended) if since(now, mended.at) >= SHOWN => {
                tab.case = None;
                tab.benign = Cause::Working;
            }
            Some(_) => {}
            None => {
                let newest = case.newest().unwrap_or(Millis::MAX);
                // For a message the content script reports whether an error followed; a good status is only its
                // beginning.
                let told = tab.private.is_some();
                let counts = |endpoint: EndpointKind, at: Millis| {
                    proves(case, endpoint, at) && !(told && endpoint == EndpointKind::Chat)
                };
                let good = tab.fine.iter().find(|(endpoint, at)| counts(*endpoint, *at) && *at > newest);
                if let Some((_, at)) = good.filter(|(_, at)| since(now, *at) >= SETTLE) {
                    mend(case, *at);
                    effects.push(Effect::Wake { at: now.saturating_add(SHOWN) });
                }
            }
        }
    }
    effects
}

fn mend(case: &mut Case, at: Millis) {
    case.mended = Some(Mended { at, answers: 1 });
    for attempt in case.attempts.iter_mut().filter(|attempt| attempt.state == State::Running) {
        attempt.state = State::Passed;
    }
}

/// Whether a good response of this endpoint proves that the failed part works again. A message proves everything
/// except files and the list of conversations, which has its own limit; other endpoints prove only themselves. The
/// session is requested by a page whose script has started: that proves the page, and its files if it was reloaded
/// since.
fn proves(case: &Case, endpoint: EndpointKind, at: Millis) -> bool {
    let reloads = |rung| handlers(rung).is_some_and(|handlers| handlers.reloads);
    let again = || case.attempts.iter().any(|one| reloads(one.rung) && one.began < at);
    let failed = crate::core::diagnose::primary(case).and_then(|failure| failure.endpoint);
    match endpoint {
        EndpointKind::Chat => !matches!(failed, Some(EndpointKind::History | EndpointKind::Files)),
        EndpointKind::History | EndpointKind::Files => failed == Some(endpoint),
        EndpointKind::Session => {
            matches!(failed, Some(EndpointKind::Session | EndpointKind::Page))
                || (failed == Some(EndpointKind::Asset) && again())
        }
        _ => false,
    }
}
