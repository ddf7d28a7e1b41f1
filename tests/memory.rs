//! What is remembered, over sleep, restart and private windows.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    reason = "a test may fail loudly; other scripts use the rest"
)]

mod scenario;

use mend::core::{
    Event, Model,
    event::{BootReason, PageReport, PageSignal, Response},
    headers::Headers,
    json::{from_value, to_value},
    model::VERSION,
    names::Blame,
    view::{OpenTab, choose_tab, popup},
};
use scenario::{Scenario, TAB};

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";

/// Through the stored form and back, as a worker that was killed comes up again.
fn stored(model: &Model) -> Model {
    from_value::<Model>(&to_value(model)).unwrap()
}

#[test]
fn a_killed_worker_goes_on_where_it_was() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500);
    scenario.model = stored(&scenario.model);
    scenario.effects.clear();
    scenario.boot(BootReason::Wake);
    assert_eq!(scenario.status_reads(), 1, "the question under way is asked again");
    scenario.status_page(Some(vec![]));
    assert_eq!(scenario.popup().verdict.blame, Blame::Them);
    assert_eq!(scenario.badge(), Some((Blame::Them, "!".to_owned())), "the badge is drawn again");
}

#[test]
fn a_restart_carries_the_open_case_into_the_next_tab() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500).status_page(Some(vec![]));
    scenario.model = stored(&scenario.model.durable());
    scenario.boot(BootReason::Start);
    let seen = popup(&scenario.model, None, scenario.now, 0);
    assert_eq!(seen.verdict.blame, Blame::Them, "it shows before any tab is open");
    assert!(seen.rungs.iter().all(|rung| rung.buttons.is_empty()), "without a tab nothing can be done");
    scenario.hello();
    assert_eq!(scenario.popup().verdict.blame, Blame::Them, "the restored tab goes on with it");
    scenario.wait(5).answer(MESSAGE, 200).answered();
    assert_eq!(scenario.popup().verdict.title.key, "title_mended");
}

#[test]
fn an_old_case_is_not_carried() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500).wait(2 * 3600).boot(BootReason::Start);
    assert_eq!(popup(&scenario.model, None, scenario.now, 0).verdict.blame, Blame::Benign);
}

#[test]
fn nothing_of_a_private_window_is_durable() {
    for private in [Some(true), None] {
        let mut scenario = Scenario::new();
        let saw = PageSignal::Hello;
        scenario.happen(Event::PageReport(PageReport { tab: TAB, private, key: "p".into(), at: scenario.now, saw }));
        scenario.answer(MESSAGE, 500);
        let durable = stored(&scenario.model.durable());
        assert!(durable.tabs.is_empty() && durable.recent.is_empty(), "{private:?}");
    }
}

#[test]
fn good_answers_leave_the_disk_alone() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 200);
    let before = scenario.model.durable();
    for _ in 0..20 {
        scenario.wait(7).answer("https://chatgpt.com/backend-api/sentinel/chat-requirements", 200).answer(MESSAGE, 200);
    }
    assert_eq!(scenario.model.durable(), before);
}

#[test]
fn a_closed_tab_is_forgotten_when_a_page_opens() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500);
    scenario.happen(Event::Intent(mend::core::event::Intent::Open { tab: None, open: vec![] }));
    assert!(scenario.model.tabs.is_empty());
}

#[test]
fn the_popup_shows_its_own_window_s_tab_and_a_page_the_one_that_failed_last() {
    let mut scenario = Scenario::new();
    scenario.hello().answer(MESSAGE, 500);
    let tab = |id, here, active| OpenTab { id, here, active };
    assert_eq!(choose_tab(&scenario.model, &[tab(1, true, true), tab(TAB, true, false)]), Some(1));
    assert_eq!(choose_tab(&scenario.model, &[tab(1, true, false), tab(TAB, true, false)]), Some(TAB));
    assert_eq!(choose_tab(&scenario.model, &[tab(1, false, true), tab(TAB, false, false)]), Some(TAB));
    assert_eq!(choose_tab(&scenario.model, &[]), None);
}

#[test]
fn the_model_stays_small_under_a_storm() {
    let mut scenario = Scenario::new();
    for round in 0..4_000 {
        let (tab, at) = (round / 100, scenario.wait(1).now);
        let key = format!("{round}{}", "k".repeat(900));
        let headers = Headers {
            x_request_id: Some(format!("req_{}", "a".repeat(32))),
            cf_ray: Some("a355a9cdf90fec87-MAD".into()),
            retry_after: Some("10800".into()),
            ..Headers::default()
        };
        let (method, url, status) = ("POST".into(), MESSAGE.into(), Some(429));
        let body = Some("usage_limit_reached token_expired slow down unusual activity blank page".repeat(20));
        scenario.happen(Event::Response(Response { tab, key: key.clone(), at, method, url, status, headers, body }));
        let saw = PageSignal::Banner { text: "something went wrong".repeat(50), ended: false };
        scenario.happen(Event::PageReport(PageReport { tab, private: Some(false), key: key + "b", at, saw }));
    }
    let size = to_value(&scenario.model).to_string().len();
    println!("{size} bytes");
    assert!(size < 64 * 1024, "{size} bytes");
    assert_eq!(scenario.model.version, VERSION);
}
