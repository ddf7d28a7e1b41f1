//! What the rest of the site did at the same time: answered, failed again, or failed after it had answered.

use super::{Check, Scene};
use crate::core::{
    Millis,
    endpoint::Role,
    fact::Fact,
    model::Tab,
    observe::{Failure, Stage},
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

fn check(scene: &Scene<'_>, _: &[Fact]) -> Vec<Fact> {
    let focus = scene.focus;
    let mut facts = Vec::new();
    match focus.role {
        Some(Role::Chat | Role::Gate) => facts.push(Fact::OnChat),
        Some(Role::Session | Role::SignIn) => facts.push(Fact::OnSession),
        Some(Role::History) => facts.push(Fact::OnHistory),
        Some(Role::Resume) => facts.push(Fact::OnResume),
        Some(Role::Files) => facts.push(Fact::OnFiles),
        Some(Role::Page | Role::Asset) => facts.push(Fact::OnPage),
        Some(Role::Api) => facts.push(Fact::OnApi),
        _ => {}
    }
    let fine = |wanted: &dyn Fn(Role) -> bool, window: Millis| {
        let near = |at: Millis| at.abs_diff(focus.at) <= window.unsigned_abs();
        scene.tab.is_some_and(|tab| tab.fine.iter().any(|(role, at)| wanted(*role) && near(*at)))
    };
    // The edge answers its own questions while the service is down.
    if fine(&|role| Some(role) != focus.role && role != Role::Edge && role != Role::Check, 5 * MINUTE) {
        facts.push(Fact::RestAnswers);
    }
    if focus.stage == Stage::Page && focus.role.is_none() && fine(&|role| role == Role::Chat, 10 * SECOND) {
        facts.push(Fact::ErrorAfterOk);
    }
    match scene.tab.and_then(|tab| tab.signed_in) {
        Some(false) => facts.push(Fact::SessionGone),
        Some(true) => facts.push(Fact::SessionAlive),
        None => {}
    }
    let busy = |tab: &Tab| tab.busy.is_some_and(|at| at.abs_diff(focus.at) <= MINUTE.unsigned_abs());
    if scene.model.tabs.iter().any(|tab| scene.tab.is_some_and(|own| own.id != tab.id) && busy(tab)) {
        facts.push(Fact::AnotherRunning);
    }
    let just = |at: Option<Millis>| at.is_some_and(|at| at.abs_diff(focus.at) <= MINUTE.unsigned_abs());
    if just(scene.tab.and_then(|tab| tab.full)) {
        facts.push(Fact::NoRoom);
    }
    if just(scene.tab.and_then(|tab| tab.thrown.as_ref()).map(|thrown| thrown.at)) {
        facts.push(Fact::ExtensionThrew);
    }
    let near = |at: Millis| at.abs_diff(focus.at) <= (10 * MINUTE).unsigned_abs();
    let refused = |one: &Failure| one.role == Some(Role::Session) && one.has(Fact::Status401) && near(one.at);
    if scene.case.failures.iter().any(refused) {
        facts.push(Fact::SessionRefused);
    }
    // What broke off was to be taken up again, and the service said what became of it.
    let resumed = scene.case.failures.iter().filter(|one| one.role == Some(Role::Resume) && near(one.at));
    for one in resumed.filter(|_| focus.role == Some(Role::Chat)) {
        let said = [Fact::ResumeUnavailable, Fact::AnswerKept].into_iter().filter(|fact| one.has(*fact));
        facts.extend(said);
    }
    let alike = scene.case.failures.iter().filter(|failure| failure.role == focus.role && near(failure.at));
    if alike.count() >= REPEATS {
        facts.push(Fact::Repeated);
    }
    facts
}
