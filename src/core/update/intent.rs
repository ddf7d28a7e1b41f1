//! Handles what a person asks for on one of Mend's pages.

use super::{deep_inspection, forget::forget};
use crate::core::{
    Effect, Millis, Model, Task,
    actions::handlers,
    bisect_session,
    event::Intent,
    incident_alerts,
    model::PromptToSend,
    model::{ConnectivityResult, Tab},
    pending::SHORT,
    permission::Permission,
    recovery,
};

pub(super) fn intent(model: &mut Model, intent: &Intent, now: Millis) -> Vec<Effect> {
    match intent {
        Intent::Open { tab, open } => {
            model.tabs.retain(|known| open.contains(&known.id));
            // A bisection without its tab would never end.
            let lost = model.bisect.as_ref().is_some_and(|bisect| !open.contains(&bisect.tab));
            let mut effects = if lost { bisect_session::stop(model, now) } else { Vec::new() };
            let Some(tab) = tab.and_then(|id| model.tab(id)) else { return effects };
            let (tab, failing) = (tab.id, tab.open_case().is_some());
            let on = model.wants_answers(tab);
            effects.push(Effect::ReportAnswers { tab, on });
            if failing {
                effects.extend(model.ask_status(now, false));
            }
            if failing && model.held.contains(&Permission::Cookies) {
                effects.push(model.ask(None, Task::Cookies { tab }, SHORT, now));
            }
            effects
        }
        Intent::Refused { tab, rung } => {
            let case = model.tabs.iter_mut().find(|known| known.id == *tab).and_then(|tab| tab.case.as_mut());
            if let Some(case) = case.filter(|case| !case.refused.contains(rung)) {
                case.refused.push(*rung);
            }
            Vec::new()
        }
        Intent::Undo { change } => undo(model, *change, now),
        Intent::DeepInspection { tab, on } => deep_inspection::switch(model, *tab, *on),
        Intent::Send { tab, prompt: Some(prompt), begun } => {
            recovery::begin(model, *tab, Some(PromptToSend { prompt: *prompt, begun: *begun, at: None }), now)
        }
        Intent::Send { prompt: None, .. } => {
            recovery::end(model);
            Vec::new()
        }
        Intent::Probed { finding } => {
            model.connectivity = Some(ConnectivityResult { at: now, finding: *finding });
            Vec::new()
        }
        Intent::IncidentAlerts { on: true } => incident_alerts::begin(model, now),
        Intent::IncidentAlerts { on: false } => {
            model.incident_alerts = None;
            Vec::new()
        }
        Intent::Forget => forget(model, now),
        Intent::Run { tab, rung, act } => {
            let failing = model.tab(*tab).and_then(Tab::open_case).is_some();
            let known = handlers(*rung).filter(|_| failing);
            known.map(|handlers| (handlers.start)(model, *tab, *act, now)).unwrap_or_default()
        }
    }
}

fn undo(model: &mut Model, id: u32, now: Millis) -> Vec<Effect> {
    let Some(change) = model.changes.iter().find(|one| one.id == id).cloned() else { return Vec::new() };
    let undo = handlers(change.rung).and_then(|handlers| handlers.undo).filter(|_| model.changing().is_none());
    undo.map(|undo| undo(model, &change, now)).unwrap_or_default()
}
