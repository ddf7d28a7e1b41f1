//! The provider's status page, as last read. A page that was not read is not the same as one that could not be read.

use super::{Check, CheckContext};
use crate::core::{
    endpoint::EndpointKind,
    fact::Fact,
    observe::needs,
    status::{Component, ComponentStatus},
};

pub(super) const CHECK: Check = Check {
    name: "provider",
    check,
    tells: &[
        Fact::IncidentOpen,
        Fact::MaintenanceOpen,
        Fact::PartImpaired,
        Fact::IncidentNear,
        Fact::IncidentUntold,
        Fact::IncidentElsewhere,
        Fact::StatusGreen,
        Fact::StatusUnread,
    ],
};

/// An incident on an unknown part may be this one, if the failure is ChatGPT's.
pub(in crate::core) const NEAR: &[Component] = &[Component::ChatGpt];
/// An incident without a part may be on any.
pub(in crate::core) const UNTOLD: &[Component] = &[Component::Untold];

fn check(context: &CheckContext<'_>, _: &[Fact]) -> Vec<Fact> {
    let Some(provider) = &context.model.provider else { return Vec::new() };
    // OpenAI's page says nothing of Azure.
    if context.primary.endpoint == Some(EndpointKind::Azure) {
        return Vec::new();
    }
    let Some(page) = &provider.page else { return vec![Fact::StatusUnread] };
    let needs = needs(context.primary);
    let api = matches!(context.primary.endpoint, Some(EndpointKind::Api | EndpointKind::Gateway));
    let fact = match page.impaired(needs) {
        _ if page.incident(needs).is_some() => return vec![Fact::IncidentOpen],
        _ if page.maintenance(needs).is_some() => Fact::MaintenanceOpen,
        Some(part) if part.status == ComponentStatus::Maintenance => Fact::MaintenanceOpen,
        Some(_) => Fact::PartImpaired,
        None if !api && page.incident(NEAR).is_some() => Fact::IncidentNear,
        None if page.incident(UNTOLD).is_some() => Fact::IncidentUntold,
        None => Fact::StatusGreen,
    };
    let mut facts = vec![fact];
    if !api && !page.elsewhere(needs).is_empty() {
        facts.push(Fact::IncidentElsewhere);
    }
    facts
}
