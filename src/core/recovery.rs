//! "Tell me when it is back", and "send it when it is back": one wait, begun by the person for one failure.
//!
//! Looks at what can be seen from outside without a message (the provider's page, the edge, the end of a limit), under
//! exponential backoff with full jitter and never more than [`CEILING`] times an hour, and at the person's own answers,
//! which cost nothing. What is only seen from outside is told as "probably back"; "works" is told of an answer.
//!
//! A saved prompt that is to be sent is the last probe: once, by the rule of [`safe`], in the tab that it failed in. Owns no
//! word of it, only its number.

use super::{
    Effect, Millis, Model, Task,
    check::CheckContext,
    diagnose,
    event::TabId,
    model::{Outcome, PromptToSend, Tab, Wait, WaitEnded},
    names::{Action, Blame, Cause, Rung},
    observe::needs,
    pending::SHORT,
    retry::{
        Jitter, Policy,
        safe::{self, Ask},
    },
    status::CHAT,
    time::{HOUR, MINUTE, SECOND, since},
};

/// Calls an hour, at most: to the provider's page and to the edge together.
pub const CEILING: usize = 20;
/// From two minutes, the shortest time between two readings of the provider's page, to ten.
const POLICY: Policy = Policy { base: MINUTE, cap: 10 * MINUTE, jitter: Jitter::Full, timeout: 10 * SECOND };
/// A browser's shortest alarm.
const SOONEST: Millis = 30 * SECOND;
/// Nobody waits longer than that for one answer.
const LONGEST: Millis = 24 * HOUR;
/// How long an answer to the prompt that was sent is waited for.
const ANSWER: Millis = 10 * MINUTE;

/// The rung that hears of the ends of its tasks.
const RETRY: Option<Rung> = Some(Rung::Retry);

/// The person begins it, for a tab that fails. What may never be sent again is only watched.
pub(crate) fn begin(model: &mut Model, id: TabId, send: Option<PromptToSend>, now: Millis) -> Vec<Effect> {
    let Some((cause, ends)) = wrong(model, id, now) else { return Vec::new() };
    // What is on its way is waited for first.
    if model.recovery.as_ref().and_then(|wait| wait.send?.at).is_some() {
        return Vec::new();
    }
    let send = send.filter(|send| !send.begun && safe::mends(cause));
    let (calls, tries) = model.recovery.take().map(|wait| (wait.calls, 0)).unwrap_or_default();
    let open = is_open(model, Some(id));
    let wait = Wait { tab: Some(id), began: now, cause, ends, open, calls, tries, next: now, send };
    (model.recovery, model.ended) = (Some(wait), None);
    let mut effects = vec![plan(model, now)];
    // The person's own answers, in whatever tab, tell most.
    effects.extend(model.tabs.iter().map(|tab| Effect::ReportAnswers { tab: tab.id, on: true }));
    effects
}

/// The person ends it, or takes back that something is sent. What is on its way cannot be taken back, and while it is,
/// nothing else is sent.
pub(crate) fn end(model: &mut Model) {
    model.recovery.take_if(|wait| wait.send.is_none_or(|send| send.at.is_none()));
}

/// The browser started again. A prompt that may have been sent in its last moment is not sent once more.
pub(crate) fn restart(model: &mut Model, now: Millis) -> Vec<Effect> {
    let Some(wait) = model.recovery.as_mut() else { return Vec::new() };
    wait.tab = None;
    let unsure = wait.send.is_some_and(|send| send.at.is_some());
    if unsure { over(model, Outcome::Unsure, now) } else { Vec::new() }
}

/// A tab of ChatGPT, not a private one: after a restart the wait goes on there, soon.
pub(crate) fn hello(model: &mut Model, id: TabId, now: Millis) -> Option<Effect> {
    let wait = model.recovery.as_mut().filter(|wait| wait.tab.is_none())?;
    wait.tab = Some(id);
    wait.next = now.saturating_add(SOONEST);
    Some(Effect::Wake { at: wait.next })
}

