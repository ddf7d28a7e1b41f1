//! The one table of hosts, endpoints and headers, and all that takes its own from it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::{collections::BTreeSet, env, fs};

use mend::core::{
    endpoint::{EndpointKind, Form, HOSTS, HostOwner, ObservedBy, PATHS, Path, SITE, classify},
    headers::Headers,
    json::{Json, from_value, to_value},
};
use serde_json::Value;

const WRITTEN: &str = "extension/js/endpoints.js";

fn read(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The path, and that of the people who are not signed in.
fn twins(path: &str) -> Vec<String> {
    let twin = path.strip_prefix("/backend-api/").map(|rest| format!("/backend-anon/{rest}"));
    [Some(path.to_owned()), twin].into_iter().flatten().collect()
}

/// The browser's match patterns of rows (MDN, "Match patterns in extension manifests"); what another one holds is left out.
/// They may hold a little more than the table does, which has the last word.
fn patterns(rows: impl Iterator<Item = &'static Path>) -> Vec<String> {
    let mut paths = Vec::new();
    for path in rows.flat_map(|row| twins(row.path).into_iter().map(move |path| (row.form, path))) {
        match path {
            (_, path) if path.contains("<id>") => paths.push(path.split("<id>").next().unwrap().to_owned() + "*"),
            (Form::Only, path) => paths.extend([path.clone(), path + "?*"]),
            (_, path) => paths.push(path + "*"),
        }
    }
    let held = |path: &String| {
        let by = |other: &String| other.strip_suffix('*').is_some_and(|stem| other != path && path.starts_with(stem));
        paths.iter().any(by)
    };
    let mut seen = BTreeSet::new();
    let few = paths.iter().filter(|path| !held(path) && seen.insert(path.as_str()));
    few.flat_map(|path| pages().into_iter().map(move |page| page.trim_end_matches("/*").to_owned() + path)).collect()
}

/// All pages of the site: with a star the host itself is meant, too.
fn pages() -> Vec<String> {
    let hosts = SITE.iter().filter(|host| !SITE.contains(&format!("*.{host}").as_str()));
    hosts.map(|host| format!("*://{host}/*")).collect()
}

/// A regular expression for a text.
fn escaped(text: &str) -> String {
    text.replace('.', "\\.").replace('/', "\\/")
}

fn path_expression(row: &Path) -> String {
    let path = escaped(row.path)
        .replace("\\/backend-api\\/", "\\/backend-(?:api|anon)\\/")
        .replace("<id>", "[^\\/]*[\\d:][^\\/]*");
    let end = match row.form {
        Form::Only => "$",
        Form::Below => "(?:\\/|$)",
        Form::Begins => "",
    };
    path + end
}

fn either(parts: impl Iterator<Item = String>) -> String {
    format!("(?:{})", parts.collect::<Vec<_>>().join("|"))
}

fn hosts(endpoint: EndpointKind) -> String {
    let name = |host: &mend::core::endpoint::Host| {
        let below = if host.below { "(?:[\\w-]+\\.)*" } else { "" };
        format!("{below}{}", escaped(host.name))
    };
    let of_role = HOSTS.iter().filter(|host| host.whose == HostOwner::EndpointKind(endpoint)).map(name);
    format!("https:\\/\\/{}\\/", either(of_role))
}

/// The script: `extension/js/endpoints.js`.
fn script() -> String {
    let site = either(["(?:[\\w-]+\\.)*chatgpt\\.com", "chat\\.openai\\.com"].into_iter().map(str::to_owned));
    let on_site = |paths: String| format!("https:\\/\\/{site}{paths}");
    let rows = |wanted: &dyn Fn(&Path) -> bool| either(PATHS.iter().filter(|row| wanted(row)).map(path_expression));
    // What stands before all others in the table is never looked at.
    let quiet = either(PATHS.iter().take_while(|row| row.kind == EndpointKind::Telemetry).map(path_expression));
    let listened = |row: &Path| {
        row.kind != EndpointKind::Telemetry && row.kind != EndpointKind::Stop && row.observed_by != ObservedBy::No
    };
    let own_files = |row: &Path| row.kind == EndpointKind::Files && row.observed_by != ObservedBy::No;
    // Every form of a message but the catch-all below one of them.
    let chat = |row: &Path| {
        row.kind == EndpointKind::Chat && (row.observed_by == ObservedBy::Answers || row.path.starts_with("/unauth-"))
    };
    let telemetry = |row: &Path| row.kind == EndpointKind::Telemetry && row.observed_by == ObservedBy::Page;
    let expressions = [
        (
            "Requests whose failure the page's own timing may tell of.",
            "watched",
            format!("{}|{}", on_site(format!("(?!{quiet}){}", rows(&listened))), hosts(EndpointKind::Files)),
        ),
        (
            "Telemetry, which blockers break all day.",
            "noise",
            format!("{}|{}", on_site(rows(&telemetry)), hosts(EndpointKind::Telemetry)),
        ),
        ("A message, whose answer is a stream.", "chat", on_site(rows(&chat))),
        (
            "Files that go up, files and pictures that come down.",
            "files",
            format!("{}|{}", on_site(rows(&own_files)), hosts(EndpointKind::Files)),
        ),
        ("The edge's test whether a person is there.", "check", hosts(EndpointKind::Check)),
    ];
    let list = |name: &str, items: Vec<String>| {
        let items: String = items.iter().map(|item| format!("    \"{item}\",\n")).collect();
        format!("  {name}: [\n{items}  ],\n")
    };
    let answers = patterns(PATHS.iter().filter(|row| row.observed_by == ObservedBy::Answers));
    let breaks =
        patterns(PATHS.iter().filter(|row| matches!(row.observed_by, ObservedBy::Answers | ObservedBy::Breaks)));
    let mut text = String::from(
        "// The hosts, endpoints and headers of ChatGPT for the scripts. Written from src/core/endpoint by tests/endpoints.rs,\n\
         // which says how; nothing here is edited by hand. Whoever runs in the page's own world takes it away at once.\n\
         /** @typedef {Record<\"messages\" | \"awaited\" | \"site\" | \"headers\", string[]>\n \
         * & Record<\"watched\" | \"noise\" | \"chat\" | \"files\" | \"check\", RegExp>} Endpoints */\n\
         (/** @type {Record<symbol, Endpoints>} */ (/** @type {unknown} */ (globalThis)))[Symbol.for(\"mend.endpoints\")] = {\n",
    );
    text += "  // For webRequest: what wakes Mend with each answer, …\n";
    text += &list("messages", answers);
    text += "  // … what is heard of only where it broke or was sent elsewhere, …\n";
    text += &list("awaited", breaks);
    text += "  // … and all of the site.\n";
    text += &list("site", pages());
    text += "  // No other header enters.\n";
    text += &list("headers", Headers::NAMES.iter().map(|name| (*name).to_owned()).collect());
    for (words, name, expression) in expressions {
        text += &format!("  // {words}\n  {name}: /^(?:{expression})/,\n");
    }
    text + "};\n"
}

#[test]
fn the_script_is_what_the_table_says() {
    let text = script();
    if env::var_os("MEND_WRITE").is_some() {
        fs::write(format!("{}/{WRITTEN}", env!("CARGO_MANIFEST_DIR")), &text).unwrap();
    }
    let now = fs::read_to_string(format!("{}/{WRITTEN}", env!("CARGO_MANIFEST_DIR"))).unwrap_or_default();
    assert!(
        now == text,
        "{WRITTEN} is not what src/core/endpoint says; MEND_WRITE=1 cargo test -p mend --test endpoints writes it anew"
    );
}

#[test]
fn every_script_that_needs_it_is_given_it_first() {
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    assert_eq!(manifest["content_scripts"][0]["js"][0], "js/endpoints.js");
    for page in ["extension/devtools.html", "extension/panel.html"] {
        let text = read(page);
        let at = |name: &str| text.find(&format!("src=\"{name}\"")).unwrap_or_else(|| panic!("{page}: {name}"));
        assert!(at("js/endpoints.js") < at("js/devtools_response.js"), "{page}");
    }
    let injected = read("src/web/effects.rs");
    assert!(injected.contains("[\"js/endpoints.js\", \"js/sse.js\"]"), "deep inspection finds both");
    assert!(read("extension/js/background.js").contains("import \"./endpoints.js\";"));
    // In the page's own world nothing of it stays.
    assert!(read("extension/js/fetch_tap.js").contains("delete world[Symbol.for(\"mend.endpoints\")]"));
}

#[test]
fn no_script_has_hosts_or_endpoints_of_its_own() {
    for script in ["background", "content", "devtools", "devtools_response", "fetch_tap", "page", "report_queue"] {
        let text = read(&format!("extension/js/{script}.js"));
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for host in HOSTS.iter().map(|host| host.name).chain(["backend-api", "backend-(?:", "x-request-id"]) {
                let plain = line.replace('\\', "");
                assert!(!plain.contains(host), "{script}.js knows {host}: {line}");
            }
        }
    }
}

