//! The lists, read and searched.

use std::collections::BTreeMap;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::LazyLock;
#[cfg(target_arch = "wasm32")]
use std::sync::OnceLock;

use super::{Layer, NameForm};
use crate::core::{fact::Fact, text::holds};

/// Names the files in `catalog`, without their ending, and reads them in.
macro_rules! lists {
    ($($name:literal,)*) => {
        /// The names of the files in `catalog`, without their ending.
        #[cfg(not(target_arch = "wasm32"))]
        pub const FILES: &[&str] = &[$($name),*];
        #[cfg(not(target_arch = "wasm32"))]
        const LISTS: &str = concat!($(include_str!(concat!("../../../catalog/", $name, ".tsv")), "\n"),*);
    };
}

lists! {
    "apache-caddy-traefik",
    "aws",
    "azure-front",
    "azure-openai",
    "browser-texts",
    "chromium",
    "cloudflare",
    "curl",
    "dns",
    "dotnet-http",
    "envoy",
    "errno",
    "filters",
    "firefox",
    "frameworks",
    "go-http",
    "google-lb",
    "grpc",
    "haproxy",
    "http2-http3",
    "jvm-http",
    "kong-tyk",
    "nginx",
    "node-http",
    "openai",
    "proxies",
    "python-http",
    "relays",
    "ruby-php-http",
    "rust-http",
    "safari",
    "sdk-openai",
    "status-words",
    "tls-alerts",
    "tls-libraries",
    "websocket",
    "wget",
}

/// Parts of names of requests that the program itself ended.
const ENDED: &[&str] = &["abort", "cancel"];

/// One published name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogEntry {
    /// As it is written.
    pub name: String,
    /// What kind of name it is.
    pub form: NameForm,
    /// Where the failure is; the likeliest first.
    pub layers: Vec<Layer>,
}

impl CatalogEntry {
    /// The fact that it stands for; none where its layers are on several sides.
    pub fn fact(&self) -> Option<Fact> {
        let first = self.layers.first()?;
        let name = self.name.to_ascii_lowercase();
        let same = |layer: &Layer| layer == first || (layer.is_network() && first.is_network());
        if !self.layers.iter().all(same) {
            return None;
        }
        let is_ended = *first == Layer::Device && ENDED.iter().any(|word| holds(&name, word));
        if is_ended { Some(Fact::ClientEnded) } else { first.fact() }
    }
}

/// All names, by their first word.
#[derive(Debug, Default)]
pub struct Catalog {
    by_word: BTreeMap<String, Vec<CatalogEntry>>,
}

impl Catalog {
    /// Reads lists: lines of `name`, `form`, `layers` and more, with tabs between them. Lines that are none are left out: a line
    /// with `#` is a comment, the first other one holds the titles. A name of several lists has the layers of all.
    pub fn read(text: &str) -> Catalog {
        let mut catalog = Catalog::default();
        for entry in text.lines().filter_map(entry) {
            let word = first_word(&entry.name).to_ascii_lowercase();
            let known = catalog.by_word.entry(word).or_default();
            match known.iter_mut().find(|one| one.name == entry.name) {
                Some(known) => known.layers.extend(entry.layers),
                None => known.push(entry),
            }
        }
        catalog
    }

    /// How many different names there are.
    pub fn len(&self) -> usize {
        self.by_word.values().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_word.is_empty()
    }

    /// Every name in a text.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a CatalogEntry> {
        let lower = text.to_ascii_lowercase();
        let mut found = Vec::new();
        for (at, word) in words(text) {
            let Some(entries) = self.by_word.get(&word.to_ascii_lowercase()) else { continue };
            found.extend(entries.iter().filter(|entry| stands(entry, text, &lower, at)));
        }
        found.into_iter()
    }
}

fn entry(line: &str) -> Option<CatalogEntry> {
    if line.starts_with('#') {
        return None;
    }
    let mut cells = line.split('\t');
    let (name, form, layers) = (cells.next()?, cells.next()?, cells.next()?);
    let layers: Option<Vec<Layer>> = layers.split(',').map(Layer::from_name).collect();
    let entry = CatalogEntry { name: name.to_owned(), form: NameForm::from_name(form)?, layers: layers? };
    (!first_word(name).is_empty()).then_some(entry)
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The first word of a name.
fn first_word(name: &str) -> &str {
    words(name).next().map_or("", |(_, word)| word)
}

/// The words of a text, and where each begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let begins = from + bytes.get(from..)?.iter().position(|byte| is_of_word(*byte))?;
        let rest = bytes.get(begins..)?;
        let ends = begins + rest.iter().position(|byte| !is_of_word(*byte)).unwrap_or(rest.len());
        from = ends;
        Some((begins, text.get(begins..ends)?))
    })
}

/// Whether the name stands here, whose first word begins here, not as a part of a longer one.
fn stands(entry: &CatalogEntry, text: &str, lower: &str, at: usize) -> bool {
    let name = entry.name.as_str();
    let lead = words(name).next().map_or(0, |(begins, _)| begins);
    let Some(from) = at.checked_sub(lead) else { return false };
    let Some(written) = text.get(from..from + name.len()) else { return false };
    let ends_word = name.bytes().last().is_some_and(is_of_word);
    let joins = text.as_bytes().get(from + name.len()).is_some_and(|byte| is_of_word(*byte));
    written.eq_ignore_ascii_case(name)
        && !(ends_word && joins)
        && entry.form.is_here(name, written, lower.get(..from).unwrap_or_default(), lower.get(from + name.len()..))
}

/// The catalog of all lists, which are in the program.
#[cfg(not(target_arch = "wasm32"))]
pub fn known() -> Option<&'static Catalog> {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::read(LISTS));
    Some(&CATALOG)
}

/// The catalog of all lists, once [`load`]ed.
#[cfg(target_arch = "wasm32")]
pub fn known() -> Option<&'static Catalog> {
    CATALOG.get()
}

/// What was loaded.
#[cfg(target_arch = "wasm32")]
static CATALOG: OnceLock<Catalog> = OnceLock::new();

/// Reads the text of the lists, in this module once; from then on failures of programs are looked up in it.
#[cfg(target_arch = "wasm32")]
pub fn load(lists: &str) {
    CATALOG.get_or_init(|| Catalog::read(lists));
}
