//! What the popup says beside the verdict: that something was too much, and what became of it.

use crate::core::{
    Millis, Model,
    event::TabId,
    msg::{Msg, msg},
    time::{HOUR, since},
};

/// How long it is told that prompts had to go.
const TOLD: Millis = HOUR;

/// The sentences for this tab. `crowded` is when saved prompts last had to go because there was no room.
pub fn asides(model: &Model, tab: Option<TabId>, crowded: Option<Millis>, now: Millis) -> Vec<Msg> {
    let flooded = tab.is_some_and(|id| model.is_flooded(id, now)).then(|| msg("flooded"));
    let gone = crowded.filter(|then| since(now, *then) < TOLD).map(|then| msg("prompt_crowded").ago(now, then));
    flooded.into_iter().chain(gone).collect()
}