/// Time has passed: is it time to look, or to give up?
pub(crate) fn due(model: &mut Model, now: Millis) -> Vec<Effect> {
    let Some(wait) = model.recovery.as_mut() else { return Vec::new() };
    let waited = wait.send.and_then(|send| send.at).is_some_and(|at| since(now, at) >= ANSWER);
    if since(now, wait.began) >= LONGEST || waited {
        return over(model, Outcome::GaveUp, now);
    }
    if now < wait.next {
        // An alarm may have been lost with the browser.
        return vec![Effect::Wake { at: wait.next }];
    }
    wait.tries = wait.tries.saturating_add(1);
    wait.calls.retain(|at| since(now, *at) < HOUR);
    let (cause, free) = (wait.cause, wait.calls.len() < CEILING);
    let mut effects = match cause.blame() {
        // Of a limit whose end nobody has told, nothing is to be seen from outside.
        Blame::Limit if wait.ends.is_none() => Vec::new(),
        Blame::Limit => back(model, now),
        _ if !free => Vec::new(),
        Blame::Network if model.asking_edge() => Vec::new(),
        Blame::Network => vec![model.ask(RETRY, Task::Edge, SHORT, now)],
        _ => model.ask_status(now, false),
    };
    if model.recovery.is_some() {
        let called = !effects.is_empty() && cause.blame() != Blame::Limit;
        if let Some(wait) = model.recovery.as_mut().filter(|_| called) {
            wait.calls.push(now);
        }
        effects.push(plan(model, now));
    }
    effects
}

/// Draws when to look next, and has it rung.
fn plan(model: &mut Model, now: Millis) -> Effect {
    let random = model.random_number();
    let Some(wait) = model.recovery.as_mut() else { return Effect::Wake { at: now } };
    let pause = POLICY.wait(wait.tries, random).max(SOONEST);
    let ceiling = wait.calls.first().filter(|_| wait.calls.len() >= CEILING).map(|first| first.saturating_add(HOUR));
    // Nobody asks before the time that the service has set; and not everybody at that very moment.
    let from = wait.ends.unwrap_or(now).max(now);
    wait.next = from.saturating_add(pause).max(ceiling.unwrap_or(Millis::MIN));
    Effect::Wake { at: wait.next }
}

/// The provider's page was read. Green after an incident is a sign; green from the first says nothing, so that a prompt
/// that is to be sent is the first sign itself. What cannot be read is no sign.
pub(crate) fn heard(model: &mut Model, now: Millis) -> Vec<Effect> {
    let readable = model.provider.as_ref().is_some_and(|provider| provider.page.is_some());
    let open = is_open(model, model.recovery.as_ref().and_then(|wait| wait.tab));
    let Some(wait) = model.recovery.as_mut().filter(|wait| wait.cause.blame() != Blame::Network) else {
        return Vec::new();
    };
    let before = wait.open;
    if readable {
        wait.open = open;
    }
    let (sign, blind) = (before && readable && !open, !before && !open && wait.tries > 0);
    let sends = wait.send.is_some_and(|send| send.at.is_none());
    if wait.cause.blame() != Blame::Limit && (sign || (blind && sends)) { back(model, now) } else { Vec::new() }
}

/// The edge answered, or did not.
pub(crate) fn edge(model: &mut Model, ok: bool, now: Millis) -> Vec<Effect> {
    let network = model.recovery.as_ref().is_some_and(|wait| wait.cause.blame() == Blame::Network);
    if ok && network { back(model, now) } else { Vec::new() }
}

/// It is probably back: the prompt is sent where the person wants that, else the person is told.
fn back(model: &mut Model, now: Millis) -> Vec<Effect> {
    let Some(wait) = model.recovery.as_ref() else { return Vec::new() };
    match (wait.send, wait.tab) {
        // It is on its way, and its answer is the only sign that counts from here on.
        (Some(PromptToSend { at: Some(_), .. }), _) => Vec::new(),
        // First a look at the tab: does anybody wait there?
        (Some(_), Some(tab)) if !model.glancing() => vec![model.ask(RETRY, Task::TabLastSeen { tab }, SHORT, now)],
        // No tab, no page that could send it: a later look finds one.
        (Some(_), _) => Vec::new(),
        (None, _) => over(model, Outcome::Back, now),
    }
}

