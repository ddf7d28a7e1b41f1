//! Rung 4: other extensions. Lists those that can touch ChatGPT, searches for the ones that break it, or leaves them all out
//! in a private window. All others are as before when it ends, whatever ends it.

use super::{Button, Fit, Offer, Situation, Step, useless_here};
use crate::core::{
    Effect, Millis, Model, Task,
    event::{Extension, TabId},
    hunt::{self, Hunt, Phase},
    model::Case,
    msg::{Msg, key, msg},
    names::{Act, Blame, Cause, Rung, State},
    permission::Permission,
    suspects::{loss, suspects},
};

pub(super) const STEP: Step = Step { rung: Rung::Extensions, offer };

/// So many names are read; the rest is a number.
const NAMED: usize = 8;

fn offer(situation: &Situation<'_>) -> Offer {
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
    let tried = situation.case.tried(Act::Search);
    if let Some(hunt) = hunt.filter(|_| tried) {
        return searching(fit, hunt, situation.now);
    }
    if asked(situation.case) {
        let buttons =
            vec![Button::plain(Act::PrivateWorks, "works_do"), Button::plain(Act::PrivateBreaks, "breaks_do")];
        return Offer { buttons, ..Offer::words(fit, vec![msg("private_asked")]) };
    }
    let private = Button::plain(Act::Private, "private_do");
    // A case file names extensions and knows no ids: nothing there can be switched.
    let known = |all: &&[Extension]| all.is_empty() || all.iter().any(|one| !one.id.is_empty());
    let Some(enabled) = situation.model.extensions.as_deref().filter(known) else {
        let look = Button { act: Act::Look, key: "look_do", needs: &[Permission::Management] };
        return Offer { buttons: vec![look, private], ..Offer::words(fit, vec![msg("look_words")]) };
    };
    let suspects = suspects(enabled);
    if suspects.is_empty() {
        let none = if cause == Cause::BlockedRequest { fit } else { Fit::Useless("skip_no_extensions") };
        return Offer { buttons: vec![private], ..Offer::words(none, vec![msg("look_none")]) };
    }
    let by_hand = suspects.iter().any(|one| one.by_hand);
    let search = Button { act: Act::Search, key: "search_do", needs: &[Permission::Management] };
    let mut words = listed(&suspects);
    words.push(msg(if by_hand { "search_by_hand" } else { "search_words" }));
    Offer { buttons: vec![search, private], ..Offer::words(fit, words) }
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

fn searching(fit: Fit, hunt: &Hunt, now: Millis) -> Offer {
    let stop = Button::plain(Act::Stop, "stop_do");
    let off = hunt.off();
    let (words, buttons) = match hunt.phase {
        Phase::Switching if hunt.guided => {
            let mut words = vec![msg("search_off_by_hand").text(&hunt.names(&off))];
            if !hunt.on.is_empty() {
                words.push(msg("search_on_by_hand").text(&hunt.names(&hunt.on)));
            }
            (words, vec![Button { act: Act::Switched, key: "switched_do", needs: &[Permission::Management] }, stop])
        }
        Phase::Switching => (vec![msg("search_switching")], vec![stop]),
        Phase::Testing => {
            let off = msg("search_off").number(off.len() as i64).number(hunt.suspects.len() as i64);
            let left = msg("search_left").number(hunt.left.into());
            let mut buttons = vec![stop];
            if hunt.asks(now) {
                buttons = vec![Button::plain(Act::Works, "works_do"), Button::plain(Act::Breaks, "breaks_do"), stop];
            }
            (vec![off, msg("running_next"), left], buttons)
        }
        Phase::Found => {
            let found = msg("search_found").text(&hunt.names(&off)).number(hunt.sure.into());
            let rest = if hunt.guided { msg("search_rest_by_hand") } else { msg("search_rest") };
            (vec![found, rest], Vec::new())
        }
        Phase::Innocent => (vec![msg("search_innocent")], Vec::new()),
        Phase::Unclear => (vec![msg("search_unclear")], Vec::new()),
        Phase::Stopped => {
            (vec![msg(if hunt.guided { "search_stopped_by_hand" } else { "search_stopped" })], Vec::new())
        }
    };
    Offer { buttons, ..Offer::words(fit, words) }
}

fn asked(case: &Case) -> bool {
    case.attempts.iter().any(|attempt| attempt.act == Act::Private && attempt.state == State::Running)
}

pub(super) fn run(model: &mut Model, tab: TabId, act: Act, now: Millis) -> Vec<Effect> {
    match act {
        Act::Look => vec![model.ask(Task::Extensions, now)],
        Act::Switched => vec![model.ask(Task::Extensions, now)],
        Act::Search => hunt::begin(model, tab, now),
        Act::Works | Act::Breaks if model.hunt.as_ref().is_some_and(|hunt| hunt.asks(now)) => {
            hunt::learn(model, act == Act::Breaks, now)
        }
        Act::Stop => hunt::stop(model, now),
        Act::Private => {
            if let Some(case) = model.tab_mut(tab).case.as_mut() {
                case.begin(Rung::Extensions, Act::Private, now);
            }
            vec![model.ask(Task::Private, now)]
        }
        Act::PrivateWorks | Act::PrivateBreaks => {
            if let Some(case) = model.tab_mut(tab).case.as_mut() {
                case.attempts.retain(|attempt| attempt.act != Act::Private);
                case.private = Some(act == Act::PrivateWorks);
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}
