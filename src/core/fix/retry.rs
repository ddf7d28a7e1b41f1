//! Rung 9: send again, at the right time or in the right form.

use super::{Fit, Link, Offer, Situation, Step};
use crate::core::{
    msg::{Arg, Msg, msg},
    names::{Blame, Cause, Rung},
};

pub(super) const STEP: Step = Step { rung: Rung::Retry, offer };

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause.blame() {
        Blame::Limit | Blame::Request => Fit::Best,
        Blame::Session => Fit::Useless("skip_sign_in"),
        Blame::Account => Fit::Useless("skip_account"),
        _ if cause == Cause::Overload => Fit::Best,
        _ => Fit::Fits,
    };
    // Who has to wait may ask somebody else meanwhile.
    let links = match cause.blame() {
        Blame::Them | Blame::Limit => vec![Link { key: "alt_title", url: "alternatives.html" }],
        _ => Vec::new(),
    };
    Offer { links, ..Offer::words(fit, vec![words(situation)]) }
}

fn words(situation: &Situation<'_>) -> Msg {
    match situation.verdict.cause {
        Cause::TooLong => msg("retry_shorten"),
        Cause::NotFound => msg("retry_new_chat"),
        Cause::Invalid | Cause::ModelNotFound => msg("retry_changed"),
        Cause::OneAtATime => msg("retry_one"),
        Cause::PlanWindow | Cause::TooManyRequests | Cause::ConversationAccess => match situation.focus.ends {
            Some(ends) if ends <= situation.now => msg("retry_now"),
            Some(ends) => Msg { at: Some(ends), ..msg("retry_at").arg(Arg::Clock(ends)) },
            None => msg("retry_limit"),
        },
        cause if cause.blame() == Blame::Them => msg("retry_theirs"),
        _ => msg("retry_words"),
    }
}
