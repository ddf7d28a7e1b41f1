//! "Tell me when it is back" and "send it when it is back", in virtual time: told soon after, never asked too often, sent
//! once, whatever happens to worker, browser and computer meanwhile.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, reason = "a test may fail loudly")]

#[path = "watch/life.rs"]
mod life;

use fastrand::Rng;
use life::{HOUR, Life, MINUTE, Outage};
use mend::core::{
    Event, Millis,
    event::Intent,
    names::{Action, Rung},
    watch::CEILING,
};

/// The longest wait between two looks.
const STEP: Millis = 10 * MINUTE;

fn watched(outage: Outage, lasts: Millis, dice: u32) -> Life {
    let mut life = Life::failing(outage, lasts, dice);
    life.wants(Intent::Run { tab: life.tab, rung: Rung::Status, act: Action::Follow });
    assert!(life.model.watch.is_some(), "{outage:?}");
    life
}

fn told(life: &Life) -> Vec<&'static str> {
    life.told.iter().map(|(_, words)| *words).collect()
}

/// The most calls within any hour.
fn busiest(calls: &[Millis], span: Millis) -> usize {
    let within = |from: &Millis| calls.iter().filter(|at| (*from..from + span).contains(*at)).count();
    calls.iter().map(within).max().unwrap_or_default()
}

#[test]
fn an_outage_of_forty_minutes_is_told_within_one_step_after_its_end() {
    for dice in 1..200 {
        for outage in [Outage::Listed, Outage::Network, Outage::Limit] {
            let mut life = watched(outage, 40 * MINUTE, dice * 7919);
            life.pass(3 * HOUR);
            assert_eq!(told(&life), ["watch_back"], "{outage:?}: told once, and no more than that");
            let late = life.told[0].0 - life.over;
            assert!((0..=STEP + MINUTE).contains(&late), "{outage:?}: {late} ms late");
            assert!(busiest(&life.calls, HOUR) <= CEILING, "{outage:?}: {} calls", life.calls.len());
        }
    }
}

#[test]
fn an_outage_that_nobody_admits_is_told_of_by_the_persons_own_success_alone() {
    let mut life = watched(Outage::Unlisted, 40 * MINUTE, 5);
    life.pass(HOUR);
    assert_eq!(told(&life), Vec::<&str>::new());
    life.saw(mend::core::event::Sight::Answered);
    life.pass(MINUTE);
    assert_eq!(told(&life), ["watch_works"]);
}

#[test]
fn a_computer_that_slept_eight_hours_is_right_within_a_minute() {
    for dice in 1..200 {
        let mut life = watched(Outage::Listed, 3 * HOUR, dice * 7919);
        life.pass(Rng::with_seed(dice.into()).i64(0..40 * MINUTE));
        life.sleep(8 * HOUR);
        let woken = life.now;
        life.pass(MINUTE);
        assert_eq!(told(&life), ["watch_back"]);
        assert!(life.told[0].0 - woken <= MINUTE);
    }
}

#[test]
fn a_thousand_clients_stay_below_the_stated_load() {
    let mut all = Vec::new();
    for client in 1..=1_000_u32 {
        let mut life = watched(Outage::Listed, 40 * MINUTE, client.wrapping_mul(2_654_435_761));
        life.pass(2 * HOUR);
        assert!(busiest(&life.calls, HOUR) <= CEILING);
        assert!(life.calls.windows(2).all(|two| two[1] - two[0] >= 2 * MINUTE), "{:?}", life.calls);
        all.extend(life.calls);
    }
    all.sort_unstable();
    let (minute, hour) = (busiest_of(&all, MINUTE), busiest_of(&all, HOUR));
    println!("1,000 clients: at most {minute} calls in a minute, {hour} in an hour");
    assert!(minute <= 1_000 && hour <= 1_000 * CEILING);
}

/// The same for many, sorted.
fn busiest_of(calls: &[Millis], span: Millis) -> usize {
    let mut first = 0;
    let within = |(last, at): (usize, &Millis)| {
        while calls[first] + span <= *at {
            first += 1;
        }
        last + 1 - first
    };
    calls.iter().enumerate().map(within).max().unwrap_or_default()
}

#[test]
fn a_prompt_is_sent_exactly_once_in_two_hundred_random_outages() {
    let mut outcomes = std::collections::BTreeMap::<&str, u32>::new();
    for seed in 0..200_u64 {
        let mut random = Rng::with_seed(seed);
        let outage = [Outage::Listed, Outage::Unlisted, Outage::Network, Outage::Limit][random.usize(0..4)];
        let lasts = random.i64(MINUTE..3 * HOUR);
        let mut life = Life::failing(outage, lasts, random.u32(1..));
        life.said_over = life.over + random.i64(0..20 * MINUTE);
        life.send_when_back();
        let end = life.now + lasts + 3 * HOUR;
        while life.now < end {
            life.pass(random.i64(0..10 * MINUTE));
            match random.u32(0..20) {
                0 => life.restart(),
                1..=5 => life.kill(),
                6..=8 => life.happen_and_die(Event::Tick),
                9 => life.sleep(random.i64(0..HOUR)),
                _ => {}
            }
        }
        life.pass(HOUR);
        assert_eq!(life.sends.len(), 1, "{seed}: {outage:?}, sent {:?}, told {:?}", life.sends, life.told);
        assert_eq!(life.told.len(), 1, "{seed}: {outage:?}, told {:?}", life.told);
        *outcomes.entry(life.told[0].1).or_default() += 1;
        // Only where nobody says that it is over can it be sent too early.
        assert!(outage == Outage::Unlisted || life.sends[0] >= life.over, "{seed}: {outage:?}");
    }
    println!("{outcomes:?}");
    assert!(outcomes["watch_answered"] > 100, "{outcomes:?}");
}

#[test]
fn a_browser_that_ends_while_it_is_sent_does_not_send_again() {
    let mut life = Life::failing(Outage::Listed, 10 * MINUTE, 3);
    life.send_when_back();
    while life.sends.is_empty() {
        life.pass(20);
    }
    life.restart();
    life.pass(2 * HOUR);
    assert_eq!((life.sends.len(), told(&life)), (1, vec!["watch_unsure"]));
}

#[test]
fn what_may_never_be_sent_again_is_not_sent() {
    let mut life = Life::failing(Outage::Listed, 10 * MINUTE, 3);
    life.wants(Intent::Send { tab: life.tab, kept: Some(1), begun: true });
    life.pass(HOUR);
    assert_eq!((life.sends.len(), told(&life)), (0, vec!["watch_back"]));
}

#[test]
fn the_person_takes_it_back() {
    let mut life = Life::failing(Outage::Listed, 10 * MINUTE, 3);
    life.send_when_back();
    life.wants(Intent::Send { tab: life.tab, kept: None, begun: false });
    life.pass(2 * HOUR);
    assert_eq!((life.sends.len(), told(&life)), (0, vec![]));
}
