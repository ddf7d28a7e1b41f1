//! Following all of the provider's incidents: read every five minutes while it is asked for, told once when something begins
//! or ends, and never read otherwise.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    dead_code,
    reason = "a test may fail loudly; other scripts use the rest"
)]

mod scenario;

use mend::core::{
    Effect,
    event::BootReason,
    names::{Action, Rung},
};
use scenario::{Scenario, incident};

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";
const MINUTE: i64 = 60;

/// An outage that the person follows.
fn followed(act: Action) -> Scenario {
    let mut scenario = Scenario::new();
    let began = scenario.now - 900_000;
    scenario.hello().answer(MESSAGE, 500).status_page(Some(vec![incident(began)])).run(Rung::Status, act);
    scenario
}

/// Five minutes later the page says this.
fn later(scenario: &mut Scenario, open: Option<bool>) -> usize {
    let before = scenario.status_reads();
    scenario.wait(5 * MINUTE).tick();
    let reads = scenario.status_reads() - before;
    if reads > 0 {
        let began = scenario.now - 900_000;
        scenario.status_page(open.map(|open| if open { vec![incident(began)] } else { Vec::new() }));
    }
    reads
}

fn notified(scenario: &Scenario) -> Vec<&'static str> {
    let title = |effect: &Effect| match effect {
        Effect::Notify { title, .. } => Some(*title),
        _ => None,
    };
    scenario.effects.iter().filter_map(title).collect()
}

#[test]
fn all_incidents_are_followed_until_the_person_stops_it() {
    let mut scenario = followed(Action::FollowAll);
    for open in [true, false, false, true, true, false] {
        assert_eq!(later(&mut scenario, Some(open)), 1);
    }
    assert_eq!(notified(&scenario), ["notify_over", "notify_begun", "notify_over"]);
    scenario.run(Rung::Status, Action::Unfollow);
    assert_eq!(later(&mut scenario, Some(true)), 0);
}

#[test]
fn a_page_that_cannot_be_read_neither_begins_nor_ends_anything() {
    let mut scenario = followed(Action::FollowAll);
    assert_eq!((later(&mut scenario, None), notified(&scenario)), (1, vec![]));
    assert!(scenario.model.incident_alerts.is_some());
    assert_eq!((later(&mut scenario, Some(false)), notified(&scenario)), (1, vec!["notify_over"]));
}

#[test]
fn it_goes_on_after_a_restart_of_the_browser() {
    let mut scenario = followed(Action::FollowAll);
    scenario.boot(BootReason::Start);
    assert_eq!((later(&mut scenario, Some(false)), notified(&scenario)), (1, vec!["notify_over"]));
}

#[test]
fn nothing_is_read_by_the_clock_unless_it_is_asked_for() {
    let mut scenario = Scenario::new();
    let began = scenario.now - 900_000;
    scenario.hello().answer(MESSAGE, 500).status_page(Some(vec![incident(began)]));
    for _ in 0..20 {
        assert_eq!(later(&mut scenario, Some(true)), 0);
    }
}
