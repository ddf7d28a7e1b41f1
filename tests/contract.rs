//! What holds the parts together: the manifest, the words, the lists, and the page that tells how to add to them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail loudly")]

use std::{collections::BTreeSet, fs};

use mend::core::{
    actions::LADDER,
    alternatives::SERVICES,
    catalog::Layer,
    check::CHECKS,
    connectivity::{ProbeTarget, System, Topic},
    decode::{DECODERS, Raw, decode},
    endpoint::EndpointKind,
    extensions::LostFeature,
    fact::Fact,
    key::{BASE, FormError, KeyFormat},
    model::ActionError,
    msg::key,
    names::{Blame, Cause, Rung, State},
    redact::SecretKind,
    support_bundle::FILES,
    view::{OPENAI_WORDS, PAGE_WORDS, PERMISSIONS, Right, TITLED_CAUSES},
};
use serde_json::Value;

fn read(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR")))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap()
}

fn strings(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().map(|one| one.as_str().unwrap().to_owned()).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Every file below a folder, with this ending.
fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&path, ending));
        } else if path.ends_with(ending) {
            found.push(path);
        }
    }
    found
}

#[test]
fn the_manifest_asks_for_no_more_than_it_should() {
    let manifest = json("manifest.json");
    assert_eq!(manifest["name"], "Mend");
    let description =
        json("extension/_locales/en/messages.json")["description"]["message"].as_str().unwrap().to_owned();
    assert!(description.to_lowercase().contains("not affiliated with openai") && description.len() <= 132);
    assert_eq!(strings(&manifest["permissions"]), set(&["webRequest", "storage", "alarms"]));
    let hosts = ["*://chatgpt.com/*", "*://*.chatgpt.com/*", "*://chat.openai.com/*", "https://status.openai.com/*"];
    assert_eq!(strings(&manifest["host_permissions"]), set(&hosts));
    assert_eq!(strings(&manifest["optional_host_permissions"]), set(&[&format!("{BASE}/*")]));
    let optional = set(&["cookies", "browsingData", "management", "notifications", "scripting"]);
    assert!(strings(&manifest["optional_permissions"]).is_subset(&optional));
    assert_eq!(manifest["incognito"], "spanning");
    assert_eq!(manifest["web_accessible_resources"], serde_json::json!([]));
    assert!(manifest.get("externally_connectable").is_none());
}

#[test]
fn every_permission_is_explained_in_the_settings() {
    let manifest = json("manifest.json");
    for (list, optional) in [("permissions", false), ("optional_permissions", true)] {
        let shown = PERMISSIONS.iter().filter(|one| one.right == Right::Api && one.optional == optional);
        let shown: BTreeSet<String> = shown.map(|one| one.name.to_owned()).collect();
        assert_eq!(strings(&manifest[list]), shown, "{list}");
    }
    // Every host is one that a row names.
    let hosts: Vec<&str> = PERMISSIONS.iter().filter(|one| one.right != Right::Api).map(|one| one.name).collect();
    for pattern in strings(&manifest["host_permissions"]) {
        let host = pattern.split("://").nth(1).unwrap().trim_start_matches("*.").trim_end_matches("/*");
        assert!(hosts.join(", ").contains(host), "{pattern}");
    }
}

#[test]
fn the_policy_is_the_contract_s_or_narrower() {
    let manifest = json("manifest.json");
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
    let contract = [
        ("default-src", "'none'"),
        ("script-src", "'self' 'wasm-unsafe-eval'"),
        ("style-src", "'self'"),
        ("img-src", "'self' data:"),
        ("connect-src", "'self' https:"),
        ("base-uri", "'none'"),
        ("form-action", "'none'"),
    ];
    let directives: Vec<(&str, &str)> = policy.split(';').map(|one| one.trim().split_once(' ').unwrap()).collect();
    assert_eq!(directives.len(), contract.len());
    for (name, allowed) in contract {
        let (_, sources) = directives.iter().find(|(known, _)| *known == name).unwrap();
        for source in sources.split(' ') {
            let ok = allowed.split(' ').any(|one| one == source || (one == "https:" && source.starts_with("https://")));
            assert!(ok, "{name} allows {source}");
        }
    }
}

