//! Rung 10: ask the provider's support, with the ids that they ask for.

use super::{Fit, Link, Offer, Situation, Step};
use crate::core::{msg::msg, names::Rung};

pub(super) const STEP: Step = Step { rung: Rung::Ticket, offer, run: None };

fn offer(_: &Situation<'_>) -> Offer {
    let link = Some(Link { key: "ticket_open", url: "https://help.openai.com/" });
    Offer { link, ..Offer::words(Fit::Fits, vec![msg("ticket_words")]) }
}
