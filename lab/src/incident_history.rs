//! Past incidents of the status page, and the ongoing one: `/proxy/status.openai.com/incidents`.

use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::components::{API_ID, CONVERSATIONS_ID, LOGIN_ID};
use crate::incident::Incident;

/// A past incident.
struct PastIncident {
    /// Component id.
    component: &'static str,
    /// Days from its publication to when the fault was set.
    days: i64,
    /// Minutes from the start of its impact to its publication.
    early: i64,
    /// Minutes after its publication, and the status then.
    stages: &'static [(i64, &'static str)],
}

const fn past(component: &'static str, days: i64, early: i64, stages: &'static [(i64, &'static str)]) -> PastIncident {
    PastIncident { component, days, early, stages }
}

/// Newest first. The last one is a maintenance.
const PAST: &[PastIncident] = &[
    past(CONVERSATIONS_ID, 2, 5, &[(0, "investigating"), (14, "identified"), (31, "monitoring"), (52, "resolved")]),
    past(API_ID, 3, 0, &[(0, "investigating"), (9, "monitoring"), (240, "resolved")]),
    past(LOGIN_ID, 5, 111, &[(0, "identified"), (18, "monitoring"), (25, "resolved")]),
    past(CONVERSATIONS_ID, 9, 0, &[(0, "investigating"), (41, "resolved")]),
    past(CONVERSATIONS_ID, 12, 2, &[(0, "investigating"), (65, "identified"), (130, "monitoring"), (190, "resolved")]),
    past(CONVERSATIONS_ID, 20, 8, &[(0, "monitoring"), (33, "resolved")]),
    past(CONVERSATIONS_ID, 26, 0, &[(0, "maintenance_in_progress"), (120, "maintenance_complete")]),
];

/// The list as JSON. The impact of an ongoing incident has no `end_at`.
pub(crate) fn list(now: Option<&Incident>, set: OffsetDateTime) -> Value {
    let set = set.replace_nanosecond(0).unwrap_or(set);
    let at = |time: OffsetDateTime| time.format(&Rfc3339).unwrap_or_default();
    let listed = |id: &str, name: &str, published: OffsetDateTime, stages: &[(i64, &str)], impact: Value| {
        let updates: Vec<Value> = stages
            .iter()
            .map(|(minutes, stage)| json!({"published_at": at(published + Duration::minutes(*minutes)), "to_status": stage}))
            .collect();
        let status = stages.last().map_or("investigating", |(_, stage)| *stage);
        json!({"id": id, "name": name, "status": status, "published_at": at(published), "updates": updates,
               "component_impacts": [impact]})
    };
    let ongoing = now.map(|incident| {
        let published = set - Duration::minutes(incident.minutes_ago());
        let stages: Vec<(i64, &str)> =
            incident.updates.iter().map(|update| (incident.minutes_ago() - update.minutes_ago, update.stage)).collect();
        let impact = json!({"component_id": incident.component, "status": incident.impact, "start_at": at(published),
                            "end_at": (incident.current == "operational").then(|| at(set))});
        listed(incident.id, incident.name, published, &stages, impact)
    });
    let past = PAST.iter().enumerate().map(|(index, past)| {
        let published = set - Duration::days(past.days);
        let last = past.stages.last().map_or(0, |(minutes, _)| *minutes);
        let impact = json!({"component_id": past.component, "status": "partial_outage",
                            "start_at": at(published - Duration::minutes(past.early)),
                            "end_at": at(published + Duration::minutes(last))});
        listed(&format!("01KLAB0000000000000000H{index:03}"), "Elevated error rates", published, past.stages, impact)
    });
    json!({"incidents": ongoing.into_iter().chain(past).collect::<Vec<Value>>()})
}
