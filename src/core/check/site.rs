//! The rest of the site at the same time: answered, failed again, or failed after it had answered.

use super::{Check, CheckContext};
use crate::core::{
    Millis,
    endpoint::EndpointKind,
    fact::Fact,
    model::Tab,
    observe::{Failure, Reached},
    time::{MINUTE, SECOND},
};

pub(super) const CHECK: Check = Check {
    name: "site",
    check,
    tells: &[
        Fact::OnChat,
        Fact::OnSession,
        Fact::OnHistory,
        Fact::OnResume,
        Fact::OnFiles,
        Fact::OnPage,
        Fact::OnApi,
        Fact::OnGateway,
        Fact::OnUntold,
        Fact::OnForeign,
        Fact::RestAnswers,
        Fact::SessionGone,
        Fact::SessionAlive,
        Fact::SessionRefused,
        Fact::AnotherRunning,
        Fact::Repeated,
        Fact::ErrorAfterOk,
        Fact::NoRoom,
        Fact::ExtensionThrew,
        Fact::ResumeUnavailable,
        Fact::AnswerKept,
    ],
};

const REPEATS: usize = 3;

fn check(context: &CheckContext<'_>, _: &[Fact]) -> Vec<Fact> {
    let primary = context.primary;
    let mut facts = Vec::new();
    match primary.endpoint {
        Some(EndpointKind::Chat | EndpointKind::Gate) => facts.push(Fact::OnChat),
        Some(EndpointKind::Session | EndpointKind::SignIn) => facts.push(Fact::OnSession),
        Some(EndpointKind::History) => facts.push(Fact::OnHistory),
        Some(EndpointKind::Resume) => facts.push(Fact::OnResume),
        Some(EndpointKind::Files) => facts.push(Fact::OnFiles),
        Some(EndpointKind::Page | EndpointKind::Asset) => facts.push(Fact::OnPage),
        Some(EndpointKind::Api | EndpointKind::Azure) => facts.push(Fact::OnApi),
        Some(EndpointKind::Gateway) => facts.push(Fact::OnGateway),
        Some(EndpointKind::Untold) => facts.push(Fact::OnUntold),
        Some(EndpointKind::Foreign) => facts.push(Fact::OnForeign),
        _ => {}
    }
    let fine = |wanted: &dyn Fn(EndpointKind) -> bool, window: Millis| {
        let near = |at: Millis| at.abs_diff(primary.at) <= window.unsigned_abs();
        context.tab.is_some_and(|tab| tab.fine.iter().any(|(endpoint, at)| wanted(*endpoint) && near(*at)))
    };
    // The edge answers its own endpoints while the service is down.
    if fine(
        &|endpoint| {
            Some(endpoint) != primary.endpoint && endpoint != EndpointKind::Edge && endpoint != EndpointKind::Check
        },
        5 * MINUTE,
    ) {
        facts.push(Fact::RestAnswers);
    }
    if primary.reached == Reached::Page
        && primary.endpoint.is_none()
        && fine(&|endpoint| endpoint == EndpointKind::Chat, 10 * SECOND)
    {
        facts.push(Fact::ErrorAfterOk);
    }
    match context.tab.and_then(|tab| tab.signed_in) {
        Some(false) => facts.push(Fact::SessionGone),
        Some(true) => facts.push(Fact::SessionAlive),
        None => {}
    }
    let busy = |tab: &Tab| tab.busy.is_some_and(|at| at.abs_diff(primary.at) <= MINUTE.unsigned_abs());
    if context.model.tabs.iter().any(|tab| context.tab.is_some_and(|own| own.id != tab.id) && busy(tab)) {
        facts.push(Fact::AnotherRunning);
    }
    let just = |at: Option<Millis>| at.is_some_and(|at| at.abs_diff(primary.at) <= MINUTE.unsigned_abs());
    if just(context.tab.and_then(|tab| tab.full)) {
        facts.push(Fact::NoRoom);
    }
    if just(context.tab.and_then(|tab| tab.thrown.as_ref()).map(|thrown| thrown.at)) {
        facts.push(Fact::ExtensionThrew);
    }
    let near = |at: Millis| at.abs_diff(primary.at) <= (10 * MINUTE).unsigned_abs();
    let refused =
        |one: &Failure| one.endpoint == Some(EndpointKind::Session) && one.has(Fact::Status401) && near(one.at);
    if context.case.failures.iter().any(refused) {
        facts.push(Fact::SessionRefused);
    }
    // The interrupted stream was to be resumed, and the service reported its state.
    let resumed = context.case.failures.iter().filter(|one| one.endpoint == Some(EndpointKind::Resume) && near(one.at));
    for one in resumed.filter(|_| primary.endpoint == Some(EndpointKind::Chat)) {
        let said = [Fact::ResumeUnavailable, Fact::AnswerKept].into_iter().filter(|fact| one.has(*fact));
        facts.extend(said);
    }
    let alike = context.case.failures.iter().filter(|failure| failure.endpoint == primary.endpoint && near(failure.at));
    if alike.count() >= REPEATS {
        facts.push(Fact::Repeated);
    }
    facts
}
