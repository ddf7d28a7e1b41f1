//! One incident or maintenance, with the components it affects.

use serde::{Deserialize, Serialize};

use super::component::{self, Component};
use crate::core::{
    Millis,
    json::{Json, Value},
    named::named,
    text::clip,
    time::rfc3339,
};

/// Longest name of an incident or a component, in bytes.
const NAME: usize = 120;
const PART: usize = 40;
/// Most components of one incident that are kept, affected ones first.
const PARTS: usize = 8;
/// Most components of one incident that are read.
const LOOKED: usize = 60;

named! {
    /// The status of an incident.
    #[derive(Default)]
    pub enum IncidentStatus {
        /// The provider investigates the cause.
        Investigating = "investigating",
        /// The cause is identified.
        Identified = "identified",
        /// A fix is applied and monitored.
        Monitoring = "monitoring",
        /// Another status.
        #[default]
        Other = "other",
    }
}

named! {
    /// The status of a component, by the page's names.
    #[derive(Default)]
    pub enum ComponentStatus {
        /// Recovered, or never affected.
        Operational = "operational",
        /// Slow, or failing for some.
        Degraded = "degraded_performance",
        /// Failing for some.
        Partial = "partial_outage",
        /// Failing for all; `major_outage` in api/v2.
        Full = "full_outage",
        /// Scheduled maintenance.
        Maintenance = "under_maintenance",
        /// Another status, or none.
        #[default]
        Unknown = "unknown",
    }
}

impl ComponentStatus {
    fn of(word: &str) -> ComponentStatus {
        if word == "major_outage" {
            ComponentStatus::Full
        } else {
            ComponentStatus::from_name(word).unwrap_or_default()
        }
    }
}

/// The status of one component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AffectedComponent {
    /// The component.
    pub part: Component,
    /// Its name on the page.
    pub name: String,
    /// Its present status.
    pub status: ComponentStatus,
}

impl AffectedComponent {
    /// Reads a component of an incident or of the page.
    pub(super) fn read(raw: &Value, items: &[Value]) -> AffectedComponent {
        let id = raw.field("component_id").text();
        let (group, listed) = component::listed(id, items).unwrap_or_default();
        let known = [listed, component::name_of(id), raw.field("name").text()];
        let name = known.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        // `status` may be the impact of the incident, `current_status` is the present status. An impact is over at its
        // end.
        let now = [raw.field("current_status"), raw.field("status")].map(Value::text);
        let status = match (raw.field("end_at").text(), now.into_iter().find(|word| !word.is_empty())) {
            ("", word) => ComponentStatus::of(word.unwrap_or_default()),
            _ => ComponentStatus::Operational,
        };
        AffectedComponent { part: Component::find(id, group, name), name: clip(name, PART).to_owned(), status }
    }

    /// Whether it is still affected.
    pub fn is_live(&self) -> bool {
        self.status != ComponentStatus::Operational
    }
}

/// One ongoing incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Incident {
    /// The provider's title, truncated.
    pub name: String,
    /// Its status.
    pub status: IncidentStatus,
    /// When it was published, which may be long after it began; for maintenance, when it began.
    pub began: Option<Millis>,
    /// The scheduled end of maintenance.
    pub until: Option<Millis>,
    /// The time of the provider's last update.
    pub updated: Option<Millis>,
    /// The affected components; [`Component::All`] if it names none. Empty if it is over.
    pub parts: Vec<AffectedComponent>,
}

impl Incident {
    pub(super) fn read(raw: &Value, items: &[Value]) -> Incident {
        let time = |name: &str| rfc3339(raw.field(name).text());
        let until = time("scheduled_end_at");
        let updates = raw.field("updates").items().iter();
        Incident {
            name: clip(raw.field("name").text(), NAME).to_owned(),
            status: IncidentStatus::from_name(raw.field("status").text()).unwrap_or_default(),
            // Maintenance is published days before it begins.
            began: until.and_then(|_| time("started_at")).or(time("published_at")),
            until,
            updated: updates.filter_map(|update| rfc3339(update.field("published_at").text())).max(),
            parts: parts(raw, items),
        }
    }

    /// Whether a component is still affected. An incident whose components have all recovered explains nothing.
    pub fn is_live(&self) -> bool {
        self.parts.iter().any(AffectedComponent::is_live)
    }

    /// Whether one of these components is still affected.
    pub fn hits(&self, parts: &[Component]) -> bool {
        self.live().any(|hit| hit.part == Component::All || parts.contains(&hit.part))
    }

    /// The components that are still affected.
    pub fn live(&self) -> impl Iterator<Item = &AffectedComponent> {
        self.parts.iter().filter(|hit| hit.is_live())
    }
}

/// Sorts affected components first, those that a chat could need before all others, so that a truncated list loses the
/// least relevant. Without a sort of the standard library, which takes 3 KB of wasm per list type.
pub(super) fn ranked(hits: Vec<AffectedComponent>) -> Vec<AffectedComponent> {
    let (first, rest): (Vec<AffectedComponent>, Vec<AffectedComponent>) =
        hits.into_iter().partition(|hit| hit.is_live() && hit.part < Component::Voice);
    let (live, over): (Vec<AffectedComponent>, Vec<AffectedComponent>) =
        rest.into_iter().partition(AffectedComponent::is_live);
    first.into_iter().chain(live).chain(over).collect()
}

fn parts(raw: &Value, items: &[Value]) -> Vec<AffectedComponent> {
    let (affected, impacts) = (raw.field("affected_components").items(), raw.field("component_impacts").items());
    let named = if affected.is_empty() { impacts } else { affected };
    let mut parts = ranked(named.iter().take(LOOKED).map(|raw| AffectedComponent::read(raw, items)).collect());
    // No component is not the same as no longer affected; but the status "resolved" alone means that it is over.
    if parts.is_empty() && raw.field("status").text() != "resolved" {
        parts.push(AffectedComponent { part: Component::All, name: String::new(), status: ComponentStatus::Unknown });
    }
    parts.truncate(PARTS);
    parts
}
