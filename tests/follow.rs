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

mod script;

use mend::core::{
    Effect,
    event::BootReason,
    names::{Action, Rung},
};
use script::{Script, incident};

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";
const MINUTE: i64 = 60;

/// An outage that the person follows.
fn followed(act: Action) -> Script {
    let mut script = Script::new();
    let began = script.now - 900_000;
    script.hello().answer(MESSAGE, 500).status_page(Some(vec![incident(began)])).run(Rung::Status, act);
    script
}

/// Five minutes later the page says this.
fn later(script: &mut Script, open: Option<bool>) -> usize {
    let before = script.status_reads();
    script.wait(5 * MINUTE).tick();
    let reads = script.status_reads() - before;
    if reads > 0 {
        let began = script.now - 900_000;
        script.status_page(open.map(|open| if open { vec![incident(began)] } else { Vec::new() }));
    }
    reads
}

fn told(script: &Script) -> Vec<&'static str> {
    let title = |effect: &Effect| match effect {
        Effect::Notify { title, .. } => Some(*title),
        _ => None,
    };
    script.effects.iter().filter_map(title).collect()
}

#[test]
fn all_incidents_are_followed_until_the_person_stops_it() {
    let mut script = followed(Action::FollowAll);
    for open in [true, false, false, true, true, false] {
        assert_eq!(later(&mut script, Some(open)), 1);
    }
    assert_eq!(told(&script), ["notify_over", "notify_begun", "notify_over"]);
    script.run(Rung::Status, Action::Unfollow);
    assert_eq!(later(&mut script, Some(true)), 0);
}

#[test]
fn a_page_that_cannot_be_read_neither_begins_nor_ends_anything() {
    let mut script = followed(Action::FollowAll);
    assert_eq!((later(&mut script, None), told(&script)), (1, vec![]));
    assert!(script.model.follow.is_some());
    assert_eq!((later(&mut script, Some(false)), told(&script)), (1, vec!["notify_over"]));
}

#[test]
fn it_goes_on_after_a_restart_of_the_browser() {
    let mut script = followed(Action::FollowAll);
    script.boot(BootReason::Start);
    assert_eq!((later(&mut script, Some(false)), told(&script)), (1, vec!["notify_over"]));
}

#[test]
fn nothing_is_read_by_the_clock_unless_it_is_asked_for() {
    let mut script = Script::new();
    let began = script.now - 900_000;
    script.hello().answer(MESSAGE, 500).status_page(Some(vec![incident(began)]));
    for _ in 0..20 {
        assert_eq!(later(&mut script, Some(true)), 0);
    }
}
