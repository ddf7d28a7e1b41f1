//! The ladder as a page shows it.

use crate::core::{
    Millis, Model,
    actions::{self, Button, Fit, Lead, Link, Offer, Situation, Step, step},
    change::Change,
    check::CheckContext,
    diagnose::Verdict,
    model::ActionError,
    msg::{Msg, msg},
    names::{Action, Rung, State},
    observe::needs,
    permission::Permission,
    status::relevant_incident,
};

/// One rung.
#[derive(Clone, Debug, PartialEq)]
pub struct RungView {
    /// The rung.
    pub rung: Rung,
    /// Its state.
    pub state: State,
    /// A note next to its name: tried, skipped and why, …
    pub note: Option<Msg>,
    /// What to do.
    pub words: Vec<Msg>,
    /// What comes before its buttons. Without it the first button is the primary action.
    pub lead: Option<LeadView>,
    /// Its buttons, the default one first.
    pub buttons: Vec<ButtonView>,
    /// The permissions that the browser will ask for before the first button's action, and why.
    pub needs: Vec<Msg>,
    /// The button that undoes its change.
    pub undo: Option<UndoView>,
    /// Links to pages.
    pub links: Vec<LinkView>,
    /// Whether it is expanded at first.
    pub open: bool,
    /// Whether its first link or button is the primary action.
    pub primary: bool,
}

/// What comes before a rung's buttons.
#[derive(Clone, Debug, PartialEq)]
pub enum LeadView {
    /// A link.
    Link(LinkView),
    /// A button that puts the newest kept prompt of the tab back in the chat box, with its label.
    Prompt(Msg),
}

/// Rungs that would not help, for one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct UselessView {
    /// The reason.
    pub why: Msg,
    /// The rungs.
    pub rungs: Vec<Rung>,
}

/// A button.
#[derive(Clone, Debug, PartialEq)]
pub struct ButtonView {
    /// The action.
    pub act: Action,
    /// The permissions that must be requested first, within the click.
    pub needs: Vec<Permission>,
    /// Its label.
    pub label: Msg,
    /// Whether it is disabled for now.
    pub busy: bool,
}

/// A button that undoes a change.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoView {
    /// The id of the change.
    pub change: u32,
    /// Its label.
    pub label: Msg,
    /// Whether it is disabled for now.
    pub busy: bool,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkView {
    /// Its text.
    pub label: Msg,
    /// Its URL: always a constant of ours, to our own or the provider's page.
    pub url: String,
}

pub(super) fn rungs(context: &CheckContext<'_>, verdict: &Verdict) -> Vec<RungView> {
    let provider = context.model.provider.as_ref();
    let page = provider.and_then(|provider| provider.page.as_ref());
    let situation = Situation {
        model: context.model,
        tab: context.tab,
        verdict,
        case: context.case,
        primary: context.primary,
        provider,
        incident: page.and_then(|page| relevant_incident(page, needs(context.primary))),
        now: context.now,
    };
    actions::ladder(&situation).into_iter().map(|(step, state, offer)| view(context, step, state, offer)).collect()
}

/// The rungs that would not help, by reason; a rung whose change can be undone is not one of them.
pub fn useless(rungs: &[RungView]) -> Vec<UselessView> {
    let mut all: Vec<UselessView> = Vec::new();
    for one in rungs.iter().filter(|one| one.is_useless()) {
        let Some(why) = one.words.first() else { continue };
        match all.iter_mut().find(|known| known.why == *why) {
            Some(known) => known.rungs.push(one.rung),
            None => all.push(UselessView { why: why.clone(), rungs: vec![one.rung] }),
        }
    }
    all
}

impl RungView {
    /// Whether it would not help, and nothing of it can be undone.
    pub fn is_useless(&self) -> bool {
        self.state == State::Skipped && self.undo.is_none()
    }
}

