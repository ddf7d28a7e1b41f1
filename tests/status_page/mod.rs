//! A status page, made for a test: its structure, an incident on parts of it, and the two forms in which it is read.

use serde_json::{Value, json};

/// Parts as the page's own structure lists them: `(id, group, name)`. The last three ids are made up.
pub const PARTS: &[(&str, &str, &str)] = &[
    (CONVERSATIONS, "ChatGPT", "Conversations"),
    (LOGIN, "ChatGPT", "Login"),
    (VOICE, "ChatGPT", "Voice mode"),
    ("01JMXBNJXG1YMQPPCPCQX3MPA2", "ChatGPT", "File uploads"),
    ("01KX45G1SH21AX5DT93D4HMF0P", "ChatGPT", "ChatGPT Work"),
    ("01JMXBNJXGKKP51D4DEJ2HZJ8Q", "ChatGPT", "Search"),
    ("01JSFK5QX36ZRW0TW0ZV0ZYFXQ", "ChatGPT", "GPTs"),
    ("01JP8CD9JR3HR6Y7G4Q75N4DVW", "APIs", "Responses"),
    ("01JSM5RTJWHRWDTS6Q604VEW3B", "APIs", "Login"),
    ("01KMKFAMWKNQ84Z1766MV08ZDE", "Codex", "CLI"),
    ("01MADEUP0000000000000DREAM", "ChatGPT", "Dreams"),
    ("01MADEUP0000000000000CHAT0", "ChatGPT", "Conversations"),
    ("01MADEUP0000000000000FILMS", "Sora", "Films"),
];
pub const CONVERSATIONS: &str = "01JMXBNJXGV1T5GT2M9XA83XNG";
pub const LOGIN: &str = "01JMXBNJXG1S2D9V65P1ZZTD94";
pub const VOICE: &str = "01JMXBNJXGGT5SR5DB9J7GYY48";
pub const FILES: &str = "01JMXBNJXG1YMQPPCPCQX3MPA2";
pub const API: &str = "01JP8CD9JR3HR6Y7G4Q75N4DVW";
pub const CLI: &str = "01KMKFAMWKNQ84Z1766MV08ZDE";
pub const UNKNOWN: &str = "01MADEUP0000000000000DREAM";
pub const RENAMED: &str = "01MADEUP0000000000000CHAT0";
pub const SORA: &str = "01MADEUP0000000000000FILMS";

pub fn structure() -> Value {
    let group = |name: &str| {
        let parts = PARTS.iter().filter(|part| part.1 == name);
        let parts: Vec<Value> = parts.map(|(id, _, name)| json!({"component_id": id, "name": name})).collect();
        json!({"group": {"name": name, "components": parts}})
    };
    let groups = ["APIs", "ChatGPT", "Codex", "Sora"].map(group);
    json!({ "items": groups })
}

/// An incident: its stage, and `(id, status, current_status)` of each part.
pub fn incident(stage: &str, parts: &[(&str, &str, Option<&str>)]) -> Value {
    let part = |(id, status, now): &(&str, &str, Option<&str>)| {
        let mut part = json!({"component_id": id, "status": status});
        if let Some(now) = now {
            part["current_status"] = json!(now);
        }
        part
    };
    json!({"id": "01MADEUP", "name": "Elevated errors", "status": stage, "published_at": "2027-01-15T07:40:00Z",
           "affected_components": parts.iter().map(part).collect::<Vec<_>>(),
           "updates": [{"published_at": "2027-01-15T07:50:00Z", "to_status": stage}]})
}

pub fn summary(incidents: Vec<Value>) -> Value {
    json!({"summary": {"structure": structure(), "affected_components": [], "ongoing_incidents": incidents,
                       "in_progress_maintenances": []}})
}

/// `/api/v2/summary.json`: every part with its own status, no incident, no group.
pub fn v2(impaired: &[(&str, &str)]) -> Value {
    let status = |id: &str| impaired.iter().find(|(one, _)| *one == id).map_or("operational", |(_, status)| status);
    let one = |(id, _, name): &(&str, &str, &str)| json!({"id": id, "name": name, "status": status(id)});
    json!({"page": {"name": "OpenAI"}, "status": {"indicator": "none", "description": "All Systems Operational"},
           "components": PARTS.iter().map(one).collect::<Vec<_>>()})
}
