//! What a service costs, with the month of that information and its source.

use crate::core::msg::{Msg, msg};

/// A price. Prices change: each has the month of the information, and the page links to the maker's own price list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    /// Free with limits; the cheapest useful plan, from the maker's own page.
    Maker {
        /// The plan's name.
        plan: &'static str,
        /// Price per month.
        amount: &'static str,
        /// The month in which the page was read.
        checked: &'static str,
    },
    /// The same, as reported by others; the maker's page could not be read.
    Reported {
        /// The plan's name.
        plan: &'static str,
        /// Price per month.
        amount: &'static str,
        /// The month of the report.
        checked: &'static str,
    },
    /// Free with limits; no price of a plan is known.
    Unchecked {
        /// The month of the search.
        looked: &'static str,
    },
    /// Free; no paid plan is known.
    Free {
        /// The month of the search.
        looked: &'static str,
    },
    /// A free program with free models.
    Program {
        /// The month of the search.
        looked: &'static str,
    },
}

impl Price {
    /// The price as text.
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

/// The month with a no-break space.
fn month(month: &str) -> String {
    month.replace('-', "\u{2011}")
}
