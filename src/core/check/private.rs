//! The person's report on a private window, which has no other extensions, old cookies or stored data.

use super::{Check, CheckContext};
use crate::core::fact::Fact;

pub(super) const CHECK: Check = Check { name: "private", check, tells: &[Fact::WorksInPrivate, Fact::FailsInPrivate] };

fn check(context: &CheckContext<'_>, _: &[Fact]) -> Vec<Fact> {
    let fact = |works| if works { Fact::WorksInPrivate } else { Fact::FailsInPrivate };
    context.case.private.map(fact).into_iter().collect()
}
