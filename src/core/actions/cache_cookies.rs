//! Cache and cookies, mildest first. What is deleted is kept for the session where the browser can put it back, and
//! the words say before the click what cannot come back. Never offered where the failure is not the browser's.
//!
//! The browser deletes stored data of ordinary windows only, whatever tab is asked about. In a private window, in a
//! container and where neither is known, it is deleted from within the page, and the words say that.

use super::{Button, Fit, Offer, Situation, Step, useless_here};
use crate::core::{
    Effect, Millis, Model, Task,
    event::TabId,
    jar::Token,
    model::Tab,
    msg::{Msg, msg},
    names::{Action, Blame, Cause, Rung, State},
    permission::Permission::{self, BrowsingData, Cookies},
};

pub(super) const STEP: Step = Step { rung: Rung::CacheCookies, offer };

/// What can be deleted: its button, its words, and what it needs.
const LEVELS: &[(Action, &str, &str, &[Permission])] = &[
    (Action::ClearCache, "clear_cache_do", "clear_cache_words", &[BrowsingData]),
    (Action::ClearCookies, "clear_cookies_do", "clear_cookies_words", &[Cookies]),
    (Action::ClearStorage, "clear_storage_do", "clear_storage_words", &[BrowsingData]),
    (Action::ClearAll, "clear_all_do", "clear_all_words", &[BrowsingData, Cookies]),
];

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        Cause::CookiesTooLarge | Cause::SiteData | Cause::Storage => Fit::Best,
        Cause::Clock => Fit::Useless("skip_explained"),
        Cause::AddressBlocked | Cause::RegionBlocked => Fit::Useless("skip_refused"),
        _ => useless_here(cause.blame()).unwrap_or(Fit::Fits),
    };
    let case = situation.case;
    let level = acts(cause).iter().find(|act| !case.tried(**act));
    let level = level.and_then(|act| LEVELS.iter().find(|(known, ..)| known == act));
    let mut words: Vec<Msg> = jar(situation).into_iter().collect();
    let trouble = case.attempt(Rung::CacheCookies).filter(|attempt| attempt.state == State::Failed);
    words.extend(trouble.and_then(|attempt| attempt.trouble).map(|trouble| msg(trouble.words())));
    let Some((act, key, says, needs)) = level else {
        return Offer::words(fit, vec![msg("clear_done")]);
    };
    words.push(msg(says));
    let mut needs = *needs;
    if !situation.tab.is_some_and(Tab::is_ordinary) && needs.contains(&BrowsingData) {
        words.push(msg("clear_within"));
        needs = if needs.contains(&Cookies) { &[Cookies] } else { &[] };
    }
    Offer { buttons: vec![Button { act: *act, label: msg(key), needs }], more: true, ..Offer::words(fit, words) }
}

/// What may help, mildest first.
fn acts(cause: Cause) -> &'static [Action] {
    match cause {
        Cause::CookiesTooLarge | Cause::SiteData => &[Action::ClearCookies, Action::ClearAll],
        Cause::Storage => &[Action::ClearStorage, Action::ClearAll],
        // Nothing is lost by signing out whom the site does not know any more.
        _ if cause.blame() == Blame::Session => &[Action::ClearAll],
        _ => &[Action::ClearCache, Action::ClearCookies, Action::ClearAll],
    }
}

/// What the cookies look like, where Mend may look.
fn jar(situation: &Situation<'_>) -> Option<Msg> {
    let jar = situation.tab?.jar.as_ref()?;
    let words = match jar.token {
        Token::Missing => msg("jar_missing"),
        Token::Whole => msg("jar_whole"),
        Token::Broken => msg("jar_broken"),
        Token::Doubled => msg("jar_doubled"),
    };
    Some(words.number(jar.count.into()).number((jar.bytes / 1024).into()))
}

pub(super) fn run(model: &mut Model, tab: TabId, act: Action, now: Millis) -> Vec<Effect> {
    let level = LEVELS.iter().any(|(known, ..)| *known == act);
    if !level || model.changing().is_some() {
        return Vec::new();
    }
    if let Some(case) = model.tab_mut(tab).case.as_mut() {
        case.begin(Rung::CacheCookies, act, now);
    }
    // A cache comes back by itself; everything else is kept first.
    let wide = model.tab(tab).is_some_and(Tab::is_ordinary);
    let task = if act == Action::ClearCache { Task::Clear { tab, act, wide } } else { Task::Keep { tab, act } };
    vec![model.ask(task, now)]
}
