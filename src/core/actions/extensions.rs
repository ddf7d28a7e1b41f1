//! Other extensions. Lists those that can touch ChatGPT, searches for the ones that break it, or leaves them all out
//! in a private window. All others are as before when it ends, whatever ends it.

use super::{Button, Fit, Handlers, Offer, Situation, Step, TaskEnded, useless_here};
use crate::core::{
    Effect, Millis, Model, Task,
    change::Change,
    event::{Extension, TabId},
    hunt,
    model::{Case, Tab},
    model::{Hunt, Phase},
    msg::{Msg, key, msg},
    names::{Action, Blame, Cause, Rung, State},
    pending::SHORT,
    permission::Permission,
    suspects::{loss, suspects},
};

pub(super) const STEP: Step = Step { undo: Some("undo_extensions"), ..Step::new(Rung::Extensions, offer) };
pub(super) const HANDLERS: Handlers =
    Handlers { rung: Rung::Extensions, start, done, undo: Some(undo), reloads: false };

/// So many names are read; the rest is a number.
const NAMED: usize = 8;

fn offer(situation: &Situation<'_>) -> Offer {
    let mut offer = choices(situation);
    let found = situation.model.hunt.as_ref().is_some_and(|hunt| hunt.phase == Phase::Found && hunt.settled);
    if found && situation.running(Rung::Extensions).is_some() {
        offer.words.push(msg("running_next"));
    }
    Offer { busy: situation.model.listing(), ..offer }
}

fn choices(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        Cause::Conflict | Cause::BlockedRequest | Cause::ModifiedRequest | Cause::Polling => Fit::Best,
        // The page writes no request that its own service cannot read.
        Cause::Invalid if situation.focus.status == Some(422) => Fit::Best,
        Cause::Clock => Fit::Useless("skip_explained"),
        _ if cause.blame() == Blame::Session => Fit::Useless("skip_sign_in"),
        Cause::AddressBlocked | Cause::RegionBlocked => Fit::Useless("skip_refused"),
        _ if situation.case.private == Some(false) => Fit::Useless("skip_private"),
        _ => useless_here(cause.blame()).unwrap_or(Fit::Fits),
    };
    let hunt = situation.model.hunt.as_ref().filter(|hunt| Some(hunt.tab) == situation.tab.map(|tab| tab.id));
    let (alone, among) = (situation.case.tried(Action::Off), situation.case.tried(Action::Search));
    let hunt = hunt.filter(|_| alone || among);
    // The likeliest alone did not do it: what else there is comes next.
    let acquitted = hunt.filter(|hunt| hunt.phase == Phase::Innocent && !among);
    if let Some(hunt) = hunt.filter(|_| acquitted.is_none()) {
        return searching(fit, hunt, situation.now);
    }
    if asked(situation.case) {
        let buttons =
            vec![Button::plain(Action::PrivateWorks, "works_do"), Button::plain(Action::PrivateBreaks, "breaks_do")];
        return Offer { buttons, ..Offer::words(fit, vec![msg("private_asked")]) };
    }
    let private = Button::plain(Action::Private, "private_do");
    // A case file names extensions and knows no ids: nothing there can be switched.
    let known = |all: &&[Extension]| all.is_empty() || all.iter().any(|one| !one.id.is_empty());
    let Some(enabled) = situation.model.extensions.as_deref().filter(known) else {
        let look = asks(Action::Look, msg("look_do"));
        return Offer { buttons: vec![look, private], ..Offer::words(fit, vec![msg("look_words")]) };
    };
    let thrower = situation.tab.map_or("", Tab::thrower);
    let suspects = suspects(enabled, thrower);
    if suspects.is_empty() {
        let none = if cause == Cause::BlockedRequest { fit } else { Fit::Useless("skip_no_extensions") };
        return Offer { buttons: vec![private], ..Offer::words(none, vec![msg("look_none")]) };
    }
    let by_hand = suspects.iter().any(|one| one.by_hand);
    let mut words = Vec::new();
    let mut buttons = vec![asks(Action::Search, msg("search_do"))];
    if let Some(hunt) = acquitted {
        words.push(msg(if by_hand { "off_innocent_by_hand" } else { "off_innocent" }).text(&hunt.names(&hunt.on)));
    } else if let Some(first) = suspects.first() {
        let seen = first.id == thrower;
        if seen {
            words.push(msg("look_thrown").text(&first.name));
        }
        buttons.insert(usize::from(!seen), asks(Action::Off, msg("off_do").text(&first.name)));
    }
    words.extend(listed(&suspects));
    words.push(msg(if by_hand { "search_by_hand" } else { "search_words" }));
    buttons.push(private);
    Offer { buttons, more: acquitted.is_some(), ..Offer::words(fit, words) }
}

