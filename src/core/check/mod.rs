//! What the surroundings of a failure say: the provider's page, the rest of the site, other extensions.
//!
//! One file per check and one line in [`CHECKS`]. A check looks at a [`Scene`] and at the facts known so far, and adds
//! facts; it never weighs them.

mod cookies;
mod explained;
mod helpers;
mod path;
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
pub struct Scene<'a> {
    /// The whole memory.
    pub model: &'a Model,
    /// The tab; none for a case that was carried over a restart.
    pub tab: Option<&'a Tab>,
    /// Its case.
    pub case: &'a Case,
    /// The failure in question.
    pub focus: &'a Failure,
    /// The present.
    pub now: Millis,
}

/// A check: its name, and what it adds.
pub struct Check {
    /// The name of its file.
    pub name: &'static str,
    /// Looks, and tells the facts.
    pub check: fn(&Scene<'_>, &[Fact]) -> Vec<Fact>,
    /// Every fact it can tell; a test holds this list, the messages and CONTRIBUTING together.
    pub tells: &'static [Fact],
}

/// All of them, in order: a later one may build on an earlier one's facts.
pub const CHECKS: &[Check] =
    &[provider::CHECK, site::CHECK, helpers::CHECK, cookies::CHECK, private::CHECK, path::CHECK, explained::CHECK];

/// The focus's own facts and everything the checks add.
pub fn facts(scene: &Scene<'_>) -> Vec<Fact> {
    let mut facts = scene.focus.facts.clone();
    for check in CHECKS {
        let more = (check.check)(scene, &facts);
        facts.extend(more.into_iter().filter(|fact| !scene.focus.facts.contains(fact)));
    }
    facts
}
