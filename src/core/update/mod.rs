//! The one door in: an [`Event`] changes the [`Model`] and asks for [`Effect`]s.
//!
//! Every branch is deterministic in model, event and time. Effects that wait for an answer are pending until it comes
//! or their deadline passes, and are asked for again when the worker wakes.

mod closer;
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
    view,
};

/// Takes in one event.
pub fn update(model: &mut Model, event: Event, now: Millis) -> Vec<Effect> {
    model.give_up_late(now);
    let mut effects = proof::confirm(model, now);
    effects.extend(match event {
        Event::Boot(reason) => {
            if reason == BootReason::Start {
                model.restart(now);
            }
            boot_effects(model)
        }
        Event::Response(response) => seen::response(model, &response, now),
        Event::NetError(error) => seen::net_error(model, &error, now),
        Event::Redirect(redirect) => seen::redirect(model, &redirect, now),
        // A closer look is taken only where the person asked for one: by the switch, or by opening the developer tools.
        Event::Witness(witness) if witness.saw.is_closer() && !model.looks_closer(witness.tab) => Vec::new(),
        Event::Witness(witness) | Event::Inspected(witness) => witness::witness(model, &witness, now),
        Event::Intent(intent) => intent::intent(model, &intent, now),
        Event::StatusRead(read) => {
            if model.answered(read.id) {
                model.provider = Some(Provider { at: read.at, page: read.page });
            }
            Vec::new()
        }
        Event::Extensions(extensions) => {
            model.extensions = extensions.enabled;
            Vec::new()
        }
        Event::Done { id } => {
            model.answered(id);
            Vec::new()
        }
        Event::Redraw { tab } => {
            if let Some(tab) = model.tabs.iter_mut().find(|known| known.id == tab) {
                tab.badge = (Blame::Benign, String::new());
            }
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

/// What the browser may have forgotten while the worker slept.
fn boot_effects(model: &mut Model) -> Vec<Effect> {
    for tab in &mut model.tabs {
        tab.badge = (Blame::Benign, String::new());
    }
    model.pending.iter().map(Pending::effect).collect()
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
