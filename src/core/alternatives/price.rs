//! What a service costs, with the month in which that was known and who said so.

use crate::core::msg::{Msg, msg};

/// A price. Prices change: each names when it was looked up, and the page links to the maker's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    /// Free with limits; the cheapest plan worth the name, as the maker's own page says.
    Maker {
        /// The plan's name.
        plan: &'static str,
        /// What it costs a month.
        amount: &'static str,
        /// When it was read.
        checked: &'static str,
    },
    /// The same, as others tell; the maker's page could not be read.
    Reported {
        /// The plan's name.
        plan: &'static str,
        /// What it costs a month.
        amount: &'static str,
        /// When others told it.
        checked: &'static str,
    },
    /// Free with limits; nobody told what more costs.
    Unchecked {
        /// When it was looked for.
        looked: &'static str,
    },
    /// Free; no plan for more is known.
    Free {
        /// When it was looked for.
        looked: &'static str,
    },
    /// A program that is free, with models that are.
    Program {
        /// When it was looked up.
        looked: &'static str,
    },
}

impl Price {
    /// In words.
    pub fn words(self) -> Msg {
        match self {
            Price::Maker { plan, amount, checked } => {
                msg("alt_price_maker").text(plan).text(amount).text(&month(checked))
            }
            Price::Reported { plan, amount, checked } => {
                msg("alt_price_reported").text(plan).text(amount).text(&month(checked))
            }
            Price::Unchecked { looked } => msg("alt_price_unchecked").text(&month(looked)),
            Price::Free { looked } => msg("alt_price_free").text(&month(looked)),
            Price::Program { looked } => msg("alt_price_program").text(&month(looked)),
        }
    }
}

/// A month that no line's end tears apart.
fn month(month: &str) -> String {
    month.replace('-', "\u{2011}")
}
