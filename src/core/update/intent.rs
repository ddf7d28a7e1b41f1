//! What a person asks for on one of Mend's own pages.

use super::{closer, proof::wants_answers};
use crate::core::{Effect, Millis, Model, event::Intent, fix::LADDER, model::Tab};

pub(super) fn intent(model: &mut Model, intent: &Intent, now: Millis) -> Vec<Effect> {
    match intent {
        Intent::Open { tab, open } => {
            model.tabs.retain(|known| open.contains(&known.id));
            let Some(tab) = tab.and_then(|id| model.tab(id)) else { return Vec::new() };
            let watch = Effect::Watch { tab: tab.id, on: wants_answers(tab) };
            let mut effects = if tab.open_case().is_some() { model.ask_status(now, false) } else { Vec::new() };
            effects.push(watch);
            effects
        }
        Intent::Closer { tab, on } => closer::switch(model, *tab, *on),
        Intent::Run { tab, rung } => {
            let failing = model.tab(*tab).and_then(Tab::open_case).is_some();
            let step = LADDER.iter().find(|step| step.rung == *rung).and_then(|step| step.run);
            step.filter(|_| failing).map(|run| run(model, *tab, now)).unwrap_or_default()
        }
    }
}
