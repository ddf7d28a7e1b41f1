//! Tasks under way: asked for by a rung, not yet answered, each with a deadline. Saved with the model, so that a worker that
//! was killed asks again. Never carries one out.

use super::{
    Effect, Millis, Model, Task,
    event::TabId,
    model::{Pending, Provider},
    names::Rung,
    time::{MINUTE, SECOND, since},
};

/// The provider's page is not read more often than this on Mend's own account …
const STATUS_EVERY: Millis = 2 * MINUTE;
/// … nor more often than this when a person presses the button again and again.
const STATUS_PRESSED: Millis = 10 * SECOND;
/// How long to wait for what takes a browser moments, or one request.
pub(crate) const SHORT: Millis = 15 * SECOND;
/// How long to wait for a reload to begin: later than that it never will, and reloading then would surprise.
const RELOAD: Millis = 5 * SECOND;

impl Model {
    /// Asks for the provider's status page, unless it was read just now or is being read. Never while all is well:
    /// every caller has a failure in hand.
    pub(crate) fn ask_status(&mut self, now: Millis, pressed: bool) -> Vec<Effect> {
        let every = if pressed { STATUS_PRESSED } else { STATUS_EVERY };
        let fresh = |provider: &Provider| since(now, provider.at) < every && now >= provider.at;
        if self.provider.as_ref().is_some_and(fresh) || self.reading_status().is_some() {
            return Vec::new();
        }
        vec![self.ask(Some(Rung::Status), Task::StatusPage, SHORT, now)]
    }

    /// Asks for a task. With `None` no rung hears of its end; after `timeout` it counts as not done.
    pub(crate) fn ask(&mut self, rung: Option<Rung>, task: Task, timeout: Millis, now: Millis) -> Effect {
        let pending = Pending { id: self.next_id, rung, task, since: now, deadline: now.saturating_add(timeout) };
        self.next_id = self.next_id.wrapping_add(1);
        let effect = pending.effect();
        self.pending.push(pending);
        effect
    }

    /// Asks for a tab to be loaded again; `fresh` means past the cache.
    pub(crate) fn reload(&mut self, rung: Rung, tab: TabId, fresh: bool, now: Millis) -> Effect {
        self.ask(Some(rung), Task::Reload { tab, fresh }, RELOAD, now)
    }

    /// Since when the provider's page is being read, if it is.
    pub fn reading_status(&self) -> Option<Millis> {
        self.since(|task| *task == Task::StatusPage)
    }

    /// Whether the edge is being asked.
    pub(crate) fn asking_edge(&self) -> bool {
        self.since(|task| *task == Task::Edge).is_some()
    }

    /// Whether a tab is being looked at.
    pub(crate) fn glancing(&self) -> bool {
        self.since(|task| matches!(task, Task::TabLastSeen { .. })).is_some()
    }

    /// Whether the browser has been asked to load this tab again and has not yet said that it does.
    pub fn reloading(&self, id: TabId) -> bool {
        self.since(|task| matches!(task, Task::Reload { tab, .. } if *tab == id)).is_some()
    }

    /// Since when something is being changed, if it is: until then a failure says nothing about it.
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

    /// Takes the pending task of that id away; a reply without one is stale.
    pub(crate) fn answered(&mut self, id: u32) -> Option<Pending> {
        let index = self.pending.iter().position(|pending| pending.id == id)?;
        Some(self.pending.remove(index))
    }

    /// Takes away what nobody answered in time.
    pub(crate) fn take_late(&mut self, now: Millis) -> Vec<Pending> {
        let mut late = Vec::new();
        while let Some(index) = self.pending.iter().position(|pending| pending.deadline <= now) {
            late.push(self.pending.remove(index));
        }
        late
    }
}

impl Pending {
    /// The effect that asks for it.
    pub(crate) fn effect(&self) -> Effect {
        Effect::Do { id: self.id, task: self.task.clone() }
    }
}
