//! A ticket for the provider's support, with the ids that support asks for.

use super::{Fit, Link, Offer, Situation, Step};
use crate::core::{msg::msg, names::Rung};

pub(super) const STEP: Step = Step::new(Rung::Ticket, offer);

fn offer(_: &Situation<'_>) -> Offer {
    let links = vec![
        Link { key: "ticket_write", url: "ticket.html" },
        Link { key: "ticket_open", url: "https://help.openai.com/" },
    ];
    Offer { links, ..Offer::words(Fit::Fits, vec![msg("ticket_words")]) }
}
