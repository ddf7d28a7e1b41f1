//! The readers of HAR and case files, fed with what no browser writes: a case or an error, never a panic.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may fail loudly, and uses a part of what it shares"
)]

#[path = "../src/case.rs"]
mod case;
#[path = "../src/event_log.rs"]
mod event_log;
#[path = "../src/har.rs"]
mod har;
#[path = "../../tests/mutate/mod.rs"]
mod mutate;
#[path = "../src/pages.rs"]
mod pages;

use std::{env, io::Read, panic};

use mend::core::{Model, formats::Truncate, update, view::popup};
use mutate::{Rng, text};

const SHORT: usize = 20_000;
const FULL: usize = 1_000_000;

/// Plays a case, as the command does.
fn play(case: case::Case) {
    let (mut model, mut now) = (Model::default(), 0);
    for (event, at) in case.events {
        now = at.max(now);
        update(&mut model, event, now);
    }
    popup(&model, Some(0), now, 0);
}

#[test]
fn nothing_panics() {
    let full = env::var_os("MEND_FULL").is_some_and(|value| value == "1");
    let count = if full { FULL } else { SHORT };
    let seed = env::var("MEND_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let hars: Vec<&str> = include_str!("../../tests/corpus/har.txt").lines().collect();
    let cases: Vec<&str> = include_str!("../../tests/corpus/cases.txt").lines().collect();
    let mut dice = Rng::new(seed);
    let mut understood = 0;
    for _ in 0..count / 2 {
        let (one, two) = (text(&mut dice, &hars), text(&mut dice, &cases));
        let survived = panic::catch_unwind(|| {
            let har = har::read("x", one.as_bytes()).ok();
            let mut line = Vec::new();
            Truncate::new(two.as_bytes()).read_to_end(&mut line).unwrap_or_default();
            let case = case::Case::line(&line).ok();
            [har, case].into_iter().flatten().map(play).count()
        });
        understood += survived.unwrap_or_else(|_| panic!("{one:?}\n{two:?}"));
    }
    assert!(understood > 0, "nothing was understood: then nothing was played");
    println!("{count} executions over 2 readers, {understood} understood, seed {seed}");
}
