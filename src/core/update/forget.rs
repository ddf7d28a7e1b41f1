//! Deletes everything, except what the browser knows better than Mend.

use crate::core::{Effect, Millis, Model, Task, bisect_session, names::Blame, time::HOUR};

/// A stopped worker continues the deletion when it wakes, whenever that is within a day.
const ERASING: Millis = 24 * HOUR;

/// Permissions and the next task id are kept: a reply to an earlier task must not match a new one.
pub(super) fn forget(model: &mut Model, now: Millis) -> Vec<Effect> {
    // Extensions that a bisection has switched off must be switched on again.
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
