//! The rungs that change the browser, against a browser of a few lines: what they do, what they prove, and that all is as
//! before in the end, wherever the worker or the browser is killed.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

mod world;

use mend::core::{
    jar::SESSION,
    model::Phase,
    names::{Action, Cause, Rung, State},
    permission::Permission,
};
use proptest::prelude::*;
use world::{Kill, World};

#[test]
fn one_among_16_is_found_and_all_others_are_on() {
    for culprit in 0..16 {
        let mut world = World::with_extensions(16, &[culprit]);
        world.search();
        assert_eq!(world.off(), [format!("ext-{culprit}")]);
        assert!(world.loads <= 5 + 1, "{} loads", world.loads);
        world.send();
        assert_eq!(world.popup().verdict.cause, Cause::Working);
        assert_eq!(world.state(Rung::Extensions), State::Passed);
        world.undo(Rung::Extensions);
        assert_eq!(world.off(), Vec::<String>::new());
    }
}

#[test]
fn one_among_64_and_a_pair_among_16() {
    let mut world = World::with_extensions(64, &[41]);
    world.search();
    assert_eq!(world.off(), ["ext-41"]);
    assert!(world.loads <= 7 + 1, "{} loads", world.loads);
    let mut world = World::with_extensions(16, &[3, 12]);
    world.search();
    assert_eq!(world.off(), ["ext-12", "ext-3"]);
    assert!(world.loads <= 12 + 1, "{} loads", world.loads);
}

#[test]
fn where_none_does_it_all_are_on_again_and_it_says_so() {
    let mut world = World::with_extensions(16, &[]);
    world.broken = true;
    world.search();
    assert_eq!(world.off(), Vec::<String>::new());
    assert_eq!(world.model.hunt.as_ref().unwrap().phase, Phase::Innocent);
    assert_eq!(world.state(Rung::Extensions), State::Failed);
}

#[test]
fn the_person_may_stop_at_any_time() {
    let mut world = World::with_extensions(16, &[5]);
    world.look_and_search();
    assert!(!world.off().is_empty());
    world.press(Rung::Extensions, Action::Stop);
    assert_eq!(world.off(), Vec::<String>::new());
}

#[test]
fn a_search_that_nobody_goes_on_with_ends_by_itself() {
    let mut world = World::with_extensions(16, &[5]);
    world.look_and_search();
    assert!(!world.off().is_empty());
    world.pass(31 * 60_000);
    world.tick();
    assert_eq!(world.off(), Vec::<String>::new());
}

#[test]
fn pinned_ones_stay_on() {
    let mut world = World::with_extensions(8, &[2]);
    world.pinned = Some("ext-2".into());
    world.search();
    assert_eq!(world.off(), Vec::<String>::new());
    assert_eq!(world.model.hunt.as_ref().unwrap().phase, Phase::Innocent);
}

#[test]
fn by_hand_the_person_is_asked_and_it_is_looked_whether_it_was_done() {
    let mut world = World::with_extensions(8, &[6]);
    world.by_hand = true;
    world.look_and_search();
    assert_eq!(world.off(), Vec::<String>::new(), "the browser switches nothing");
    world.press(Rung::Extensions, Action::Switched);
    assert_eq!(world.model.hunt.as_ref().unwrap().phase, Phase::Switching, "nothing was switched yet");
    let mut loads = 0;
    while world.model.hunt.as_ref().unwrap().is_open() {
        world.switch_as_told();
        world.press(Rung::Extensions, Action::Switched);
        assert_eq!(world.model.hunt.as_ref().unwrap().phase, Phase::Testing);
        world.send();
        loads += 1;
    }
    assert_eq!(world.model.hunt.as_ref().unwrap().off(), ["ext-6"]);
    assert!(loads <= 4, "{loads} loads");
}

