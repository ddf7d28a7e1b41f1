//! Rung 3: cache and cookies. Guides in words; never told to anyone whose failure is not the browser's.

use super::{Fit, Offer, Situation, Step, useless_here};
use crate::core::{
    msg::msg,
    names::{Cause, Rung},
};

pub(super) const STEP: Step = Step { rung: Rung::CacheCookies, offer, run: None };

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        Cause::CookiesTooLarge | Cause::SiteData | Cause::Storage => Fit::Best,
        Cause::Clock => Fit::Useless("skip_explained"),
        Cause::AddressBlocked | Cause::RegionBlocked => Fit::Useless("skip_refused"),
        _ => useless_here(cause.blame()).unwrap_or(Fit::Fits),
    };
    Offer::words(fit, vec![msg("cache_words")])
}
