//! Cache and cookies, mildest first. Deleted data is backed up for the session where the browser can restore it; the
//! text before the click says what cannot be restored. Not offered where the failure is not on the browser's side.
//!
//! `browsingData` deletes data of ordinary windows only, whatever tab is given. In a private window, in a container,
//! and where neither is known, data is deleted from within the page, and the text says so.

use super::{Button, Fit, Handlers, Offer, Situation, Step, TaskEnded, TaskOutcome, fail, useless_here};
use crate::core::{
    Effect, Millis, Model, Task,
    change::Change,
    cookies::SessionCookie,
    event::TabId,
    model::{ActionError, Attempt, Tab},
    msg::{Msg, msg},
    names::{Action, Blame, Cause, Rung, State},
    pending::SHORT,
    permission::Permission::{self, BrowsingData, Cookies},
    site_data::{
        CookieScope::{All, AllButSession, None as NoCookies},
        SiteDataScope,
    },
    time::MINUTE,
};

pub(super) const STEP: Step = Step { undo: Some("undo_cookies"), ..Step::new(Rung::CacheCookies, offer) };
pub(super) const HANDLERS: Handlers =
    Handlers { rung: Rung::CacheCookies, start, done, undo: Some(undo), reloads: true };

/// Timeout of copying, deleting or restoring: a cache can be large.
const TIMEOUT: Millis = MINUTE;

/// An amount of data to delete.
struct Level {
    action: Action,
    scope: SiteDataScope,
    needs: &'static [Permission],
    /// The message keys of its button, of its description, and of the confirmation.
    button: &'static str,
    words: &'static str,
    done: &'static str,
}

const LEVELS: &[Level] = &[
    Level {
        action: Action::ClearCache,
        scope: SiteDataScope { cookies: NoCookies, storage: false, cache: true },
        needs: &[BrowsingData],
        button: "clear_cache_do",
        words: "clear_cache_words",
        done: "cleared_cache",
    },
    Level {
        action: Action::ClearCookies,
        scope: SiteDataScope { cookies: AllButSession, storage: false, cache: false },
        needs: &[Cookies],
        button: "clear_cookies_do",
        words: "clear_cookies_words",
        done: "cleared_cookies",
    },
    Level {
        action: Action::ClearStorage,
        scope: SiteDataScope { cookies: NoCookies, storage: true, cache: true },
        needs: &[BrowsingData],
        button: "clear_storage_do",
        words: "clear_storage_words",
        done: "cleared_storage",
    },
    Level {
        action: Action::ClearAll,
        scope: SiteDataScope { cookies: All, storage: true, cache: true },
        needs: &[BrowsingData, Cookies],
        button: "clear_all_do",
        words: "clear_all_words",
        done: "cleared_all",
    },
];

fn level(action: Action) -> Option<&'static Level> {
    LEVELS.iter().find(|level| level.action == action)
}

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        Cause::CookiesTooLarge | Cause::SiteData | Cause::Storage => Fit::Best,
        Cause::Clock => Fit::Useless("skip_explained"),
        Cause::AddressBlocked | Cause::RegionBlocked => Fit::Useless("skip_refused"),
        _ => useless_here(cause.blame()).unwrap_or(Fit::Fits),
    };
    let case = situation.case;
    let next = actions(cause).iter().find(|action| !case.tried(**action)).and_then(|action| level(*action));
    let (mut words, mut buttons) = (Vec::new(), Vec::new());
    let failed = case.attempt(Rung::CacheCookies).filter(|attempt| attempt.state == State::Failed);
    let why = failed.into_iter().flat_map(Attempt::why);
    if let Some(level) = next {
        words.extend(cookies(situation));
        words.extend(why);
        words.push(msg(level.words));
        let mut needs = level.needs;
        if !situation.tab.is_some_and(Tab::is_ordinary) && needs.contains(&BrowsingData) {
            words.push(msg("clear_within"));
            needs = if needs.contains(&Cookies) { &[Cookies] } else { &[] };
        }
        buttons.push(Button { act: level.action, label: msg(level.button), needs });
    } else {
        words.extend(why);
        // What failed to be deleted is not called deleted.
        if words.is_empty() {
            words.push(msg("clear_done"));
        }
    }
    let busy = situation.model.changing().is_some();
    if let Some(attempt) = situation.running(Rung::CacheCookies) {
        let done = level(attempt.act).map_or("cleared_all", |level| level.done);
        words = vec![msg(if busy { "running_clear" } else { done }), msg("running_next")];
    }
    // Signing in again is milder.
    let quiet = cause.blame() == Blame::Session;
    Offer { buttons, more: next.is_some(), busy, quiet, ..Offer::words(fit, words) }
}

