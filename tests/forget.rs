//! Everything is forgotten on request, and what happens then is seen as ever.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may fail loudly; other scripts use the rest"
)]

mod script;

use mend::core::{
    Effect, Event, Model, Task,
    event::{BootReason, Intent, StatusRead},
    names::Blame,
    plain::Data,
    view::{Stored, kept},
};
use script::{Script, TAB};

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";

fn forgetful() -> Script {
    let mut script = Script::new();
    script.happen(Event::Access { granted: false, held: vec![] }).hello().answer(MESSAGE, 500).closer(true);
    script.happen(Event::Intent(Intent::Forget));
    script
}

fn erasures(script: &Script) -> Vec<u32> {
    let id = |effect: &Effect| if let Effect::Do { id, task: Task::Erase } = effect { Some(*id) } else { None };
    script.effects.iter().filter_map(id).collect()
}

#[test]
fn nothing_is_left_but_what_the_browser_says() {
    let script = forgetful();
    let fresh = Model { access: false, next_id: script.model.next_id, ..Model::default() };
    assert_eq!(Model { pending: Vec::new(), ..script.model.clone() }, fresh);
    assert!(script.model.next_id > 1, "a number is given once");
    assert_eq!(script.model.durable(), Model { access: false, ..Model::default() }.to_plain());
    assert_eq!(script.badge(), Some((Blame::Benign, String::new())));
    assert!(script.effects.contains(&Effect::LookCloser { tab: TAB, on: false }));
}

#[test]
fn the_storage_is_emptied_even_if_the_worker_dies_meanwhile() {
    let mut script = forgetful();
    let ids = erasures(&script);
    script.boot(BootReason::Wake);
    assert_eq!(erasures(&script), [ids.clone(), ids.clone()].concat());
    script.happen(Event::Done { id: ids[0], ok: true }).boot(BootReason::Wake);
    assert_eq!(erasures(&script).len(), 2, "and once it is empty, no more");
}

#[test]
fn a_later_failure_is_seen_and_an_earlier_reply_is_stale() {
    let mut script = forgetful();
    script.happen(Event::StatusRead(StatusRead { id: 1, at: script.now, page: None }));
    assert_eq!(script.model.provider, None);
    script.happen(Event::Access { granted: true, held: vec![] }).hello().answer(MESSAGE, 500).status_page(Some(vec![]));
    assert_eq!(script.popup().verdict.blame, Blame::Them);
}

#[test]
fn only_a_fresh_install_is_greeted() {
    let mut script = Script::new();
    for (reason, greeted) in [("update", 0), ("chrome_update", 0), ("install", 1)] {
        script.happen(Event::Installed { reason: reason.to_owned() });
        assert_eq!(script.effects.iter().filter(|effect| **effect == Effect::Welcome).count(), greeted, "{reason}");
    }
}

#[test]
fn what_is_kept_is_counted_by_name_and_size() {
    let mut script = Script::new();
    script.hello().answer(MESSAGE, 500);
    let stored = |name: &str, size| Stored { name: name.to_owned(), size };
    let session = [stored("model", 900), stored("snapshot-1", 100)];
    let disk = [stored("model", 400), stored("unreadable-local-1", 20)];
    let seen = kept(&script.model, &session, &disk);
    let args = |message: &mend::core::msg::Msg| format!("{:?}", message.args);
    assert_eq!(args(&seen.session), "[Number(2), Number(1000)]");
    assert_eq!(args(&seen.failures), "[Number(1), Number(1)]");
    assert_eq!(seen.snapshots, 1);
    assert_eq!(seen.unreadable.unwrap().0, ["unreadable-local-1"]);
}
