//! Waiting for recovery: "tell me when it is back" and "send it when it is back", one wait for one failure.
//!
//! Checks what can be seen without sending a message (the provider's page, the edge, the end of a limit), with
//! exponential backoff, full jitter and at most [`CEILING`] calls an hour, and watches the person's own answers, which
//! cost nothing. Such a check is reported as "probably back"; "works" is reported only after an answer.
//!
//! Sending a saved prompt is the last probe: once, by the rule of [`safe`], in the tab in which it failed. Holds only
//! its id.

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

/// Most calls in an hour, to the provider's page and to the edge together.
pub const CEILING: usize = 20;
/// The first wait is at most two minutes, the shortest interval of readings of the provider's page; later ones at most
/// ten.
const POLICY: Policy = Policy { base: MINUTE, cap: 10 * MINUTE, jitter: Jitter::Full, timeout: 10 * SECOND };
/// Shortest delay of a browser's alarm.
const SOONEST: Millis = 30 * SECOND;
/// Longest wait.
const LONGEST: Millis = 24 * HOUR;
/// Longest wait for the answer to the prompt that was sent.
const ANSWER: Millis = 10 * MINUTE;

/// The rung that its tasks are reported to.
const RETRY: Option<Rung> = Some(Rung::Retry);

/// Begins a wait for a tab with a failure. A prompt that must not be sent again is not sent, only the wait begins.
pub(crate) fn begin(model: &mut Model, id: TabId, send: Option<PromptToSend>, now: Millis) -> Vec<Effect> {
    let Some((cause, ends)) = wrong(model, id, now) else { return Vec::new() };
    // A prompt that is being sent is waited for first.
    if model.recovery.as_ref().and_then(|wait| wait.send?.at).is_some() {
        return Vec::new();
    }
    let send = send.filter(|send| !send.begun && safe::mends(cause));
    let (calls, tries) = model.recovery.take().map(|wait| (wait.calls, 0)).unwrap_or_default();
    let open = is_open(model, Some(id));
    let wait = Wait { tab: Some(id), began: now, cause, ends, open, calls, tries, next: now, send };
    (model.recovery, model.ended) = (Some(wait), None);
    let mut effects = vec![plan(model, now)];
    // The person's own answers, in any tab, are the best evidence.
    effects.extend(model.tabs.iter().map(|tab| Effect::ReportAnswers { tab: tab.id, on: true }));
    effects
}

/// Ends the wait, or cancels the sending. A prompt that is already being sent cannot be cancelled; until it is
/// answered no other is sent.
pub(crate) fn end(model: &mut Model) {
    model.recovery.take_if(|wait| wait.send.is_none_or(|send| send.at.is_none()));
}

/// The browser was restarted. A prompt that may have been sent just before is not sent again.
pub(crate) fn restart(model: &mut Model, now: Millis) -> Vec<Effect> {
    let Some(wait) = model.recovery.as_mut() else { return Vec::new() };
    wait.tab = None;
    let unsure = wait.send.is_some_and(|send| send.at.is_some());
    if unsure { over(model, Outcome::Unsure, now) } else { Vec::new() }
}

/// A ChatGPT tab that is not private was opened: after a restart the wait continues there.
pub(crate) fn hello(model: &mut Model, id: TabId, now: Millis) -> Option<Effect> {
    let wait = model.recovery.as_mut().filter(|wait| wait.tab.is_none())?;
    wait.tab = Some(id);
    wait.next = now.saturating_add(SOONEST);
    Some(Effect::Wake { at: wait.next })
}