/// The tab was looked at: when somebody last saw it, and none if it is gone.
pub(crate) fn glanced(model: &mut Model, id: TabId, seen: Option<Millis>, now: Millis) -> Vec<Effect> {
    let Some(wait) = model.recovery.as_ref().filter(|wait| wait.tab == Some(id)) else { return Vec::new() };
    let Some(send) = wait.send.filter(|send| send.at.is_none()) else { return Vec::new() };
    // What is wrong may have become something else since.
    let (cause, ends) = wrong(model, id, now).unwrap_or((wait.cause, wait.ends));
    // Of an outage that the provider has ended only the failure is left.
    let ended = matches!(cause, Cause::Outage | Cause::Maintenance) && !is_open(model, Some(id));
    let cause = if ended { Cause::ServerError } else { cause };
    let running = model.tab(id).and_then(|tab| tab.busy).is_some_and(|busy| since(now, busy) < MINUTE);
    let ask = Ask { cause, begun: send.begun, running, ends, sent: &model.sent, seen };
    match safe::may(&ask, now) {
        Ok(()) => {
            model.sent.retain(|at| since(now, *at) < HOUR);
            model.sent.push(now);
            if let Some(wait) = model.recovery.as_mut() {
                wait.send = Some(PromptToSend { at: Some(now), ..send });
            }
            if let Some(case) = model.tab_mut(id).case.as_mut() {
                case.begin(Rung::Retry, Action::Send, now);
            }
            vec![
                model.ask(RETRY, Task::Send { tab: id, prompt: send.prompt }, SHORT, now),
                Effect::Wake { at: now.saturating_add(ANSWER) },
            ]
        }
        // Later it may. What is waited for is what is wrong now.
        Err(safe::ResendRefusal::Outage | safe::ResendRefusal::Limit | safe::ResendRefusal::Running) => {
            if let Some(wait) = model.recovery.as_mut() {
                (wait.cause, wait.ends, wait.open) = (cause, ends, wait.open || cause == Cause::Outage);
            }
            Vec::new()
        }
        Err(_) => over(model, Outcome::Unsent, now),
    }
}

/// The page sent the prompt, or could not: the composer is gone, or something else stands in it.
pub(crate) fn sent(model: &mut Model, ok: bool, now: Millis) -> Vec<Effect> {
    let sends = model.recovery.as_ref().is_some_and(|wait| wait.send.is_some_and(|send| send.at.is_some()));
    if sends && !ok { over(model, Outcome::Unsent, now) } else { Vec::new() }
}

/// It failed in this tab, again. After the prompt was sent, that is its answer.
pub(crate) fn failed(model: &mut Model, id: TabId, at: Millis, now: Millis) -> Vec<Effect> {
    let sent = model.recovery.as_ref().filter(|wait| wait.tab == Some(id)).and_then(|wait| wait.send?.at);
    if sent.is_some_and(|sent| at > sent) { over(model, Outcome::Failed, now) } else { Vec::new() }
}

/// Looks whether a message of the person's was answered since the wait began: then it works. Of a prompt that was sent only
/// its own tab can tell.
pub(crate) fn proved(model: &mut Model, now: Millis) -> Vec<Effect> {
    let Some(wait) = model.recovery.as_ref() else { return Vec::new() };
    let sent = wait.send.and_then(|send| send.at);
    let began = sent.unwrap_or(wait.began);
    let works = |tab: &Tab| {
        if sent.is_some() && wait.tab != Some(tab.id) {
            return false;
        }
        let mended = tab.case.as_ref().and_then(|case| case.mended.as_ref());
        mended.is_some_and(|mended| mended.at > began) || tab.answered.is_some_and(|at| at > began)
    };
    if !model.tabs.iter().any(works) {
        return Vec::new();
    }
    over(model, if sent.is_some() { Outcome::Answered } else { Outcome::Works }, now)
}

/// It is told, and it is over.
fn over(model: &mut Model, outcome: Outcome, now: Millis) -> Vec<Effect> {
    model.recovery = None;
    model.ended = Some(WaitEnded { at: now, outcome });
    vec![Effect::Notify { title: outcome.title(), words: outcome.words() }]
}

/// What is wrong in this tab, and when the limit ends.
fn wrong(model: &Model, id: TabId, now: Millis) -> Option<(Cause, Option<Millis>)> {
    let tab = model.tab(id)?;
    let case = tab.open_case()?;
    let primary = diagnose::primary(case)?;
    let verdict = diagnose::verdict(&CheckContext { model, tab: Some(tab), case, primary, now });
    Some((verdict.cause, primary.ends))
}

/// Whether the provider's page, as last read, knows of anything on the part that failed in this tab. A part that has
/// recovered is well again, whatever becomes of the incident.
fn is_open(model: &Model, tab: Option<TabId>) -> bool {
    let case = tab.and_then(|id| model.tab(id)?.open_case());
    let parts = case.and_then(diagnose::primary).map_or(CHAT, needs);
    let page = model.provider.as_ref().and_then(|provider| provider.page.as_ref());
    page.is_some_and(|page| page.is_open(parts))
}
