//! What webRequest tells: answers and broken requests.

use super::record::{NAVIGATION, SESSION, failed, fine, never_left, stopped};
use crate::core::{
    Effect, Millis, Model,
    decode::{self, Raw, is_ambiguous, is_deliberate},
    endpoint::{Endpoint, EndpointKind, classify},
    event::{NetError, Redirect, Response, TabId},
    fact::Fact,
    model::{Case, Tab},
    names::Cause,
    observe::{Failure, Reached, Source},
    text::number,
    time::{HOUR, SECOND, since as since_then},
};

/// How far apart a press of Stop and the end of its request may be.
const PRESSED: Millis = 3_000;
/// How long an answer that broke off may stand without a word of the page: a browser's shortest alarm.
const HOLD: Millis = 30 * SECOND;
/// No answer takes longer, nor does fetching the rest of one: a page gives up after 30 rounds that failed, however many
/// others there were (KobaProduction/chatgpt-booster, runtime contracts).
const LONGEST: Millis = HOUR;

pub(super) fn response(model: &mut Model, response: &Response, now: Millis) -> Vec<Effect> {
    let role = classify(&response.url).role;
    let good = response.status.is_some_and(|status| status < 400);
    if good && role == EndpointKind::Telemetry {
        return Vec::new();
    }
    // Told twice, a good answer does no harm: its key is not worth a line in the memory, which would be saved for it.
    let key = if good { None } else { Some(response.key.as_str()) };
    let Some(tab) = known(model, response.tab, role, key) else { return Vec::new() };
    if role == EndpointKind::Stop {
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

pub(super) fn net_error(model: &mut Model, error: &NetError, now: Millis) -> Vec<Effect> {
    let role = classify(&error.url).role;
    let Some(tab) = known(model, error.tab, role, Some(&error.key)) else { return Vec::new() };
    let deliberate = is_deliberate(&error.error);
    if role == EndpointKind::Stop {
        stopped(tab);
        tab.stopped = Some(error.at);
        return Vec::new();
    }
    if role == EndpointKind::Other || (deliberate && role != EndpointKind::Chat) {
        tab.unsettled = Some(error.at);
        return Vec::new();
    }
    let saw = Failure::broken(error);
    if deliberate {
        // A page that gives up waiting, or that is left, ends its request as a person would. It was Stop only if somebody
        // pressed it, or the page asked the service to stop.
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
    // An answer that breaks off may be taken up again by the page itself; it shows an error if it cannot. Where no content
    // script is, as in a file, there is no word of the page to wait for.
    let shown = |one: &Failure| one.sources.by(Source::Page) && one.at.abs_diff(saw.at) <= HOLD.unsigned_abs();
    let is_shown = tab.open_case().is_some_and(|case| case.failures.iter().any(shown));
    if role == EndpointKind::Chat && tab.private.is_some() && !is_shown && broke_off(tab, &saw) {
        doubted(tab, saw);
        return vec![Effect::Wake { at: now.saturating_add(HOLD) }];
    }
    if role != EndpointKind::Page {
        return failed(model, error.tab, Source::Network, saw, now);
    }
    // A browser's own error page is loaded again by the browser itself.
    let again = |one: &Failure| one.error == saw.error && one.at.abs_diff(saw.at) <= PRESSED.unsigned_abs();
    if tab.open_case().is_some_and(|case| case.failures.iter().any(again)) {
        return Vec::new();
    }
    let mut effects = failed(model, error.tab, Source::Network, saw, now);
    // The browser puts that page up after this, and takes the badge away as it does.
    effects.push(Effect::Redraw { tab: error.tab });
    effects
}

/// Keeps what means nothing by itself; until something succeeds, it is not health either.
fn doubted(tab: &mut Tab, saw: Failure) {
    tab.unsettled = Some(saw.at);
    // A Stop of before explains nothing of this.
    tab.benign = Cause::Working;
    tab.doubt = Some(saw);
}

/// Whether an answer of the page before ended as this one was opened: the new page may be heard of first.
fn was_left(tab: &Tab, at: Millis) -> bool {
    let Some(opened) = tab.opened.filter(|opened| opened.abs_diff(at) <= NAVIGATION) else { return false };
    tab.fine.iter().any(|(role, begun)| *role == EndpointKind::Chat && *begun < opened)
}

/// Whether this ended an answer that had begun: its name says so, or the answer's head had come.
fn broke_off(tab: &Tab, saw: &Failure) -> bool {
    let newest = tab.case.as_ref().and_then(Case::newest).unwrap_or(Millis::MIN);
    let begun = |at: Millis| at > newest && at <= saw.at && saw.at.saturating_sub(at) <= LONGEST;
    saw.has(Fact::NetCut)
        || (saw.has(Fact::NetReset) && tab.fine.iter().any(|(role, at)| *role == EndpointKind::Chat && begun(*at)))
}

/// An answer broke off, and for so long neither the page showed an error nor the rest came: it failed.
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

/// A request of the page's own that is sent to somebody else's host: the network's login page stands in the way. What a
/// person follows (signing in with another account) is none of those.
pub(super) fn redirect(model: &mut Model, redirect: &Redirect, now: Millis) -> Vec<Effect> {
    let Endpoint { role, path } = classify(&redirect.url);
    let own = matches!(role, EndpointKind::Chat | EndpointKind::Gate | EndpointKind::History | EndpointKind::Page)
        || path == SESSION;
    let raw = Raw { at: redirect.at, sent_to: Some(&redirect.to), ..Raw::default() };
    let facts = decode::decode(&raw);
    if !own || facts.is_empty() {
        return Vec::new();
    }
    if known(model, redirect.tab, role, Some(&redirect.key)).is_none() {
        return Vec::new();
    }
    let saw = Failure {
        at: redirect.at,
        role: Some(role),
        path: Some(path),
        reached: Reached::NoAnswer,
        facts,
        ..Failure::default()
    };
    failed(model, redirect.tab, Source::Network, saw, now)
}

/// The tab of a fact that matters and is new. Noise is noted and dropped here.
fn known<'a>(model: &'a mut Model, id: TabId, role: EndpointKind, key: Option<&str>) -> Option<&'a mut Tab> {
    // A page's own worker has no tab; its facts belong to nobody in particular.
    if role == EndpointKind::Unrelated || id < 0 {
        return None;
    }
    let tab = model.tab_mut(id);
    if role == EndpointKind::Telemetry {
        if tab.benign == Cause::Working {
            tab.benign = Cause::Noise;
        }
        return None;
    }
    key.is_none_or(|key| tab.is_new(key)).then_some(tab)
}
