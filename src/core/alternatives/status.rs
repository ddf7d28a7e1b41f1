//! The status of a service from its own status page: works, trouble with the page's text, or not known.
//!
//! Owns the format of Atlassian's Statuspage, `/api/v2/summary.json` (statuspage.io, "Status API"), which incident.io
//! provides as well. An unreadable page does not mean that the service is down, and a page that is not read says
//! nothing: these are two statuses.

use crate::core::{
    Millis,
    json::{Json, Value},
    named::named,
    text::clip,
    time::SECOND,
};

/// Longest text of the status page that is shown.
const WORDS: usize = 160;

/// Where a service's status is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusSource {
    /// A Statuspage API that our page reads.
    Api {
        /// Its host; the manifest's content security policy allows the same hosts and no other.
        host: &'static str,
        /// Prefix of the names of the components that count; empty for all.
        part: &'static str,
    },
    /// A page for people only, by its URL.
    Page(&'static str),
}

named! {
    /// The status of a service.
    pub enum Health {
        /// It works.
        Works = "works",
        /// A program on the person's machine: no service's outage affects it.
        Own = "own",
        /// Its page is being read.
        Reading = "reading",
        /// Its page is for people only, and is not read.
        NotAsked = "not-asked",
        /// Its page could not be read.
        Unread = "unread",
        /// It has an incident or a degraded component.
        Trouble = "trouble",
    }
}

/// The status of a service, with the page's text where there is trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The status.
    pub health: Health,
    /// The page's text; empty if there is none.
    pub words: String,
}

impl StatusSource {
    /// Timeout of reading a page, in milliseconds.
    pub const PATIENCE: Millis = 8 * SECOND;
    /// Largest page that is parsed, in characters; GitHub's, the longest known, has 20,000.
    pub const LARGEST: u32 = 1_000_000;

    /// The URL of the API; none if there is only a page for people.
    pub fn api(self) -> Option<String> {
        match self {
            StatusSource::Api { host, .. } => Some(format!("https://{host}/api/v2/summary.json")),
            StatusSource::Page(_) => None,
        }
    }

    /// The URL of the page for people.
    pub fn page(self) -> String {
        match self {
            StatusSource::Api { host, .. } => format!("https://{host}/"),
            StatusSource::Page(url) => url.to_owned(),
        }
    }

    /// The status before anything was read.
    pub fn first(source: Option<StatusSource>) -> Status {
        Status::of(match source {
            None => Health::Own,
            Some(StatusSource::Api { .. }) => Health::Reading,
            Some(StatusSource::Page(_)) => Health::NotAsked,
        })
    }

    /// The status according to the page; unread if it has another format.
    pub fn read(self, page: &Value) -> Status {
        let StatusSource::Api { part, .. } = self else { return Status::of(Health::NotAsked) };
        let parts = || page.field("components").items().iter().filter(|one| !part.is_empty() && is_of(part, one));
        let well = match (parts().next(), page.field("status").field("indicator").text()) {
            (Some(_), _) => parts().all(|one| one.field("status").text() == "operational"),
            (None, "none") => true,
            (None, "minor" | "major" | "critical" | "maintenance") => false,
            (None, _) => return Status::of(Health::Unread),
        };
        if well { Status::of(Health::Works) } else { Status { words: words(page, part), health: Health::Trouble } }
    }
}

impl Status {
    /// A status without text.
    pub fn of(health: Health) -> Status {
        Status { health, words: String::new() }
    }
}

fn is_of(part: &str, component: &Value) -> bool {
    component.field("name").text().starts_with(part)
}

/// The open incident on the component, or any, otherwise the page's own summary.
fn words(page: &Value, part: &str) -> String {
    let open = || page.field("incidents").items().iter().filter(|one| !over(one.field("status").text()));
    let ours = open().find(|one| one.field("components").items().iter().any(|component| is_of(part, component)));
    let incident = ours.or_else(|| open().next()).map(|one| one.field("name").text()).filter(|name| !name.is_empty());
    let told = incident.unwrap_or_else(|| page.field("status").field("description").text());
    clip(told.trim(), WORDS).to_owned()
}

