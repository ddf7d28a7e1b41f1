//! Pending tasks: asked for, not yet answered, each with a deadline. Saved with the model, so that a worker that was
//! stopped asks again.

use super::{
    Effect, Millis, Model, Task,
    event::TabId,
    model::{Pending, StatusReading},
    names::Rung,
    time::{MINUTE, SECOND, since},
};

/// Shortest time between two automatic readings of the provider's page.
const STATUS_EVERY: Millis = 2 * MINUTE;
/// Shortest time between two readings of the provider's page that a person asks for.
const STATUS_PRESSED: Millis = 10 * SECOND;
/// Timeout of a quick browser call, or of one request.
pub(crate) const SHORT: Millis = 15 * SECOND;
/// Timeout of the start of a reload: a later one would come as a surprise.
const RELOAD: Millis = 5 * SECOND;

impl Model {
    /// Asks for the provider's status page, unless it was just read or is being read. Every caller has a failure at
    /// hand, so it is never read without one.
    pub(crate) fn ask_status(&mut self, now: Millis, pressed: bool) -> Vec<Effect> {
        let every = if pressed { STATUS_PRESSED } else { STATUS_EVERY };
        let fresh = |provider: &StatusReading| since(now, provider.at) < every && now >= provider.at;
        if self.provider.as_ref().is_some_and(fresh) || self.reading_status().is_some() {
            return Vec::new();
        }
        vec![self.ask(Some(Rung::Status), Task::StatusPage, SHORT, now)]
    }

    /// Asks for a task. With `None` no rung is called when it ends; after `timeout` it counts as not done.
    pub(crate) fn ask(&mut self, rung: Option<Rung>, task: Task, timeout: Millis, now: Millis) -> Effect {
        let pending = Pending { id: self.next_id, rung, task, since: now, deadline: now.saturating_add(timeout) };
        self.next_id = self.next_id.wrapping_add(1);
        let effect = pending.effect();
        self.pending.push(pending);
        effect
    }

    /// Asks for a reload of a tab; `fresh` bypasses the cache.
    pub(crate) fn reload(&mut self, rung: Rung, tab: TabId, fresh: bool, now: Millis) -> Effect {
        self.ask(Some(rung), Task::Reload { tab, fresh }, RELOAD, now)
    }

    /// Since when the provider's page is being read, in milliseconds since the epoch; none if it is not.
    pub fn reading_status(&self) -> Option<Millis> {
        self.since(|task| *task == Task::StatusPage)
    }

    /// Whether a probe of the edge is pending.
    pub(crate) fn asking_edge(&self) -> bool {
        self.since(|task| *task == Task::Edge).is_some()
    }

    /// Whether the last activity of a tab is being read.
    pub(crate) fn glancing(&self) -> bool {
        self.since(|task| matches!(task, Task::TabLastSeen { .. })).is_some()
    }

    /// Whether a reload of this tab was asked for and has not been confirmed yet.
    pub fn reloading(&self, id: TabId) -> bool {
        self.since(|task| matches!(task, Task::Reload { tab, .. } if *tab == id)).is_some()
    }

    /// Since when the browser is being changed, if it is: until that is done, a failure is no result of the change.
    pub fn changing(&self) -> Option<Millis> {
        self.since(Task::changes_browser)
    }

    /// Whether the list of extensions is being read.
    pub fn listing(&self) -> bool {
        self.since(|task| *task == Task::Extensions).is_some()
    }

    fn since(&self, wanted: impl Fn(&Task) -> bool) -> Option<Millis> {
        self.pending.iter().find(|one| wanted(&one.task)).map(|one| one.since)
    }

    /// Removes the pending task of that id; a reply without one is stale.
    pub(crate) fn answered(&mut self, id: u32) -> Option<Pending> {
        let index = self.pending.iter().position(|pending| pending.id == id)?;
        Some(self.pending.remove(index))
    }

    /// Removes the tasks whose deadline has passed.
    pub(crate) fn take_late(&mut self, now: Millis) -> Vec<Pending> {
        let mut late = Vec::new();
        while let Some(index) = self.pending.iter().position(|pending| pending.deadline <= now) {
            late.push(self.pending.remove(index));
        }
        late
    }
}

impl Pending {
    /// The effect that asks for the task.
    pub(crate) fn effect(&self) -> Effect {
        Effect::Do { id: self.id, task: self.task.clone() }
    }
}
