//! Notes of the popup next to the verdict: that a limit was exceeded, and the consequences.

use crate::core::{
    Millis, Model,
    event::TabId,
    msg::{Msg, msg},
    time::{HOUR, since},
};

/// How long the loss of prompts is reported.
const TOLD: Millis = HOUR;

/// The notes for this tab. `crowded` is when saved prompts were last dropped for lack of space.
pub fn asides(model: &Model, tab: Option<TabId>, crowded: Option<Millis>, now: Millis) -> Vec<Msg> {
    let flooded = tab.is_some_and(|id| model.is_flooded(id, now)).then(|| msg("flooded"));
    let gone = crowded.filter(|then| since(now, *then) < TOLD).map(|then| msg("prompt_crowded").ago(now, then));
    flooded.into_iter().chain(gone).collect()
}
