//! Rung 7: the path to the service: connection, proxy, VPN, address.

use super::{Fit, Offer, Situation, Step, useless_here};
use crate::core::{
    msg::msg,
    names::{Blame, Rung},
};

pub(super) const STEP: Step = Step { rung: Rung::Network, offer, run: None };

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        _ if cause.blame() == Blame::Network => Fit::Best,
        _ => useless_here(cause.blame()).unwrap_or(Fit::Fits),
    };
    Offer::words(fit, vec![msg("network_words")])
}
