//! The search for the extensions that break ChatGPT, as it stands: what was on before, what is off now, what is awaited.
//!
//! Value data that survives the worker, and on disk the browser too: whatever happens, all that was on can be switched on
//! again. How the search goes on is [`crate::core::bisect`]'s.

use serde::{Deserialize, Serialize};

use crate::core::{
    Millis,
    bisect::Bisection,
    event::TabId,
    named::named,
    time::{SECOND, since},
};

/// How long an answer may take to be seen.
const PATIENCE: Millis = 20 * SECOND;

/// A search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BisectSession {
    /// The tab it watches.
    pub tab: TabId,
    /// Ids and names of all that may be switched; all of them were on when it began.
    pub candidates: Vec<(String, String)>,
    /// The person switches them, because the browser does not let Mend.
    pub guided: bool,
    /// What is known so far.
    pub search: Bisection,
    /// The ids of those that are to be on now.
    pub on: Vec<String>,
    /// What is awaited.
    pub phase: BisectPhase,
    /// Since when.
    pub since: Millis,
    /// At most so many more loads.
    pub left: u32,
    /// How sure the finding is, in per cent.
    pub sure: u32,
    /// It has ended, and all stand as they should.
    pub settled: bool,
}

named! {
    /// Where a search stands.
    pub enum BisectPhase {
        /// Extensions are being switched, by the browser or by the person.
        Switching = "switching",
        /// The page was loaded again; the next message tells.
        Testing = "testing",
        /// The culprits are known, and off.
        Found = "found",
        /// It is none of them; all are on again.
        Innocent = "innocent",
        /// The loads contradict each other; all are on again.
        Unclear = "unclear",
        /// It was stopped; all are on again.
        Stopped = "stopped",
    }
}

impl BisectSession {
    /// The ids of those that are to be off now.
    pub fn off(&self) -> Vec<String> {
        let ids = self.candidates.iter().map(|(id, _)| id);
        ids.filter(|id| !self.on.contains(id)).cloned().collect()
    }

    /// Whether extensions are off that were on.
    pub fn is_open(&self) -> bool {
        matches!(self.phase, BisectPhase::Switching | BisectPhase::Testing)
    }

    /// Whether extensions must be switched before it goes on.
    pub fn awaits_hands(&self) -> bool {
        self.phase == BisectPhase::Switching || (self.phase == BisectPhase::Found && !self.settled)
    }

    /// Whether it is time to ask the person. Mend sees most outcomes by itself; asked too early, a person would answer for
    /// the try before.
    pub fn asks(&self, now: Millis) -> bool {
        self.phase == BisectPhase::Testing && since(now, self.since) >= PATIENCE
    }

    /// The names of these, one after the other.
    pub fn names(&self, ids: &[String]) -> String {
        let names = self.candidates.iter().filter(|(id, _)| ids.contains(id)).map(|(_, name)| name.as_str());
        names.collect::<Vec<_>>().join(", ")
    }
}
