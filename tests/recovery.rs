//! "Tell me when it is back" and "send it when it is back", in virtual time: told soon after, never asked too often, sent
//! once, whatever happens to worker, browser and computer meanwhile.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, reason = "a test may fail loudly")]

#[path = "sim/browser.rs"]
mod browser;

use browser::{HOUR, MINUTE, Outage, SimBrowser};
use fastrand::Rng;
use mend::core::{
    Event, Millis,
    event::Intent,
    names::{Action, Rung},
    recovery::CEILING,
};

/// The longest wait between two looks.
const STEP: Millis = 10 * MINUTE;

fn watched(outage: Outage, lasts: Millis, rng: u32) -> SimBrowser {
    let mut browser = SimBrowser::failing(outage, lasts, rng);
    browser.wants(Intent::Run { tab: browser.tab, rung: Rung::Status, act: Action::Follow });
    assert!(browser.model.recovery.is_some(), "{outage:?}");
    browser
}

fn notified(browser: &SimBrowser) -> Vec<&'static str> {
    browser.told.iter().map(|(_, words)| *words).collect()
}

/// The most calls within any hour.
fn busiest(calls: &[Millis], span: Millis) -> usize {
    let within = |from: &Millis| calls.iter().filter(|at| (*from..from + span).contains(*at)).count();
    calls.iter().map(within).max().unwrap_or_default()
}

#[test]
fn an_outage_of_forty_minutes_is_told_within_one_step_after_its_end() {
    for rng in 1..200 {
        for outage in [Outage::Listed, Outage::Network, Outage::Limit] {
            let mut browser = watched(outage, 40 * MINUTE, rng * 7919);
            browser.pass(3 * HOUR);
            assert_eq!(notified(&browser), ["recovery_back"], "{outage:?}: told once, and no more than that");
            let late = browser.told[0].0 - browser.over;
            assert!((0..=STEP + MINUTE).contains(&late), "{outage:?}: {late} ms late");
            assert!(busiest(&browser.calls, HOUR) <= CEILING, "{outage:?}: {} calls", browser.calls.len());
        }
    }
}

#[test]
fn an_outage_that_nobody_admits_is_told_of_by_the_persons_own_success_alone() {
    let mut browser = watched(Outage::Unlisted, 40 * MINUTE, 5);
    browser.pass(HOUR);
    assert_eq!(notified(&browser), Vec::<&str>::new());
    browser.saw(mend::core::event::PageSignal::Answered);
    browser.pass(MINUTE);
    assert_eq!(notified(&browser), ["recovery_works"]);
}

#[test]
fn a_computer_that_slept_eight_hours_is_right_within_a_minute() {
    for rng in 1..200 {
        let mut browser = watched(Outage::Listed, 3 * HOUR, rng * 7919);
        browser.pass(Rng::with_seed(rng.into()).i64(0..40 * MINUTE));
        browser.sleep(8 * HOUR);
        let woken = browser.now;
        browser.pass(MINUTE);
        assert_eq!(notified(&browser), ["recovery_back"]);
        assert!(browser.told[0].0 - woken <= MINUTE);
    }
}

#[test]
fn a_thousand_clients_stay_below_the_stated_load() {
    let mut all = Vec::new();
    for client in 1..=1_000_u32 {
        let mut browser = watched(Outage::Listed, 40 * MINUTE, client.wrapping_mul(2_654_435_761));
        browser.pass(2 * HOUR);
        assert!(busiest(&browser.calls, HOUR) <= CEILING);
        assert!(browser.calls.windows(2).all(|two| two[1] - two[0] >= 2 * MINUTE), "{:?}", browser.calls);
        all.extend(browser.calls);
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
        let mut browser = SimBrowser::failing(outage, lasts, random.u32(1..));
        browser.said_over = browser.over + random.i64(0..20 * MINUTE);
        browser.send_when_back();
        let end = browser.now + lasts + 3 * HOUR;
        while browser.now < end {
            browser.pass(random.i64(0..10 * MINUTE));
            match random.u32(0..20) {
                0 => browser.restart(),
                1..=5 => browser.kill(),
                6..=8 => browser.happen_and_die(Event::Tick),
                9 => browser.sleep(random.i64(0..HOUR)),
                _ => {}
            }
        }
        browser.pass(HOUR);
        assert_eq!(browser.sends.len(), 1, "{seed}: {outage:?}, sent {:?}, told {:?}", browser.sends, browser.told);
        assert_eq!(browser.told.len(), 1, "{seed}: {outage:?}, told {:?}", browser.told);
        *outcomes.entry(browser.told[0].1).or_default() += 1;
        // Only where nobody says that it is over can it be sent too early.
        assert!(outage == Outage::Unlisted || browser.sends[0] >= browser.over, "{seed}: {outage:?}");
    }
    println!("{outcomes:?}");
    assert!(outcomes["recovery_answered"] > 100, "{outcomes:?}");
}

#[test]
fn a_browser_that_ends_while_it_is_sent_does_not_send_again() {
    let mut browser = SimBrowser::failing(Outage::Listed, 10 * MINUTE, 3);
    browser.send_when_back();
    while browser.sends.is_empty() {
        browser.pass(20);
    }
    browser.restart();
    browser.pass(2 * HOUR);
    assert_eq!((browser.sends.len(), notified(&browser)), (1, vec!["recovery_unsure"]));
}

#[test]
fn what_may_never_be_sent_again_is_not_sent() {
    let mut browser = SimBrowser::failing(Outage::Listed, 10 * MINUTE, 3);
    browser.wants(Intent::Send { tab: browser.tab, prompt: Some(1), begun: true });
    browser.pass(HOUR);
    assert_eq!((browser.sends.len(), notified(&browser)), (0, vec!["recovery_back"]));
}

#[test]
fn the_person_takes_it_back() {
    let mut browser = SimBrowser::failing(Outage::Listed, 10 * MINUTE, 3);
    browser.send_when_back();
    browser.wants(Intent::Send { tab: browser.tab, prompt: None, begun: false });
    browser.pass(2 * HOUR);
    assert_eq!((browser.sends.len(), notified(&browser)), (0, vec![]));
}