/// Keys that code makes of a family and a name.
fn families() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let sides = || Blame::ALL.iter().filter(|blame| !matches!(blame, Blame::Benign | Blame::Unknown));
    // No failure is only ever guessed of one.
    keys.insert(key("guess", Blame::Benign.name()));
    keys.extend(Fact::ALL.iter().map(|fact| key("fact", fact.name())));
    keys.extend(Rung::ALL.iter().map(|rung| key("rung", rung.name())));
    keys.extend(State::ALL.iter().map(|state| key("state", state.name())));
    keys.extend(SecretKind::ALL.iter().map(|kind| key("redacted", kind.name())));
    keys.extend(Blame::ALL.iter().map(|blame| key("badge", blame.name())));
    for family in ["certain", "probable", "guess"] {
        keys.extend(sides().map(|blame| key(family, blame.name())));
    }
    for family in ["certain", "probable"] {
        keys.extend(TITLED_CAUSES.iter().map(|cause| key(family, cause.name())));
    }
    keys.extend(PAGE_WORDS.iter().map(|key| format!("{key}_api")));
    keys.extend(OPENAI_WORDS.iter().map(|key| format!("{key}_azure")));
    keys.extend(Layer::ALL.iter().map(|layer| key("layer", layer.name())));
    keys.extend(Blame::ALL.iter().map(|blame| key("side", blame.name())));
    keys.extend(LostFeature::ALL.iter().map(|loss| key("loss", loss.name())));
    keys.extend(EndpointKind::ALL.iter().map(|endpoint| key("endpoint", endpoint.name())));
    keys.extend(["fine", "broken", "beyond"].map(|state| key("hop", state)));
    let causes = Cause::ALL.iter().filter(|cause| !matches!(cause.blame(), Blame::Benign | Blame::Unknown));
    keys.extend(causes.map(|cause| key("why", cause.name())));
    let reasons = files("src/core/actions", ".rs");
    for text in reasons.iter().map(|path| read(path)) {
        keys.extend(text.split('"').filter(|text| text.starts_with("skip_")).map(|reason| format!("{reason}_why")));
    }
    for family in ["answers_since_load", "mended_reload", "mended_step", "mended_alone"] {
        keys.extend(["one", "many"].map(|number| format!("{family}_{number}")));
    }
    keys.extend(ProbeTarget::ALL.iter().map(|target| key("connectivity_asks", target.name())));
    for topic in Topic::ALL {
        keys.extend(System::ALL.iter().map(|system| key(&key("fix", topic.name()), system.name())));
    }
    keys.extend(
        KeyFormat::ALL.iter().filter(|shape| **shape != KeyFormat::Good).map(|shape| key("key_format", shape.name())),
    );
    keys.extend(Blame::ALL.iter().map(|blame| key("ticket_side", blame.name())));
    keys.extend(PERMISSIONS.iter().map(|permission| format!("{}_name", permission.why)));
    keys.extend([ActionError::NotKept, ActionError::NotDone].map(|error| format!("{}_again", error.message_key())));
    keys.extend(FILES.iter().map(|name| format!("ticket_part_{}", name.split('.').next().unwrap())));
    keys.extend(FormError::ALL.iter().map(|wrong| key("form", wrong.name())));
    for family in ["good", "weak"] {
        keys.extend(SERVICES.iter().map(|service| key(family, service.id)));
    }
    keys
}

#[test]
fn every_key_has_words_and_all_words_have_a_key() {
    let messages = json("extension/_locales/en/messages.json");
    let known: BTreeSet<String> = messages.as_object().unwrap().keys().cloned().collect();
    let mut used = families();
    assert_eq!(used.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "keys without words");
    for path in files("src", ".rs") {
        used.extend(read(&path).split('"').filter(|text| known.contains(*text)).map(str::to_owned));
        // A literal handed to `msg(…)` must have words.
        for after in read(&path).split("msg(\"").skip(1) {
            let literal = after.split('"').next().unwrap();
            assert!(known.contains(literal), "{path}: msg({literal:?}) has no words");
        }
    }
    for path in files("extension", ".html").into_iter().chain(files("extension", ".js")) {
        let text = read(&path);
        used.extend(text.split('"').filter(|text| known.contains(*text)).map(str::to_owned));
        for after in text.split("data-msg=\"").skip(1) {
            let literal = after.split('"').next().unwrap();
            assert!(known.contains(literal), "{path}: data-msg={literal:?} has no words");
        }
    }
    used.extend(known.iter().filter(|name| read("manifest.json").contains(&format!("__MSG_{name}__"))).cloned());
    assert_eq!(known.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new(), "words that nobody says");
}

#[test]
fn every_code_that_is_decoded_is_explained() {
    let page = read("extension/codes.html");
    let explained = |id: &str| page.contains(&format!("id=\"code-{id}\""));
    for status in 400..600 {
        let raw = Raw { status: Some(status), ..Raw::default() };
        let known = decode(&raw) != [Fact::StatusOther];
        assert!(!known || explained(&status.to_string()), "{status} has no words on the page of codes");
    }
    assert!(explained("other") && explained("stream"));
    for fact in DECODERS.iter().find(|decoder| decoder.name == "net_error").unwrap().tells {
        assert!(explained(fact.name()), "{} has no words on the page of codes", fact.name());
    }
}

