//! Handles what `webRequest` reports: responses, failed requests and redirects.

use super::record::{NAVIGATION, SESSION, failed, fine, never_left, stopped};
use crate::core::{
    Effect, Millis, Model, api_answer,
    decode::{self, Raw, is_ambiguous, is_deliberate},
    endpoint::{Endpoint, EndpointKind, classify},
    event::{NetError, Redirect, Response, TabId},
    fact::Fact,
    model::{Case, Tab},
    names::Cause,
    observe::{Failure, Reached, Source},
    surface::is_of_programs,
    text::number,
    time::{HOUR, SECOND, since as since_then},
};

/// Longest time between a press of Stop and the end of its request, in milliseconds.
const PRESSED: Millis = 3_000;
/// How long an answer that broke off may wait for a report of the page: the shortest delay of a browser's alarm.
const HOLD: Millis = 30 * SECOND;
/// Longest answer, and longest resumption of one: a page gives up after 30 failed rounds, however many others there
/// were (KobaProduction/chatgpt-booster, runtime contracts).
const LONGEST: Millis = HOUR;

pub(super) fn response(model: &mut Model, response: &Response, now: Millis) -> Vec<Effect> {
    let endpoint = classify(&response.url).kind;
    let good = response.status.is_some_and(|status| status < 400) && !holds_error(response, endpoint);
    if good && endpoint == EndpointKind::Telemetry {
        return Vec::new();
    }
    // A repeated good response has no further effect: its key is not kept, to save a write.
    let key = if good { None } else { Some(response.key.as_str()) };
    let Some(tab) = known(model, response.tab, endpoint, key) else { return Vec::new() };
    if endpoint == EndpointKind::Stop {
        stopped(tab);
        tab.stopped = Some(response.at);
        return Vec::new();
    }
    if good {
        let size = response.headers.content_length.as_deref().and_then(|length| number(length.trim())?.try_into().ok());
        return fine(model, response.tab, &response.url, size, response.at, now);
    }
    failed(model, response.tab, Source::Network, Failure::answered(response, None), now)
}

/// Whether the good status of an API's response came with an error; a page's is read by its content script.
fn holds_error(response: &Response, endpoint: EndpointKind) -> bool {
    endpoint.is_of_programs() && response.body.as_deref().is_some_and(api_answer::holds_error)
}

pub(super) fn net_error(model: &mut Model, error: &NetError, now: Millis) -> Vec<Effect> {
    let Endpoint { kind: endpoint, path } = classify(&error.url);
    let Some(tab) = known(model, error.tab, endpoint, Some(&error.key)) else { return Vec::new() };
    let deliberate = is_deliberate(&error.error);
    if endpoint == EndpointKind::Stop {
        stopped(tab);
        tab.stopped = Some(error.at);
        return Vec::new();
    }
    if (endpoint == EndpointKind::Other && !is_of_programs(&path)) || (deliberate && endpoint != EndpointKind::Chat) {
        tab.unsettled = Some(error.at);
        return Vec::new();
    }
    let saw = Failure::broken(error);
    if deliberate {
        // A page that gives up or is left cancels its request in the same way as a person. It was Stop only if that
        // was pressed, or the page asked the service to stop.
        tab.left = Some(error.at);
        let pressed = tab.stopped.is_some_and(|then| then.abs_diff(error.at) <= PRESSED.unsigned_abs());
        if pressed || was_left(tab, error.at) {
            stopped(tab);
        } else {
            doubted(tab, saw);
        }
        return Vec::new();
    }
    if is_ambiguous(&error.error) {
        doubted(tab, saw);
        never_left(tab);
        return Vec::new();
    }
    // The page may resume an answer that breaks off, and shows an error if it cannot. Without a content script, as in
    // a file, there is no report to wait for.
    let shown = |one: &Failure| one.sources.by(Source::Page) && one.at.abs_diff(saw.at) <= HOLD.unsigned_abs();
    let is_shown = tab.open_case().is_some_and(|case| case.failures.iter().any(shown));
    if endpoint == EndpointKind::Chat && tab.private.is_some() && !is_shown && broke_off(tab, &saw) {
        doubted(tab, saw);
        return vec![Effect::Wake { at: now.saturating_add(HOLD) }];
    }
    if endpoint != EndpointKind::Page {
        return failed(model, error.tab, Source::Network, saw, now);
    }
    // The browser itself reloads its own error page.
    let again = |one: &Failure| one.error == saw.error && one.at.abs_diff(saw.at) <= PRESSED.unsigned_abs();
    if tab.open_case().is_some_and(|case| case.failures.iter().any(again)) {
        return Vec::new();
    }
    let mut effects = failed(model, error.tab, Source::Network, saw, now);
    // The browser shows that page after this event, and clears the badge.
    effects.push(Effect::Redraw { tab: error.tab });
    effects
}

