//! The rungs that change the browser, against a browser of a few lines: what they do, what they prove, and that all is as
//! before in the end, wherever the worker or the browser is killed.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod fake_browser;

use fake_browser::{FakeBrowser, Kill};
use mend::core::{
    cookies::SESSION,
    model::BisectPhase,
    names::{Action, Cause, Rung, State},
    permission::Permission,
};
use proptest::prelude::*;

#[test]
fn one_among_16_is_found_and_all_others_are_on() {
    for culprit in 0..16 {
        let mut browser = FakeBrowser::with_extensions(16, &[culprit]);
        browser.search();
        assert_eq!(browser.off(), [format!("ext-{culprit}")]);
        assert!(browser.loads <= 5 + 1, "{} loads", browser.loads);
        browser.send();
        assert_eq!(browser.popup().verdict.cause, Cause::Working);
        assert_eq!(browser.state(Rung::Extensions), State::Passed);
        browser.undo(Rung::Extensions);
        assert_eq!(browser.off(), Vec::<String>::new());
    }
}

#[test]
fn one_among_64_and_a_pair_among_16() {
    let mut browser = FakeBrowser::with_extensions(64, &[41]);
    browser.search();
    assert_eq!(browser.off(), ["ext-41"]);
    assert!(browser.loads <= 7 + 1, "{} loads", browser.loads);
    let mut browser = FakeBrowser::with_extensions(16, &[3, 12]);
    browser.search();
    assert_eq!(browser.off(), ["ext-12", "ext-3"]);
    assert!(browser.loads <= 12 + 1, "{} loads", browser.loads);
}

#[test]
fn where_none_does_it_all_are_on_again_and_it_says_so() {
    let mut browser = FakeBrowser::with_extensions(16, &[]);
    browser.broken = true;
    browser.search();
    assert_eq!(browser.off(), Vec::<String>::new());
    assert_eq!(browser.model.bisect.as_ref().unwrap().phase, BisectPhase::Innocent);
    assert_eq!(browser.state(Rung::Extensions), State::Failed);
}

#[test]
fn the_person_may_stop_at_any_time() {
    let mut browser = FakeBrowser::with_extensions(16, &[5]);
    browser.look_and_search();
    assert!(!browser.off().is_empty());
    browser.press(Rung::Extensions, Action::Stop);
    assert_eq!(browser.off(), Vec::<String>::new());
}

#[test]
fn a_search_that_nobody_goes_on_with_ends_by_itself() {
    let mut browser = FakeBrowser::with_extensions(16, &[5]);
    browser.look_and_search();
    assert!(!browser.off().is_empty());
    browser.pass(31 * 60_000);
    browser.tick();
    assert_eq!(browser.off(), Vec::<String>::new());
}

#[test]
fn pinned_ones_stay_on() {
    let mut browser = FakeBrowser::with_extensions(8, &[2]);
    browser.pinned = Some("ext-2".into());
    browser.search();
    assert_eq!(browser.off(), Vec::<String>::new());
    assert_eq!(browser.model.bisect.as_ref().unwrap().phase, BisectPhase::Innocent);
}

#[test]
fn by_hand_the_person_is_asked_and_it_is_looked_whether_it_was_done() {
    let mut browser = FakeBrowser::with_extensions(8, &[6]);
    browser.by_hand = true;
    browser.look_and_search();
    assert_eq!(browser.off(), Vec::<String>::new(), "the browser switches nothing");
    browser.press(Rung::Extensions, Action::Switched);
    assert_eq!(browser.model.bisect.as_ref().unwrap().phase, BisectPhase::Switching, "nothing was switched yet");
    let mut loads = 0;
    while browser.model.bisect.as_ref().unwrap().is_open() {
        browser.switch_as_told();
        browser.press(Rung::Extensions, Action::Switched);
        assert_eq!(browser.model.bisect.as_ref().unwrap().phase, BisectPhase::Testing);
        browser.send();
        loads += 1;
    }
    assert_eq!(browser.model.bisect.as_ref().unwrap().off(), ["ext-6"]);
    assert!(loads <= 4, "{loads} loads");
}

#[test]
fn cookies_are_cleared_without_the_session_and_come_back() {
    let mut browser = FakeBrowser::with_cookies();
    let before = browser.cookies.clone();
    assert_eq!(browser.recommended(), Some(Rung::CacheCookies));
    browser.press(Rung::CacheCookies, Action::ClearCookies);
    assert_eq!(browser.cookies, [SESSION]);
    browser.send();
    let rung = browser.rung(Rung::CacheCookies);
    assert_eq!((rung.state, rung.words.len(), rung.undo.is_some()), (State::Passed, 0, true));
    browser.undo(Rung::CacheCookies);
    assert_eq!(browser.cookies, before);
    assert!(browser.model.changes.is_empty());
}

