//! The fuzzer's corpus and some of its changes, in a real browser: what holds on the host holds in wasm.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test may fail loudly")]

mod mutate;
mod parsers;

use mend::{core::json::Value, web::value::from_js};
use mutate::{Rng, text, tree::tree};
use parsers::{FakeBrowser, Food, PARSERS};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const CHANGES: usize = 300;

/// As the browser's own parser reads it.
fn json(text: &str) -> Option<Value> {
    js_sys::JSON::parse(text).ok().and_then(|value| from_js(&value))
}

#[wasm_bindgen_test]
fn the_corpus_as_it_is() {
    let mut world = FakeBrowser::new();
    for parser in PARSERS {
        for text in parser.texts() {
            match parser.food {
                Food::Text(parse) => parse(&mut world, &text),
                Food::Data(parse) => parse(&mut world, &json(&text).unwrap()),
            }
        }
    }
}

#[wasm_bindgen_test]
fn the_corpus_changed() {
    let (mut dice, mut world) = (Rng::new(1), FakeBrowser::new());
    for parser in PARSERS {
        let texts = parser.texts();
        let trees: Vec<Value> = texts.iter().filter_map(|text| json(text)).collect();
        console_log!("{}", parser.name);
        for _ in 0..CHANGES {
            let text = text(&mut dice, &texts);
            match parser.food {
                Food::Text(parse) => parse(&mut world, &text),
                Food::Data(parse) => {
                    parse(&mut world, &json(&text).unwrap_or_default());
                    parse(&mut world, &tree(&mut dice, &trees));
                }
            }
        }
    }
}
