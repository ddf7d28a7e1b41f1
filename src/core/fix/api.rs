//! Rung 8: the developer API: key, organisation, credit.

use super::{Fit, Offer, Situation, Step};
use crate::core::{
    msg::msg,
    names::{Blame, Rung},
};

pub(super) const STEP: Step = Step { rung: Rung::Api, offer, run: None };

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        _ if cause.blame() == Blame::Account => Fit::Best,
        _ => Fit::Useless("skip_not_api"),
    };
    Offer::words(fit, vec![msg("api_words")])
}
