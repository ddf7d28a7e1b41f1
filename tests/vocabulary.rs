//! One name for one thing: `docs/glossary.md` holds the words, `tests/renamed.md` the names that are gone.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const ROOMS: &[&str] = &["src", "cli/src", "lab/src", "e2e/src", "tests", "cli/tests", "lab/tests", "e2e/tests"];

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// The words behind `word` in a text: what `struct`, `fn` and their kind declare.
fn declared(text: &str, word: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let names = code.flat_map(|line| {
        let words: Vec<&str> = line.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).collect();
        words.windows(2).filter(|two| two[0] == word).map(|two| two[1].to_owned()).collect::<Vec<_>>()
    });
    names.collect()
}

fn types(text: &str) -> BTreeSet<String> {
    ["struct", "enum", "trait", "type"].iter().flat_map(|word| declared(text, word)).collect()
}

/// The fields of structs and of variants: what stands with its type in a line of its own.
fn fields(text: &str) -> BTreeSet<String> {
    let name = |line: &str| {
        let line = line.trim_start();
        let (name, rest) = line.strip_prefix("pub ").unwrap_or(line).split_once(": ")?;
        let named = !name.is_empty() && name.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
        // A value in a constructor is spelled the same way, and is as telling.
        (named && rest.ends_with(',')).then(|| name.to_owned())
    };
    text.lines().filter_map(name).collect()
}

/// That table: kind, and the name that is gone.
fn gone() -> Vec<(String, String)> {
    let table = fs::read_to_string("tests/renamed.md").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| kind"));
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect::<Vec<_>>();
    let rows: Vec<_> = rows.map(cells).map(|cells| (cells[1].clone(), cells[2].clone())).collect();
    assert!(rows.len() > 80, "the table was not read");
    rows
}

#[test]
fn no_public_type_name_stands_twice_in_the_core() {
    let mut places: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in sources("src/core") {
        let text = fs::read_to_string(&path).unwrap();
        let public: String = text
            .lines()
            .filter(|line| line.trim_start().starts_with("pub "))
            .map(|line| line.to_owned() + "\n")
            .collect();
        for name in types(&public) {
            places.entry(name).or_default().push(path.clone());
        }
    }
    assert!(places.len() > 150, "the core was not read");
    let twice: Vec<_> = places.iter().filter(|(_, places)| places.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn no_name_that_is_gone_is_borne_again() {
    let gone = gone();
    let of = |kind: &'static str| gone.iter().filter(move |(one, _)| one == kind).map(|(_, name)| name.as_str());
    let mut found = Vec::new();
    for path in ROOMS.iter().flat_map(|room| sources(room)) {
        let text = fs::read_to_string(&path).unwrap();
        let (types, functions) = (types(&text), declared(&text, "fn"));
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let parts: BTreeSet<&str> = path.iter().map(|part| part.to_str().unwrap()).chain([stem]).collect();
        let room = ["e2e", "lab"].into_iter().find(|room| path.starts_with(room));
        let modules = match room {
            Some("e2e") => "module of e2e",
            Some(_) => "module of lab",
            None => "module",
        };
        found.extend(of(modules).filter(|name| parts.contains(name)).map(|name| format!("{}: {name}", path.display())));
        if room.is_some() {
            continue;
        }
        found.extend(
            of("type").filter(|name| types.contains(*name)).map(|name| format!("{}: type {name}", path.display())),
        );
        found.extend(
            of("function")
                .filter(|name| functions.contains(*name))
                .map(|name| format!("{}: fn {name}", path.display())),
        );
        let core = path.starts_with("src") || path.starts_with("cli/src");
        let fields = if core { fields(&text) } else { BTreeSet::new() };
        found.extend(
            of("field").filter(|name| fields.contains(*name)).map(|name| format!("{}: field {name}", path.display())),
        );
        let keys = of("storage").filter(|name| text.contains(&format!(": &str = \"{name}\"")));
        found.extend(keys.map(|name| format!("{}: storage key {name}", path.display())));
    }
    let keys: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(Path::new("extension/_locales/en/messages.json")).unwrap()).unwrap();
    for key in keys.as_object().unwrap().keys() {
        let bears = |name: &str| if name.ends_with('_') { key.starts_with(name) } else { key == name };
        found.extend(of("message").filter(|name| bears(name)).map(|name| format!("message key {key}: {name}")));
    }
    found.extend(
        of("file").chain(of("test")).filter(|path| Path::new(path).exists()).map(|path| format!("file {path}")),
    );
    let messages = fs::read_to_string("extension/js/messages.js").unwrap();
    let kinds = of("script message").filter(|kind| messages.contains(&format!("kind: \"{kind}\"")));
    found.extend(kinds.map(|kind| format!("message of kind {kind}")));
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_glossary_names_types_that_exist() {
    let all: BTreeSet<String> = ROOMS
        .iter()
        .flat_map(|room| sources(room))
        .flat_map(|path| types(&fs::read_to_string(path).unwrap()))
        .collect();
    let words = fs::read_to_string("docs/glossary.md").unwrap();
    let spelled = words.split('`').skip(1).step_by(2).filter_map(|code| code.rsplit_once("::")).map(|(_, name)| name);
    let is_type =
        |name: &&str| name.chars().next().is_some_and(char::is_uppercase) && name.chars().any(char::is_lowercase);
    let variants = ["CaptivePortal", "Benign", "CircuitOpen", "Full", "Telemetry", "Unrelated"];
    let missing: Vec<&str> =
        spelled.filter(is_type).filter(|name| !all.contains(*name) && !variants.contains(name)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