/// The actions that may help, mildest first.
fn actions(cause: Cause) -> &'static [Action] {
    match cause {
        Cause::CookiesTooLarge | Cause::SiteData => &[Action::ClearCookies, Action::ClearAll],
        Cause::Storage => &[Action::ClearStorage, Action::ClearAll],
        // The session is already lost, so that signing out costs nothing.
        _ if cause.blame() == Blame::Session => &[Action::ClearAll],
        _ => &[Action::ClearCache, Action::ClearCookies, Action::ClearAll],
    }
}

/// The cookie summary as text, where the permission is granted.
fn cookies(situation: &Situation<'_>) -> Option<Msg> {
    let cookies = situation.tab?.cookies.as_ref()?;
    let words = match cookies.token {
        SessionCookie::Missing => msg("session_cookie_missing"),
        SessionCookie::Whole => msg("session_cookie_whole"),
        SessionCookie::Broken => msg("session_cookie_broken"),
        SessionCookie::Doubled => msg("session_cookie_doubled"),
    };
    Some(words.number(cookies.count.into()).number((cookies.bytes / 1024).into()))
}

fn start(model: &mut Model, tab: TabId, act: Action, now: Millis) -> Vec<Effect> {
    let Some(level) = level(act).filter(|_| model.changing().is_none()) else { return Vec::new() };
    if let Some(case) = model.tab_mut(tab).case.as_mut() {
        case.begin(Rung::CacheCookies, act, now);
    }
    let scope = level.scope;
    if scope.needs_backup() {
        vec![ask(model, Task::BackUpSiteData { tab, scope }, now)]
    } else {
        clear(model, tab, scope, now)
    }
}

fn clear(model: &mut Model, tab: TabId, scope: SiteDataScope, now: Millis) -> Vec<Effect> {
    let browsing_data = model.tab(tab).is_some_and(Tab::is_ordinary);
    vec![ask(model, Task::ClearSiteData { tab, scope, browsing_data }, now)]
}

fn ask(model: &mut Model, task: Task, now: Millis) -> Effect {
    model.ask(Some(Rung::CacheCookies), task, TIMEOUT, now)
}

fn done(model: &mut Model, ended: TaskEnded, now: Millis) -> Vec<Effect> {
    let TaskEnded { id, task, outcome, .. } = ended;
    match (task, outcome) {
        (Task::BackUpSiteData { tab, scope }, TaskOutcome::Done) => {
            model.changed(Change { id, rung: Rung::CacheCookies, tab, at: now, off: Vec::new(), stuck: false });
            clear(model, tab, scope, now)
        }
        (Task::BackUpSiteData { tab, .. }, outcome) => fail(model, tab, ActionError::NotKept, &outcome),
        (Task::ClearSiteData { tab, .. }, TaskOutcome::Done) => {
            model.restart_proof(tab, now);
            let look = Task::Cookies { tab };
            vec![
                model.reload(Rung::CacheCookies, tab, true, now),
                model.ask(Some(Rung::CacheCookies), look, SHORT, now),
            ]
        }
        (Task::ClearSiteData { tab, .. }, outcome) => fail(model, tab, ActionError::PartlyDone, &outcome),
        (Task::RestoreSiteData { tab, backup }, TaskOutcome::Done) => {
            model.undone(&|one| one.id == backup, now);
            vec![model.reload(Rung::CacheCookies, tab, false, now)]
        }
        (Task::RestoreSiteData { tab, backup }, outcome) => {
            model.changes.iter_mut().filter(|one| one.id == backup).for_each(|one| one.stuck = true);
            model.note_reason(tab, Rung::CacheCookies, outcome.reason());
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The backup has the id of the change.
fn undo(model: &mut Model, change: &Change, now: Millis) -> Vec<Effect> {
    vec![ask(model, Task::RestoreSiteData { tab: change.tab, backup: change.id }, now)]
}
