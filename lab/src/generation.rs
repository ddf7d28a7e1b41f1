//! Generations of ChatGPT's page, which differ in their markup.

use std::str::FromStr;

/// A generation of ChatGPT's page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Generation {
    /// Markup with test ids and `article` elements: until 2026-09-24, for some people later.
    #[default]
    Old,
    /// Since 2026-09-24: neither of these; a question and its answer share one turn element.
    New,
    /// A made-up future page that shares nothing but ARIA roles with the others.
    Next,
}

/// No generation has this name.
#[derive(Clone, Debug, thiserror::Error)]
#[error("there is no page {0:?}: old, new, next")]
pub struct UnknownPage(String);

impl Generation {
    /// All generations.
    pub const ALL: [Generation; 3] = [Generation::Old, Generation::New, Generation::Next];

    /// Value of the query parameter `page`.
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
