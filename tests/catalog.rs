//! The error catalog: its lists are whole and well formed, and no name in it leads to a side that its layers are not on.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::{collections::BTreeSet, fs};

use mend::core::{
    catalog::{Catalog, FILES, Layer, NameForm, known},
    names::Blame,
    paste::paste,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/catalog");
/// Longest sentence, in characters.
const LONGEST: usize = 110;

fn list(name: &str) -> String {
    fs::read_to_string(format!("{FOLDER}/{name}.tsv")).unwrap()
}

#[test]
fn the_lists_are_those_of_the_folder_and_well_formed() {
    let names = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: BTreeSet<String> = names.map(|name| name.trim_end_matches(".tsv").to_owned()).collect();
    assert_eq!(names, FILES.iter().map(|name| (*name).to_owned()).collect());
    for name in FILES {
        let text = list(name);
        assert!(text.lines().any(|line| line.starts_with("# source:")), "{name} has no source");
        let rows: Vec<Vec<&str>> =
            text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect()).collect();
        let mut seen = BTreeSet::new();
        for row in &rows {
            let [entry, form, layers, meaning, advice] = row.as_slice() else { panic!("{name}: {row:?}") };
            assert!(NameForm::from_name(form).is_some() && seen.insert(*entry), "{name}: {row:?}");
            let layers: Vec<Layer> = layers.split(',').map(|layer| Layer::from_name(layer).unwrap()).collect();
            assert!(meaning.ends_with('.') && meaning.chars().count() <= LONGEST, "{name}: {entry}: {meaning}");
            assert!(
                advice.chars().count() <= LONGEST && (!advice.is_empty() || layers == [Layer::None]),
                "{name}: {entry}"
            );
        }
        // A mark of punctuation alone is found in no text.
        let found = rows.iter().filter(|row| row[0].bytes().any(|byte| byte.is_ascii_alphanumeric() || byte >= 0x80));
        assert_eq!(Catalog::read(&text).len(), found.count(), "{name}");
    }
    // A gap shows.
    assert!(known().unwrap().len() >= 14_600, "{}", known().unwrap().len());
}

/// The sides that a layer may be on.
fn sides(layer: Layer) -> &'static [Blame] {
    match layer {
        Layer::Dns | Layer::Connection | Layer::Tls | Layer::Proxy => &[Blame::Network],
        Layer::Filter => &[Blame::Network, Blame::Extension],
        // A program that ended its request says that nothing failed, perhaps.
        Layer::Device => &[Blame::Browser, Blame::Network, Blame::Request, Blame::Benign],
        Layer::Edge => &[Blame::Them, Blame::Network],
        // The carriers name OpenAI's host: there, a gateway's words are those of OpenAI's own.
        Layer::Gateway => &[Blame::Gateway, Blame::Them],
        Layer::Provider => &[Blame::Them],
        Layer::Session => &[Blame::Session, Blame::Account],
        Layer::Account => &[Blame::Account, Blame::Network],
        Layer::Limit => &[Blame::Limit, Blame::Account, Blame::Gateway],
        Layer::Request => &[Blame::Request],
        Layer::None => &[Blame::Benign],
        Layer::Any => Blame::ALL,
    }
}

/// Every name in one of three carriers, with `MEND_FULL` in all of them: as a code in a body, in a library's error, in a line of
/// a log. A name whose layers are on several sides is right where it is left open, too.
#[test]
fn every_name_leads_to_its_side() {
    let all_carriers = std::env::var_os("MEND_FULL").is_some();
    let (mut number, mut right, mut silent, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for file in FILES {
        for line in list(file).lines().filter(|line| !line.starts_with('#')).skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let (name, form) = (cells[0], NameForm::from_name(cells[1]).unwrap());
            // A number or a mark is none without its place.
            if matches!(form, NameForm::Status | NameForm::Flag | NameForm::Close) {
                continue;
            }
            let layers: Vec<Layer> = cells[2].split(',').map(|layer| Layer::from_name(layer).unwrap()).collect();
            let allowed: BTreeSet<Blame> = layers.iter().flat_map(|layer| sides(*layer)).copied().collect();
            let tells = Catalog::read(line).find(name).any(|one| one.fact().is_some());
            let carriers = [
                format!(
                    "{{\"error\":{{\"code\":\"{name}\",\"message\":\"{name}\"}}}} from https://api.openai.com/v1/responses"
                ),
                format!("openai.APIError: {name}"),
                format!("2026-11-02 12:00:00 ERROR api.openai.com: {name}"),
            ];
            let chosen = if all_carriers { 0..carriers.len() } else { number % 3..number % 3 + 1 };
            number += 1;
            for n in chosen {
                let carrier = &carriers[n];
                match paste(carrier, None, 1_800_000_000_000).map_or(Blame::Unknown, |one| one.verdict.blame) {
                    Blame::Unknown if tells => {
                        silent.push(format!("{file}: {} {n} {name}: open, not {allowed:?}", form.name()))
                    }
                    blame if blame == Blame::Unknown || allowed.contains(&blame) => right += 1,
                    blame => wrong.push(format!("{file}: {n} {name}: {}, not {allowed:?}", blame.name())),
                }
            }
        }
    }
    let all = right + silent.len() + wrong.len();
    println!("{all} carriers: {right} right, {} left open, {} wrong", silent.len(), wrong.len());
    for line in wrong.iter().chain(&silent).take(60) {
        println!("  {line}");
    }
    assert!(right * 100 >= all * 97, "only {right} of {all} lead to their side");
    assert!(wrong.len() * 100 <= all, "{} of {all} lead to another side", wrong.len());
}
