//! The map of ChatGPT's page: every generation has every field, generations share no mark, and nothing else in the extension
//! knows one. That each selector finds what it names is tested on the lab's pages (`e2e/tests/all/page_map.rs`).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use serde_json::Value;

const EXTENSION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/js");

/// The map as the browser has it.
fn pages() -> Vec<BTreeMap<String, Option<String>>> {
    let read = "require(process.argv[1]); process.stdout.write(JSON.stringify(globalThis.MEND_PAGES))";
    let told = Command::new("node").args(["-e", read, &format!("{EXTENSION}/page_map.js")]).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let pages: Value = serde_json::from_slice(&told.stdout).unwrap();
    pages.as_array().unwrap().iter().map(|page| serde_json::from_value(page.clone()).unwrap()).collect()
}

/// The names, ids and values that stand in selectors: what only that page has.
fn marks(page: &BTreeMap<String, Option<String>>) -> BTreeSet<String> {
    let selectors = page.iter().filter(|(field, _)| *field != "name").filter_map(|(_, selector)| selector.as_deref());
    let words = selectors.flat_map(|selector| {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        selector.split(move |letter| !is_name(letter)).filter(|word| word.contains('-')).map(str::to_owned)
    });
    // ARIA's own names are anybody's.
    words.filter(|word| !word.starts_with("aria-")).collect()
}

#[test]
fn every_generation_has_every_field_and_marks_of_its_own() {
    let pages = pages();
    let fields = |page: &BTreeMap<String, Option<String>>| page.keys().cloned().collect::<Vec<_>>();
    let names: BTreeSet<&Option<String>> = pages.iter().map(|page| &page["name"]).collect();
    assert_eq!(names.len(), pages.len(), "names are unique");
    for page in &pages {
        assert_eq!(fields(page), fields(&pages[0]));
        for needed in ["name", "here", "composer", "question", "answer", "error", "written"] {
            assert!(page[needed].as_deref().is_some_and(|selector| !selector.is_empty()), "{needed}: {page:?}");
        }
        for other in pages.iter().filter(|other| other["name"] != page["name"]) {
            let shared: Vec<String> = marks(page).intersection(&marks(other)).cloned().collect();
            // An old page's busy button and error belong to it alone: one generation is never taken for another.
            assert_eq!(shared, Vec::<String>::new(), "{:?} and {:?}", page["name"], other["name"]);
        }
    }
}

#[test]
fn nothing_else_knows_the_page() {
    let known: BTreeSet<String> = pages().iter().flat_map(marks).collect();
    for entry in fs::read_dir(EXTENSION).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "js") || path.ends_with("page_map.js") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for mark in &known {
            assert!(!text.contains(mark.as_str()), "{}: {mark} belongs into page_map.js", path.display());
        }
    }
}

#[test]
fn the_guide_says_how_to_add_one() {
    let guide = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/CONTRIBUTING.md")).unwrap();
    for place in ["Add a page generation", "extension/js/page_map.js", "lab/src/page", "e2e/tests/all/page_map.rs"] {
        assert!(guide.contains(place), "CONTRIBUTING.md says nothing of {place}");
    }
}
