//! The ladder: ten rungs, each says for itself whether it fits the verdict and what it can do.
//!
//! One file per rung and one line in [`LADDER`]. A rung offers words and, where it acts, effects; it never judges a
//! failure again and never reaches into another rung.

mod api;
mod cache_cookies;
mod extensions;
mod inspect;
mod network;
mod other_client;
mod reload;
mod retry;
mod status;
mod ticket;

use super::{
    Effect, Millis, Model,
    check::Incident,
    diagnose::Verdict,
    event::TabId,
    model::{Case, Provider, Tab},
    msg::{Arg, Msg, msg},
    names::{Action, Blame, Rung, State},
    observe::Failure,
    permission::Permission,
    watch::Watch,
};

/// What a rung may look at.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The whole memory.
    pub model: &'a Model,
    /// The tab; none for a case that was carried over a restart.
    pub tab: Option<&'a Tab>,
    /// What Mend says.
    pub verdict: &'a Verdict,
    /// The case.
    pub case: &'a Case,
    /// The failure in question.
    pub focus: &'a Failure,
    /// The provider's page, as last read.
    pub provider: Option<&'a Provider>,
    /// Its incident on the part that failed.
    pub incident: Option<&'a Incident>,
    /// The present.
    pub now: Millis,
}

/// How well a rung fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Made for this.
    Best,
    /// May help.
    Fits,
    /// Would not help; the message key of the reason.
    Useless(&'static str),
}

/// What a rung offers in a situation.
#[derive(Clone, Debug)]
pub struct Offer {
    /// How well it fits.
    pub fit: Fit,
    /// What to do, in words.
    pub words: Vec<Msg>,
    /// What it can do here, the first the one to press.
    pub buttons: Vec<Button>,
    /// Pages to open: the provider's, or our own.
    pub links: Vec<Link>,
    /// Tried without help, it has something further to try.
    pub more: bool,
}

/// Something to press.
#[derive(Clone, Debug)]
pub struct Button {
    /// What it does.
    pub act: Action,
    /// Its words.
    pub label: Msg,
    /// What the browser must allow first.
    pub needs: &'static [Permission],
}

/// A link.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The message key of its words.
    pub key: &'static str,
    /// Where it leads.
    pub url: &'static str,
}

/// The work of a rung: on which tab, which work, and when.
pub type Run = fn(&mut Model, TabId, Action, Millis) -> Vec<Effect>;

/// A rung of the ladder.
pub struct Step {
    /// Which.
    pub rung: Rung,
    /// What it offers.
    pub offer: fn(&Situation<'_>) -> Offer,
}

/// All ten, in the order of the contract. A new rung is one file and one line here.
pub const LADDER: &[Step] = &[
    reload::STEP,
    status::STEP,
    cache_cookies::STEP,
    extensions::STEP,
    other_client::STEP,
    inspect::STEP,
    network::STEP,
    api::STEP,
    retry::STEP,
    ticket::STEP,
];

/// The works of those that act. A list of its own: the worker does them and shows nothing, a page shows and does nothing,
/// and neither should carry the other's.
pub const WORKS: &[(Rung, Run)] = &[
    (Rung::Reload, reload::run),
    (Rung::Status, status::run),
    (Rung::CacheCookies, cache_cookies::run),
    (Rung::Extensions, extensions::run),
    (Rung::Retry, retry::run),
];

/// Every rung's offer and state, in order.
pub fn ladder(situation: &Situation<'_>) -> Vec<(Rung, State, Offer)> {
    let mut rungs: Vec<(Rung, State, Offer)> = LADDER
        .iter()
        .map(|step| {
            let offer = (step.offer)(situation);
            (step.rung, state(situation.case, step.rung, &offer), offer)
        })
        .collect();
    // Who wants to be told waits for it.
    let waits = situation.incident.is_some() && situation.model.watch.is_some();
    if waits
        && let Some((_, state, _)) =
            rungs.iter_mut().find(|(rung, state, _)| *rung == Rung::Status && *state != State::Skipped)
    {
        *state = State::Running;
    }
    if situation.case.mended.is_none() && situation.case.running().is_none() && !waits {
        let find = |fit: Fit| rungs.iter().position(|(_, state, offer)| *state == State::Todo && offer.fit == fit);
        let chosen = find(Fit::Best).or_else(|| find(Fit::Fits));
        if let Some((_, state, _)) = chosen.and_then(|index| rungs.get_mut(index)) {
            *state = State::Recommended;
        }
    }
    rungs
}

fn state(case: &Case, rung: Rung, offer: &Offer) -> State {
    match (case.attempt(rung), offer.fit) {
        (Some(attempt), _) if attempt.state != State::Failed || !offer.more => attempt.state,
        (None, Fit::Useless(_)) => State::Skipped,
        _ if case.refused.contains(&rung) => State::Blocked,
        _ => State::Todo,
    }
}

/// What is waited for, and when Mend looks again.
fn watching(watch: &Watch) -> Msg {
    let key = match watch.cause.blame() {
        Blame::Network => "watching_edge",
        Blame::Limit => "watching_limit",
        _ => "watching_status",
    };
    Msg { at: Some(watch.next), ..msg(key).arg(Arg::Clock(watch.next)) }
}

/// Why a rung on this side of the wire cannot help, for the sides where none can.
fn useless_here(blame: Blame) -> Option<Fit> {
    match blame {
        Blame::Them => Some(Fit::Useless("skip_theirs")),
        Blame::Limit => Some(Fit::Useless("skip_limit")),
        Blame::Account => Some(Fit::Useless("skip_account")),
        Blame::Request => Some(Fit::Useless("skip_request")),
        _ => None,
    }
}

impl Button {
    /// A button that needs nothing.
    fn plain(act: Action, key: &str) -> Button {
        Button { act, label: msg(key), needs: &[] }
    }
}

impl Offer {
    fn words(fit: Fit, words: Vec<Msg>) -> Offer {
        Offer { fit, words, buttons: Vec::new(), links: Vec::new(), more: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_is_the_contract_s() {
        let rungs: Vec<Rung> = LADDER.iter().map(|step| step.rung).collect();
        assert_eq!(rungs, Rung::ALL);
    }
}
