//! The words of each fact: `fact_<name>` with what belongs to it.

use crate::core::{
    check::Scene,
    check::relevant_incident,
    fact::Fact,
    msg::{Arg, Msg, key, msg},
};

/// One line of evidence.
pub(super) fn line(fact: Fact, scene: &Scene<'_>) -> Msg {
    let words = msg(&key("fact", fact.name()));
    let focus = scene.focus;
    let provider = scene.model.provider.as_ref();
    match fact {
        Fact::FromService => words.text(focus.ids.request.as_deref().unwrap_or("–")),
        Fact::FromEdge => words.text(focus.ids.ray.as_deref().unwrap_or("–")),
        Fact::NetUnknown => words.text(focus.error.as_deref().unwrap_or("–")),
        Fact::StatusOther => words.number(focus.status.unwrap_or_default().into()),
        Fact::Repeated => words.number(scene.case.count.into()),
        Fact::RetryAfterLong | Fact::RetryAfterShort => words.arg(Arg::Clock(focus.ends.unwrap_or(focus.at))),
        Fact::StatusGreen | Fact::StatusUnread => words.ago(scene.now, provider.map_or(scene.now, |read| read.at)),
        Fact::IncidentOpen | Fact::MaintenanceOpen => {
            let page = provider.and_then(|read| read.page.as_ref());
            let incident = page.and_then(|page| relevant_incident(page, focus.role));
            words.text(incident.map_or("–", |incident| incident.name.as_str()))
        }
        _ => words,
    }
}
