//! What the popup says beside the verdict: that something was too much, and what became of it.

use crate::core::{
    Millis,
    msg::{Msg, msg},
    time::{HOUR, since},
};

/// How long it is told that prompts had to go.
const TOLD: Millis = HOUR;

/// The sentences. `crowded` is when kept prompts last had to go because there was no room.
pub fn asides(crowded: Option<Millis>, now: Millis) -> Vec<Msg> {
    let gone = crowded.filter(|then| since(now, *then) < TOLD).map(|then| msg("kept_crowded").ago(now, then));
    gone.into_iter().collect()
}
