//! Reloads the page, bypassing the cache where cached files may be stale. Proved by the next answer; nothing to undo.

use super::{Button, Fit, Handlers, Lead, Link, Offer, Situation, Step, TaskEnded, useless_here};
use crate::core::{
    Effect, Millis, Model, Task,
    event::TabId,
    fact::Fact,
    msg::msg,
    names::{Action, Blame, Cause, Rung},
};

pub(super) const STEP: Step = Step::new(Rung::Reload, offer);
pub(super) const HANDLERS: Handlers = Handlers { rung: Rung::Reload, start, done, undo: None, reloads: true };

/// Where ChatGPT itself sends a person whose session has ended.
const SIGN_IN: Link = Link { key: "sign_in_do", url: "https://chatgpt.com/auth/login" };

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        // One failed request may have hit one bad server; a confirmed outage or load shedding affects all.
        Cause::ServerError | Cause::BadGateway | Cause::GatewayTimeout => Fit::Best,
        Cause::Outage | Cause::Overload | Cause::Maintenance => Fit::Useless("skip_outage"),
        Cause::AddressBlocked | Cause::RegionBlocked => Fit::Useless("skip_refused"),
        // What could not be loaded is held back by something else.
        Cause::EdgeChallenge if situation.primary.has(Fact::CheckBlocked) => Fit::Fits,
        Cause::Connection | Cause::EdgeChallenge | Cause::StaleAssets | Cause::Unknown => Fit::Best,
        Cause::SignedOut | Cause::Expired | Cause::Revoked => Fit::Best,
        Cause::Clock => Fit::Useless("skip_explained"),
        // Cookies and storage survive a reload.
        Cause::CookiesTooLarge | Cause::Storage => Fit::Useless("skip_stored"),
        _ => useless_here(cause.blame()).unwrap_or(Fit::Fits),
    };
    let words = match cause {
        Cause::EdgeChallenge => msg("reload_challenge"),
        Cause::StaleAssets => msg("reload_stale"),
        _ if cause.blame() == Blame::Session => msg("reload_session"),
        _ => msg("reload_words"),
    };
    let fresh = Button::plain(Action::Fresh, "reload_fresh");
    let (buttons, more) = match (cause, situation.case.tried(Action::Reload)) {
        (Cause::StaleAssets, _) => (vec![fresh], false),
        (Cause::Unknown | Cause::Conflict | Cause::SiteData, true) => {
            (vec![fresh], !situation.case.tried(Action::Fresh))
        }
        (Cause::EdgeChallenge, _) => (vec![Button::plain(Action::Reload, "reload_challenge_do")], false),
        // Whose session was deleted has to sign in, however often the page was loaded since.
        _ => (
            vec![Button::plain(Action::Reload, "reload_do")],
            cause.blame() == Blame::Session && situation.case.tried(Action::ClearAll),
        ),
    };
    let words = match situation.running(Rung::Reload) {
        Some(attempt) => vec![msg("running_since").ago(situation.now, attempt.at), msg("running_next")],
        None => vec![words],
    };
    let lead = (cause.blame() == Blame::Session).then_some(Lead::Link(SIGN_IN));
    let busy = situation.tab.is_some_and(|tab| situation.model.reloading(tab.id));
    Offer { lead, buttons, more, busy, ..Offer::words(fit, words) }
}

fn start(model: &mut Model, tab: TabId, act: Action, now: Millis) -> Vec<Effect> {
    if let Some(case) = model.tab_mut(tab).case.as_mut() {
        case.begin(Rung::Reload, act, now);
    }
    vec![model.reload(Rung::Reload, tab, act == Action::Fresh, now)]
}

/// The outcome is reported by the page.
fn done(model: &mut Model, ended: TaskEnded, _: Millis) -> Vec<Effect> {
    if let Task::Reload { tab, .. } = ended.task {
        model.note_reason(tab, Rung::Reload, ended.outcome.reason());
    }
    Vec::new()
}
