//! Everything is forgotten: as on the first day, but for what the browser knows better than Mend.

use crate::core::{Effect, Millis, Model, Task, bisect_session, names::Blame, time::HOUR};

/// A worker that dies half way goes on when it wakes, whenever that is today.
const ERASING: Millis = 24 * HOUR;

/// What it may see and the next effect's id stay: a reply to what was asked before must find no question of its number.
pub(super) fn forget(model: &mut Model, now: Millis) -> Vec<Effect> {
    // Extensions that a search has switched off are not forgotten in that state.
    let mut effects = bisect_session::stop(model, now);
    let switching = model.pending.drain(..).filter(|one| matches!(one.task, Task::SetExtensions { .. })).collect();
    let fresh = Model {
        access: model.access,
        held: std::mem::take(&mut model.held),
        next_id: model.next_id,
        rng: model.rng,
        pending: switching,
        ..Model::default()
    };
    let known = std::mem::replace(model, fresh);
    for tab in known.tabs {
        if tab.deep_inspection {
            effects.push(Effect::DeepInspection { tab: tab.id, on: false });
        }
        if tab.badge != (Blame::Benign, String::new()) {
            let (blame, sign, title) = (Blame::Benign, String::new(), "badge_quiet".to_owned());
            effects.push(Effect::Badge { tab: tab.id, blame, sign, title });
        }
    }
    effects.push(model.ask(None, Task::Erase, ERASING, now));
    effects
}
