//! The provider's own word: status.openai.com, as last read.
//!
//! Owns the page's schema. Unreadable is not down, and green is no proof of health: one incident was published 111
//! minutes after it began. The overall indicator mixes in unrelated products, so only parts of ChatGPT count.

use super::{Check, Scene};
use crate::core::{
    Millis,
    decode::clip,
    fact::Fact,
    named::named,
    observe::{Role, component},
    plain::{Plain, plain},
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

named! {
    /// How far an incident has come.
    #[derive(Default)]
    pub enum Stage {
        /// The provider looks for the reason.
        Investigating = "investigating",
        /// The reason is known.
        Identified = "identified",
        /// A fix is in; the provider watches.
        Monitoring = "monitoring",
        /// Another word of theirs.
        #[default]
        Other = "other",
    }
}

/// One ongoing incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The provider's title, cut short.
    pub name: String,
    /// How far it has come.
    pub stage: Stage,
    /// When it was published, which may be long after it began; of announced work, when that began.
    pub began: Option<Millis>,
    /// Until when work was announced to go on.
    pub until: Option<Millis>,
    /// When the provider wrote last.
    pub updated: Option<Millis>,
    /// ChatGPT is affected.
    pub chatgpt: bool,
    /// The developer API is affected.
    pub api: bool,
}
plain!(Incident by field { name, stage, began, until, updated, chatgpt, api });

/// What is kept of the status page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusPage {
    /// Ongoing incidents.
    pub incidents: Vec<Incident>,
    /// Announced work that goes on now.
    pub maintenances: Vec<Incident>,
}
plain!(StatusPage by field { incidents, maintenances });

impl StatusPage {
    /// What is worth keeping of `/proxy/status.openai.com` as it is served (incident.io); none if this is not a status page
    /// at all. Every part of it may be missing.
    pub fn read(page: &Plain) -> Option<StatusPage> {
        let summary = page.get("summary");
        let groups = summary.get("structure").get("items").items();
        let read = |raw: &Plain| raw.items().iter().take(INCIDENTS).map(|raw| incident(raw, groups)).collect();
        let Plain::List(_) = summary.get("ongoing_incidents") else { return None };
        let incidents = read(summary.get("ongoing_incidents"));
        Some(StatusPage { incidents, maintenances: read(summary.get("in_progress_maintenances")) })
    }

    /// The ongoing incident on the part that failed.
    pub fn incident(&self, role: Option<Role>) -> Option<&Incident> {
        on_part(&self.incidents, role)
    }

    /// The announced work on it.
    pub fn maintenance(&self, role: Option<Role>) -> Option<&Incident> {
        on_part(&self.maintenances, role)
    }
}

fn incident(raw: &Plain, groups: &[Plain]) -> Incident {
    let parts =
        || raw.get("affected_components").items().iter().filter(|part| part.get("status").text() != "operational");
    // By id first, then by group and name: "Login" stands in two groups.
    let known = |part: &Plain| {
        let id = part.get("component_id").text();
        [Role::Chat, Role::Session].into_iter().any(|role| component(role) == id)
            || matches!(group_of(id, groups), Some(("ChatGPT", "Conversations" | "Login")))
    };
    let of_api =
        |part: &Plain| group_of(part.get("component_id").text(), groups).is_some_and(|(group, _)| group == "APIs");
    // An incident that names no part concerns everything.
    let everything = parts().next().is_none();
    let time = |name: &str| rfc3339(raw.get(name).text());
    let until = time("scheduled_end_at");
    Incident {
        name: clip(raw.get("name").text(), NAME).to_owned(),
        stage: Stage::from_name(raw.get("status").text()).unwrap_or_default(),
        // Work is announced days before it begins.
        began: until.and_then(|_| time("started_at")).or(time("published_at")),
        until,
        updated: raw
            .get("updates")
            .items()
            .iter()
            .filter_map(|update| rfc3339(update.get("published_at").text()))
            .max(),
        chatgpt: everything || parts().any(known),
        api: everything || parts().any(of_api),
    }
}

fn group_of<'a>(id: &str, groups: &'a [Plain]) -> Option<(&'a str, &'a str)> {
    if id.is_empty() {
        return None;
    }
    groups.iter().map(|item| item.get("group")).find_map(|group| {
        let part = group.get("components").items().iter().find(|part| part.get("component_id").text() == id)?;
        Some((group.get("name").text(), part.get("name").text()))
    })
}

/// The ongoing incident on the part that failed, or else the announced work on it.
pub fn relevant_incident(page: &StatusPage, role: Option<Role>) -> Option<&Incident> {
    page.incident(role).or_else(|| page.maintenance(role))
}

fn on_part(incidents: &[Incident], role: Option<Role>) -> Option<&Incident> {
    incidents.iter().find(|incident| if role == Some(Role::Api) { incident.api } else { incident.chatgpt })
}

fn check(scene: &Scene<'_>, _: &[Fact]) -> Vec<Fact> {
    let Some(provider) = &scene.model.provider else { return Vec::new() };
    let fact = match &provider.page {
        None => Fact::StatusUnread,
        Some(page) if page.incident(scene.focus.role).is_some() => Fact::IncidentOpen,
        Some(page) if page.maintenance(scene.focus.role).is_some() => Fact::MaintenanceOpen,
        Some(_) => Fact::StatusGreen,
    };
    vec![fact]
}
