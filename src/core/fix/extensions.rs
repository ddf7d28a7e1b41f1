//! Rung 4: other extensions. Guides to a private window, the quickest way to leave them out.

use super::{Fit, Offer, Situation, Step, useless_here};
use crate::core::{
    msg::msg,
    names::{Cause, Rung},
};

pub(super) const STEP: Step = Step { rung: Rung::Extensions, offer, run: None };

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        Cause::Conflict | Cause::BlockedRequest | Cause::ModifiedRequest | Cause::Polling => Fit::Best,
        Cause::AddressBlocked | Cause::RegionBlocked => Fit::Useless("skip_refused"),
        _ => useless_here(cause.blame()).unwrap_or(Fit::Fits),
    };
    Offer::words(fit, vec![msg("extensions_words")])
}
