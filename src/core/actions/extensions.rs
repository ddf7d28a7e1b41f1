//! Other extensions: lists those that can reach ChatGPT, finds by bisection those that break it, or leaves all out in
//! a private window. However it ends, all others are restored to their former state.

use super::{Button, Fit, Handlers, Offer, Situation, Step, TaskEnded, useless_here};
use crate::core::{
    Effect, Millis, Model, Task, bisect_session,
    change::Change,
    event::{Extension, TabId},
    extensions::{candidates, loss},
    model::{Attempt, BisectPhase, BisectSession, Case, Tab},
    msg::{Msg, key, msg},
    names::{Action, Blame, Cause, Rung, State},
    pending::SHORT,
    permission::Permission,
};

pub(super) const STEP: Step = Step { undo: Some("undo_extensions"), ..Step::new(Rung::Extensions, offer) };
pub(super) const HANDLERS: Handlers =
    Handlers { rung: Rung::Extensions, start, done, undo: Some(undo), reloads: false };

/// Most names that are listed; the others are given as a number.
const NAMED: usize = 8;

fn offer(situation: &Situation<'_>) -> Offer {
    let mut offer = choices(situation);
    let found =
        situation.model.bisect.as_ref().is_some_and(|bisect| bisect.phase == BisectPhase::Found && bisect.settled);
    if found && situation.running(Rung::Extensions).is_some() {
        offer.words.push(msg("running_next"));
    }
    Offer { busy: situation.model.listing(), ..offer }
}

fn choices(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        Cause::Conflict | Cause::BlockedRequest | Cause::ModifiedRequest | Cause::Polling => Fit::Best,
        // The page itself does not send a request that its service cannot parse.
        Cause::Invalid if situation.primary.status == Some(422) => Fit::Best,
        Cause::Clock => Fit::Useless("skip_explained"),
        _ if cause.blame() == Blame::Session => Fit::Useless("skip_sign_in"),
        Cause::AddressBlocked | Cause::RegionBlocked => Fit::Useless("skip_refused"),
        _ if situation.case.private == Some(false) => Fit::Useless("skip_private"),
        _ => useless_here(cause.blame()).unwrap_or(Fit::Fits),
    };
    let bisect = situation.model.bisect.as_ref().filter(|bisect| Some(bisect.tab) == situation.tab.map(|tab| tab.id));
    let (alone, among) = (situation.case.tried(Action::Off), situation.case.tried(Action::Search));
    let bisect = bisect.filter(|_| alone || among);
    // Switching off the likeliest alone did not help: next come the other actions.
    let acquitted = bisect.filter(|bisect| bisect.phase == BisectPhase::Innocent && !among);
    if let Some(bisect) = bisect.filter(|_| acquitted.is_none()) {
        let mut offer = searching(fit, bisect, situation.now);
        offer.words.extend(situation.case.attempt(Rung::Extensions).into_iter().flat_map(Attempt::why));
        return offer;
    }
    if asked(situation.case) {
        let buttons =
            vec![Button::plain(Action::PrivateWorks, "works_do"), Button::plain(Action::PrivateBreaks, "breaks_do")];
        let why = situation.case.attempt(Rung::Extensions).into_iter().flat_map(Attempt::why);
        return Offer { buttons, ..Offer::words(fit, std::iter::once(msg("private_asked")).chain(why).collect()) };
    }
    let private = Button::plain(Action::Private, "private_do");
    // Extensions in a case file have no ids, so they cannot be switched.
    let known = |all: &&[Extension]| all.is_empty() || all.iter().any(|one| !one.id.is_empty());
    let Some(enabled) = situation.model.extensions.as_deref().filter(known) else {
        let look = asks(Action::Look, msg("look_do"));
        return Offer { buttons: vec![look, private], ..Offer::words(fit, vec![msg("look_words")]) };
    };
    let thrower = situation.tab.map_or("", Tab::thrower);
    let candidates = candidates(enabled, thrower);
    if candidates.is_empty() {
        let none = if cause == Cause::BlockedRequest { fit } else { Fit::Useless("skip_no_extensions") };
        return Offer { buttons: vec![private], ..Offer::words(none, vec![msg("look_none")]) };
    }
    let by_hand = candidates.iter().any(|one| one.by_hand);
    let mut words = Vec::new();
    let mut buttons = vec![asks(Action::Search, msg("search_do"))];
    if let Some(bisect) = acquitted {
        words.push(msg(if by_hand { "off_innocent_by_hand" } else { "off_innocent" }).text(&bisect.names(&bisect.on)));
    } else if let Some(first) = candidates.first() {
        let seen = first.id == thrower;
        if seen {
            words.push(msg("look_thrown").text(&first.name));
        }
        buttons.insert(usize::from(!seen), asks(Action::Off, msg("off_do").text(&first.name)));
    }
    words.extend(listed(&candidates));
    words.push(msg(if by_hand { "search_by_hand" } else { "search_words" }));
    buttons.push(private);
    Offer { buttons, more: acquitted.is_some(), ..Offer::words(fit, words) }
}