/// Those that may have to do with it, and what is missed while they are off.
fn listed(suspects: &[Extension]) -> Vec<Msg> {
    let names: Vec<&str> = suspects.iter().take(NAMED).map(|one| one.name.as_str()).collect();
    let more = suspects.len().saturating_sub(NAMED);
    let names = names.join(", ");
    let mut words = vec![match more {
        0 => msg("look_found").text(&names),
        more => msg("look_found_more").text(&names).number(more as i64),
    }];
    let losses = suspects.iter().filter_map(|one| Some((one, loss(one)?)));
    words.extend(losses.map(|(one, loss)| msg(&key("loss", loss.name())).text(&one.name)));
    words
}

fn asks(act: Action, label: Msg) -> Button {
    Button { act, label, needs: &[Permission::Management] }
}

fn searching(fit: Fit, hunt: &Hunt, now: Millis) -> Offer {
    let stop = Button::plain(Action::Stop, "stop_do");
    let off = hunt.off();
    let done = |all_on, by_hand| msg(if hunt.guided { by_hand } else { all_on });
    let (words, buttons) = match hunt.phase {
        Phase::Switching if hunt.guided => {
            let mut words = vec![msg("search_off_by_hand").text(&hunt.names(&off))];
            if !hunt.on.is_empty() {
                words.push(msg("search_on_by_hand").text(&hunt.names(&hunt.on)));
            }
            (words, vec![asks(Action::Switched, msg("switched_do")), stop])
        }
        Phase::Switching => (vec![msg("search_switching")], vec![stop]),
        Phase::Testing => {
            let off = msg("search_off").number(off.len() as i64).number(hunt.suspects.len() as i64);
            let left = msg("search_left").number(hunt.left.into());
            let mut buttons = Vec::new();
            if hunt.asks(now) {
                buttons = vec![Button::plain(Action::Works, "works_do"), Button::plain(Action::Breaks, "breaks_do")];
            }
            buttons.push(stop);
            (vec![off, msg("running_next"), left], buttons)
        }
        Phase::Found => {
            let found = |key| msg(key).text(&hunt.names(&off)).number(hunt.sure.into());
            if hunt.guided && !hunt.settled {
                (vec![found("search_found_by_hand")], vec![asks(Action::Switched, msg("switched_do"))])
            } else {
                (vec![found("search_found"), msg("search_rest")], Vec::new())
            }
        }
        Phase::Innocent => (vec![done("search_innocent", "search_innocent_by_hand")], Vec::new()),
        Phase::Unclear => {
            (vec![done("search_unclear", "search_unclear_by_hand")], vec![asks(Action::Search, msg("search_again_do"))])
        }
        Phase::Stopped => {
            (vec![done("search_stopped", "search_stopped_by_hand")], vec![asks(Action::Search, msg("search_do"))])
        }
    };
    Offer { buttons, more: hunt.phase == Phase::Unclear, ..Offer::words(fit, words) }
}

fn asked(case: &Case) -> bool {
    case.attempts.iter().any(|attempt| attempt.act == Action::Private && attempt.state == State::Running)
}

fn start(model: &mut Model, tab: TabId, act: Action, now: Millis) -> Vec<Effect> {
    match act {
        Action::Look | Action::Switched => vec![ask(model, Task::Extensions, now)],
        Action::Search | Action::Off => hunt::begin(model, tab, act, now),
        Action::Works | Action::Breaks if model.hunt.as_ref().is_some_and(|hunt| hunt.asks(now)) => {
            hunt::learn(model, act == Action::Breaks, now)
        }
        Action::Stop => hunt::stop(model, now),
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

/// A list that was read comes as an event of its own.
fn done(model: &mut Model, ended: TaskEnded, now: Millis) -> Vec<Effect> {
    match ended.task {
        Task::SetExtensions { on, .. } => hunt::switched(model, &on, ended.outcome.is_done(), now),
        _ => Vec::new(),
    }
}

fn undo(model: &mut Model, change: &Change, now: Millis) -> Vec<Effect> {
    vec![hunt::set(model, change.off.clone(), Vec::new(), now)]
}