fn over(status: &str) -> bool {
    matches!(status, "resolved" | "postmortem" | "completed")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    const CODE: StatusSource = StatusSource::Api { host: "status.example", part: "Copilot" };
    const ALL: StatusSource = StatusSource::Api { host: "status.example", part: "" };

    fn read(source: StatusSource, page: &Value) -> (Health, String) {
        let status = source.read(page);
        (status.health, status.words)
    }

    fn page(indicator: &str, components: &[(&str, &str)]) -> Value {
        let components: Vec<Value> =
            components.iter().map(|(name, status)| json!({ "name": name, "status": status })).collect();
        json!({ "status": { "indicator": indicator, "description": "Some words" }, "components": components })
    }

    #[test]
    fn the_part_counts_where_there_is_one() {
        let well = [("Git", "major_outage"), ("Copilot", "operational")];
        assert_eq!(read(CODE, &page("major", &well)), (Health::Works, String::new()));
        let bad = [("Git", "operational"), ("Copilot", "operational"), ("Copilot Models", "degraded_performance")];
        assert_eq!(read(CODE, &page("minor", &bad)), (Health::Trouble, "Some words".to_owned()));
        // The components were renamed, so the overall status counts.
        assert_eq!(read(CODE, &page("none", &[("Git", "operational")])), (Health::Works, String::new()));
    }

    #[test]
    fn the_whole_counts_where_there_is_no_part() {
        let broken = [("Docs", "partial_outage")];
        assert_eq!(read(ALL, &page("none", &broken)), (Health::Works, String::new()));
        for indicator in ["minor", "major", "critical", "maintenance"] {
            assert_eq!(read(ALL, &page(indicator, &broken)), (Health::Trouble, "Some words".to_owned()));
        }
    }

    #[test]
    fn the_words_are_those_of_the_incident_on_the_part() {
        let mut page = page("minor", &[("Copilot", "partial_outage")]);
        page["incidents"] = json!([
            { "name": "over", "status": "resolved", "components": [{ "name": "Copilot" }] },
            { "name": "other", "status": "investigating", "components": [{ "name": "Git" }] },
            { "name": " ours\u{a0}", "status": "monitoring", "components": [{ "name": "Git" }, { "name": "Copilot" }] },
        ]);
        assert_eq!(read(CODE, &page), (Health::Trouble, "ours".to_owned()));
        page["incidents"] = json!([{ "name": "x".repeat(900), "status": "investigating" }]);
        assert_eq!(read(CODE, &page).1.len(), WORDS);
    }

    #[test]
    fn what_is_no_status_page_says_nothing() {
        for page in
            [json!(null), json!([]), json!("x"), json!({}), json!({ "status": "none" }), json!({ "status": {} })]
        {
            assert_eq!(read(ALL, &page), (Health::Unread, String::new()), "{page}");
            assert_eq!(read(CODE, &page), (Health::Unread, String::new()), "{page}");
        }
        assert_eq!(
            read(StatusSource::Page("https://x.example/"), &page("none", &[])),
            (Health::NotAsked, String::new())
        );
    }

    #[test]
    fn before_anybody_was_asked() {
        assert_eq!(StatusSource::first(None).health, Health::Own);
        assert_eq!(StatusSource::first(Some(ALL)).health, Health::Reading);
        assert_eq!(StatusSource::first(Some(StatusSource::Page("https://x.example/"))).health, Health::NotAsked);
    }

    /// JSON trees of the relevant words, in any order and depth.
    fn tree() -> impl Strategy<Value = Value> {
        let names = prop::sample::select(vec![
            "status",
            "indicator",
            "description",
            "components",
            "incidents",
            "name",
            "none",
            "minor",
            "Copilot",
            "operational",
            "resolved",
            "",
        ]);
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::from),
            names.clone().prop_map(|name| Value::String(name.to_owned())),
            any::<String>().prop_map(Value::String),
        ];
        leaf.prop_recursive(5, 64, 6, move |inner| {
            let entry = (names.clone().prop_map(str::to_owned), inner.clone());
            prop_oneof![
                prop::collection::vec(inner, 0..6).prop_map(Value::Array),
                prop::collection::vec(entry, 0..6).prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn anything_is_one_of_three_answers(page in tree()) {
            for source in [ALL, CODE] {
                let status = source.read(&page);
                prop_assert!(matches!(status.health, Health::Works | Health::Trouble | Health::Unread));
                prop_assert!(status.words.len() <= WORDS);
                prop_assert!(status.words.is_empty() || status.health == Health::Trouble);
            }
        }
    }
}
