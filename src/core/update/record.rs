//! Updates a tab with what both network and page report: a failure, a good response, a stop.

use super::proof;
use crate::core::{
    Effect, Millis, Model, bisect_session,
    diagnose::primary,
    endpoint::{Endpoint, EndpointKind, classify},
    event::TabId,
    fact::Fact,
    model::Tab,
    names::{Cause, State},
    observe::{Failure, Source, correlate},
    recovery,
};

/// The session endpoint: `{}` if nobody is signed in (NextAuth.js, REST API).
pub(super) const SESSION: &str = "/api/auth/session";
/// Longest body that means `{}`, with white space, in bytes.
const NOBODY: u32 = 8;
/// Longest time between the reports of both sources about one request, in milliseconds.
const SAME: u64 = 2_000;
/// Longest time between the end of an old page's requests and the beginning of the new page, in milliseconds.
pub(super) const NAVIGATION: u64 = 1_500;

/// Adds a failure to the tab's case: opens or extends a case, and marks running attempts as failed.
pub(super) fn failed(model: &mut Model, id: TabId, who: Source, mut saw: Failure, now: Millis) -> Vec<Effect> {
    let (at, limited) = (saw.at, saw.has(Fact::Status429));
    let busy =
        model.changing().is_some() || model.bisect.as_ref().is_some_and(|bisect| bisect.is_open() && bisect.tab == id);
    let testing = bisect_session::is_testing(model, id, at);
    let tab = model.tab_mut(id);
    tab.recovering = None;
    let mended = tab.case.as_ref().and_then(|case| case.mended.as_ref());
    // A late observation of a failure before the proof joins the old case; a later failure opens a new one.
    let late = mended.is_some_and(|mended| at <= mended.at);
    let case = if late { tab.case.get_or_insert_default() } else { tab.case_mut() };
    let first = case.count == 0;
    if first {
        (case.began, case.tab) = (at, id);
    }
    // A failure other than the one in question is no result for the bisection.
    let alike = saw.endpoint.is_none() || primary(case).is_none_or(|known| known.endpoint == saw.endpoint);
    saw.id = case.count.saturating_add(1);
    let new = correlate(&mut case.failures, &mut case.stubs, who, saw);
    if new {
        case.count = case.count.saturating_add(1);
        // While the browser is being changed or a bisection is under way, a failure does not fail the attempt.
        for attempt in case.attempts.iter_mut().filter(|one| !busy && one.state == State::Running && at > one.at) {
            attempt.state = State::Failed;
        }
        case.trim();
    }
    if new && tab.private == Some(false) {
        model.count_failure(at);
    }
    if late {
        return Vec::new();
    }
    let mut effects = model.ask_status(now, false);
    if new && alike {
        effects.extend(recovery::failed(model, id, at, now));
    }
    if new && alike && testing {
        effects.extend(bisect_session::learn(model, true, now));
    }
    if first {
        effects.push(Effect::ReportAnswers { tab: id, on: true });
    }
    if new && limited {
        // To find an answer that is running in another tab, ask their content scripts for their count.
        let others = model.tabs.iter().filter(|tab| tab.id != id);
        effects.extend(others.map(|tab| Effect::ReportAnswers { tab: tab.id, on: model.wants_answers(tab.id) }));
    }
    effects
}

/// Handles a good response of an endpoint; `size` is that of its body in bytes, if known.
pub(super) fn fine(model: &mut Model, id: TabId, url: &str, size: Option<u32>, at: Millis, now: Millis) -> Vec<Effect> {
    let Endpoint { kind: endpoint, path } = classify(url);
    if matches!(endpoint, EndpointKind::Unrelated | EndpointKind::Telemetry | EndpointKind::Stop) {
        return Vec::new();
    }
    let tab = model.tab_mut(id);
    tab.note_fine(endpoint, at);
    if path == SESSION {
        // A session has hundreds of bytes, an empty one has two.
        tab.signed_in = size.map(|size| size > NOBODY);
    }
    proof::fine(model, id, endpoint, at, now)
}

/// The person ended an answer: not a failure, and no evidence about an earlier one.
pub(super) fn stopped(tab: &mut Tab) {
    tab.benign = Cause::Stopped;
    (tab.doubt, tab.unsettled, tab.recovering) = (None, None, None);
}

/// The page's timing reports a request that never reached a protocol, before or after `webRequest` does. Firefox uses
/// the same name for a request that an extension blocked and for a dropped connection, but only the former reaches no
/// protocol.
pub(super) fn never_left(tab: &mut Tab) {
    let Some((path, at)) = &tab.unsent else { return };
    let told = tab.case.iter_mut().flat_map(|case| case.failures.iter_mut());
    for failure in tab.doubt.iter_mut().chain(told) {
        let same = failure.path.as_ref() == Some(path) && failure.at.abs_diff(*at) <= SAME;
        if same && failure.error.as_deref() == Some("NS_ERROR_ABORT") {
            failure
                .facts
                .iter_mut()
                .filter(|fact| **fact == Fact::NetDropped)
                .for_each(|fact| *fact = Fact::BlockedByClient);
        }
    }
}
