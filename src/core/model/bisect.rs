//! The state of a bisection of extensions: the candidates, which of them are off, and what is awaited.
//!
//! Plain data that survives a stop of the worker, and on disk a restart of the browser, so that everything can always
//! be switched on again. The algorithm is in [`crate::core::bisect`].

use serde::{Deserialize, Serialize};

use crate::core::{
    Millis,
    bisect::Bisection,
    event::TabId,
    named::named,
    time::{SECOND, since},
};

/// How long Mend waits for an answer before it asks the person.
const PATIENCE: Millis = 20 * SECOND;

/// A bisection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BisectSession {
    /// The id of the tab that it tests.
    pub tab: TabId,
    /// Ids and names of all candidates; all were on when it began.
    pub candidates: Vec<(String, String)>,
    /// Whether the person does the switching, because the browser does not let Mend do it.
    pub guided: bool,
    /// The state of the algorithm.
    pub search: Bisection,
    /// The ids of those that should be on now.
    pub on: Vec<String>,
    /// What is awaited.
    pub phase: BisectPhase,
    /// Since when, in milliseconds since the epoch.
    pub since: Millis,
    /// Upper bound of the loads that remain.
    pub left: u32,
    /// Confidence in the result, in per cent.
    pub sure: u32,
    /// Whether it has ended and all extensions are switched as they should be.
    pub settled: bool,
}

named! {
    /// The phase of a bisection.
    pub enum BisectPhase {
        /// Extensions are being switched, by the browser or by the person.
        Switching = "switching",
        /// The page was reloaded; the next message gives the result.
        Testing = "testing",
        /// The culprits are known, and off.
        Found = "found",
        /// None of the candidates is a culprit; all are on again.
        Innocent = "innocent",
        /// The results contradict each other; all are on again.
        Unclear = "unclear",
        /// It was stopped; all are on again.
        Stopped = "stopped",
    }
}

impl BisectSession {
    /// The ids of those that should be off now.
    pub fn off(&self) -> Vec<String> {
        let ids = self.candidates.iter().map(|(id, _)| id);
        ids.filter(|id| !self.on.contains(id)).cloned().collect()
    }

    /// Whether extensions may be off that were on at the beginning.
    pub fn is_open(&self) -> bool {
        matches!(self.phase, BisectPhase::Switching | BisectPhase::Testing)
    }

    /// Whether extensions are to be switched next.
    pub fn awaits_hands(&self) -> bool {
        self.phase == BisectPhase::Switching || (self.phase == BisectPhase::Found && !self.settled)
    }

    /// Whether to ask the person for the result. Mend sees most results by itself; asked too early, a person would
    /// answer for the step before.
    pub fn asks(&self, now: Millis) -> bool {
        self.phase == BisectPhase::Testing && since(now, self.since) >= PATIENCE
    }

    /// The names of these, separated by commas.
    pub fn names(&self, ids: &[String]) -> String {
        let names = self.candidates.iter().filter(|(id, _)| ids.contains(id)).map(|(_, name)| name.as_str());
        names.collect::<Vec<_>>().join(", ")
    }
}