fn view(context: &CheckContext<'_>, step: &Step, state: State, offer: Offer) -> RungView {
    let mut words = match offer.fit {
        // What it would do is of no interest any more.
        _ if state == State::Passed => Vec::new(),
        // A rung that would not help shows only the reason.
        Fit::Useless(reason) if state == State::Skipped => vec![msg(&format!("{reason}_why"))],
        _ => offer.words,
    };
    // Without a tab no action is possible; a skipped rung offers none.
    let acts = context.tab.is_some() && state != State::Skipped && context.case.mended.is_none();
    let missing = |one: &Button| one.needs.iter().filter(|need| !context.model.held.contains(need)).copied().collect();
    let first = offer.buttons.first().filter(|_| acts);
    let needs: Vec<Permission> = first.map(missing).unwrap_or_default();
    if context.case.refused.contains(&step.rung) && acts && !offer.buttons.is_empty() {
        words.push(msg("refused"));
    }
    let undo = undo(context, step.rung);
    if undo.is_some() {
        words.iter_mut().for_each(earlier_change);
    }
    let mut links: Vec<LinkView> = offer.links.iter().map(LinkView::new).collect();
    let lead = match offer.lead {
        _ if state == State::Skipped => None,
        Some(Lead::Link(link)) => Some(LeadView::Link(LinkView::new(&link))),
        Some(Lead::Prompt(label)) if acts => Some(LeadView::Prompt(msg(label))),
        // Where no button can lead, the first link does.
        _ if offer.buttons.is_empty() && !links.is_empty() => Some(LeadView::Link(links.remove(0))),
        _ => None,
    };
    RungView {
        rung: step.rung,
        state,
        note: note(step, state, offer.fit).or_else(|| earlier(context, step, state, undo.is_some())),
        lead,
        buttons: offer
            .buttons
            .iter()
            .filter(|_| acts)
            .map(|one| ButtonView { act: one.act, needs: missing(one), label: one.label.clone(), busy: offer.busy })
            .collect(),
        needs: needs.iter().map(|need| msg(need.reason())).collect(),
        undo,
        links,
        open: matches!(state, State::Recommended | State::Running | State::Passed) && !words.is_empty(),
        primary: state == State::Recommended && !offer.quiet,
        words,
    }
}

impl LinkView {
    fn new(link: &Link) -> LinkView {
        LinkView { label: msg(link.key), url: link.url.to_owned() }
    }
}

/// That nothing was done speaks of this time only, where a change of before can be undone.
fn earlier_change(words: &mut Msg) {
    let said = [ActionError::NotKept, ActionError::NotDone].map(ActionError::message_key);
    if said.contains(&words.key.as_str()) {
        words.key.push_str("_again");
    }
}

/// The newest change of this rung, for this tab or from before a restart.
fn undo(context: &CheckContext<'_>, rung: Rung) -> Option<UndoView> {
    let known = |tab| context.model.tab(tab).is_some();
    let ours = |tab| context.tab.is_some_and(|own| own.id == tab) || !known(tab);
    let change = context.model.changes.iter().rev().find(|one| one.rung == rung && ours(one.tab))?;
    undone(change, context.model)
}

/// The button that undoes a change.
pub(super) fn undone(change: &Change, model: &Model) -> Option<UndoView> {
    let undo = step(change.rung)?.undo?;
    let label = msg(if change.stuck { "undo_again" } else { undo });
    Some(UndoView { change: change.id, label, busy: model.changing().is_some() })
}

fn note(step: &Step, state: State, fit: Fit) -> Option<Msg> {
    match (state, fit) {
        (State::Failed, _) => Some(msg(step.failed)),
        (State::Blocked, _) => Some(msg("note_blocked")),
        (State::Passed, _) => Some(msg("note_passed")),
        (State::Running, _) => Some(msg("note_running")),
        (State::Skipped, Fit::Useless(reason)) => Some(msg(reason)),
        _ => None,
    }
}

/// What is left to try is not for that reason untried: an attempt did not help, or a change of before can be undone.
fn earlier(context: &CheckContext<'_>, step: &Step, state: State, undoable: bool) -> Option<Msg> {
    match (state, context.case.attempt(step.rung)) {
        (State::Todo, Some(_)) => Some(msg(step.failed)),
        (State::Todo, None) if undoable => Some(msg("note_earlier")),
        _ => None,
    }
}

/// Adds what a reload loses where no prompts are saved.
pub fn warn_of_loss(rungs: &mut [RungView]) {
    let reload = rungs.iter_mut().find(|one| one.rung == Rung::Reload && !one.buttons.is_empty());
    reload.into_iter().for_each(|reload| reload.words.push(msg("reload_uncopied")));
}

/// How long a reading of the status page has been under way.
pub(super) fn progress(model: &Model, now: Millis) -> Option<Msg> {
    model.reading_status().map(|since| msg("reading_status").ago(now, since))
}
