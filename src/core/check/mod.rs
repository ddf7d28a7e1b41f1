//! What the surroundings of a failure say: the provider's page, the rest of the site, other extensions.
//!
//! One file per check and one line in [`CHECKS`]. A check looks at a [`CheckContext`] and at the facts known so far, and adds
//! facts; it never weighs them.

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

/// Everything a check may look at.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    /// The whole memory.
    pub model: &'a Model,
    /// The tab; none for a case that was carried over a restart.
    pub tab: Option<&'a Tab>,
    /// Its case.
    pub case: &'a Case,
    /// The failure in question.
    pub primary: &'a Failure,
    /// The present.
    pub now: Millis,
}

/// A check: its name, and what it adds.
pub struct Check {
    /// The name of its file.
    pub name: &'static str,
    /// Looks, and tells the facts.
    pub check: fn(&CheckContext<'_>, &[Fact]) -> Vec<Fact>,
    /// Every fact it can tell; a test holds this list, the messages and CONTRIBUTING together.
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

/// the primary failure's own facts and everything the checks add.
pub fn facts(context: &CheckContext<'_>) -> Vec<Fact> {
    let mut facts = context.primary.facts.clone();
    for check in CHECKS {
        let more = (check.check)(context, &facts);
        facts.extend(more.into_iter().filter(|fact| !context.primary.facts.contains(fact)));
    }
    facts
}
