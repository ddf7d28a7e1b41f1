//! The provider's own word: status.openai.com, as last read.
//!
//! Owns the page's schema. Unreadable is not down, and green is no proof of health: one incident was published 111
//! minutes after it began. The overall indicator mixes in unrelated products, so only parts of ChatGPT count.

use serde::{Deserialize, Serialize};

use super::{Check, Scene};
use crate::core::{
    Millis,
    decode::clip,
    fact::Fact,
    observe::{Role, component},
    time::rfc3339,
};

pub(super) const CHECK: Check = Check {
    name: "provider",
    check,
    tells: &[Fact::IncidentOpen, Fact::MaintenanceOpen, Fact::StatusGreen, Fact::StatusUnread],
};

/// Longest lists and names that are kept.
const INCIDENTS: usize = 12;
const NAME: usize = 120;

/// How far an incident has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The provider looks for the reason.
    Investigating,
    /// The reason is known.
    Identified,
    /// A fix is in; the provider watches.
    Monitoring,
    /// Another word of theirs.
    #[default]
    Other,
}

/// One ongoing incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// The provider's title, cut short.
    pub name: String,
    /// How far it has come.
    pub stage: Stage,
    /// When it was published.
    pub began: Option<Millis>,
    /// When the provider wrote last.
    pub updated: Option<Millis>,
    /// ChatGPT is affected.
    pub chatgpt: bool,
    /// The developer API is affected.
    pub api: bool,
}

/// What is kept of the status page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusPage {
    /// Ongoing incidents.
    pub incidents: Vec<Incident>,
    /// Announced work that goes on now.
    pub maintenances: Vec<Incident>,
}

/// `/proxy/status.openai.com` as it is served (incident.io). Everything may be missing.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct RawStatusPage {
    summary: Option<RawSummary>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct RawSummary {
    structure: Option<RawStructure>,
    ongoing_incidents: Option<Vec<RawIncident>>,
    in_progress_maintenances: Option<Vec<RawIncident>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct RawStructure {
    items: Option<Vec<RawItem>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct RawItem {
    group: Option<RawGroup>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct RawGroup {
    name: Option<String>,
    components: Option<Vec<RawComponent>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct RawComponent {
    component_id: Option<String>,
    name: Option<String>,
    status: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct RawIncident {
    name: Option<String>,
    status: Option<String>,
    published_at: Option<String>,
    affected_components: Option<Vec<RawComponent>>,
    updates: Option<Vec<RawUpdate>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct RawUpdate {
    published_at: Option<String>,
}

impl RawStatusPage {
    /// What is worth keeping; none if this is not a status page at all.
    pub fn understand(self) -> Option<StatusPage> {
        let summary = self.summary?;
        let groups = summary.structure.and_then(|structure| structure.items).unwrap_or_default();
        let groups: Vec<RawGroup> = groups.into_iter().filter_map(|item| item.group).collect();
        let read = |raw: Vec<RawIncident>| raw.into_iter().take(INCIDENTS).map(|raw| incident(raw, &groups)).collect();
        let incidents = read(summary.ongoing_incidents?);
        Some(StatusPage { incidents, maintenances: read(summary.in_progress_maintenances.unwrap_or_default()) })
    }
}

fn incident(raw: RawIncident, groups: &[RawGroup]) -> Incident {
    let affected = raw.affected_components.unwrap_or_default();
    let affected: Vec<&RawComponent> =
        affected.iter().filter(|part| part.status.as_deref() != Some("operational")).collect();
    // By id first, then by group and name: "Login" stands in two groups.
    let known = |part: &RawComponent| {
        let id = part.component_id.as_deref().unwrap_or_default();
        [Role::Chat, Role::Session].into_iter().any(|role| component(role) == id)
            || group_of(id, groups)
                .is_some_and(|(group, name)| group == "ChatGPT" && matches!(name, "Conversations" | "Login"))
    };
    let of_api = |part: &RawComponent| {
        group_of(part.component_id.as_deref().unwrap_or_default(), groups).is_some_and(|(group, _)| group == "APIs")
    };
    Incident {
        name: clip(raw.name.as_deref().unwrap_or_default(), NAME).to_owned(),
        stage: match raw.status.as_deref() {
            Some("investigating") => Stage::Investigating,
            Some("identified") => Stage::Identified,
            Some("monitoring") => Stage::Monitoring,
            _ => Stage::Other,
        },
        began: raw.published_at.as_deref().and_then(rfc3339),
        updated: raw.updates.unwrap_or_default().iter().filter_map(|up| rfc3339(up.published_at.as_deref()?)).max(),
        // An incident that names no part concerns everything.
        chatgpt: affected.is_empty() || affected.iter().any(|part| known(part)),
        api: affected.is_empty() || affected.iter().any(|part| of_api(part)),
    }
}

fn group_of<'a>(id: &str, groups: &'a [RawGroup]) -> Option<(&'a str, &'a str)> {
    groups.iter().find_map(|group| {
        let part = group.components.iter().flatten().find(|part| part.component_id.as_deref() == Some(id))?;
        Some((group.name.as_deref()?, part.name.as_deref()?))
    })
}

/// The ongoing incident on the part that failed, or else the announced work on it.
pub fn relevant_incident(page: &StatusPage, role: Option<Role>) -> Option<&Incident> {
    on_part(&page.incidents, role).or_else(|| on_part(&page.maintenances, role))
}

fn on_part(incidents: &[Incident], role: Option<Role>) -> Option<&Incident> {
    incidents.iter().find(|incident| if role == Some(Role::Api) { incident.api } else { incident.chatgpt })
}

fn check(scene: &Scene<'_>, _: &[Fact]) -> Vec<Fact> {
    let Some(provider) = &scene.model.provider else { return Vec::new() };
    let fact = match &provider.page {
        None => Fact::StatusUnread,
        Some(page) if on_part(&page.incidents, scene.focus.role).is_some() => Fact::IncidentOpen,
        Some(page) if on_part(&page.maintenances, scene.focus.role).is_some() => Fact::MaintenanceOpen,
        Some(_) => Fact::StatusGreen,
    };
    vec![fact]
}
