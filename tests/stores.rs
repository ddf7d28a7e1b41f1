//! What is deleted is the tab's own: a private window and a container have stores of their own, which the browser's way of
//! deleting does not know.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    reason = "a test may fail loudly; other scripts use the rest"
)]

mod scenario;

use mend::core::{
    Effect, Event, Task,
    event::{PageReport, PageSignal},
    json::{Json, from_value, tagged, to_value},
    msg::msg,
    names::{Action, Rung},
    permission::Permission,
    reason::Reason,
    site_data::{CookieScope, SiteDataScope},
};
use scenario::{Scenario, TAB};

const MESSAGE: &str = "https://chatgpt.com/backend-api/f/conversation";

const CACHE: SiteDataScope = SiteDataScope { cookies: CookieScope::None, storage: false, cache: true };
const ALL: SiteDataScope = SiteDataScope { cookies: CookieScope::All, storage: true, cache: true };

/// A tab, as far as the browser tells of it, in which cookies are too large.
fn failing(private: Option<bool>, default_store: Option<bool>) -> Scenario {
    let mut scenario = Scenario::new();
    let at = scenario.now;
    scenario.happen(Event::PageReport(PageReport {
        tab: TAB,
        private,
        key: "hello".into(),
        at,
        saw: PageSignal::Hello,
    }));
    if let Some(default_store) = default_store {
        scenario.happen(Event::CookieStore { tab: TAB, default_store });
    }
    scenario.answer(MESSAGE, 431).status_page(Some(vec![]));
    scenario
}

fn done(scenario: &mut Scenario) {
    let (id, _) = last(scenario);
    scenario.happen(Event::Done { id, result: Ok(()) });
}

/// The last task that was asked for.
fn last(scenario: &Scenario) -> (u32, Task) {
    let task = |effect: &Effect| match effect {
        Effect::Do { id, task } => Some((*id, task.clone())),
        _ => None,
    };
    scenario.effects.iter().rev().find_map(task).expect("nothing was asked for")
}

#[test]
fn the_browser_s_own_way_is_for_ordinary_windows() {
    let cases = [
        (Some(false), Some(true), true),
        (Some(true), Some(false), false),
        (Some(true), Some(true), false),
        (Some(false), Some(false), false),
        (Some(false), None, false),
        (None, Some(true), false),
    ];
    for (private, default_store, browsing_data) in cases {
        let mut scenario = failing(private, default_store);
        scenario.run(Rung::CacheCookies, Action::ClearAll);
        done(&mut scenario);
        let clear = |scope| Task::ClearSiteData { tab: TAB, scope, browsing_data };
        assert_eq!(last(&scenario).1, clear(ALL), "{private:?} {default_store:?}");
        let mut scenario = failing(private, default_store);
        scenario.run(Rung::CacheCookies, Action::ClearCache);
        assert_eq!(last(&scenario).1, clear(CACHE), "{private:?} {default_store:?}");
    }
}

#[test]
fn elsewhere_the_words_say_so_before_the_click_and_nothing_more_is_asked_for() {
    for (private, default_store, wide) in [(Some(false), Some(true), true), (Some(true), Some(false), false)] {
        let mut scenario = failing(private, default_store);
        // The mild level was tried already.
        scenario.run(Rung::CacheCookies, Action::ClearCookies);
        let (id, _) = last(&scenario);
        scenario.happen(Event::Done { id, result: Err(Reason::new("The quota has been exceeded.")) });
        let view = scenario.popup().rungs.into_iter().find(|view| view.rung == Rung::CacheCookies).unwrap();
        let button = view.buttons.first().unwrap();
        assert_eq!(button.act, Action::ClearAll);
        assert_eq!(button.needs.contains(&Permission::BrowsingData), wide, "{:?}", button.needs);
        assert_eq!(view.words.iter().all(|words| words.key != "clear_within"), wide, "{:?}", view.words);
        let why = [msg("action_error_not_kept"), msg("verbatim").text("The quota has been exceeded.")];
        assert!(view.words.windows(2).any(|words| words == why), "{:?}", view.words);
    }
}

#[test]
fn a_tab_may_turn_out_to_have_another_store_while_the_copy_is_made() {
    let mut scenario = failing(Some(false), Some(true));
    scenario.run(Rung::CacheCookies, Action::ClearAll);
    scenario.happen(Event::CookieStore { tab: TAB, default_store: false });
    let keep = scenario.model.pending.iter().find(|one| matches!(one.task, Task::BackUpSiteData { .. })).unwrap().id;
    scenario.happen(Event::Done { id: keep, result: Ok(()) });
    assert!(matches!(last(&scenario).1, Task::ClearSiteData { browsing_data: false, .. }));
}

#[test]
fn a_task_of_a_worker_that_did_not_know_stays_within_the_page() {
    let task = Task::ClearSiteData { tab: TAB, scope: ALL, browsing_data: true };
    assert_eq!(from_value::<Task>(&to_value(&task)), Some(task));
    let old = tagged("kind", "clear-site-data").with("tab", to_value(&TAB));
    let old = old.with("scope", to_value(&ALL));
    assert_eq!(from_value::<Task>(&old), Some(Task::ClearSiteData { tab: TAB, scope: ALL, browsing_data: false }));
}

/// What each level backs up and deletes; a cache comes back by itself and is deleted at once.
#[test]
fn each_level_names_its_scope() {
    let levels = [
        (Action::ClearCache, CookieScope::None, false, true),
        (Action::ClearCookies, CookieScope::AllButSession, false, false),
        (Action::ClearStorage, CookieScope::None, true, true),
        (Action::ClearAll, CookieScope::All, true, true),
    ];
    for (action, cookies, storage, cache) in levels {
        let mut scenario = failing(Some(false), Some(true));
        scenario.run(Rung::CacheCookies, action);
        let scope = SiteDataScope { cookies, storage, cache };
        if action != Action::ClearCache {
            assert_eq!(last(&scenario).1, Task::BackUpSiteData { tab: TAB, scope });
            done(&mut scenario);
        }
        assert_eq!(last(&scenario).1, Task::ClearSiteData { tab: TAB, scope, browsing_data: true });
    }
}
