//! The forecast: what the popup says of how long it lasts, and what is read of the provider's history.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

#[allow(dead_code, reason = "each test uses a part of it")]
mod scenario;

use mend::core::{
    Effect, Millis, Task,
    diagnose::forecast::{NOT_SAID, Past},
    history::{self, History, Listed, Skip},
    json::{from_value, to_value},
    msg::{Arg, Msg},
    status::{AffectedComponent, Component, ComponentStatus},
    status::{Incident, IncidentStatus, StatusPage},
    time::{HOUR, MINUTE, utc},
};
use scenario::{Scenario, incident};
use serde_json::{Value, json};

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";
const CHAT: &str = "01JMXBNJXGV1T5GT2M9XA83XNG";
const NOW: Millis = 1_800_000_000_000;

/// A message failed, and the status page says this.
fn failed(page: impl Fn(Millis) -> StatusPage) -> Scenario {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 503);
    let asked = scenario.effects.iter().find_map(|effect| match effect {
        Effect::Do { id, task: Task::StatusPage } => Some(*id),
        _ => None,
    });
    let page = page(scenario.now);
    scenario.page_read(asked.unwrap(), Some(page));
    scenario
}

fn open(minutes: Millis, status: IncidentStatus) -> Scenario {
    failed(|now| {
        let one = Incident { status, ..incident(now - minutes * MINUTE) };
        StatusPage { incidents: vec![one], ..StatusPage::default() }
    })
}

/// Announced work on ChatGPT that was to end so many minutes from now.
fn at_work(end: Millis) -> Scenario {
    failed(|now| {
        let one =
            Incident { until: Some(now + end * MINUTE), status: IncidentStatus::Other, ..incident(now - 5 * MINUTE) };
        StatusPage { maintenances: vec![one], ..StatusPage::default() }
    })
}

fn numbers(words: &Msg) -> Vec<i64> {
    words.args.iter().filter_map(|arg| if let Arg::Number(number) = arg { Some(*number) } else { None }).collect()
}

fn api() -> AffectedComponent {
    AffectedComponent { part: Component::Api, name: "Responses".into(), status: ComponentStatus::Full }
}

fn history(past: Vec<Past>) -> History {
    History { at: NOW, past, unread: 0 }
}

fn ended(over: u16) -> Past {
    Past { known: NOT_SAID, fixed: NOT_SAID, over, ended: true }
}

#[test]
fn an_incident_has_a_range_and_says_from_how_many_cases() {
    let words = open(15, IncidentStatus::Investigating).forecast(&History::default()).words.unwrap();
    assert_eq!(words.key, "forecast");
    let [from, to, cases] = numbers(&words)[..] else { panic!("{words:?}") };
    assert!(0 < from && from < to && (25..=95).contains(&cases), "{words:?}");
    let later = open(15, IncidentStatus::Monitoring).forecast(&History::default()).words.unwrap();
    assert!(numbers(&later)[1] < to, "a fix is in");
}

#[test]
fn the_provider_s_newer_incidents_count() {
    let scenario = open(15, IncidentStatus::Investigating);
    let known = numbers(&scenario.forecast(&History::default()).words.unwrap());
    let short = numbers(&scenario.forecast(&history(vec![ended(20); 60])).words.unwrap());
    assert!(short[1] < known[1] && short[2] == known[2] + 60, "{known:?} {short:?}");
    let long = numbers(&scenario.forecast(&history(vec![ended(900); 60])).words.unwrap());
    assert!(long[0] > known[0], "{known:?} {long:?}");
}

#[test]
fn the_history_is_asked_for_only_for_a_forecast_and_not_again_for_hours() {
    let mut scenario = open(15, IncidentStatus::Investigating);
    assert!(scenario.forecast(&History::default()).ask);
    let mut kept = History { at: scenario.now, past: vec![ended(20)], unread: 0 };
    assert!(!scenario.wait(5 * 3_600).forecast(&kept).ask);
    assert!(scenario.wait(3_600).forecast(&kept).ask);
    // One that could not be read is asked for again a little sooner.
    kept = History { at: scenario.now, past: Vec::new(), unread: 0 };
    assert!(!scenario.wait(500).forecast(&kept).ask);
    assert!(scenario.wait(100).forecast(&kept).ask);
    kept.at = scenario.now + HOUR;
    assert!(scenario.forecast(&kept).ask, "the clock was set back");
    // Mended, or nobody's incident: nothing is asked.
    scenario.answer(MESSAGE, 200).answered();
    assert_eq!(scenario.forecast(&History::default()), Default::default());
    let green = failed(|_| StatusPage::default());
    assert_eq!(green.forecast(&History::default()), Default::default());
    assert_eq!(Scenario::new().forecast(&History::default()), Default::default());
}

