//! The ladder: ten rungs, one file each. A file holds everything about its rung: when it fits and its text ([`Step`]),
//! and if it acts, what its buttons do, what follows each of its tasks and how its change is undone ([`Handlers`]).
//! The order is that of [`LADDER`]; other modules use [`step`] and [`handlers`].
//!
//! Where a program failed and no page, `program` makes the offers.
//!
//! A rung does not diagnose and does not use other rungs.

mod api;
mod cache_cookies;
mod extensions;
mod inspect;
mod network;
mod other_client;
mod program;
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
    model::{ActionError, Attempt, Case, StatusReading, Tab},
    msg::{Arg, Msg, msg},
    names::{Action, Blame, Rung, State},
    observe::Failure,
    permission::Permission,
    reason::Reason,
    status::Incident,
    surface::Surface,
};

/// The input of a rung's offer.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The whole model.
    pub model: &'a Model,
    /// The tab; none for a case that was carried over a restart.
    pub tab: Option<&'a Tab>,
    /// The verdict on the case.
    pub verdict: &'a Verdict,
    /// The case.
    pub case: &'a Case,
    /// The primary failure of the case.
    pub primary: &'a Failure,
    /// The last reading of the provider's status page.
    pub provider: Option<&'a StatusReading>,
    /// The page's incident on the part that failed.
    pub incident: Option<&'a Incident>,
    /// The present, in milliseconds since the epoch.
    pub now: Millis,
}

/// How well a rung fits the situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Recommended for this cause.
    Best,
    /// May help.
    Fits,
    /// Would not help; with the message key of the reason.
    Useless(&'static str),
}

/// What a rung offers in a situation.
#[derive(Clone, Debug)]
pub struct Offer {
    /// How well it fits.
    pub fit: Fit,
    /// The description of what to do.
    pub words: Vec<Msg>,
    /// What comes before its buttons; none where the first button, or without buttons the first link, is what to do.
    pub lead: Option<Lead>,
    /// Its buttons, the default one first.
    pub buttons: Vec<Button>,
    /// Links to the provider's or our own pages.
    pub links: Vec<Link>,
    /// Whether there is something left to try after a failed attempt.
    pub more: bool,
    /// Whether it is in progress, so that its buttons are disabled.
    pub busy: bool,
    /// Whether it is shown as running although no attempt is.
    pub running: bool,
    /// Whether its first button is not the primary action even if the rung is recommended.
    pub quiet: bool,
}

/// A button.
#[derive(Clone, Debug)]
pub struct Button {
    /// The action that it starts.
    pub act: Action,
    /// Its label.
    pub label: Msg,
    /// The permissions that must be granted first.
    pub needs: &'static [Permission],
}

/// What a rung offers first where that is none of its buttons.
#[derive(Clone, Copy, Debug)]
pub enum Lead {
    /// A page on which the person acts.
    Link(Link),
    /// Putting the newest kept prompt of the tab back in the chat box; with the message key of its label.
    Prompt(&'static str),
}

/// A link.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The message key of its text.
    pub key: &'static str,
    /// Its URL.
    pub url: &'static str,
}

/// The part of a rung that is shown.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The rung.
    pub rung: Rung,
    /// Computes its offer.
    pub offer: fn(&Situation<'_>) -> Offer,
    /// The message key of the undo button; none if the rung changes nothing.
    pub undo: Option<&'static str>,
    /// The message key of the note after a failed attempt.
    pub failed: &'static str,
}

/// Starts to undo a change.
pub type Undo = fn(&mut Model, &Change, Millis) -> Vec<Effect>;

/// The part of a rung that acts.
#[derive(Clone, Copy, Debug)]
pub struct Handlers {
    /// The rung.
    pub rung: Rung,
    /// Starts an action.
    pub start: fn(&mut Model, TabId, Action, Millis) -> Vec<Effect>,
    /// Continues when one of its tasks has ended.
    pub done: fn(&mut Model, TaskEnded, Millis) -> Vec<Effect>,
    /// Starts to undo a change; none if the rung changes nothing.
    pub undo: Option<Undo>,
    /// Whether its work ends with a reload of the page.
    pub reloads: bool,
}

