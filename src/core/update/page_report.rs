//! Handles reports of the content script: the page's structure, and the text of errors only.

use super::{
    deep_inspection,
    proof::answered,
    record::{NAVIGATION, failed, fine, never_left, stopped},
};
use crate::core::{
    Effect, Millis, Model,
    decode::{self, Raw},
    endpoint::{Endpoint, EndpointKind, classify},
    event::{PageReport, PageSignal, TabId},
    fact::Fact,
    model::{Case, ExtensionError},
    names::{Action, Cause, Rung},
    observe::{Failure, Reached, Source},
    recovery,
    text::clip,
    time::SECOND,
};

/// Local storage holds 5 MiB (MDN, "Storage quotas and eviction criteria"); at nine tenths, a page of this kind can
/// fail to write its next value.
const LOCAL_FULL: u32 = 4_700_000;
/// The same for the site's quota, in per cent.
const QUOTA_FULL: u32 = 95;
/// Longest extension id: a UUID has 36 characters, Chromium's ids 32.
const ID: usize = 36;
/// Longest time between the end of an answer that was left or stopped and the load of another page.
const LEFT: u64 = 10_000;
/// Longest time between a doubtful network error and the page's confirmation.
const DOUBT: Millis = 10 * SECOND;

pub(super) fn page_report(model: &mut Model, page_report: &PageReport, now: Millis) -> Vec<Effect> {
    let (id, at) = (page_report.tab, page_report.at);
    learn_privacy(model, id, page_report.private);
    let tab = model.tab_mut(id);
    if !tab.insert_key(&page_report.key) {
        return Vec::new();
    }
    match &page_report.saw {
        PageSignal::Hello => {
            tab.answers = 0;
            // An answer that broke off before the page was left has failed, unless the page was just resuming it.
            let cut = tab.doubt.take().filter(|doubt| doubt.is_cut() && tab.recovering.is_none());
            (tab.recovering, tab.page) = (None, None);
            // Leaving the page during an answer counts as Stop: the old page reported it, or its request ended when
            // the new page began.
            let told = tab.stopped.is_some_and(|then| then.abs_diff(at) <= LEFT);
            let left = told || tab.left.is_some_and(|then| then.abs_diff(at) <= NAVIGATION);
            tab.opened = Some(at);
            if left {
                tab.unsettled = None;
            }
            tab.benign = if left { Cause::Stopped } else { Cause::Working };
            // Deep inspection must be started again in a new page.
            let again = tab.deep_inspection.then_some(Effect::DeepInspection { tab: id, on: true });
            let failed = cut.map(|cut| failed(model, id, Source::Network, cut, now)).unwrap_or_default();
            own_reload(model, id, at);
            let goes_on = if page_report.private == Some(false) { recovery::hello(model, id, now) } else { None };
            failed.into_iter().chain(again).chain(goes_on).collect()
        }
        PageSignal::Banner { text, ended } => banner(model, id, at, text, *ended, now),
        PageSignal::Timing { url, status, .. } if *status >= 400 => {
            let raw = Raw { at, status: Some(*status), ..Raw::default() };
            let Endpoint { kind: endpoint, path } = classify(url);
            if matches!(endpoint, EndpointKind::Telemetry | EndpointKind::Unrelated | EndpointKind::Stop) {
                return Vec::new();
            }
            let saw = Failure {
                at,
                endpoint: Some(endpoint),
                path: Some(path),
                reached: Reached::Answer,
                status: Some(*status),
                facts: decode::decode(&raw),
                ..Failure::default()
            };
            failed(model, id, Source::Timing, saw, now)
        }
        // No response is also what Stop looks like here; it only adds to a doubt.
        PageSignal::Timing { url, protocol, .. } => {
            let Endpoint { kind: endpoint, path } = classify(url);
            if matches!(endpoint, EndpointKind::Files | EndpointKind::Check) {
                // Separate hosts, of which `webRequest` may report nothing.
                let facts = vec![Fact::NetDropped];
                let (endpoint, path) = (Some(endpoint), Some(path));
                tab.unsettled = Some(at);
                tab.doubt =
                    Some(Failure { at, endpoint, path, reached: Reached::NoAnswer, facts, ..Failure::default() });
            } else if protocol.is_empty() {
                tab.unsent = Some((path, at));
                never_left(tab);
            }
            Vec::new()
        }
        PageSignal::Answered => answered(model, id, at, now),
        PageSignal::Stopped => {
            stopped(tab);
            (tab.stopped, tab.left) = (Some(at), Some(at));
            Vec::new()
        }
        PageSignal::Left => {
            stopped(tab);
            (tab.stopped, tab.left) = (Some(at), Some(at));
            Vec::new()
        }
        PageSignal::Recovering { on: true } => {
            tab.recovering = Some(at);
            Vec::new()
        }
        PageSignal::Recovering { on: false } => {
            // The result follows with an answer or an error; without either it stays open.
            (tab.doubt, tab.recovering) = (None, None);
            Vec::new()
        }
        PageSignal::Page(known) => {
            tab.page = Some(known.clipped());
            Vec::new()
        }
        PageSignal::Count { answers, busy, noise } => {
            tab.answers = *answers;
            tab.busy = busy.then_some(at);
            if *noise && tab.benign == Cause::Working {
                tab.benign = Cause::Noise;
            }
            Vec::new()
        }
        // A browser reports no size for a body that was not read.
        PageSignal::Fine { url, size } => fine(model, id, url, Some(*size).filter(|size| *size > 0), at, now),
        PageSignal::Room { local, used } => {
            tab.full = (*local >= LOCAL_FULL || *used >= QUOTA_FULL).then_some(at);
            Vec::new()
        }
        PageSignal::Flood => {
            tab.flooded = Some(at);
            Vec::new()
        }
        PageSignal::Body { url, status, text } => deep_inspection::body(model, id, at, url, *status, text, now),
        PageSignal::Stream { url, end, text } => deep_inspection::stream(model, id, at, url, *end, text, now),
        PageSignal::Thrown { by } => {
            tab.thrown = Some(ExtensionError { at, by: clip(by, ID).to_owned() });
            Vec::new()
        }
    }
}

