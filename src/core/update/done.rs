//! A task has ended, well or not, or nobody answered in time: the rung that asked for it goes on.

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

/// What nobody answered in time.
pub(super) fn late(model: &mut Model, now: Millis) -> Vec<Effect> {
    let mut effects = Vec::new();
    for pending in model.take_late(now) {
        let deadline = pending.deadline;
        effects.extend(ended(model, pending, TaskOutcome::TimedOut, deadline, now));
    }
    effects
}

/// `at` is when it ended, which may be long ago for a worker that slept.
fn ended(model: &mut Model, pending: Pending, outcome: TaskOutcome, at: Millis, now: Millis) -> Vec<Effect> {
    let Some(handlers) = pending.rung.and_then(handlers) else { return Vec::new() };
    (handlers.done)(model, TaskEnded { id: pending.id, task: pending.task, outcome, at }, now)
}