/// Checks the service if it is time to, or gives up after the longest wait.
pub(crate) fn due(model: &mut Model, now: Millis) -> Vec<Effect> {
    let Some(wait) = model.recovery.as_mut() else { return Vec::new() };
    let waited = wait.send.and_then(|send| send.at).is_some_and(|at| since(now, at) >= ANSWER);
    if since(now, wait.began) >= LONGEST || waited {
        return over(model, Outcome::GaveUp, now);
    }
    if now < wait.next {
        // The alarm may have been lost with the browser.
        return vec![Effect::Wake { at: wait.next }];
    }
    wait.tries = wait.tries.saturating_add(1);
    wait.calls.retain(|at| since(now, *at) < HOUR);
    let (cause, free) = (wait.cause, wait.calls.len() < CEILING);
    let mut effects = match cause.blame() {
        // For a limit without a known end, there is nothing to check from outside.
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

/// Draws the time of the next check and sets the alarm.
fn plan(model: &mut Model, now: Millis) -> Effect {
    let random = model.random_number();
    let Some(wait) = model.recovery.as_mut() else { return Effect::Wake { at: now } };
    let pause = POLICY.wait(wait.tries, random).max(SOONEST);
    let ceiling = wait.calls.first().filter(|_| wait.calls.len() >= CEILING).map(|first| first.saturating_add(HOUR));
    // No request before the time that the service has set; jitter avoids that all come at that moment.
    let from = wait.ends.unwrap_or(now).max(now);
    wait.next = from.saturating_add(pause).max(ceiling.unwrap_or(Millis::MIN));
    Effect::Wake { at: wait.next }
}

/// Handles a reading of the provider's page. Green after an incident is a sign of recovery. Green from the beginning
/// says nothing, so a prompt to be sent is sent as the first sign itself. A failed reading is no sign.
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

/// Handles the result of the edge probe.
pub(crate) fn edge(model: &mut Model, ok: bool, now: Millis) -> Vec<Effect> {
    let network = model.recovery.as_ref().is_some_and(|wait| wait.cause.blame() == Blame::Network);
    if ok && network { back(model, now) } else { Vec::new() }
}

/// It is probably back: sends the prompt if the person wants that, else notifies.
fn back(model: &mut Model, now: Millis) -> Vec<Effect> {
    let Some(wait) = model.recovery.as_ref() else { return Vec::new() };
    match (wait.send, wait.tab) {
        // The prompt is being sent; from here on only its answer counts.
        (Some(PromptToSend { at: Some(_), .. }), _) => Vec::new(),
        // First check whether the person is using the tab.
        (Some(_), Some(tab)) if !model.glancing() => vec![model.ask(RETRY, Task::TabLastSeen { tab }, SHORT, now)],
        // Without a tab nothing can be sent; a later check may find one.
        (Some(_), _) => Vec::new(),
        (None, _) => over(model, Outcome::Back, now),
    }
}

/// Handles when the tab was last active; none if it is gone.
pub(crate) fn glanced(model: &mut Model, id: TabId, seen: Option<Millis>, now: Millis) -> Vec<Effect> {
    let Some(wait) = model.recovery.as_ref().filter(|wait| wait.tab == Some(id)) else { return Vec::new() };
    let Some(send) = wait.send.filter(|send| send.at.is_none()) else { return Vec::new() };
    // The cause may have changed since.
    let (cause, ends) = wrong(model, id, now).unwrap_or((wait.cause, wait.ends));
    // Of an outage that the provider has ended, only the failure remains.
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
        // A later check may succeed. The wait is now for the current cause.
        Err(safe::ResendRefusal::Outage | safe::ResendRefusal::Limit | safe::ResendRefusal::Running) => {
            if let Some(wait) = model.recovery.as_mut() {
                (wait.cause, wait.ends, wait.open) = (cause, ends, wait.open || cause == Cause::Outage);
            }
            Vec::new()
        }
        Err(_) => over(model, Outcome::Unsent, now),
    }
}

/// Handles the result of sending: it fails where the composer is missing or contains other text.
pub(crate) fn sent(model: &mut Model, ok: bool, now: Millis) -> Vec<Effect> {
    let sends = model.recovery.as_ref().is_some_and(|wait| wait.send.is_some_and(|send| send.at.is_some()));
    if sends && !ok { over(model, Outcome::Unsent, now) } else { Vec::new() }
}

/// The failure came back in this tab. After the prompt was sent, that is its result.
pub(crate) fn failed(model: &mut Model, id: TabId, at: Millis, now: Millis) -> Vec<Effect> {
    let sent = model.recovery.as_ref().filter(|wait| wait.tab == Some(id)).and_then(|wait| wait.send?.at);
    if sent.is_some_and(|sent| at > sent) { over(model, Outcome::Failed, now) } else { Vec::new() }
}

/// Ends the wait with success if a message was answered since it began. For a prompt that was sent, only its own tab
/// counts. One that is still to be sent is sent now, unless the answer came in its own tab: there the person has gone on.
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
    let elsewhere = model.tabs.iter().all(|tab| wait.tab != Some(tab.id) || !works(tab));
    if wait.send.is_some_and(|send| send.at.is_none()) && wait.tab.is_some() && elsewhere {
        // The next answer is a new sign; where this one does not suffice, the wait goes on.
        if let Some(wait) = model.recovery.as_mut() {
            wait.began = now;
        }
        return back(model, now);
    }
    over(model, if sent.is_some() { Outcome::Answered } else { Outcome::Works }, now)
}

/// Ends the wait and notifies.
fn over(model: &mut Model, outcome: Outcome, now: Millis) -> Vec<Effect> {
    model.recovery = None;
    model.ended = Some(WaitEnded { at: now, outcome });
    vec![Effect::Notify { title: outcome.title(), words: outcome.message_key() }]
}

/// The cause in this tab, and when its limit ends.
fn wrong(model: &Model, id: TabId, now: Millis) -> Option<(Cause, Option<Millis>)> {
    let tab = model.tab(id)?;
    let case = tab.open_case()?;
    let primary = diagnose::primary(case)?;
    let verdict = diagnose::verdict(&CheckContext { model, tab: Some(tab), case, primary, now });
    Some((verdict.cause, primary.ends))
}

/// Whether the provider's page, as last read, shows an incident on the part that failed in this tab. A recovered part
/// counts as working even if the incident is still open.
fn is_open(model: &Model, tab: Option<TabId>) -> bool {
    let case = tab.and_then(|id| model.tab(id)?.open_case());
    let parts = case.and_then(diagnose::primary).map_or(CHAT, needs);
    let page = model.provider.as_ref().and_then(|provider| provider.page.as_ref());
    page.is_some_and(|page| page.is_open(parts))
}