#[test]
fn the_api_s_incident_asks_for_no_history() {
    let scenario = failed(|now| {
        let one = Incident { parts: vec![api()], ..incident(now - HOUR) };
        StatusPage { incidents: vec![one], ..StatusPage::default() }
    });
    assert_eq!(scenario.forecast(&History::default()), Default::default());
}

#[test]
fn an_incident_without_a_time_has_no_range() {
    let scenario = failed(|now| {
        let one = Incident { began: None, ..incident(now) };
        StatusPage { incidents: vec![one], ..StatusPage::default() }
    });
    assert_eq!(scenario.forecast(&History::default()).words, None);
}

#[test]
fn announced_work_shows_its_own_window() {
    let mut scenario = at_work(40);
    let end = scenario.model.provider.as_ref().unwrap().page.as_ref().unwrap().maintenances[0].until.unwrap();
    let told = scenario.forecast(&history(vec![ended(20); 60]));
    let words = told.words.unwrap();
    assert_eq!(
        (words.key.as_str(), &words.args[..], words.at),
        ("forecast_planned", &[Arg::Clock(end)][..], Some(end))
    );
    assert!(!told.ask, "it is no forecast");
    let overran = scenario.wait(41 * 60).forecast(&History::default()).words.unwrap();
    assert_eq!((overran.key.as_str(), &overran.args[..]), ("forecast_overran", &[Arg::Clock(end)][..]));
}

#[test]
fn work_without_a_window_has_no_outlook() {
    let scenario = failed(|now| StatusPage { maintenances: vec![incident(now - MINUTE)], ..StatusPage::default() });
    assert_eq!(scenario.forecast(&History::default()), Default::default());
}

#[test]
fn the_window_is_read_as_it_is_served() {
    let page = json!({"summary": {"ongoing_incidents": [], "in_progress_maintenances": [{
        "name": "Database work", "status": "maintenance_in_progress", "published_at": "2026-07-20T08:00:00Z",
        "started_at": "2026-07-25T08:00:00Z", "scheduled_end_at": "2026-07-25T10:00:00Z", "affected_components": []}]}});
    let page = StatusPage::read(&page).unwrap();
    let work = &page.maintenances[0];
    assert_eq!(work.until.map(utc).as_deref(), Some("2026-07-25T10:00:00Z"));
    assert_eq!(work.began.map(utc).as_deref(), Some("2026-07-25T08:00:00Z"), "it was announced days before");
    // As it was stored before there was a window.
    let mut old = to_value(&work);
    old.as_object_mut().unwrap().remove("until");
    assert_eq!(from_value::<Incident>(&old), Some(Incident { until: None, ..work.clone() }));
}

/// An incident as the list tells it: published at `from`, stages in minutes after it.
fn published(from: Millis, part: &str, stages: &[(Millis, &str)]) -> Value {
    let updates: Vec<Value> = stages
        .iter()
        .map(|(minutes, stage)| json!({"published_at": utc(from + minutes * MINUTE), "to_status": stage}))
        .collect();
    let status = stages.last().unwrap().1;
    json!({"status": status, "published_at": utc(from), "updates": updates, "component_impacts": [
        {"component_id": part, "status": "full_outage", "start_at": utc(from - 30 * MINUTE), "end_at": null}]})
}

fn listed(incidents: Vec<Value>) -> Listed {
    history::read(&json!({ "incidents": incidents }), NOW).unwrap()
}

fn read(incidents: Vec<Value>) -> Vec<Past> {
    listed(incidents).past
}

