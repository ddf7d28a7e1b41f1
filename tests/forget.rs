//! Everything is forgotten on request, and what happens then is seen as ever.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may fail loudly; other scripts use the rest"
)]

mod scenario;

use mend::core::{
    Effect, Event, Model, Task,
    event::{BootReason, Intent, StatusRead},
    names::Blame,
    view::{Stored, kept},
};
use scenario::{Scenario, TAB};

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";

fn forgetful() -> Scenario {
    let mut scenario = Scenario::new();
    scenario.happen(Event::Access { granted: false, held: vec![] }).hello().answer(MESSAGE, 500).deep_inspection(true);
    scenario.happen(Event::Intent(Intent::Forget));
    scenario
}

fn erasures(scenario: &Scenario) -> Vec<u32> {
    let id = |effect: &Effect| if let Effect::Do { id, task: Task::Erase } = effect { Some(*id) } else { None };
    scenario.effects.iter().filter_map(id).collect()
}

#[test]
fn nothing_is_left_but_what_the_browser_says() {
    let scenario = forgetful();
    let fresh = Model { access: false, next_id: scenario.model.next_id, ..Model::default() };
    assert_eq!(Model { pending: Vec::new(), ..scenario.model.clone() }, fresh);
    assert!(scenario.model.next_id > 1, "a number is given once");
    assert_eq!(scenario.model.durable(), Model { access: false, ..Model::default() });
    assert_eq!(scenario.badge(), Some((Blame::Benign, String::new())));
    assert!(scenario.effects.contains(&Effect::DeepInspection { tab: TAB, on: false }));
}

#[test]
fn the_storage_is_emptied_even_if_the_worker_dies_meanwhile() {
    let mut scenario = forgetful();
    let ids = erasures(&scenario);
    scenario.boot(BootReason::Wake);
    assert_eq!(erasures(&scenario), [ids.clone(), ids.clone()].concat());
    scenario.happen(Event::Done { id: ids[0], result: Ok(()) }).boot(BootReason::Wake);
    assert_eq!(erasures(&scenario).len(), 2, "and once it is empty, no more");
}

#[test]
fn a_later_failure_is_seen_and_an_earlier_reply_is_stale() {
    let mut scenario = forgetful();
    scenario.happen(Event::StatusRead(StatusRead { id: 1, at: scenario.now, page: None }));
    assert_eq!(scenario.model.provider, None);
    scenario
        .happen(Event::Access { granted: true, held: vec![] })
        .hello()
        .answer(MESSAGE, 500)
        .status_page(Some(vec![]));
    assert_eq!(scenario.popup().verdict.blame, Blame::Them);
}

#[test]
fn only_a_fresh_install_is_greeted() {
    let mut scenario = Scenario::new();
    for (reason, greeted) in [("update", 0), ("chrome_update", 0), ("install", 1)] {
        scenario.happen(Event::Installed { reason: reason.to_owned() });
        assert_eq!(scenario.effects.iter().filter(|effect| **effect == Effect::Welcome).count(), greeted, "{reason}");
    }
}

#[test]
fn what_is_kept_is_counted_by_name_and_size() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500);
    let stored = |name: &str, size| Stored { name: name.to_owned(), size };
    let session = [stored("model", 900), stored("snapshot-1", 100)];
    let disk = [stored("model", 400), stored("unreadable-local-1", 20)];
    let seen = kept(&scenario.model, &session, &disk);
    let args = |message: &mend::core::msg::Msg| format!("{:?}", message.args);
    assert_eq!(args(&seen.session), r#"[Number(2), Msg(Msg { key: "size_kb", args: [Number(1)], at: None })]"#);
    assert_eq!(args(&seen.failures), "[Number(1), Number(1)]");
    assert_eq!(seen.snapshots, 1);
    assert_eq!(seen.unreadable.unwrap().0, ["unreadable-local-1"]);
}
