//! The text of each fact: `fact_<name>` with its arguments.

use crate::core::{
    check::{CheckContext, NEAR, UNTOLD},
    fact::Fact,
    msg::{Arg, Msg, key, msg},
    observe::needs,
    status::Component,
    status::{StatusPage, relevant_incident},
};

/// One line of evidence.
pub(super) fn line(fact: Fact, context: &CheckContext<'_>) -> Msg {
    let words = msg(&key("fact", fact.name()));
    let primary = context.primary;
    let provider = context.model.provider.as_ref();
    match fact {
        Fact::FromService => words.text(primary.ids.request.as_deref().unwrap_or("–")),
        Fact::FromEdge => words.text(primary.ids.ray.as_deref().unwrap_or("–")),
        Fact::NetUnknown => words.text(primary.error.as_deref().unwrap_or("–")),
        Fact::StatusOther => words.number(primary.status.unwrap_or_default().into()),
        Fact::Repeated => words.number(context.case.count.into()),
        Fact::RetryAfterLong | Fact::RetryAfterShort => words.arg(Arg::Clock(primary.ends.unwrap_or(primary.at))),
        Fact::StatusGreen | Fact::StatusUnread => words.ago(context.now, provider.map_or(context.now, |read| read.at)),
        Fact::IncidentOpen
        | Fact::MaintenanceOpen
        | Fact::PartImpaired
        | Fact::IncidentNear
        | Fact::IncidentUntold
        | Fact::IncidentElsewhere => {
            let page = provider.and_then(|read| read.page.as_ref());
            words.text(&page.and_then(|page| said(fact, page, needs(primary))).unwrap_or_else(|| "–".to_owned()))
        }
        _ => words,
    }
}

/// The incident's title, or the names of the parts.
fn said(fact: Fact, page: &StatusPage, needs: &[Component]) -> Option<String> {
    let parts = match fact {
        Fact::IncidentElsewhere => return Some(page.elsewhere(needs).join(", ")),
        Fact::IncidentNear => NEAR,
        Fact::IncidentUntold => UNTOLD,
        _ => needs,
    };
    let title = relevant_incident(page, parts).map(|incident| incident.name.clone());
    title.or_else(|| page.impaired(needs).map(|part| part.name.clone()))
}
