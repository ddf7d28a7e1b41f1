//! One incident, or announced work, with what it says of each part.

use serde::{Deserialize, Serialize};

use super::part::{self, Part};
use crate::core::{
    Millis,
    json::{Json, Value},
    named::named,
    text::clip,
    time::rfc3339,
};

/// Longest name that is kept: an incident's, and a part's.
const NAME: usize = 120;
const PART: usize = 40;
/// So many parts of one incident are kept, those that are still affected first, …
const PARTS: usize = 8;
/// … of so many that are looked at.
const LOOKED: usize = 60;

named! {
    /// How far an incident has come.
    #[derive(Default)]
    pub enum IncidentStatus {
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

named! {
    /// How a part does, in the page's words.
    #[derive(Default)]
    pub enum Grade {
        /// Recovered, or never affected.
        Operational = "operational",
        /// Slow, or failing for some.
        Degraded = "degraded_performance",
        /// Failing for many.
        Partial = "partial_outage",
        /// Failing for all; `major_outage` in api/v2.
        Full = "full_outage",
        /// Announced work.
        Maintenance = "under_maintenance",
        /// Another word, or none.
        #[default]
        Unknown = "unknown",
    }
}

impl Grade {
    fn of(word: &str) -> Grade {
        if word == "major_outage" { Grade::Full } else { Grade::from_name(word).unwrap_or_default() }
    }
}

/// What is said of one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Which.
    pub part: Part,
    /// As the page calls it.
    pub name: String,
    /// How it does now.
    pub status: Grade,
}

impl Hit {
    /// A part that an incident, or the page, names.
    pub(super) fn read(raw: &Value, items: &[Value]) -> Hit {
        let id = raw.field("component_id").text();
        let (group, listed) = part::listed(id, items).unwrap_or_default();
        let known = [listed, part::name_of(id), raw.field("name").text()];
        let name = known.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        // `status` may be what the incident did to it, `current_status` is how it does now. An impact is over at its end.
        let now = [raw.field("current_status"), raw.field("status")].map(Value::text);
        let status = match (raw.field("end_at").text(), now.into_iter().find(|word| !word.is_empty())) {
            ("", word) => Grade::of(word.unwrap_or_default()),
            _ => Grade::Operational,
        };
        Hit { part: Part::find(id, group, name), name: clip(name, PART).to_owned(), status }
    }

    /// Whether it is still affected.
    pub fn is_live(&self) -> bool {
        self.status != Grade::Operational
    }
}

/// One ongoing incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Incident {
    /// The provider's title, cut short.
    pub name: String,
    /// How far it has come.
    pub status: IncidentStatus,
    /// When it was published, which may be long after it began; of announced work, when that began.
    pub began: Option<Millis>,
    /// Until when work was announced to go on.
    pub until: Option<Millis>,
    /// When the provider wrote last.
    pub updated: Option<Millis>,
    /// What it says of each part; [`Part::All`] where it names none. One without any is over.
    pub parts: Vec<Hit>,
}

impl Incident {
    pub(super) fn read(raw: &Value, items: &[Value]) -> Incident {
        let time = |name: &str| rfc3339(raw.field(name).text());
        let until = time("scheduled_end_at");
        let updates = raw.field("updates").items().iter();
        Incident {
            name: clip(raw.field("name").text(), NAME).to_owned(),
            status: IncidentStatus::from_name(raw.field("status").text()).unwrap_or_default(),
            // Work is announced days before it begins.
            began: until.and_then(|_| time("started_at")).or(time("published_at")),
            until,
            updated: updates.filter_map(|update| rfc3339(update.field("published_at").text())).max(),
            parts: parts(raw, items),
        }
    }

    /// Whether a part of it is still affected. One whose parts have all recovered explains nothing.
    pub fn is_live(&self) -> bool {
        self.parts.iter().any(Hit::is_live)
    }

    /// Whether one of these parts is still affected by it.
    pub fn hits(&self, parts: &[Part]) -> bool {
        self.live().any(|hit| hit.part == Part::All || parts.contains(&hit.part))
    }

    /// What is still affected.
    pub fn live(&self) -> impl Iterator<Item = &Hit> {
        self.parts.iter().filter(|hit| hit.is_live())
    }
}

/// What a failure of a chat could need and is affected comes first, then what else is affected: a list that is cut loses those
/// that explain nothing. By hand: a sort of the standard library takes 3 KB of wasm for each kind of list.
pub(super) fn ranked(hits: Vec<Hit>) -> Vec<Hit> {
    let (first, rest): (Vec<Hit>, Vec<Hit>) = hits.into_iter().partition(|hit| hit.is_live() && hit.part < Part::Voice);
    let (live, over): (Vec<Hit>, Vec<Hit>) = rest.into_iter().partition(Hit::is_live);
    first.into_iter().chain(live).chain(over).collect()
}

fn parts(raw: &Value, items: &[Value]) -> Vec<Hit> {
    let (affected, impacts) = (raw.field("affected_components").items(), raw.field("component_impacts").items());
    let named = if affected.is_empty() { impacts } else { affected };
    let mut parts = ranked(named.iter().take(LOOKED).map(|raw| Hit::read(raw, items)).collect());
    // Naming no part is not the same as all parts being well again; but "resolved" alone says that it is over.
    if parts.is_empty() && raw.field("status").text() != "resolved" {
        parts.push(Hit { part: Part::All, name: String::new(), status: Grade::Unknown });
    }
    parts.truncate(PARTS);
    parts
}
