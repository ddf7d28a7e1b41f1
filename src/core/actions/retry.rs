//! Sending again, at the right time or in the right form. Its action is to notify when that is.

use super::{Button, Fit, Handlers, Lead, Link, Offer, Situation, Step, TaskEnded, TaskOutcome, watching};
use crate::core::{
    Effect, Millis, Model, Task,
    event::TabId,
    msg::{Arg, Msg, msg},
    names::{Action, Blame, Cause, Rung},
    permission::Permission,
    recovery,
    retry::safe,
};

pub(super) const STEP: Step = Step::new(Rung::Retry, offer);
pub(super) const HANDLERS: Handlers = Handlers { rung: Rung::Retry, start, done, undo: None, reloads: false };

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause.blame() {
        Blame::Limit | Blame::Request => Fit::Best,
        Blame::Session => Fit::Useless("skip_sign_in"),
        Blame::Account => Fit::Useless("skip_account"),
        _ if cause == Cause::Overload => Fit::Best,
        _ => Fit::Fits,
    };
    let limit = cause.blame() == Blame::Limit;
    let watched = situation.model.recovery.as_ref().map(watching);
    // Whoever waits to be told is not told to send meanwhile.
    let words = match watched {
        Some(watched) if limit && !ends(situation) => vec![watched],
        watched => std::iter::once(words(situation)).chain(watched).collect(),
    };
    // The end of a limit without a known time cannot be observed until the person tries.
    let sign = !limit || ends(situation);
    let buttons = if situation.model.recovery.is_some() {
        vec![Button::plain(Action::Unfollow, "unfollow_do")]
    } else if safe::mends(cause) && sign {
        vec![Button {
            act: Action::Follow,
            label: msg(if limit { "follow_limit_do" } else { "follow_do" }),
            needs: &[Permission::Notifications],
        }]
    } else {
        Vec::new()
    };
    let links = match cause {
        Cause::TooLong | Cause::NotFound => vec![Link { key: "new_chat_do", url: "https://chatgpt.com/" }],
        // Whoever has to wait may use an alternative meanwhile.
        _ if limit || cause.blame() == Blame::Them => vec![Link { key: "alt_title", url: "alternatives.html" }],
        _ => Vec::new(),
    };
    Offer { lead: lead(situation), buttons, links, ..Offer::words(fit, words) }
}

/// What is to be sent again in the same chat is put back there, unless it has to wait.
fn lead(situation: &Situation<'_>) -> Option<Lead> {
    match situation.verdict.cause {
        Cause::TooLong => Some(Lead::Prompt("shorten_do")),
        Cause::Invalid | Cause::ModelNotFound | Cause::OneAtATime => Some(Lead::Prompt("prompt_put_do")),
        cause if cause.blame() == Blame::Limit && situation.primary.ends.is_some() && !ends(situation) => {
            Some(Lead::Prompt("prompt_put_do"))
        }
        _ => None,
    }
}

/// Whether a limit is known to end later.
fn ends(situation: &Situation<'_>) -> bool {
    situation.primary.ends.is_some_and(|ends| ends > situation.now)
}

fn start(model: &mut Model, tab: TabId, act: Action, now: Millis) -> Vec<Effect> {
    if act == Action::Follow {
        return recovery::begin(model, tab, None, now);
    }
    recovery::end(model);
    Vec::new()
}

/// Continues after a task of the wait.
fn done(model: &mut Model, ended: TaskEnded, now: Millis) -> Vec<Effect> {
    match (ended.task, ended.outcome) {
        (Task::Edge, outcome) => recovery::edge(model, outcome.is_done(), now),
        // If the tab exists, its time arrives as an event.
        (Task::TabLastSeen { tab }, TaskOutcome::Failed(_) | TaskOutcome::TimedOut) => {
            recovery::glanced(model, tab, None, now)
        }
        // After a timeout it is unknown whether the prompt was sent, so it is not sent again.
        (Task::Send { .. }, outcome) => recovery::sent(model, outcome.reason().is_none(), now),
        _ => Vec::new(),
    }
}

fn words(situation: &Situation<'_>) -> Msg {
    match situation.verdict.cause {
        Cause::TooLong => msg("retry_shorten"),
        Cause::NotFound => msg("retry_new_chat"),
        Cause::Invalid => msg("retry_changed"),
        Cause::ModelNotFound => msg("retry_model"),
        Cause::OneAtATime => msg("retry_one"),
        Cause::PlanWindow | Cause::TooManyRequests | Cause::ConversationAccess => match situation.primary.ends {
            Some(ends) if ends <= situation.now => msg("retry_now"),
            Some(ends) => Msg { at: Some(ends), ..msg("retry_at").arg(Arg::Clock(ends)) },
            None if situation.verdict.cause == Cause::ConversationAccess => msg("retry_chat_access"),
            None => msg("retry_limit"),
        },
        cause if cause.blame() == Blame::Them => msg("retry_theirs"),
        _ => msg("retry_words"),
    }
}
