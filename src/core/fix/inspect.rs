//! Rung 6: a closer look with the browser's own tools, for those who know them.

use super::{Fit, Offer, Situation, Step};
use crate::core::{
    msg::{Msg, msg},
    names::Rung,
};

pub(super) const STEP: Step = Step { rung: Rung::Inspect, offer, run: None };

fn offer(situation: &Situation<'_>) -> Offer {
    let mut words = vec![msg("inspect_words")];
    words.extend(ids(situation));
    Offer::words(Fit::Fits, words)
}

/// Where to look, and the ids that a support desk or a log asks for.
fn ids(situation: &Situation<'_>) -> Vec<Msg> {
    let focus = situation.focus;
    let line = |words: Msg, value: &Option<String>| value.as_deref().map(|value| words.text(value));
    let lines = [
        line(msg("request_path"), &focus.path),
        line(msg("id_request"), &focus.ids.request),
        line(msg("id_ray"), &focus.ids.ray),
    ];
    lines.into_iter().flatten().collect()
}
