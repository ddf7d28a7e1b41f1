//! Every parser, fed with what nobody would send: never a panic. `MEND_FULL=1` runs ten million; `MEND_SEED` chooses others.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod mutate;
mod parsers;

use std::{env, panic, thread};

use mend::core::json::Value;
use mutate::{Rng, text, tree::tree};
use parsers::{FakeBrowser, Food, PARSERS, Parser};

const SHORT: usize = 200_000;
const FULL: usize = 10_000_000;
/// After so many a fresh model: an old one knows most of what may come.
const LIFE: usize = 500;

/// One parser with its corpus, ready to be changed.
struct Target {
    parser: &'static Parser,
    texts: Vec<String>,
    trees: Vec<Value>,
}

impl Target {
    fn new(parser: &'static Parser) -> Target {
        let texts = parser.texts();
        let trees = texts.iter().filter_map(|text| json(text)).collect();
        Target { parser, texts, trees }
    }

    /// Makes one input and feeds it; gives it back where the parser did not survive.
    fn feed(&self, rng: &mut Rng, world: &mut FakeBrowser) -> Result<(), String> {
        let whole = match self.parser.food {
            Food::Text(_) => false,
            // Half of the data comes as text that may be no JSON any more.
            Food::Data(_) => rng.below(2) == 0,
        };
        let text = if whole { String::new() } else { text(rng, &self.texts) };
        let plain = match self.parser.food {
            Food::Data(_) if whole => Some(tree(rng, &self.trees)),
            Food::Data(_) => json(&text),
            Food::Text(_) => None,
        };
        let survived = panic::catch_unwind(panic::AssertUnwindSafe(|| match (&self.parser.food, &plain) {
            (Food::Text(parse), _) => parse(world, &text),
            (Food::Data(parse), Some(plain)) => parse(world, plain),
            (Food::Data(_), None) => {}
        }));
        survived.map_err(|_| format!("{}: {text:?} {plain:?}", self.parser.name))
    }
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

#[test]
fn nothing_panics() {
    let full = env::var_os("MEND_FULL").is_some_and(|value| value == "1");
    let count = if full { FULL } else { SHORT };
    let seed = env::var("MEND_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = count.div_ceil(threads * PARSERS.len());
    let failed: Vec<String> = thread::scope(|scope| {
        let spawn = |number: usize| scope.spawn(move || one_thread(seed + ((number as u64) << 32), share));
        let running: Vec<_> = (0..threads).map(spawn).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    println!("{} executions over {} parsers, seed {seed}", share * threads * PARSERS.len(), PARSERS.len());
    assert!(failed.is_empty(), "{} panics:\n{}", failed.len(), failed.join("\n"));
}

fn one_thread(seed: u64, share: usize) -> Vec<String> {
    let mut rng = Rng::new(seed);
    let targets: Vec<Target> = PARSERS.iter().map(Target::new).collect();
    let (mut world, mut failed) = (FakeBrowser::new(), Vec::new());
    for round in 0..share {
        if round % LIFE == 0 {
            world = FakeBrowser::new();
        }
        for target in &targets {
            if let Err(input) = target.feed(&mut rng, &mut world) {
                world = FakeBrowser::new();
                failed.push(input);
            }
        }
        if failed.len() > 20 {
            break;
        }
    }
    failed
}
