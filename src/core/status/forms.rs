//! The status page's other forms, as saved files carry them, brought into the form of `/proxy/status.openai.com`.
//!
//! `/proxy/status.openai.com/incidents` lists past incidents with the ongoing ones; `/api/v2/summary.json` and
//! `components.json` tell how each part does; `/api/v2/incidents.json` tells incidents, but not of which part: its
//! `components` are empty. The shape says which it is. A list of parts of which none is known is no page of OpenAI's.

use super::part::Part;
use crate::core::json::{Json, Map, Value, tagged};

/// Statuses of what is over, or has not begun (incident.io; Statuspage API v2).
const NOT_NOW: &[&str] = &[
    "resolved",
    "postmortem",
    "completed",
    "canceled",
    "cancelled",
    "maintenance_complete",
    "maintenance_cancelled",
    "scheduled",
    "maintenance_scheduled",
];
/// Statuses of announced work that goes on.
const AT_WORK: &[&str] = &["maintenance_in_progress", "in_progress", "verifying"];

/// The same in the proxy's form; none if it is none of these.
pub(super) fn as_summary(page: &Value) -> Option<Value> {
    if page.field("summary").is_object() {
        return Some(page.clone());
    }
    let (incidents, components) = (page.field("incidents"), page.field("components"));
    let known = |part: &&Value| !matches!(Part::find(part.field("id").text(), "", ""), Part::Other | Part::Untold);
    let parts = match (components, incidents) {
        (Value::Array(parts), _) => {
            parts.iter().find(known)?;
            parts.iter().map(component).collect()
        }
        (_, Value::Array(_)) => Vec::new(),
        _ => return None,
    };
    let planned = page.field("scheduled_maintenances").items();
    let of = |wanted: &dyn Fn(&str) -> bool| {
        let all = incidents.items().iter().chain(planned).filter(|raw| raw.is_object());
        Value::Array(all.filter(|raw| wanted(raw.field("status").text())).map(incident).collect())
    };
    let summary = tagged("affected_components", Value::Array(parts))
        .with("ongoing_incidents", of(&|status| !NOT_NOW.contains(&status) && !AT_WORK.contains(&status)))
        .with("in_progress_maintenances", of(&|status| AT_WORK.contains(&status)));
    Some(tagged("summary", summary))
}

/// One in the words of api/v2; one of the proxy stays as it is.
fn incident(raw: &Value) -> Value {
    let Value::Array(parts) = raw.field("components") else { return raw.clone() };
    let or = |name: &str, other: &str| if raw.field(name).is_null() { raw.field(other) } else { raw.field(name) };
    let update = |update: &Value| tagged("published_at", update.field("created_at").clone());
    // No part is told, which is not to say that there is none: one of which nothing is known stands for it.
    let untold = || vec![Value::Object(Map::new())];
    let parts = if parts.is_empty() { untold() } else { parts.iter().map(component).collect() };
    raw.clone()
        .with("affected_components", Value::Array(parts))
        .with("published_at", or("started_at", "created_at").clone())
        .with("started_at", or("scheduled_for", "started_at").clone())
        .with("scheduled_end_at", raw.field("scheduled_until").clone())
        .with("updates", Value::Array(raw.field("incident_updates").items().iter().map(update).collect()))
}

fn component(raw: &Value) -> Value {
    raw.clone().with("component_id", raw.field("id").clone())
}