#[test]
fn the_list_is_reduced_to_minutes_since_the_first_notice() {
    let day = 24 * HOUR;
    let all = [(0, "investigating"), (20, "identified"), (45, "monitoring"), (80, "resolved")];
    let past = read(vec![
        published(NOW - 3 * day, CHAT, &[(0, "monitoring"), (30, "resolved")]),
        published(NOW - day, CHAT, &all),
        published(NOW - 90 * MINUTE, "01JMXBNJXG1S2D9V65P1ZZTD94", &all[..2]),
        published(NOW - 2 * day, "another part", &all),
        published(NOW - 2 * day, CHAT, &[(0, "maintenance_complete")]),
    ]);
    assert_eq!(
        past,
        [
            Past { known: 20, fixed: NOT_SAID, over: 90, ended: false },
            Past { known: 20, fixed: 45, over: 80, ended: true },
            Past { known: NOT_SAID, fixed: 0, over: 30, ended: true },
        ],
        "the newest first"
    );
}

#[test]
fn what_is_garbled_is_left_out() {
    let good = published(NOW - HOUR, CHAT, &[(0, "investigating"), (30, "resolved")]);
    let without = |field: &str| {
        let mut raw = good.clone();
        raw[field] = Value::Null;
        raw
    };
    let unpublished = Past { over: 60, ..ended(60) };
    assert_eq!(read(vec![without("published_at")]), [unpublished], "by its impact, which is all that is known");
    for raw in [without("status"), without("updates"), without("component_impacts"), json!(7), json!([]), Value::Null] {
        assert_eq!(read(vec![raw, good.clone()]), [ended(30)]);
    }
    let backwards = published(NOW - HOUR, CHAT, &[(0, "investigating"), (-5, "resolved")]);
    let to_come = published(NOW + HOUR, CHAT, &[(0, "investigating")]);
    assert_eq!(read(vec![backwards, to_come]), []);
    for list in [json!(null), json!({}), json!({"incidents": 3}), json!({"incidents": {"a": []}}), json!("<!doctype")] {
        assert_eq!(history::read(&list, NOW), None, "{list}: no list at all");
    }
    assert_eq!(listed(Vec::new()), Listed::default());
}

#[test]
fn what_is_left_out_is_told_with_its_reason() {
    let day = 24 * HOUR;
    let stages = [(0, "investigating"), (30, "resolved")];
    let with = |field: &str, value: Value| {
        let mut raw = published(NOW - day, CHAT, &stages);
        raw[field] = value;
        raw
    };
    let skipped = listed(vec![
        published(NOW - day, CHAT, &stages),
        published(NOW - day, "01JMXBNJXGGT5SR5DB9J7GYY48", &stages),
        published(NOW - day, CHAT, &[(0, "maintenance_in_progress"), (9, "maintenance_complete")]),
        with("component_impacts", json!([])),
        with("status", json!("on fire")),
        json!(7),
        with("updates", json!([])),
        published(NOW + HOUR, CHAT, &stages[..1]),
        {
            let mut raw = with("published_at", json!("yesterday"));
            raw["component_impacts"][0]["start_at"] = Value::Null;
            raw
        },
    ]);
    let why = [
        (2, Skip::OtherPart),
        (3, Skip::Work),
        (4, Skip::NoPart),
        (5, Skip::Unknown),
        (6, Skip::Unknown),
        (7, Skip::NoEnd),
        (8, Skip::NoLength),
        (9, Skip::NoBegin),
    ];
    assert_eq!((skipped.past.len(), &skipped.skipped[..], skipped.unread()), (1, &why[..], 6));
}

#[test]
fn the_popup_says_how_many_past_incidents_it_could_not_read() {
    let scenario = open(15, IncidentStatus::Investigating);
    let words = scenario.forecast(&History { unread: 3, ..history(vec![ended(20)]) }).words.unwrap();
    assert_eq!((words.key.as_str(), numbers(&words)[3]), ("forecast_partly", 3));
}

#[test]
fn what_is_kept_stays_below_two_kilobytes() {
    let long = [(0, "investigating"), (40_000, "identified"), (50_000, "monitoring"), (60_000, "resolved")];
    let many = (0..3_000).map(|index| published(NOW - 70_000 * MINUTE - index * HOUR, CHAT, &long)).collect();
    let kept = history(read(many));
    assert_eq!(kept.past.len(), 60);
    let size = to_value(&kept).to_string().len();
    assert!(size < 2_048, "{size}");
    assert_eq!(from_value::<History>(&to_value(&kept)), Some(kept));
}
