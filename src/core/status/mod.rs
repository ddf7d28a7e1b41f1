//! OpenAI's status page, reduced to what a verdict needs: what goes on, on which part, and how each part does.
//!
//! Owns the page's schema. Unreadable is not down, and green is no proof of health: one incident was published 111 minutes
//! after it began. The overall indicator mixes in unrelated products, so it is not read at all.

#[cfg(not(target_arch = "wasm32"))]
mod forms;
mod incident;
mod part;

use serde::{Deserialize, Serialize};

use super::json::{Json, Value};

pub use incident::{Grade, Hit, Incident, IncidentStatus};
pub(crate) use part::id_of;
pub use part::{CHAT, Part};

/// So many incidents are kept, those that still affect a part first, …
const INCIDENTS: usize = 12;
/// … of so many that are looked at.
const LOOKED: usize = 200;

/// What is kept of the status page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusPage {
    /// Ongoing incidents.
    pub incidents: Vec<Incident>,
    /// Announced work that goes on now.
    pub maintenances: Vec<Incident>,
    /// Parts that the page calls impaired, whether or not an incident tells of them.
    pub parts: Vec<Hit>,
}

impl StatusPage {
    /// What is worth keeping of `/proxy/status.openai.com` as it is served (incident.io); none if this is not a status page
    /// at all. Every part of it may be missing, but for the list of incidents. Off the browser the page's other forms are
    /// read too.
    pub fn read(page: &Value) -> Option<StatusPage> {
        #[cfg(not(target_arch = "wasm32"))]
        let page = &forms::as_summary(page)?;
        let summary = page.field("summary");
        let items = summary.field("structure").field("items").items();
        let Value::Array(_) = summary.field("ongoing_incidents") else { return None };
        let read = |name: &str| {
            let all = summary.field(name).items().iter().take(LOOKED).filter(|raw| raw.is_object());
            let (mut read, over): (Vec<Incident>, Vec<Incident>) =
                all.map(|raw| Incident::read(raw, items)).partition(Incident::is_live);
            read.extend(over);
            read.truncate(INCIDENTS);
            read
        };
        let impaired = |hit: &Hit| !matches!(hit.status, Grade::Operational | Grade::Unknown);
        let parts = summary.field("affected_components").items().iter().take(LOOKED);
        let mut parts = incident::ranked(parts.map(|raw| Hit::read(raw, items)).filter(impaired).collect());
        parts.truncate(INCIDENTS);
        Some(StatusPage { incidents: read("ongoing_incidents"), maintenances: read("in_progress_maintenances"), parts })
    }

    /// The ongoing incident on one of these parts.
    pub fn incident(&self, parts: &[Part]) -> Option<&Incident> {
        self.incidents.iter().find(|incident| incident.hits(parts))
    }

    /// The announced work on one of them.
    pub fn maintenance(&self, parts: &[Part]) -> Option<&Incident> {
        self.maintenances.iter().find(|incident| incident.hits(parts))
    }

    /// The one of these parts that the page calls impaired.
    pub fn impaired(&self, parts: &[Part]) -> Option<&Hit> {
        self.parts.iter().find(|hit| parts.contains(&hit.part))
    }

    /// Whether the page knows of anything on one of these parts.
    pub fn is_open(&self, parts: &[Part]) -> bool {
        relevant_incident(self, parts).is_some() || self.impaired(parts).is_some()
    }

    /// The names of ChatGPT's parts that are affected, but for these, and for those that Mend does not know: of them nobody
    /// can say that they are elsewhere.
    pub fn elsewhere(&self, parts: &[Part]) -> Vec<&str> {
        let live = self.incidents.iter().flat_map(Incident::live).chain(&self.parts);
        let mut names = Vec::new();
        let here = |part: Part| matches!(part, Part::All | Part::ChatGpt) || parts.contains(&part);
        for hit in live.filter(|hit| hit.part.is_chatgpt() && !here(hit.part)) {
            if !hit.name.is_empty() && !names.contains(&hit.name.as_str()) {
                names.push(hit.name.as_str());
            }
        }
        names
    }
}

/// The ongoing incident on one of these parts, or else the announced work on it.
pub fn relevant_incident<'a>(page: &'a StatusPage, parts: &[Part]) -> Option<&'a Incident> {
    page.incident(parts).or_else(|| page.maintenance(parts))
}