/// A task of a rung that has ended.
#[derive(Clone, Debug)]
pub struct TaskEnded {
    /// The id of the task.
    pub id: u32,
    /// The task.
    pub task: Task,
    /// Its outcome.
    pub outcome: TaskOutcome,
    /// When it ended, in milliseconds since the epoch; long ago if the worker was suspended.
    pub at: Millis,
}

/// How a task ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskOutcome {
    /// It succeeded.
    Done,
    /// It failed, with the reason.
    Failed(Reason),
    /// No reply before the deadline: it may have been done or not.
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

/// The rungs that act. A separate list, so that the worker's module does not contain what is only shown, nor the
/// pages' modules what only the worker does.
pub const ACTIONS: &[Handlers] =
    &[reload::HANDLERS, status::HANDLERS, cache_cookies::HANDLERS, extensions::HANDLERS, retry::HANDLERS];

/// The shown part of this rung.
pub fn step(rung: Rung) -> Option<&'static Step> {
    LADDER.iter().find(|step| step.rung == rung)
}

/// The acting part of this rung, if it has one.
pub fn handlers(rung: Rung) -> Option<&'static Handlers> {
    ACTIONS.iter().find(|handlers| handlers.rung == rung)
}

/// Every rung's offer and state, in order.
pub fn ladder(situation: &Situation<'_>) -> Vec<(&'static Step, State, Offer)> {
    let surface = Surface::of(situation.primary);
    let mut rungs: Vec<(&Step, State, Offer)> = LADDER
        .iter()
        .map(|step| {
            let offer = match surface {
                Surface::Web => (step.offer)(situation),
                _ => program::offer(step, situation, surface),
            };
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
        _ if case.refused.contains(&rung) && is_by_permission(rung) => State::Blocked,
        _ => State::Todo,
    }
}

/// Whether the rung can do nothing without its permission. What the others say holds without notifications, too.
fn is_by_permission(rung: Rung) -> bool {
    !matches!(rung, Rung::Status | Rung::Retry)
}

/// What is waited for, and when the next check is.
fn watching(wait: &Wait) -> Msg {
    let key = match wait.cause.blame() {
        Blame::Network => "watching_edge",
        Blame::Limit => "watching_limit",
        _ => "watching_status",
    };
    Msg { at: Some(wait.next), ..msg(key).arg(Arg::Clock(wait.next)) }
}

/// Why no rung on this side can help, for a blame where none can.
fn useless_here(blame: Blame) -> Option<Fit> {
    match blame {
        Blame::Them => Some(Fit::Useless("skip_theirs")),
        Blame::Limit => Some(Fit::Useless("skip_limit")),
        Blame::Account => Some(Fit::Useless("skip_account")),
        Blame::Request => Some(Fit::Useless("skip_request")),
        _ => None,
    }
}

/// Marks the rung's attempt in this tab as failed: it could not be carried out.
fn fail(model: &mut Model, tab: TabId, error: ActionError, outcome: &TaskOutcome) -> Vec<Effect> {
    if let Some(case) = model.tab_mut(tab).case.as_mut() {
        for attempt in case.attempts.iter_mut().filter(|one| one.state == State::Running) {
            (attempt.state, attempt.error) = (State::Failed, Some(error));
            attempt.reason = outcome.reason().cloned();
        }
    }
    Vec::new()
}

impl Situation<'_> {
    /// The running attempt at this rung.
    fn running(&self, rung: Rung) -> Option<&Attempt> {
        self.case.attempt(rung).filter(|attempt| attempt.state == State::Running)
    }

    /// Whether the person waits for the end of an incident; nothing is recommended meanwhile.
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
    /// Whether it is known to have succeeded.
    pub fn is_done(&self) -> bool {
        *self == TaskOutcome::Done
    }

    /// The reason of the failure, if there is one.
    pub fn reason(&self) -> Option<&Reason> {
        if let TaskOutcome::Failed(reason) = self { Some(reason) } else { None }
    }
}

impl Button {
    /// A button that needs no permission.
    fn plain(act: Action, key: &str) -> Button {
        Button { act, label: msg(key), needs: &[] }
    }
}

impl Offer {
    fn words(fit: Fit, words: Vec<Msg>) -> Offer {
        Offer {
            fit,
            words,
            lead: None,
            buttons: Vec::new(),
            links: Vec::new(),
            more: false,
            busy: false,
            running: false,
            quiet: false,
        }
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
