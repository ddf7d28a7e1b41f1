//! Inspecting the failed requests, in Mend's panel of the developer tools or with the browser's own tools.

use super::{Fit, Link, Offer, Situation, Step};
use crate::core::{
    msg::{Msg, msg},
    names::Rung,
};

pub(super) const STEP: Step = Step::new(Rung::Inspect, offer);

fn offer(situation: &Situation<'_>) -> Offer {
    let mut words = vec![msg("inspect_words"), msg("inspect_panel")];
    words.extend(ids(situation));
    let links = vec![Link { key: "inspect_open", url: "requests.html" }];
    Offer { links, ..Offer::words(Fit::Fits, words) }
}

/// The request's path, and the ids that a support desk or a log asks for.
fn ids(situation: &Situation<'_>) -> Vec<Msg> {
    let primary = situation.primary;
    let line = |words: Msg, value: &Option<String>| value.as_deref().map(|value| words.text(value));
    let lines = [
        line(msg("request_path"), &primary.path),
        line(msg("id_request"), &primary.ids.request),
        line(msg("id_ray"), &primary.ids.ray),
    ];
    lines.into_iter().flatten().collect()
}