/// Fails with what is only on one side, and what to do.
fn agree(what: &str, found: &BTreeSet<String>, listed: &BTreeSet<String>) {
    let [lacking, left]: [Vec<&String>; 2] = [found.difference(listed).collect(), listed.difference(found).collect()];
    assert!(lacking.is_empty() && left.is_empty(), "{what}: to be added: {lacking:?}; to be taken out: {left:?}");
}

/// The modules of a folder, but for helpers.
fn modules(folder: &str, helpers: &[&str]) -> BTreeSet<String> {
    let name = |path: &String| path.rsplit('/').next().unwrap().trim_end_matches(".rs").to_owned();
    let all = files(folder, ".rs");
    all.iter().map(name).filter(|name| name != "mod" && !helpers.contains(&name.as_str())).collect()
}

#[test]
fn lists_and_folders_are_in_step() {
    let names = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    let decoders = names(DECODERS.iter().map(|one| one.name).collect());
    agree("DECODERS in src/core/decode/mod.rs", &modules("src/core/decode", &["text"]), &decoders);
    let checks = names(CHECKS.iter().map(|one| one.name).collect());
    agree("CHECKS in src/core/check/mod.rs", &modules("src/core/check", &[]), &checks);
    let rungs = LADDER.iter().map(|step| step.rung.name().replace('-', "_")).collect();
    agree("LADDER in src/core/actions/mod.rs", &modules("src/core/actions", &["program"]), &rungs);
}

#[test]
fn every_fact_is_told_by_somebody() {
    let told = DECODERS.iter().flat_map(|one| one.tells).chain(CHECKS.iter().flat_map(|one| one.tells)).copied();
    // Of a program's own names some say that it ended the request.
    let told = told.chain(Layer::ALL.iter().filter_map(|layer| layer.fact())).chain([Fact::ClientEnded]);
    let names = |facts: &mut dyn Iterator<Item = Fact>| facts.map(|fact| fact.name().to_owned()).collect();
    let (told, all) = (names(&mut told.into_iter()), names(&mut Fact::ALL.iter().copied()));
    agree("`tells` of the decoders and checks, and the catalog's layers", &all, &told);
}

#[test]
fn the_readme_explains_each_permission_and_no_other() {
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    let list = |key: &str| manifest[key].as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned);
    let host = |pattern: String| {
        pattern.split("://").last().unwrap().trim_start_matches("*.").trim_end_matches("/*").to_owned()
    };
    let asked: BTreeSet<String> = list("permissions")
        .chain(list("optional_permissions"))
        .chain(list("host_permissions").map(host))
        .chain(list("optional_host_permissions").map(host))
        .collect();
    let readme = read("README.md");
    let table = readme.split("## Permissions").nth(1).unwrap().split("## ").next().unwrap();
    let first_cells = table.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let named: BTreeSet<String> = first_cells
        .flat_map(|cell| {
            cell.split(", asked for").next().unwrap().split('`').filter(|part| part.contains(char::is_alphabetic))
        })
        .filter(|part| !part.starts_with(' '))
        .map(str::to_owned)
        .collect();
    assert_eq!(named, asked);
}

#[test]
fn the_guide_names_every_place_to_touch() {
    let guide = read("CONTRIBUTING.md");
    for place in [
        "src/core/decode",
        "DECODERS",
        "src/core/check",
        "CHECKS",
        "src/core/actions",
        "LADDER",
        "src/core/diagnose/table.rs",
        "messages.json",
        "fact_",
        "rung_",
    ] {
        assert!(guide.contains(place), "CONTRIBUTING.md says nothing of {place}");
    }
}

/// The texts between double quotes.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

#[test]
fn what_stands_twice_is_the_same() {
    // The badge cannot read CSS.
    let (shell, tokens) = (read("src/web/effects.rs"), read("extension/tokens.css"));
    let light = tokens.split("@media").next().unwrap();
    for color in literals(&shell).filter(|text| text.starts_with('#')) {
        assert!(light.contains(color), "{color} is no token");
    }
    // The policy lets the extension's pages ask the hosts that they name, and no other.
    let policy = json("manifest.json")["content_security_policy"]["extension_pages"].as_str().unwrap().to_owned();
    let hosts = policy.split("connect-src 'self' ").nth(1).unwrap().split(';').next().unwrap();
    let watched = SERVICES.iter().filter_map(|service| service.status?.api());
    let watched = watched.map(|url| url.split('/').take(3).collect::<Vec<_>>().join("/"));
    let asked = ProbeTarget::ALL.iter().map(|target| format!("https://{}", target.host())).chain([BASE.to_owned()]);
    let asked = asked.chain(watched);
    assert_eq!(hosts.split(' ').map(str::to_owned).collect::<BTreeSet<_>>(), asked.collect());
}
