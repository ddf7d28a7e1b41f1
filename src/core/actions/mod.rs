//! The ladder: ten rungs, one file each. A file holds everything that its rung knows: when it fits and its words
//! ([`Step`]), and where it acts, what its buttons do, what comes after each of its tasks and how its change is put back
//! ([`Handlers`]). The order is that of [`LADDER`]; everybody else goes through [`step`] and [`handlers`].
//!
//! A rung never judges a failure again and never reaches into another rung.

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

pub(crate) use status::status_read;

use super::{
    Effect, Millis, Model, Task,
    change::Change,
    diagnose::Verdict,
    event::TabId,
    model::Wait,
    model::{ActionError, Attempt, Case, Provider, Tab},
    msg::{Arg, Msg, msg},
    names::{Action, Blame, Rung, State},
    observe::Failure,
    permission::Permission,
    reason::Reason,
    status::Incident,
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
    pub primary: &'a Failure,
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
    /// It is at work, so that there is nothing to press.
    pub busy: bool,
    /// It shows as running, though nobody has pressed anything.
    pub running: bool,
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

/// What a rung shows.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Which.
    pub rung: Rung,
    /// What it offers.
    pub offer: fn(&Situation<'_>) -> Offer,
    /// The message key of the button that puts its change back; none where it changes nothing.
    pub undo: Option<&'static str>,
    /// The message key of what is said beside its name when it did not help.
    pub failed: &'static str,
}

/// Begins to put a change back.
pub type Undo = fn(&mut Model, &Change, Millis) -> Vec<Effect>;

/// What a rung does.
#[derive(Clone, Copy, Debug)]
pub struct Handlers {
    /// Which.
    pub rung: Rung,
    /// Begins what a button stands for.
    pub start: fn(&mut Model, TabId, Action, Millis) -> Vec<Effect>,
    /// Goes on when a task that it asked for has ended.
    pub done: fn(&mut Model, TaskEnded, Millis) -> Vec<Effect>,
    /// Begins to put a change back; none where it changes nothing.
    pub undo: Option<Undo>,
    /// Its work ends with the page loaded again.
    pub reloads: bool,
}

/// A task of a rung has ended.
#[derive(Clone, Debug)]
pub struct TaskEnded {
    /// The task's id.
    pub id: u32,
    /// Which.
    pub task: Task,
    /// How.
    pub outcome: TaskOutcome,
    /// When, which may be long ago for a worker that slept.
    pub at: Millis,
}

/// How a task ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskOutcome {
    /// Done.
    Done,
    /// It could not be done, and why.
    Failed(Reason),
    /// Nobody answered in time: it may have been done or not.
    TimedOut,
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

/// Those that act. A list of its own: the worker acts and shows nothing, a page shows and does nothing, and neither module
/// should carry the other's.
pub const ACTIONS: &[Handlers] =
    &[reload::HANDLERS, status::HANDLERS, cache_cookies::HANDLERS, extensions::HANDLERS, retry::HANDLERS];

/// What this rung shows.
pub fn step(rung: Rung) -> Option<&'static Step> {
    LADDER.iter().find(|step| step.rung == rung)
}

/// What this rung does, if it acts.
pub fn handlers(rung: Rung) -> Option<&'static Handlers> {
    ACTIONS.iter().find(|handlers| handlers.rung == rung)
}

/// Every rung's offer and state, in order.
pub fn ladder(situation: &Situation<'_>) -> Vec<(&'static Step, State, Offer)> {
    let mut rungs: Vec<(&Step, State, Offer)> = LADDER
        .iter()
        .map(|step| {
            let offer = (step.offer)(situation);
            (step, state(situation.case, step.rung, &offer), offer)
        })
        .collect();
    if situation.case.mended.is_none() && situation.case.running().is_none() && !situation.waits() {
        let find = |fit: Fit| rungs.iter().position(|(_, state, offer)| *state == State::Todo && offer.fit == fit);
        let chosen = find(Fit::Best).or_else(|| find(Fit::Fits));
        if let Some((_, state, _)) = chosen.and_then(|index| rungs.get_mut(index)) {
            *state = State::Recommended;
        }
    }
    for (_, state, offer) in &mut rungs {
        if offer.running && *state != State::Skipped {
            *state = State::Running;
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
fn watching(wait: &Wait) -> Msg {
    let key = match wait.cause.blame() {
        Blame::Network => "watching_edge",
        Blame::Limit => "watching_limit",
        _ => "watching_status",
    };
    Msg { at: Some(wait.next), ..msg(key).arg(Arg::Clock(wait.next)) }
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

/// What a rung had begun in this tab could not be done at all.
fn fail(model: &mut Model, tab: TabId, trouble: ActionError, outcome: &TaskOutcome) -> Vec<Effect> {
    if let Some(case) = model.tab_mut(tab).case.as_mut() {
        for attempt in case.attempts.iter_mut().filter(|one| one.state == State::Running) {
            (attempt.state, attempt.trouble) = (State::Failed, Some(trouble));
            attempt.reason = outcome.reason().cloned();
        }
    }
    Vec::new()
}

impl Situation<'_> {
    /// The attempt at this rung that is under way.
    fn running(&self, rung: Rung) -> Option<&Attempt> {
        self.case.attempt(rung).filter(|attempt| attempt.state == State::Running)
    }

    /// The person waits for the end of an incident; nothing is recommended meanwhile.
    fn waits(&self) -> bool {
        self.incident.is_some() && self.model.recovery.is_some()
    }
}

impl Step {
    const fn new(rung: Rung, offer: fn(&Situation<'_>) -> Offer) -> Step {
        Step { rung, offer, undo: None, failed: "note_failed" }
    }
}

impl TaskOutcome {
    /// Whether it is known to be done.
    pub fn is_done(&self) -> bool {
        *self == TaskOutcome::Done
    }

    /// Why it could not be done, where somebody said.
    pub fn reason(&self) -> Option<&Reason> {
        if let TaskOutcome::Failed(reason) = self { Some(reason) } else { None }
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
        Offer { fit, words, buttons: Vec::new(), links: Vec::new(), more: false, busy: false, running: false }
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

    #[test]
    fn what_can_be_put_back_has_a_button_for_it() {
        for step in LADDER {
            let undo = handlers(step.rung).and_then(|handlers| handlers.undo);
            assert_eq!(step.undo.is_some(), undo.is_some(), "{:?}", step.rung);
        }
    }
}
