//! The status page's past incidents, `/proxy/status.openai.com/incidents`, with the one that goes on now.
//!
//! Owns how they went. Never decides what goes on: the table does.

use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::incident::Incident;
use crate::parts::{API_ID, CONVERSATIONS_ID, LOGIN_ID};

/// A past incident: its part, how many days before the fault was set it was published, how many minutes before that its impact
/// began, and its stages, in minutes after that.
struct Past {
    part: &'static str,
    days: i64,
    early: i64,
    stages: &'static [(i64, &'static str)],
}

const fn past(part: &'static str, days: i64, early: i64, stages: &'static [(i64, &'static str)]) -> Past {
    Past { part, days, early, stages }
}

/// The newest first. The last one is no incident.
const PAST: &[Past] = &[
    past(CONVERSATIONS_ID, 2, 5, &[(0, "investigating"), (14, "identified"), (31, "monitoring"), (52, "resolved")]),
    past(API_ID, 3, 0, &[(0, "investigating"), (9, "monitoring"), (240, "resolved")]),
    past(LOGIN_ID, 5, 111, &[(0, "identified"), (18, "monitoring"), (25, "resolved")]),
    past(CONVERSATIONS_ID, 9, 0, &[(0, "investigating"), (41, "resolved")]),
    past(CONVERSATIONS_ID, 12, 2, &[(0, "investigating"), (65, "identified"), (130, "monitoring"), (190, "resolved")]),
    past(CONVERSATIONS_ID, 20, 8, &[(0, "monitoring"), (33, "resolved")]),
    past(CONVERSATIONS_ID, 26, 0, &[(0, "maintenance_in_progress"), (120, "maintenance_complete")]),
];

/// The list. An impact that goes on has no end.
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
        let impact = json!({"component_id": past.part, "status": "partial_outage",
                            "start_at": at(published - Duration::minutes(past.early)),
                            "end_at": at(published + Duration::minutes(last))});
        listed(&format!("01KLAB0000000000000000H{index:03}"), "Elevated error rates", published, past.stages, impact)
    });
    json!({"incidents": ongoing.into_iter().chain(past).collect::<Vec<Value>>()})
}