/// The candidates by name, with the feature that is missing while each is off.
fn listed(candidates: &[Extension]) -> Vec<Msg> {
    let names: Vec<&str> = candidates.iter().take(NAMED).map(|one| one.name.as_str()).collect();
    let more = candidates.len().saturating_sub(NAMED);
    let names = names.join(", ");
    let mut words = vec![match more {
        0 => msg("look_found").text(&names),
        more => msg("look_found_more").text(&names).number(more as i64),
    }];
    let losses = candidates.iter().filter_map(|one| Some((one, loss(one)?)));
    words.extend(losses.map(|(one, loss)| msg(&key("loss", loss.name())).text(&one.name)));
    words
}

fn asks(act: Action, label: Msg) -> Button {
    Button { act, label, needs: &[Permission::Management] }
}

fn searching(fit: Fit, bisect: &BisectSession, now: Millis) -> Offer {
    let stop = Button::plain(Action::Stop, "stop_do");
    let off = bisect.off();
    let done = |all_on, by_hand| msg(if bisect.guided { by_hand } else { all_on });
    let (words, buttons) = match bisect.phase {
        BisectPhase::Switching if bisect.guided => {
            let mut words = vec![msg("search_off_by_hand").text(&bisect.names(&off))];
            if !bisect.on.is_empty() {
                words.push(msg("search_on_by_hand").text(&bisect.names(&bisect.on)));
            }
            (words, vec![asks(Action::Switched, msg("switched_do")), stop])
        }
        BisectPhase::Switching => (vec![msg("search_switching")], vec![stop]),
        BisectPhase::Testing => {
            let off = msg("search_off").number(off.len() as i64).number(bisect.candidates.len() as i64);
            let left = msg("search_left").number(bisect.left.into());
            let mut buttons = Vec::new();
            if bisect.asks(now) {
                buttons = vec![Button::plain(Action::Works, "works_do"), Button::plain(Action::Breaks, "breaks_do")];
            }
            buttons.push(stop);
            (vec![off, msg("running_next"), left], buttons)
        }
        BisectPhase::Found => {
            let found = |key| msg(key).text(&bisect.names(&off)).number(bisect.sure.into());
            if bisect.guided && !bisect.settled {
                (vec![found("search_found_by_hand")], vec![asks(Action::Switched, msg("switched_do"))])
            } else {
                (vec![found("search_found"), msg("search_rest")], Vec::new())
            }
        }
        BisectPhase::Innocent => (vec![done("search_innocent", "search_innocent_by_hand")], Vec::new()),
        BisectPhase::Unclear => {
            (vec![done("search_unclear", "search_unclear_by_hand")], vec![asks(Action::Search, msg("search_again_do"))])
        }
        BisectPhase::Stopped => {
            (vec![done("search_stopped", "search_stopped_by_hand")], vec![asks(Action::Search, msg("search_do"))])
        }
    };
    Offer { buttons, more: bisect.phase == BisectPhase::Unclear, ..Offer::words(fit, words) }
}

fn asked(case: &Case) -> bool {
    case.attempts.iter().any(|attempt| attempt.act == Action::Private && attempt.state == State::Running)
}

fn start(model: &mut Model, tab: TabId, act: Action, now: Millis) -> Vec<Effect> {
    match act {
        Action::Look | Action::Switched => vec![ask(model, Task::Extensions, now)],
        Action::Search | Action::Off => bisect_session::begin(model, tab, act, now),
        Action::Works | Action::Breaks if model.bisect.as_ref().is_some_and(|bisect| bisect.asks(now)) => {
            bisect_session::learn(model, act == Action::Breaks, now)
        }
        Action::Stop => bisect_session::stop(model, now),
        Action::Private => {
            if let Some(case) = model.tab_mut(tab).case.as_mut() {
                case.begin(Rung::Extensions, Action::Private, now);
            }
            vec![ask(model, Task::OpenIncognito, now)]
        }
        Action::PrivateWorks | Action::PrivateBreaks => {
            if let Some(case) = model.tab_mut(tab).case.as_mut() {
                case.attempts.retain(|attempt| attempt.act != Action::Private);
                case.private = Some(act == Action::PrivateWorks);
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn ask(model: &mut Model, task: Task, now: Millis) -> Effect {
    model.ask(Some(Rung::Extensions), task, SHORT, now)
}

/// The list itself arrives as a separate event.
fn done(model: &mut Model, ended: TaskEnded, now: Millis) -> Vec<Effect> {
    match ended.task {
        Task::SetExtensions { on, .. } => {
            if let Some(tab) = model.bisect.as_ref().map(|bisect| bisect.tab) {
                model.note_reason(tab, Rung::Extensions, ended.outcome.reason());
            }
            bisect_session::switched(model, &on, ended.outcome.is_done(), now)
        }
        Task::OpenIncognito => {
            let asked = model.tabs.iter().find(|tab| tab.case.as_ref().is_some_and(asked)).map(|tab| tab.id);
            if let Some(tab) = asked {
                model.note_reason(tab, Rung::Extensions, ended.outcome.reason());
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn undo(model: &mut Model, change: &Change, now: Millis) -> Vec<Effect> {
    vec![bisect_session::set(model, change.off.clone(), Vec::new(), now)]
}