fn banner(model: &mut Model, id: TabId, at: Millis, text: &str, ended: bool, now: Millis) -> Vec<Effect> {
    let tab = model.tab_mut(id);
    // A page that fetches the rest of an answer shows its error only when it gives up.
    let recovering = tab.recovering.take();
    let near = |then: Millis| {
        then.abs_diff(at) <= DOUBT.unsigned_abs() || recovering.is_some_and(|since| then <= since + DOUBT)
    };
    // A known failure already explains the banner; otherwise the banner confirms the doubt.
    let known = |case: &Case| case.failures.iter().any(|one| !one.sources.by(Source::Page) && near(one.at));
    let explained = tab.case.as_ref().is_some_and(known);
    let doubt = tab.doubt.take().filter(|doubt| near(doubt.at) && !explained);
    if ended && doubt.is_none() && !explained {
        // The network saw no failure: the response had ended, and the error came after it.
        tab.set_fine(EndpointKind::Chat, at);
    }
    // A resumed answer that the page gave up in the end failed at that moment.
    let doubt = doubt.map(|doubt| Failure { at: if recovering.is_some() { at } else { doubt.at }, ..doubt });
    let who = |doubt: &Failure| match doubt.endpoint {
        _ if doubt.sources.by(Source::DeepInspection) => Source::DeepInspection,
        Some(EndpointKind::Files | EndpointKind::Check) => Source::Timing,
        _ => Source::Network,
    };
    let mut effects = doubt.map(|doubt| failed(model, id, who(&doubt), doubt, now)).unwrap_or_default();
    effects.extend(failed(model, id, Source::Page, Failure::shown(at, text), now));
    effects
}

/// A reload of the page after the failure counts as the first rung, whoever did it.
fn own_reload(model: &mut Model, id: TabId, at: Millis) {
    let Some(case) = model.tab_mut(id).case.as_mut().filter(|case| case.mended.is_none()) else { return };
    if case.running().is_none() && case.newest().is_some_and(|newest| at > newest) {
        case.begin(Rung::Reload, Action::Reload, at);
    }
}

/// Once a tab is known not to be private, its failures are counted on disk.
fn learn_privacy(model: &mut Model, id: TabId, private: Option<bool>) {
    let tab = model.tab_mut(id);
    if private.is_none() || tab.private == private {
        return;
    }
    tab.private = private;
    if private == Some(false) {
        let times = tab.case.iter().flat_map(|case| &case.failures).map(|failure| failure.at).collect::<Vec<_>>();
        times.into_iter().for_each(|at| model.count_failure(at));
    }
}
