//! status.openai.com: the JSON of its own proxy, the older `api/v2` with other status words, and HTML.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::components::{GROUPS, all};
use crate::fault::StatusPage;
use crate::incident::Incident;
use crate::incident_history;
use crate::request::Request;
use crate::response::{HTML, Outcome, Response, TEXT};
use crate::state::State;

/// Status of a component without a problem.
const OPERATIONAL: &str = "operational";

/// The outcome of a request to status.openai.com.
pub(crate) fn answer(state: &State, request: &Request) -> Outcome {
    let (page, set) = state.status();
    let incident = match page {
        StatusPage::Green => None,
        StatusPage::Incident(incident) | StatusPage::Maintenance(incident) => Some(incident),
        StatusPage::Unreadable => return unreadable(request).into(),
        StatusPage::Unreachable => return Outcome::CloseConnection,
    };
    let answer = match request.path.as_str() {
        "/" => Response::new(200, HTML, html(incident, set)),
        "/proxy/status.openai.com" => tagged(request, &summary(page, set)),
        "/proxy/status.openai.com/incidents" => tagged(request, &incident_history::list(incident, set)),
        "/api/v2/components.json" => tagged(request, &components(incident)),
        "/api/v2/summary.json" => tagged(request, &overall(incident)),
        _ => Response::new(404, TEXT, "not found\n"),
    };
    answer.into()
}

/// HTML in place of JSON; for `api/v2`, truncated JSON.
fn unreadable(request: &Request) -> Response {
    const PAGE: &str = "<!doctype html><html><head><title>OpenAI status</title></head><body><div id=root></div>\n";
    if request.path.starts_with("/api/v2/") {
        Response::new(200, "application/json", r#"{"page":{"id":"01JMDK9XYNYXWX1GEAVHXRTKWF","name":"Open"#)
    } else {
        Response::new(200, HTML, PAGE)
    }
}

/// JSON with an `ETag`, or 304 where the client has cached it.
fn tagged(request: &Request, value: &Value) -> Response {
    let text = value.to_string();
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let known = request.if_none_match.as_deref().is_some_and(|cached| cached.trim_start_matches("W/") == tag);
    let answer =
        if known { Response::new(304, "application/json", "") } else { Response::new(200, "application/json", text) };
    answer.with("etag", &tag).with("cache-control", "public, max-age=0").with("access-control-allow-origin", "*")
}

/// The proxy's summary. Times count back from when the fault was set, so that an unchanged page keeps its `ETag`.
fn summary(page: StatusPage, set: OffsetDateTime) -> Value {
    let (incident, maintenance) = match page {
        StatusPage::Incident(incident) => (Some(incident), None),
        StatusPage::Maintenance(maintenance) => (None, Some(maintenance)),
        _ => (None, None),
    };
    let at = |minutes: i64| {
        (set - Duration::minutes(minutes)).replace_nanosecond(0).unwrap_or(set).format(&Rfc3339).unwrap_or_default()
    };
    let items: Vec<Value> = GROUPS
        .iter()
        .map(|group| {
            let components: Vec<Value> =
                group.components.iter().map(|(id, name)| json!({"component_id": id, "name": name})).collect();
            json!({"group": {"id": group.id, "name": group.name, "components": components}})
        })
        .collect();
    let affected: Vec<Value> = incident
        .or(maintenance)
        .iter()
        .filter(|incident| incident.current != OPERATIONAL)
        .map(|incident| json!({"component_id": incident.component, "status": incident.impact}))
        .collect();
    let listed = |incident: Option<&Incident>| -> Vec<Value> {
        incident
            .iter()
            .map(|incident| {
                let updates: Vec<Value> = incident
                    .updates
                    .iter()
                    .map(|update| {
                        json!({
                            "published_at": at(update.minutes_ago),
                            "message_string": update.words,
                            "to_status": update.stage,
                        })
                    })
                    .collect();
                json!({
                    "id": incident.id, "name": incident.name, "status": incident.stage(),
                    "published_at": at(incident.minutes_ago()), "updates": updates,
                    // Impact of the incident on the component, and the component's current status.
                    "affected_components": [{
                        "component_id": incident.component, "status": incident.impact,
                        "current_status": incident.current,
                    }],
                })
            })
            .collect()
    };
    let mut under_way = listed(maintenance);
    for one in &mut under_way {
        one["started_at"] = one["published_at"].clone();
        one["scheduled_end_at"] = at(-60).into();
    }
    let components: Vec<Value> = all().map(|(id, name)| json!({"id": id, "name": name})).collect();
    json!({"summary": {
        "id": "01JMDK9XYNYXWX1GEAVHXRTKWF", "name": "OpenAI",
        "components": components, "structure": {"items": items},
        "affected_components": affected, "ongoing_incidents": listed(incident),
        "scheduled_maintenances": [], "in_progress_maintenances": under_way,
    }})
}

/// `api/v2/components.json`, which calls `full_outage` `major_outage`.
fn components(incident: Option<&Incident>) -> Value {
    let components: Vec<Value> = all()
        .map(|(id, name)| {
            let status = match incident {
                Some(incident) if incident.component == id => match incident.current {
                    "full_outage" => "major_outage",
                    other => other,
                },
                _ => OPERATIONAL,
            };
            json!({"id": id, "name": name, "status": status})
        })
        .collect();
    json!({"page": {"id": "01JMDK9XYNYXWX1GEAVHXRTKWF", "name": "OpenAI", "url": "https://status.openai.com"},
           "components": components})
}

/// `api/v2/summary.json`: the components and an overall indicator, without incidents.
fn overall(incident: Option<&Incident>) -> Value {
    let mut whole = components(incident);
    let (indicator, description) = match incident {
        Some(incident) if incident.current != OPERATIONAL => ("minor", "Partially Degraded Service"),
        _ => ("none", "All Systems Operational"),
    };
    if let Some(whole) = whole.as_object_mut() {
        whole.insert("status".to_owned(), json!({"indicator": indicator, "description": description}));
    }
    whole
}

/// The HTML page.
fn html(incident: Option<&Incident>, set: OffsetDateTime) -> String {
    let state = match incident {
        None => "<h1>All systems operational</h1>".to_owned(),
        Some(incident) => {
            let began = (OffsetDateTime::now_utc() - set).whole_minutes() + incident.minutes_ago();
            let updates: String =
                incident.updates.iter().rev().map(|update| format!("<li>{}: {}", update.stage, update.words)).collect();
            format!("<h1>{}</h1><p>{}, began {began} minutes ago<ul>{updates}</ul>", incident.name, incident.stage())
        }
    };
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>OpenAI status (lab)</title>\
         <style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto}}</style>{state}"
    )
}
