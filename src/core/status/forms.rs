//! Converts the status page's other formats, as saved files contain them, to that of `/proxy/status.openai.com`.
//!
//! `/proxy/status.openai.com/incidents` lists past incidents with the ongoing ones; `/api/v2/summary.json` and
//! `components.json` give the status of each component; `/api/v2/incidents.json` lists incidents without their
//! components: `components` is empty. The format is recognised by its fields. A list without any known component is
//! not OpenAI's.

use super::component::Component;
use crate::core::json::{Json, Map, Value, tagged};

/// Statuses of what is resolved, or has not begun (incident.io; Statuspage API v2).
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
/// Statuses of ongoing maintenance.
const AT_WORK: &[&str] = &["maintenance_in_progress", "in_progress", "verifying"];

/// The page in the proxy's format; none if the format is unknown.
pub(super) fn as_summary(page: &Value) -> Option<Value> {
    if page.field("summary").is_object() {
        return Some(page.clone());
    }
    let (incidents, components) = (page.field("incidents"), page.field("components"));
    let known = |part: &&Value| {
        !matches!(Component::find(part.field("id").text(), "", ""), Component::Other | Component::Untold)
    };
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

/// An incident in the format of api/v2; one of the proxy stays as it is.
fn incident(raw: &Value) -> Value {
    let Value::Array(parts) = raw.field("components") else { return raw.clone() };
    let or = |name: &str, other: &str| if raw.field(name).is_null() { raw.field(other) } else { raw.field(name) };
    let update = |update: &Value| tagged("published_at", update.field("created_at").clone());
    // No component is listed, which does not mean that there is none: an unknown one stands for it.
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
