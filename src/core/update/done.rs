//! Handles the end of a task, or its timeout: the rung that asked for it continues.

use crate::core::{
    Effect, Millis, Model,
    actions::{TaskEnded, TaskOutcome, handlers},
    model::Pending,
    reason::Reason,
};

pub(super) fn done(model: &mut Model, id: u32, result: Result<(), Reason>, now: Millis) -> Vec<Effect> {
    let outcome = result.map_or_else(TaskOutcome::Failed, |()| TaskOutcome::Done);
    model.answered(id).map(|pending| ended(model, pending, outcome, now, now)).unwrap_or_default()
}

/// Ends the tasks whose deadline has passed.
pub(super) fn late(model: &mut Model, now: Millis) -> Vec<Effect> {
    let mut effects = Vec::new();
    for pending in model.take_late(now) {
        let deadline = pending.deadline;
        effects.extend(ended(model, pending, TaskOutcome::TimedOut, deadline, now));
    }
    effects
}

/// `at` is when it ended, long ago if the worker was suspended.
fn ended(model: &mut Model, pending: Pending, outcome: TaskOutcome, at: Millis, now: Millis) -> Vec<Effect> {
    let Some(handlers) = pending.rung.and_then(handlers) else { return Vec::new() };
    (handlers.done)(model, TaskEnded { id: pending.id, task: pending.task, outcome, at }, now)
}
