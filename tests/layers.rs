//! No file uses one that uses it: the core, the web layer, the command line, the lab and the robot of the end-to-end tests have no
//! circles, and each layer of the core rests on those below it only.
#![cfg(not(target_arch = "wasm32"))]

mod imports;

use std::{collections::BTreeSet, path::Path};

use imports::{Arrows, Module, arrows, circles};

/// The core's modules, the lowest layer first. One uses what stands in a lower layer, never what stands beside it or above.
/// A new module goes as low as what it uses lets it.
const LAYERS: &[&[&str]] = &[
    &["json", "template", "text"],
    &["api_answer", "user_agent", "bisect", "formats", "headers", "named", "reason", "time"],
    &[
        "bundle",
        "endpoint",
        "fact",
        "cookies",
        "msg",
        "names",
        "permission",
        "redact",
        "request_ids",
        "status",
        "stream_end",
    ],
    &["catalog", "decode", "retry", "site_data", "stream"],
    &["connectivity"],
    &["event"],
    &["authorize", "change", "prompts", "observe", "extensions", "task"],
    &["alternatives", "codes", "effect", "entry", "model"],
    &["surface"],
    &["budget", "check", "incident_alerts", "har", "bisect_session", "pending"],
    &["diagnose"],
    &["history", "journal", "recovery"],
    &["actions"],
    &["view"],
    &["paste", "support_bundle", "ticket", "update"],
    &["key"],
];

fn shown(module: &Module) -> String {
    module.join("::")
}

fn lines<'a>(arrows: impl Iterator<Item = (&'a (Module, Module), &'a BTreeSet<String>)>) -> Vec<String> {
    arrows.map(|((from, to), names)| format!("{} -> {}: {names:?}", shown(from), shown(to))).collect()
}

fn circle_lines(arrows: &Arrows) -> Vec<String> {
    let all = circles(arrows);
    lines(arrows.iter().filter(|((from, to), _)| all.iter().any(|one| one.contains(from) && one.contains(to))))
}

#[test]
fn no_file_uses_one_that_uses_it() {
    let rooms: &[(&str, &[&str])] =
        &[("src/core", &["core"]), ("src/web", &["web"]), ("cli/src", &[]), ("lab/src", &[]), ("e2e/src", &[])];
    for (folder, root) in rooms {
        let arrows = arrows(Path::new(folder), root);
        assert!(arrows.len() > 20, "{folder} was not read");
        assert_eq!(circle_lines(&arrows), Vec::<String>::new(), "{folder}");
    }
}

#[test]
fn each_layer_rests_on_lower_ones() {
    let layer = |module: &Module| {
        let name = module.get(1)?;
        LAYERS.iter().position(|layer| layer.contains(&name.as_str()))
    };
    let arrows = arrows(Path::new("src/core"), &["core"]);
    let outside: BTreeSet<String> = arrows
        .keys()
        .flat_map(|(from, to)| [from, to])
        .filter(|one| one.len() > 1 && layer(one).is_none())
        .map(shown)
        .collect();
    assert_eq!(outside, BTreeSet::new(), "stand in no layer");
    let wrong =
        arrows.iter().filter(|((from, to), _)| from.len() > 1 && from.get(1) != to.get(1) && layer(from) <= layer(to));
    assert_eq!(lines(wrong), Vec::<String>::new(), "reach up, or beside");
}

#[test]
fn a_circle_is_found() {
    let one =
        |from: &str, to: &str| ((vec![from.to_owned()], vec![to.to_owned()]), BTreeSet::from(["Name".to_owned()]));
    let arrows = Arrows::from([one("a", "b"), one("b", "c"), one("c", "b"), one("c", "d")]);
    assert_eq!(circle_lines(&arrows), ["b -> c: {\"Name\"}", "c -> b: {\"Name\"}"]);
}