#[test]
fn nothing_is_deleted_that_could_not_be_kept() {
    let mut browser = FakeBrowser::with_cookies();
    let before = browser.cookies.clone();
    browser.full = true;
    browser.press(Rung::CacheCookies, Action::ClearCookies);
    assert_eq!(browser.cookies, before);
    let rung = browser.rung(Rung::CacheCookies);
    assert!(rung.words.iter().any(|words| words.key == "action_error_not_kept"), "{rung:?}");
}

#[test]
fn a_refusal_is_a_state_and_the_next_step_is_recommended() {
    let mut browser = FakeBrowser::with_cookies();
    browser.refuse(Rung::CacheCookies);
    assert_eq!(browser.state(Rung::CacheCookies), State::Blocked);
    assert_ne!(browser.recommended(), Some(Rung::CacheCookies));
    assert!(!browser.rung(Rung::CacheCookies).buttons.is_empty(), "it can be allowed now");
}

#[test]
fn what_is_needed_is_said_beside_the_button_until_it_is_held() {
    let mut browser = FakeBrowser::with_cookies();
    assert_eq!(browser.rung(Rung::CacheCookies).buttons[0].needs, [Permission::Cookies]);
    assert!(browser.rung(Rung::CacheCookies).needs.iter().any(|words| words.key == "needs_cookies"));
    browser.grant(Permission::Cookies);
    assert!(browser.rung(Rung::CacheCookies).buttons[0].needs.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Wherever the worker or the browser is killed in a search: in the end only culprits that were named are off.
    #[test]
    fn a_search_survives_any_kill(
        count in 2usize..20,
        picks in proptest::collection::vec(0usize..20, 1..3),
        kills in proptest::collection::vec((0usize..60, any::<bool>()), 0..4),
    ) {
        let culprits: Vec<usize> = picks.iter().map(|pick| pick % count).collect();
        let mut browser = FakeBrowser::with_extensions(count, &culprits);
        browser.kills = kills.into_iter().map(|(at, browser)| if browser { Kill::Browser(at) } else { Kill::Worker(at) }).collect();
        browser.search();
        let named = browser.named();
        prop_assert!(browser.off().iter().all(|id| named.contains(id)), "off: {:?}, named: {:?}", browser.off(), named);
        if !browser.restarted {
            let mut expected: Vec<String> = culprits.iter().map(|at| format!("ext-{at}")).collect();
            expected.sort();
            expected.dedup();
            prop_assert_eq!(browser.off(), expected);
        }
        // Whatever is off can be put back.
        while let Some(change) = browser.model.changes.last().map(|change| change.id) {
            browser.undo_change(change);
        }
        prop_assert_eq!(browser.off(), Vec::<String>::new());
    }

    /// Any row of deletions, put back in turn, with the worker killed anywhere: cookies and local storage as at the start.
    #[test]
    fn undo_brings_everything_back(
        acts in proptest::collection::vec(proptest::sample::select(&[Action::ClearCookies, Action::ClearStorage, Action::ClearAll][..]), 1..5),
        kills in proptest::collection::vec(0usize..40, 0..5),
        full in proptest::option::of(0usize..4),
    ) {
        let mut browser = FakeBrowser::with_cookies();
        let before = (browser.cookies.clone(), browser.local.clone());
        browser.kills = kills.into_iter().map(Kill::Worker).collect();
        for (number, act) in acts.into_iter().enumerate() {
            browser.full = full == Some(number);
            browser.press(Rung::CacheCookies, act);
            let rung = browser.rung(Rung::CacheCookies);
            prop_assert!(rung.undo.is_none() || rung.note.is_some() || rung.state != State::Todo, "{:?}", rung);
            // The page sets cookies of its own as it is loaded.
            browser.cookies.retain(|one| one != "fresh");
            browser.cookies.push("fresh".into());
            browser.cookies.sort();
        }
        browser.full = false;
        while let Some(change) = browser.model.changes.last().map(|change| change.id) {
            browser.undo_change(change);
        }
        // What the page set since may stay where nothing was deleted.
        browser.cookies.retain(|one| one != "fresh");
        prop_assert_eq!((browser.cookies, browser.local), before);
    }
}