/// Keeps a failure that is meaningless by itself; until something succeeds, the tab does not count as working.
fn doubted(tab: &mut Tab, saw: Failure) {
    tab.unsettled = Some(saw.at);
    // An earlier Stop does not explain this.
    tab.benign = Cause::Working;
    tab.doubt = Some(saw);
}

/// Whether an answer of the previous page ended when this one was opened: the new page may report first.
fn was_left(tab: &Tab, at: Millis) -> bool {
    let Some(opened) = tab.opened.filter(|opened| opened.abs_diff(at) <= NAVIGATION) else { return false };
    tab.fine.iter().any(|(endpoint, begun)| *endpoint == EndpointKind::Chat && *begun < opened)
}

/// Whether it ended a response that had begun: by its name, or because the response's head had come.
fn broke_off(tab: &Tab, saw: &Failure) -> bool {
    let newest = tab.case.as_ref().and_then(Case::newest).unwrap_or(Millis::MIN);
    let begun = |at: Millis| at > newest && at <= saw.at && saw.at.saturating_sub(at) <= LONGEST;
    saw.has(Fact::NetCut)
        || (saw.has(Fact::NetReset)
            && tab.fine.iter().any(|(endpoint, at)| *endpoint == EndpointKind::Chat && begun(*at)))
}

/// An answer broke off, and in time the page neither showed an error nor resumed it: it has failed.
pub(super) fn overdue(model: &mut Model, now: Millis) -> Vec<Effect> {
    let broken = |tab: &Tab| {
        let doubt = tab.doubt.as_ref().filter(|doubt| doubt.is_cut())?;
        let waits = tab.recovering.is_some_and(|since| since_then(now, since) < LONGEST);
        (!waits && since_then(now, doubt.at) >= HOLD && tab.unsettled().is_some()).then_some(tab.id)
    };
    let ids: Vec<TabId> = model.tabs.iter().filter_map(broken).collect();
    let mut effects = Vec::new();
    for id in ids {
        let Some(doubt) = model.tab_mut(id).doubt.take() else { continue };
        effects.extend(failed(model, id, Source::Network, doubt, now));
    }
    effects
}

/// A request of the page itself that is redirected to an unrelated host: a captive portal. Navigations of the person
/// (signing in with another account) are not included.
pub(super) fn redirect(model: &mut Model, redirect: &Redirect, now: Millis) -> Vec<Effect> {
    let Endpoint { kind: endpoint, path } = classify(&redirect.url);
    let own = matches!(endpoint, EndpointKind::Chat | EndpointKind::Gate | EndpointKind::History | EndpointKind::Page)
        || path == SESSION;
    let raw = Raw { at: redirect.at, sent_to: Some(&redirect.to), ..Raw::default() };
    let facts = decode::decode(&raw);
    if !own || facts.is_empty() {
        return Vec::new();
    }
    if known(model, redirect.tab, endpoint, Some(&redirect.key)).is_none() {
        return Vec::new();
    }
    let saw = Failure {
        at: redirect.at,
        endpoint: Some(endpoint),
        path: Some(path),
        reached: Reached::NoAnswer,
        facts,
        ..Failure::default()
    };
    failed(model, redirect.tab, Source::Network, saw, now)
}

/// The tab of an event that is relevant and new. Telemetry is recorded and dropped here.
fn known<'a>(model: &'a mut Model, id: TabId, endpoint: EndpointKind, key: Option<&str>) -> Option<&'a mut Tab> {
    // A service worker of the page has no tab.
    if endpoint == EndpointKind::Unrelated || id < 0 {
        return None;
    }
    let tab = model.tab_mut(id);
    if endpoint == EndpointKind::Telemetry {
        if tab.benign == Cause::Working {
            tab.benign = Cause::Noise;
        }
        return None;
    }
    key.is_none_or(|key| tab.insert_key(key)).then_some(tab)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_program_s_good_status_may_come_with_an_error_in_its_body() {
        let body = Some(r#"{"type": "error", "error": {"code": "session_expired"}}"#.to_owned());
        let response = Response { status: Some(200), body, ..Response::default() };
        assert!(holds_error(&response, EndpointKind::Api));
        assert!(!holds_error(&response, EndpointKind::Chat), "a page's is read by its content script");
    }
}
