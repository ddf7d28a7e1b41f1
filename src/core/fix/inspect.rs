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

/// The ids that a support desk or a log asks for.
fn ids(situation: &Situation<'_>) -> Vec<Msg> {
    let ids = &situation.focus.ids;
    let line = |key: &str, id: &Option<String>| id.as_deref().map(|id| msg(key).text(id));
    [line("id_request", &ids.request), line("id_ray", &ids.ray)].into_iter().flatten().collect()
}