#[test]
fn whoever_else_names_hosts_names_those_of_the_table() {
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    let required: BTreeSet<String> =
        manifest["host_permissions"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect();
    let mut site: BTreeSet<String> = SITE.iter().map(|host| format!("*://{host}/*")).collect();
    site.insert("https://status.openai.com/*".to_owned());
    assert_eq!(required, site, "where files go, and the edge's test, are seen by the page's timing alone");
    // The shell's own list, to ask for what was taken away.
    let shell = read("src/web/site.rs");
    let named: BTreeSet<&str> = shell.split('"').skip(1).step_by(2).filter(|text| text.starts_with("*://")).collect();
    assert_eq!(
        named,
        SITE.iter().map(|host| format!("*://{host}/*")).collect::<Vec<_>>().iter().map(String::as_str).collect()
    );
    // Every address of OpenAI's or ChatGPT's in the files that make addresses up is one that the table knows.
    let ours = ["chatgpt.com", "openai.com", "oaiusercontent.com", "oaistatic.com"];
    for file in ["src/web/site_data.rs", "src/core/journal/case.rs", "src/core/har/failures.rs"] {
        let text = read(file);
        for literal in text.split('"').skip(1).step_by(2) {
            let host = literal.trim_start_matches("https://").split(['/', '?', ':']).next().unwrap_or_default();
            let host = host.trim_start_matches('.');
            if ours.iter().any(|one| host.ends_with(one)) && !host.contains(' ') {
                assert_ne!(classify(&format!("https://{host}/")).kind, EndpointKind::Unrelated, "{file}: {host}");
            }
        }
    }
}

#[test]
fn the_event_has_a_place_for_every_header() {
    let all = Headers::NAMES.iter().fold(Value::Null, |map, name| map.with(name, Value::String("1".to_owned())));
    let read = from_value::<Headers>(&all).unwrap();
    assert_eq!(to_value(&read), all, "each header of the list, and no other");
}

/// The expressions know the same places as the table does.
#[test]
fn the_expressions_agree_with_the_table() {
    let url = |row: &Path| format!("https://chatgpt.com{}", row.path.replace("<id>", "6a1f0c1e-1"));
    for row in PATHS.iter().filter(|row| row.form != Form::Begins || row.path.len() > 3) {
        assert_eq!(classify(&url(row)).kind, row.kind, "{row:?} is hidden by a row above it");
    }
}
