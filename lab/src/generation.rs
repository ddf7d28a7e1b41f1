//! The three pages: the one that goes, the one that comes, and one that nobody knows.

use std::str::FromStr;

/// Which page of ChatGPT.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Generation {
    /// Test ids and articles: until 2026-09-24, and still there for some.
    #[default]
    Old,
    /// Since 2026-09-24: neither, and question and answer are one turn.
    New,
    /// The one after that. Its names are made up: nothing but its roles is like another's.
    Next,
}

/// No page has this name.
#[derive(Clone, Debug, thiserror::Error)]
#[error("there is no page {0:?}: old, new, next")]
pub struct UnknownPage(String);

impl Generation {
    /// All of them.
    pub const ALL: [Generation; 3] = [Generation::Old, Generation::New, Generation::Next];

    /// What it is called in an address.
    pub fn name(self) -> &'static str {
        match self {
            Generation::Old => "old",
            Generation::New => "new",
            Generation::Next => "next",
        }
    }
}

impl FromStr for Generation {
    type Err = UnknownPage;

    fn from_str(name: &str) -> Result<Self, UnknownPage> {
        let known = Generation::ALL.into_iter().find(|page| page.name() == name);
        known.ok_or_else(|| UnknownPage(name.to_owned()))
    }
}
