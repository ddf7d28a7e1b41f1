//! Another device, network or app, to separate a failure of this browser from a general one.

use super::{Fit, Link, Offer, Situation, Step, useless_here};
use crate::core::{
    msg::msg,
    names::{Blame, Cause, Rung},
};

pub(super) const STEP: Step = Step::new(Rung::OtherClient, offer);

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        Cause::Outage | Cause::Maintenance => Fit::Useless("skip_outage"),
        _ if matches!(cause.blame(), Blame::Limit | Blame::Account | Blame::Request) => {
            useless_here(cause.blame()).unwrap_or(Fit::Fits)
        }
        _ => Fit::Fits,
    };
    let links = match fit {
        Fit::Useless(_) => Vec::new(),
        _ => vec![Link { key: "handoff_title", url: "handoff.html" }],
    };
    Offer { links, ..Offer::words(fit, vec![msg("other_words")]) }
}
