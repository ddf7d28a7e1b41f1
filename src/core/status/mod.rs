//! OpenAI's status page, reduced to what a verdict needs: incidents, their components, and the status of each
//! component.
//!
//! Owns the page's schema. An unreadable page does not mean an outage, and a green one does not prove that all works:
//! one incident was published 111 minutes after it began. The overall indicator includes unrelated products, so it is
//! not used.

mod component;
#[cfg(not(target_arch = "wasm32"))]
mod forms;
mod incident;

use serde::{Deserialize, Serialize};

use super::json::{Json, Value};

pub(crate) use component::id_of;
pub use component::{CHAT, Component};
pub use incident::{AffectedComponent, ComponentStatus, Incident, IncidentStatus};

/// Most incidents that are kept, ongoing ones first.
const INCIDENTS: usize = 12;
/// Most incidents that are read.
const LOOKED: usize = 200;

/// The part of the status page that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusPage {
    /// Ongoing incidents.
    pub incidents: Vec<Incident>,
    /// Ongoing maintenance.
    pub maintenances: Vec<Incident>,
    /// Components that the page shows as impaired, with or without an incident.
    pub parts: Vec<AffectedComponent>,
}

impl StatusPage {
    /// Reads `/proxy/status.openai.com` (incident.io); none if it is not a status page. Every field may be missing,
    /// except the list of incidents. Outside of the browser the page's other formats are read too.
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
        let impaired =
            |hit: &AffectedComponent| !matches!(hit.status, ComponentStatus::Operational | ComponentStatus::Unknown);
        let parts = summary.field("affected_components").items().iter().take(LOOKED);
        let mut parts =
            incident::ranked(parts.map(|raw| AffectedComponent::read(raw, items)).filter(impaired).collect());
        parts.truncate(INCIDENTS);
        Some(StatusPage { incidents: read("ongoing_incidents"), maintenances: read("in_progress_maintenances"), parts })
    }

    /// The ongoing incident on one of these components.
    pub fn incident(&self, parts: &[Component]) -> Option<&Incident> {
        self.incidents.iter().find(|incident| incident.hits(parts))
    }

    /// The ongoing maintenance of one of these components.
    pub fn maintenance(&self, parts: &[Component]) -> Option<&Incident> {
        self.maintenances.iter().find(|incident| incident.hits(parts))
    }

    /// The one of these components that the page shows as impaired.
    pub fn impaired(&self, parts: &[Component]) -> Option<&AffectedComponent> {
        self.parts.iter().find(|hit| parts.contains(&hit.part))
    }

    /// Whether the page shows anything on one of these components.
    pub fn is_open(&self, parts: &[Component]) -> bool {
        relevant_incident(self, parts).is_some() || self.impaired(parts).is_some()
    }

    /// The names of ChatGPT's affected components, without these and without unknown ones, which cannot be said to be
    /// elsewhere.
    pub fn elsewhere(&self, parts: &[Component]) -> Vec<&str> {
        let live = self.incidents.iter().flat_map(Incident::live).chain(&self.parts);
        let mut names = Vec::new();
        let here = |part: Component| matches!(part, Component::All | Component::ChatGpt) || parts.contains(&part);
        for hit in live.filter(|hit| hit.part.is_chatgpt() && !here(hit.part)) {
            if !hit.name.is_empty() && !names.contains(&hit.name.as_str()) {
                names.push(hit.name.as_str());
            }
        }
        names
    }
}

/// The ongoing incident on one of these components, otherwise the maintenance.
pub fn relevant_incident<'a>(page: &'a StatusPage, parts: &[Component]) -> Option<&'a Incident> {
    page.incident(parts).or_else(|| page.maintenance(parts))
}
