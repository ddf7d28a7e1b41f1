//! Rung 1: load the page again. Proved by the next answer; nothing to undo.

use super::{Fit, Offer, Situation, Step, useless_here};
use crate::core::{
    Effect, Millis, Model,
    event::TabId,
    model::Attempt,
    msg::msg,
    names::{Blame, Cause, Rung, State},
};

pub(super) const STEP: Step = Step { rung: Rung::Reload, offer, run: Some(run) };

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        // One failed request may have met one bad server; a confirmed outage or shed load is met by all.
        Cause::ServerError | Cause::BadGateway | Cause::GatewayTimeout => Fit::Best,
        Cause::Outage | Cause::Overload | Cause::Maintenance => Fit::Useless("skip_outage"),
        Cause::AddressBlocked | Cause::RegionBlocked => Fit::Useless("skip_refused"),
        Cause::Connection | Cause::EdgeChallenge | Cause::StaleAssets | Cause::Unknown => Fit::Best,
        Cause::SignedOut | Cause::Expired | Cause::Revoked => Fit::Best,
        _ => useless_here(cause.blame()).unwrap_or(Fit::Fits),
    };
    let words = match cause {
        Cause::EdgeChallenge => msg("reload_challenge"),
        _ if cause.blame() == Blame::Session => msg("reload_session"),
        _ => msg("reload_words"),
    };
    Offer { button: Some("reload_do"), ..Offer::words(fit, vec![words]) }
}

fn run(model: &mut Model, tab: TabId, now: Millis) -> Vec<Effect> {
    let Some(case) = model.tab_mut(tab).case.as_mut() else { return Vec::new() };
    case.attempts.retain(|attempt| attempt.rung != Rung::Reload);
    case.attempts.push(Attempt { rung: Rung::Reload, at: now, state: State::Running });
    model.ask_reload(tab, now)
}
