//! Following the provider's incidents on ChatGPT, all of them, until the person stops it. One failure is a wait's.
//!
//! Reads the status page every five minutes while it follows, never else. Tells when an incident has begun or ended; what
//! cannot be read is neither.

use super::{
    Effect, Millis, Model,
    model::IncidentAlerts,
    status::Incident,
    time::{MINUTE, since},
};

const EVERY: Millis = 5 * MINUTE;

/// The person starts it.
pub(crate) fn begin(model: &mut Model, now: Millis) -> Vec<Effect> {
    model.incident_alerts = Some(IncidentAlerts { open: is_open(model) });
    vec![Effect::Wake { at: now.saturating_add(EVERY) }]
}

/// The alarm rang, or the worker woke: is it time to read?
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

/// The page was read: has an incident begun, or ended?
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

/// Whether the provider's page, as last read, knows of an incident on any part of ChatGPT that has not recovered.
fn is_open(model: &Model) -> bool {
    let page = model.provider.as_ref().and_then(|provider| provider.page.as_ref());
    page.is_some_and(|page| {
        let mut live = page.incidents.iter().chain(&page.maintenances).flat_map(Incident::live).chain(&page.parts);
        live.any(|hit| hit.part.is_chatgpt())
    })
}
