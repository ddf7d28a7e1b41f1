//! A task has ended, well or not, or nobody answered in time: what comes next.

use crate::core::{
    Effect, Millis, Model, Task,
    change::Change,
    event::TabId,
    hunt,
    model::{Pending, Provider, Tab, Trouble},
    names::{Rung, State},
    status::CHAT,
    status::relevant_incident,
    watch,
};

pub(super) fn done(model: &mut Model, id: u32, ok: bool, now: Millis) -> Vec<Effect> {
    model.answered(id).map(|task| ended(model, id, task, ok, now, now)).unwrap_or_default()
}

/// Nobody answered in time: as good as not done, but for what must not be done twice.
pub(super) fn late(model: &mut Model, now: Millis) -> Vec<Effect> {
    let late = model.take_late(now);
    let ended = |pending: Pending| {
        // Of a prompt that was to be sent nobody knows; so it is not sent again.
        let ok = matches!(pending.task, Task::Send { .. });
        ended(model, pending.id, pending.task, ok, pending.deadline, now)
    };
    late.into_iter().flat_map(ended).collect()
}

/// `at` is when it ended, which may be long ago for a worker that slept.
fn ended(model: &mut Model, id: u32, task: Task, ok: bool, at: Millis, now: Millis) -> Vec<Effect> {
    match (task, ok) {
        // A status page that did not come is said to be unread.
        (Task::StatusPage, _) => {
            model.provider = Some(Provider { at, page: None });
            checked(model);
            watch::heard(model, now)
        }
        (Task::Edge, ok) => watch::edge(model, ok, now),
        (Task::Send { .. }, ok) => watch::sent(model, ok, now),
        (Task::Glance { tab }, false) => watch::glanced(model, tab, None, now),
        (Task::Glance { .. }, true) => Vec::new(),
        (Task::Keep { tab, act }, true) => {
            model.changed(Change { id, rung: Rung::CacheCookies, tab, at: now, off: Vec::new(), stuck: false });
            let wide = model.tab(tab).is_some_and(Tab::is_ordinary);
            vec![model.ask(Task::Clear { tab, act, wide }, now)]
        }
        (Task::Keep { tab, .. }, false) => failed(model, tab, Trouble::NotKept),
        (Task::Clear { tab, .. }, true) => {
            model.restamp(tab, now);
            vec![model.ask(Task::Reload { tab, fresh: true }, now), model.ask(Task::Cookies { tab }, now)]
        }
        (Task::Clear { tab, .. }, false) => failed(model, tab, Trouble::NotDone),
        (Task::Restore { tab, change }, true) => {
            model.undone(&|one| one.id == change, now);
            vec![model.ask(Task::Reload { tab, fresh: false }, now)]
        }
        (Task::Restore { change, .. }, false) => {
            model.changes.iter_mut().filter(|one| one.id == change).for_each(|one| one.stuck = true);
            Vec::new()
        }
        (Task::Switch { on, .. }, ok) => hunt::switched(model, &on, ok, now),
        (Task::Reload { .. } | Task::Cookies { .. } | Task::Extensions | Task::Private | Task::Erase, _) => Vec::new(),
    }
}

/// The status page was read: if it knows of nothing, that was no help. If it does, the rung has more to offer.
pub(super) fn checked(model: &mut Model) {
    let page = model.provider.as_ref().and_then(|provider| provider.page.as_ref());
    let open = page.is_some_and(|page| relevant_incident(page, CHAT).is_some());
    for case in model.tabs.iter_mut().filter_map(|tab| tab.case.as_mut()) {
        case.attempts.retain(|attempt| !(open && attempt.rung == Rung::Status));
        let reading = case.attempts.iter_mut().filter(|one| one.rung == Rung::Status && one.state == State::Running);
        reading.for_each(|attempt| attempt.state = State::Failed);
    }
}

fn failed(model: &mut Model, tab: TabId, trouble: Trouble) -> Vec<Effect> {
    if let Some(case) = model.tab_mut(tab).case.as_mut() {
        for attempt in case.attempts.iter_mut().filter(|one| one.state == State::Running) {
            (attempt.state, attempt.trouble) = (State::Failed, Some(trouble));
        }
    }
    Vec::new()
}
