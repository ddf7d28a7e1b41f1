//! The surroundings of a failure: the provider's page, the rest of the site, other extensions.
//!
//! One file per check and one line in [`CHECKS`]. A check adds facts to those known so far, from a [`CheckContext`];
//! it does not weigh them.

mod connectivity;
mod cookies;
mod explained;
mod extensions;
mod private;
mod provider;
mod site;

use crate::core::{
    Millis, Model,
    fact::Fact,
    model::{Case, Tab},
    observe::Failure,
};

pub(in crate::core) use provider::{NEAR, UNTOLD};

/// The input of a check.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    /// The whole model.
    pub model: &'a Model,
    /// The tab; none for a case that was carried over a restart.
    pub tab: Option<&'a Tab>,
    /// Its case.
    pub case: &'a Case,
    /// The primary failure of the case.
    pub primary: &'a Failure,
    /// The present, in milliseconds since the epoch.
    pub now: Millis,
}

/// A check: its name, and its function.
pub struct Check {
    /// The name of its file.
    pub name: &'static str,
    /// Returns the facts that hold.
    pub check: fn(&CheckContext<'_>, &[Fact]) -> Vec<Fact>,
    /// Every fact that it can return; a test requires that the lists of all checks and decoders cover every [`Fact`].
    pub tells: &'static [Fact],
}

/// All of them, in order: a later one may build on an earlier one's facts.
pub const CHECKS: &[Check] = &[
    provider::CHECK,
    site::CHECK,
    extensions::CHECK,
    cookies::CHECK,
    private::CHECK,
    connectivity::CHECK,
    explained::CHECK,
];

/// The primary failure's own facts and those that the checks add.
pub fn facts(context: &CheckContext<'_>) -> Vec<Fact> {
    let mut facts = context.primary.facts.clone();
    for check in CHECKS {
        let more = (check.check)(context, &facts);
        facts.extend(more.into_iter().filter(|fact| !context.primary.facts.contains(fact)));
    }
    facts
}