#[test]
fn cookies_are_cleared_without_the_session_and_come_back() {
    let mut world = World::with_cookies();
    let before = world.cookies.clone();
    assert_eq!(world.recommended(), Some(Rung::CacheCookies));
    world.press(Rung::CacheCookies, Action::ClearCookies);
    assert_eq!(world.cookies, [SESSION]);
    world.send();
    assert_eq!(world.state(Rung::CacheCookies), State::Passed);
    world.undo(Rung::CacheCookies);
    assert_eq!(world.cookies, before);
    assert!(world.model.changes.is_empty());
}

#[test]
fn nothing_is_deleted_that_could_not_be_kept() {
    let mut world = World::with_cookies();
    let before = world.cookies.clone();
    world.full = true;
    world.press(Rung::CacheCookies, Action::ClearCookies);
    assert_eq!(world.cookies, before);
    let rung = world.rung(Rung::CacheCookies);
    assert!(rung.words.iter().any(|words| words.key == "trouble_not_kept"), "{rung:?}");
}

#[test]
fn a_refusal_is_a_state_and_the_next_step_is_recommended() {
    let mut world = World::with_cookies();
    world.refuse(Rung::CacheCookies);
    assert_eq!(world.state(Rung::CacheCookies), State::Blocked);
    assert_ne!(world.recommended(), Some(Rung::CacheCookies));
    assert!(!world.rung(Rung::CacheCookies).buttons.is_empty(), "it can be allowed now");
}

#[test]
fn what_is_needed_is_said_beside_the_button_until_it_is_held() {
    let mut world = World::with_cookies();
    assert_eq!(world.rung(Rung::CacheCookies).buttons[0].needs, [Permission::Cookies]);
    assert!(world.rung(Rung::CacheCookies).needs.iter().any(|words| words.key == "needs_cookies"));
    world.grant(Permission::Cookies);
    assert!(world.rung(Rung::CacheCookies).buttons[0].needs.is_empty());
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
        let mut world = World::with_extensions(count, &culprits);
        world.kills = kills.into_iter().map(|(at, browser)| if browser { Kill::Browser(at) } else { Kill::Worker(at) }).collect();
        world.search();
        let named = world.named();
        prop_assert!(world.off().iter().all(|id| named.contains(id)), "off: {:?}, named: {:?}", world.off(), named);
        if !world.restarted {
            let mut expected: Vec<String> = culprits.iter().map(|at| format!("ext-{at}")).collect();
            expected.sort();
            expected.dedup();
            prop_assert_eq!(world.off(), expected);
        }
        // Whatever is off can be put back.
        while let Some(change) = world.model.changes.last().map(|change| change.id) {
            world.undo_change(change);
        }
        prop_assert_eq!(world.off(), Vec::<String>::new());
    }

    /// Any row of deletions, put back in turn, with the worker killed anywhere: cookies and local storage as at the start.
    #[test]
    fn undo_brings_everything_back(
        acts in proptest::collection::vec(proptest::sample::select(&[Action::ClearCookies, Action::ClearStorage, Action::ClearAll][..]), 1..5),
        kills in proptest::collection::vec(0usize..40, 0..5),
        full in proptest::option::of(0usize..4),
    ) {
        let mut world = World::with_cookies();
        let before = (world.cookies.clone(), world.local.clone());
        world.kills = kills.into_iter().map(Kill::Worker).collect();
        for (number, act) in acts.into_iter().enumerate() {
            world.full = full == Some(number);
            world.press(Rung::CacheCookies, act);
            // The page sets cookies of its own as it is loaded.
            world.cookies.retain(|one| one != "fresh");
            world.cookies.push("fresh".into());
            world.cookies.sort();
        }
        world.full = false;
        while let Some(change) = world.model.changes.last().map(|change| change.id) {
            world.undo_change(change);
        }
        // What the page set since may stay where nothing was deleted.
        world.cookies.retain(|one| one != "fresh");
        prop_assert_eq!((world.cookies, world.local), before);
    }
}
