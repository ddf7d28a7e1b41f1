//! Effects under way: asked for, not yet answered, each with a deadline. Saved with the model, so that a worker that was
//! killed asks again. Never carries one out.

use super::{
    Effect, Millis, Model,
    event::TabId,
    model::{Awaited, Pending, Provider},
    time::{MINUTE, SECOND, since},
};

/// The provider's page is not read more often than this on Mend's own account …
const STATUS_EVERY: Millis = 2 * MINUTE;
/// … nor more often than this when a person presses the button again and again.
const STATUS_PRESSED: Millis = 10 * SECOND;
const STATUS_PATIENCE: Millis = 15 * SECOND;
/// A browser that has not reloaded by then never will; reloading later would surprise.
const RELOAD_PATIENCE: Millis = 5 * SECOND;

impl Model {
    /// Asks for the provider's status page, unless it was read just now or is being read. Never while all is well:
    /// every caller has a failure in hand.
    pub(crate) fn ask_status(&mut self, now: Millis, pressed: bool) -> Vec<Effect> {
        let every = if pressed { STATUS_PRESSED } else { STATUS_EVERY };
        let fresh = |provider: &Provider| since(now, provider.at) < every && now >= provider.at;
        if self.provider.as_ref().is_some_and(fresh) || self.reading_status().is_some() {
            return Vec::new();
        }
        vec![self.begin(now, STATUS_PATIENCE, Awaited::StatusPage)]
    }

    /// Asks for a tab to be loaded again.
    pub(crate) fn ask_reload(&mut self, tab: TabId, now: Millis) -> Vec<Effect> {
        vec![self.begin(now, RELOAD_PATIENCE, Awaited::Reload(tab))]
    }

    /// Since when the provider's page is being read, if it is.
    pub fn reading_status(&self) -> Option<Millis> {
        let reading = self.pending.iter().find(|one| one.what == Awaited::StatusPage);
        reading.map(|pending| pending.since)
    }

    /// Whether the browser has been asked to load this tab again and has not yet said that it does.
    pub fn reloading(&self, id: TabId) -> bool {
        self.pending.iter().any(|one| one.what == Awaited::Reload(id))
    }

    fn begin(&mut self, now: Millis, patience: Millis, what: Awaited) -> Effect {
        let pending = Pending { id: self.next_id, what, since: now, deadline: now.saturating_add(patience) };
        self.next_id = self.next_id.wrapping_add(1);
        let effect = pending.effect();
        self.pending.push(pending);
        effect
    }

    /// Takes the pending effect of that id away; a reply without one is stale.
    pub(crate) fn answered(&mut self, id: u32) -> bool {
        let before = self.pending.len();
        self.pending.retain(|pending| pending.id != id);
        self.pending.len() < before
    }

    /// Gives up what nobody answered in time: a status page that did not come is said to be unread.
    pub(crate) fn give_up_late(&mut self, now: Millis) {
        let (late, rest): (Vec<_>, Vec<_>) = self.pending.drain(..).partition(|pending| pending.deadline <= now);
        self.pending = rest;
        if late.iter().any(|pending| pending.what == Awaited::StatusPage) {
            self.provider = Some(Provider { at: now, page: None });
        }
    }
}

impl Pending {
    /// The effect that asks for it.
    pub(crate) fn effect(&self) -> Effect {
        match self.what {
            Awaited::StatusPage => Effect::ReadStatusPage { id: self.id },
            Awaited::Reload(tab) => Effect::Reload { id: self.id, tab },
        }
    }
}
