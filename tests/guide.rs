//! What README, CONTRIBUTING and docs name in code marks exists: a file, a folder, a name in the sources.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const GUIDES: [&str; 5] = ["README.md", "CONTRIBUTING.md", "PRIVACY.md", "docs/architecture.md", "docs/case-format.md"];
const ROOMS: [&str; 8] = ["src", "cli", "lab", "e2e", "tests", "extension", "xtask", "docs"];
const ENDINGS: [&str; 10] = ["rs", "js", "html", "css", "json", "jsonl", "txt", "md", "sh", "toml"];

/// Names from elsewhere, or of what the reader makes.
const FOREIGN: &[&str] = &[
    "dist/chrome",
    "dist/firefox",
    "dist/firefox/manifest.json",
    "failed.har",
    "error.txt",
    "ask.py",
    "load.svg",
    "server.log",
    "harmless.log",
    "mend-ticket.zip",
    "cases.jsonl",
    ".jsonl",
    "skip_x",
    "skip_x_why",
    "family_name",
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// What stands between two backticks of one line, outside blocks of code.
fn marked(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| !line.starts_with("    "));
    lines.flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// A Rust name, perhaps with its path, its arguments or the sign of a macro: its last part.
fn rust_name(mark: &str) -> Option<&str> {
    let bare = mark.split(['(', '!', '{']).next()?.trim().trim_start_matches('.');
    let last = bare.rsplit("::").next()?;
    let looks = last.contains('_') || last.chars().any(char::is_uppercase) || mark.contains("::") || mark.contains('!');
    (looks && last.chars().all(is_word) && last.starts_with(|letter: char| letter.is_ascii_alphabetic()))
        .then_some(last)
}

#[test]
fn what_the_guides_name_exists() {
    let mut all = Vec::new();
    for room in ROOMS {
        files(&Path::new(ROOT).join(room), &mut all);
    }
    let names: BTreeSet<&str> = all.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    let own = Path::new(ROOT).join(file!());
    let is_source = |path: &&PathBuf| **path != own && path.extension().is_some_and(|one| one != "md" && one != "png");
    let sources: Vec<String> = all.iter().filter(is_source).filter_map(|path| fs::read_to_string(path).ok()).collect();
    let words: BTreeSet<&str> = sources.iter().flat_map(|text| text.split(|letter| !is_word(letter))).collect();
    let mut missing = Vec::new();
    for guide in GUIDES {
        let text = fs::read_to_string(Path::new(ROOT).join(guide)).unwrap();
        for mark in marked(&text).into_iter().filter(|mark| !FOREIGN.contains(mark)) {
            let is_path =
                mark.contains('/') && !mark.contains([' ', '<', '*', ':', '{', '…']) && !mark.starts_with(['/', '.']);
            let ending = mark.rsplit_once('.').map(|(stem, ending)| (stem.chars().all(is_word), ending));
            let there = if is_path && ROOMS.iter().any(|room| mark.split('/').next() == Some(room)) {
                Path::new(ROOT).join(mark).exists()
            } else if ending.is_some_and(|(bare, ending)| bare && ENDINGS.contains(&ending)) {
                names.contains(mark) || Path::new(ROOT).join(mark).exists()
            } else if let Some(name) = rust_name(mark) {
                words.contains(name)
                    || mark.contains('!') && sources.iter().any(|text| text.contains(&format!("{name}!")))
            } else {
                true
            };
            if !there {
                missing.push(format!("{guide}: `{mark}`"));
            }
        }
    }
    assert!(missing.is_empty(), "nothing has these names any more:\n{}", missing.join("\n"));
}
