//! The only input: an [`Event`] changes the [`Model`] and yields [`Effect`]s.
//!
//! Deterministic in model, event and time. Tasks are pending until their reply or their deadline, and are asked for
//! again when the worker wakes.

mod deep_inspection;
mod done;
mod forget;
mod intent;
mod page_report;
mod proof;
mod record;
mod web_request;

use super::{
    Effect, Event, Millis, Model,
    actions::status_read,
    bisect_session,
    event::{BootReason, TabId},
    incident_alerts,
    model::{Pending, StatusReading},
    names::Blame,
    recovery, view,
};

/// Processes one event.
pub fn update(model: &mut Model, event: Event, now: Millis) -> Vec<Effect> {
    let mut effects = done::late(model, now);
    effects.extend(proof::confirm(model, now));
    effects.extend(bisect_session::expire(model, now));
    effects.extend(web_request::overdue(model, now));
    effects.extend(match event {
        Event::Boot(reason) => {
            let mut effects = Vec::new();
            if reason == BootReason::Start {
                model.restart(now);
                // Its task is pending, and is sent with the others.
                bisect_session::restart(model, now);
                effects = recovery::restart(model, now);
            }
            effects.extend(boot_effects(model, now));
            effects
        }
        Event::Response(response) => web_request::response(model, &response, now),
        Event::NetError(error) => web_request::net_error(model, &error, now),
        Event::Redirect(redirect) => web_request::redirect(model, &redirect, now),
        // Results of deep inspection are accepted only where the person switched it on, or opened the developer tools.
        Event::PageReport(page_report)
            if page_report.saw.is_deep_inspection() && !model.inspects_deeply(page_report.tab) =>
        {
            Vec::new()
        }
        Event::PageReport(page_report) | Event::Inspected(page_report) => {
            page_report::page_report(model, &page_report, now)
        }
        Event::Intent(intent) => intent::intent(model, &intent, now),
        Event::StatusRead(read) => {
            if model.answered(read.id).is_some() {
                model.provider = Some(StatusReading { at: read.at, page: read.page });
            }
            status_read(model);
            let mut effects = incident_alerts::heard(model, now);
            effects.extend(recovery::heard(model, now));
            effects
        }
        Event::Extensions(extensions) => {
            model.extensions = Some(extensions.enabled);
            bisect_session::listed(model, now)
        }
        Event::Cookies { tab, cookies } => {
            model.tab_mut(tab).cookies = Some(cookies);
            Vec::new()
        }
        Event::CookieStore { tab, default_store } => {
            model.tab_mut(tab).default_store = Some(default_store);
            Vec::new()
        }
        Event::Done { id, result } => done::done(model, id, result, now),
        Event::Redraw { tab } => {
            if let Some(tab) = model.tabs.iter_mut().find(|known| known.id == tab) {
                tab.badge = (Blame::Benign, String::new());
            }
            Vec::new()
        }
        Event::TabLastSeen { tab, seen } => recovery::glanced(model, tab, seen, now),
        Event::Tick => due(model, now),
        // No welcome page after an update.
        Event::Installed { reason } if reason == "install" => vec![Effect::Welcome],
        Event::Installed { .. } => Vec::new(),
        Event::Access { granted, held } => {
            model.access = granted;
            model.held = held;
            Vec::new()
        }
    });
    effects.extend(recovery::proved(model, now));
    effects.extend(badges(model, now));
    effects
}

/// Restores what the browser may have dropped while the worker was suspended.
fn boot_effects(model: &mut Model, now: Millis) -> Vec<Effect> {
    for tab in &mut model.tabs {
        tab.badge = (Blame::Benign, String::new());
    }
    let mut effects: Vec<Effect> = model.pending.iter().map(Pending::effect).collect();
    effects.extend(due(model, now));
    effects
}

/// Everything that depends on the time alone.
fn due(model: &mut Model, now: Millis) -> Vec<Effect> {
    let mut effects = incident_alerts::due(model, now);
    effects.extend(recovery::due(model, now));
    effects
}

/// A badge for each tab whose badge has changed.
fn badges(model: &mut Model, now: Millis) -> Vec<Effect> {
    let mut effects = Vec::new();
    let ids: Vec<TabId> = model.tabs.iter().map(|tab| tab.id).collect();
    for id in ids {
        let (blame, sign, title) = view::badge(model, id, now);
        let Some(tab) = model.tabs.iter_mut().find(|tab| tab.id == id) else { continue };
        if (tab.badge.0, tab.badge.1.as_str()) != (blame, sign) {
            tab.badge = (blame, sign.to_owned());
            effects.push(Effect::Badge { tab: id, blame, sign: sign.to_owned(), title });
        }
    }
    effects
}
