//! The one door in: an [`Event`] changes the [`Model`] and asks for [`Effect`]s.
//!
//! Every branch is deterministic in model, event and time. Effects that wait for an answer are pending until it comes
//! or their deadline passes, and are asked for again when the worker wakes.

mod intent;
mod proof;
mod seen;
mod witness;

pub(crate) use proof::wants_answers;

use super::{
    Effect, Event, Millis, Model,
    event::{BootReason, TabId},
    model::{Pending, Provider},
    names::Blame,
    time::{MINUTE, SECOND, since},
    view,
};

/// The provider's page is not read more often than this on Mend's own account …
const STATUS_EVERY: Millis = 2 * MINUTE;
/// … nor more often than this when a person presses the button again and again.
const STATUS_PRESSED: Millis = 10 * SECOND;
const STATUS_DEADLINE: Millis = 15 * SECOND;

/// Takes in one event.
pub fn update(model: &mut Model, event: Event, now: Millis) -> Vec<Effect> {
    give_up_late(model, now);
    let mut effects = proof::confirm(model, now);
    effects.extend(match event {
        Event::Boot(boot) => {
            if boot.reason == BootReason::Start {
                model.restart(now);
            }
            boot_effects(model)
        }
        Event::Response(response) => seen::response(model, &response, now),
        Event::NetError(error) => seen::net_error(model, &error, now),
        Event::Witness(witness) => witness::witness(model, &witness, now),
        Event::Intent(intent) => intent::intent(model, &intent, now),
        Event::StatusRead(read) => {
            if take_pending(model, read.id) {
                model.provider = Some(Provider { at: read.at, page: read.page });
            }
            Vec::new()
        }
        Event::Extensions(extensions) => {
            model.extensions = extensions.enabled;
            Vec::new()
        }
        Event::Done { id } => {
            take_pending(model, id);
            Vec::new()
        }
        Event::Tick => Vec::new(),
        Event::Access { granted } => {
            model.access = granted;
            Vec::new()
        }
    });
    effects.extend(badges(model, now));
    effects
}

/// Asks for the provider's status page, unless it was read just now or is being read. Never while all is well: every
/// caller has a failure in hand.
pub(crate) fn ask_status(model: &mut Model, now: Millis, pressed: bool) -> Vec<Effect> {
    let every = if pressed { STATUS_PRESSED } else { STATUS_EVERY };
    let fresh = model.provider.as_ref().is_some_and(|provider| since(now, provider.at) < every && now >= provider.at);
    if fresh || reading_status(model).is_some() {
        return Vec::new();
    }
    let id = model.next_id;
    model.next_id = model.next_id.wrapping_add(1);
    let effect = Effect::ReadStatusPage { id };
    let deadline = now.saturating_add(STATUS_DEADLINE);
    model.pending.push(Pending { id, effect: effect.clone(), since: now, deadline });
    vec![effect]
}

/// Since when the provider's page is being read, if it is.
pub(crate) fn reading_status(model: &Model) -> Option<Millis> {
    let reading = model.pending.iter().find(|pending| matches!(pending.effect, Effect::ReadStatusPage { .. }));
    reading.map(|pending| pending.since)
}

/// Takes the pending effect of that id away; a reply without one is stale.
fn take_pending(model: &mut Model, id: u32) -> bool {
    let before = model.pending.len();
    model.pending.retain(|pending| pending.id != id);
    model.pending.len() < before
}

/// What nobody answered in time: an unread status page is said to be unread.
fn give_up_late(model: &mut Model, now: Millis) {
    let (late, rest): (Vec<_>, Vec<_>) = model.pending.drain(..).partition(|pending| pending.deadline <= now);
    model.pending = rest;
    if late.iter().any(|pending| matches!(pending.effect, Effect::ReadStatusPage { .. })) {
        model.provider = Some(Provider { at: now, page: None });
    }
}

/// What the browser may have forgotten while the worker slept.
fn boot_effects(model: &mut Model) -> Vec<Effect> {
    for tab in &mut model.tabs {
        tab.badge = (Blame::Benign, String::new());
    }
    model.pending.iter().map(|pending| pending.effect.clone()).collect()
}

/// One badge for each tab whose verdict looks different now.
fn badges(model: &mut Model, now: Millis) -> Vec<Effect> {
    let mut effects = Vec::new();
    let ids: Vec<TabId> = model.tabs.iter().map(|tab| tab.id).collect();
    for id in ids {
        let (blame, sign, title) = view::badge(model, id, now);
        let Some(tab) = model.tabs.iter_mut().find(|tab| tab.id == id) else { continue };
        if (tab.badge.0, tab.badge.1.as_str()) != (blame, sign) {
            tab.badge = (blame, sign.to_owned());
            effects.push(Effect::Badge { tab: id, blame, sign: sign.to_owned(), title });
        }
    }
    effects
}
