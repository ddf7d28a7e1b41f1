//! Notifications of the provider's incidents on ChatGPT, until the person stops them. (`recovery` waits
//! for the end of one failure.)
//!
//! While it is on, and only then, the status page is read every five minutes. Notifies when an incident begins or
//! ends; a reading that fails counts as neither.

use super::{
    Effect, Millis, Model,
    model::IncidentAlerts,
    status::Incident,
    time::{MINUTE, since},
};

const EVERY: Millis = 5 * MINUTE;

/// Switches the alerts on.
pub(crate) fn begin(model: &mut Model, now: Millis) -> Vec<Effect> {
    model.incident_alerts = Some(IncidentAlerts { open: is_open(model) });
    vec![Effect::Wake { at: now.saturating_add(EVERY) }]
}

/// Reads the status page if it is time to; called when the alarm fires or the worker wakes.
pub(crate) fn due(model: &mut Model, now: Millis) -> Vec<Effect> {
    if model.incident_alerts.is_none() {
        return Vec::new();
    }
    let read = model.provider.as_ref().map_or(Millis::MIN, |provider| provider.at);
    let mut effects = if since(now, read) >= EVERY { model.ask_status(now, false) } else { Vec::new() };
    effects.push(Effect::Wake {
        at: read.max(now.saturating_sub(EVERY)).saturating_add(EVERY).max(now.saturating_add(MINUTE)),
    });
    effects
}

/// Compares a new reading of the page with the last one, and notifies of an incident that began or ended.
pub(crate) fn heard(model: &mut Model, now: Millis) -> Vec<Effect> {
    let readable = model.provider.as_ref().is_some_and(|provider| provider.page.is_some());
    let open = is_open(model);
    let Some(incident_alerts) = model.incident_alerts.as_mut().filter(|_| readable) else { return Vec::new() };
    let before = std::mem::replace(&mut incident_alerts.open, open);
    let mut effects = vec![Effect::Wake { at: now.saturating_add(EVERY) }];
    if before != open {
        effects.push(if open {
            Effect::Notify { title: "notify_begun", words: "notify_begun_words" }
        } else {
            Effect::Notify { title: "notify_over", words: "notify_over_words" }
        });
    }
    effects
}

/// Whether the status page, as last read, shows an unrecovered incident on any part of ChatGPT.
fn is_open(model: &Model) -> bool {
    let page = model.provider.as_ref().and_then(|provider| provider.page.as_ref());
    page.is_some_and(|page| {
        let mut live = page.incidents.iter().chain(&page.maintenances).flat_map(Incident::live).chain(&page.parts);
        live.any(|hit| hit.part.is_chatgpt())
    })
}
