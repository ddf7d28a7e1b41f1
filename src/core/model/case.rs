//! One case: what failed, what was tried, and whether it works again.

use serde::{Deserialize, Serialize};

use super::trim;
use crate::core::{
    Millis,
    event::TabId,
    msg::{Msg, msg},
    named::named,
    names::{Action, Rung, State},
    observe::{Failure, FailureStub},
    reason::Reason,
};

/// Longest lists; the oldest goes first.
const FAILURES: usize = 6;
const ATTEMPTS: usize = 12;
const STUBS: usize = 48;

/// From a first failure until it is mended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// When its first failure happened. With the tab it names the case.
    pub began: Millis,
    /// The tab that it began in.
    pub tab: TabId,
    /// How many failures.
    pub count: u32,
    /// The newest of them, by time.
    pub failures: Vec<Failure>,
    /// What is left of older ones.
    pub stubs: Vec<FailureStub>,
    /// Rungs tried, in order.
    pub attempts: Vec<Attempt>,
    /// Rungs that need a permission that was refused.
    pub refused: Vec<Rung>,
    /// Whether it works in a private window, as the person says.
    pub private: Option<bool>,
    /// When good answers came again, and how many since.
    pub mended: Option<Mended>,
    /// How often it seemed mended and failed again.
    pub relapses: u32,
}

/// One rung tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// Which.
    pub rung: Rung,
    /// Which of its works.
    pub act: Action,
    /// When it began. Names it within its case.
    pub began: Millis,
    /// From when on it is proved: from its beginning, or, where it takes time, from when it was done.
    pub at: Millis,
    /// `running`, `passed` or `failed`.
    pub state: State,
    /// What could not be done at all.
    pub trouble: Option<ActionError>,
    /// Why it, or what puts it back, could not be done, as far as somebody said.
    pub reason: Option<Reason>,
    /// When what it had changed was put back.
    pub undone: Option<Millis>,
}

named! {
    /// Why a work could not be done.
    pub enum ActionError {
        /// No copy could be kept, so nothing was deleted.
        NotKept = "not-kept",
        /// The browser did not do it.
        NotDone = "not-done",
    }
}

/// Proof that it works again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mended {
    /// When the first good answer came.
    pub at: Millis,
    /// Good answers since.
    pub answers: u32,
}

impl ActionError {
    /// The message key of its words.
    pub fn words(self) -> &'static str {
        match self {
            ActionError::NotKept => "action_error_not_kept",
            ActionError::NotDone => "action_error_not_done",
        }
    }
}

impl Attempt {
    /// What could not be done and why, in words; the reason as it was said.
    pub fn why(&self) -> impl Iterator<Item = Msg> {
        let trouble = self.trouble.map(|trouble| msg(trouble.words()));
        trouble.into_iter().chain(self.reason.as_ref().map(|reason| msg("verbatim").text(reason.text())))
    }
}

impl Case {
    /// When the newest failure happened.
    pub fn newest(&self) -> Option<Millis> {
        self.failures.iter().map(|failure| failure.at).max()
    }

    /// The attempt under way.
    pub fn running(&self) -> Option<&Attempt> {
        self.attempts.iter().rev().find(|attempt| attempt.state == State::Running)
    }

    /// The last attempt at this rung.
    pub fn attempt(&self, rung: Rung) -> Option<&Attempt> {
        self.attempts.iter().rev().find(|attempt| attempt.rung == rung)
    }

    /// Whether this work of the rung was tried.
    pub fn tried(&self, act: Action) -> bool {
        self.attempts.iter().any(|attempt| attempt.act == act)
    }

    /// Notes that a work begins; an earlier try of the same is forgotten.
    pub(crate) fn begin(&mut self, rung: Rung, act: Action, at: Millis) {
        self.attempts.retain(|attempt| (attempt.rung, attempt.act) != (rung, act));
        let (state, trouble, reason, undone) = (State::Running, None, None, None);
        self.attempts.push(Attempt { rung, act, began: at, at, state, trouble, reason, undone });
    }

    pub(crate) fn trim(&mut self) {
        while self.failures.len() > FAILURES {
            self.stubs.push(FailureStub::from(self.failures.remove(0)));
        }
        trim(&mut self.stubs, STUBS);
        trim(&mut self.attempts, ATTEMPTS);
    }
}
