//! What the rest of the site did at the same time: answered, failed again, or failed after it had answered.

use super::{Check, Scene};
use crate::core::{
    Millis,
    fact::Fact,
    observe::{Role, Stage},
    time::{MINUTE, SECOND},
};

pub(super) const CHECK: Check = Check {
    name: "site",
    check,
    tells: &[
        Fact::OnChat,
        Fact::OnSession,
        Fact::OnHistory,
        Fact::OnPage,
        Fact::OnApi,
        Fact::RestAnswers,
        Fact::Repeated,
        Fact::ErrorAfterOk,
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
        Some(Role::Page | Role::Asset) => facts.push(Fact::OnPage),
        Some(Role::Api) => facts.push(Fact::OnApi),
        _ => {}
    }
    let fine = |wanted: &dyn Fn(Role) -> bool, window: Millis| {
        let near = |at: Millis| at.abs_diff(focus.at) <= window.unsigned_abs();
        scene.tab.is_some_and(|tab| tab.fine.iter().any(|(role, at)| wanted(*role) && near(*at)))
    };
    if fine(&|role| Some(role) != focus.role, 5 * MINUTE) {
        facts.push(Fact::RestAnswers);
    }
    if focus.stage == Stage::Page && focus.role.is_none() && fine(&|role| role == Role::Chat, 10 * SECOND) {
        facts.push(Fact::ErrorAfterOk);
    }
    let near = |at: Millis| at.abs_diff(focus.at) <= (10 * MINUTE).unsigned_abs();
    let alike = scene.case.failures.iter().filter(|failure| failure.role == focus.role && near(failure.at));
    if alike.count() >= REPEATS {
        facts.push(Fact::Repeated);
    }
    facts
}
