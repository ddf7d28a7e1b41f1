//! One case: its failures, the attempts to fix it, and the proof that it works again.

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

/// Upper limits of the lists; the oldest item is dropped first.
const FAILURES: usize = 6;
const ATTEMPTS: usize = 12;
const STUBS: usize = 48;

/// A case: from a first failure until it is mended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// When its first failure happened, in milliseconds since the epoch. Identifies the case, with the tab.
    pub began: Millis,
    /// The id of the tab in which it began.
    pub tab: TabId,
    /// Number of failures.
    pub count: u32,
    /// The newest failures, in order of time.
    pub failures: Vec<Failure>,
    /// The stubs of older failures.
    pub stubs: Vec<FailureStub>,
    /// The attempts, in order.
    pub attempts: Vec<Attempt>,
    /// Rungs with a permission that was refused.
    pub refused: Vec<Rung>,
    /// Whether it works in a private window, as the person reports.
    pub private: Option<bool>,
    /// The proof that it works again, if there is one.
    pub mended: Option<Mended>,
    /// How often it failed again after such a proof.
    pub relapses: u32,
}

/// One attempt at a rung.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// The rung.
    pub rung: Rung,
    /// The action.
    pub act: Action,
    /// When it began, in milliseconds since the epoch. Identifies it within its case.
    pub began: Millis,
    /// From when on an answer proves it: from its beginning, or, if it takes time, from its end.
    pub at: Millis,
    /// `running`, `passed` or `failed`.
    pub state: State,
    /// Why it could not be carried out, if so.
    pub error: Option<ActionError>,
    /// The reason given for that, or for a failed undo.
    pub reason: Option<Reason>,
    /// When its change was undone.
    pub undone: Option<Millis>,
}

named! {
    /// Why an action could not be carried out.
    pub enum ActionError {
        /// No backup could be made, so nothing was deleted.
        NotKept = "not-kept",
        /// The browser did not do it.
        NotDone = "not-done",
        /// Deleting failed or timed out: part of the data may be deleted.
        PartlyDone = "partly-done",
    }
}

/// Proof that it works again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mended {
    /// When the first good answer came, in milliseconds since the epoch.
    pub at: Millis,
    /// Number of good answers since.
    pub answers: u32,
}

impl ActionError {
    /// The message key of its text.
    pub fn message_key(self) -> &'static str {
        match self {
            ActionError::NotKept => "action_error_not_kept",
            ActionError::NotDone => "action_error_not_done",
            ActionError::PartlyDone => "action_error_partly_done",
        }
    }
}

impl Attempt {
    /// The error and its reason as messages; the reason is shown verbatim.
    pub fn why(&self) -> impl Iterator<Item = Msg> {
        let error = self.error.map(|error| msg(error.message_key()));
        error.into_iter().chain(self.reason.as_ref().map(|reason| msg("verbatim").text(reason.text())))
    }
}

impl Case {
    /// When the newest failure happened.
    pub fn newest(&self) -> Option<Millis> {
        self.failures.iter().map(|failure| failure.at).max()
    }

    /// The attempt in progress.
    pub fn running(&self) -> Option<&Attempt> {
        self.attempts.iter().rev().find(|attempt| attempt.state == State::Running)
    }

    /// The last attempt at this rung.
    pub fn attempt(&self, rung: Rung) -> Option<&Attempt> {
        self.attempts.iter().rev().find(|attempt| attempt.rung == rung)
    }

    /// Whether this action was tried.
    pub fn tried(&self, act: Action) -> bool {
        self.attempts.iter().any(|attempt| attempt.act == act)
    }

    /// Records that an action begins; replaces an earlier attempt with the same action.
    pub(crate) fn begin(&mut self, rung: Rung, act: Action, at: Millis) {
        self.attempts.retain(|attempt| (attempt.rung, attempt.act) != (rung, act));
        let (state, error, reason, undone) = (State::Running, None, None, None);
        self.attempts.push(Attempt { rung, act, began: at, at, state, error, reason, undone });
    }

    pub(crate) fn trim(&mut self) {
        while self.failures.len() > FAILURES {
            self.stubs.push(FailureStub::from(self.failures.remove(0)));
        }
        trim(&mut self.stubs, STUBS);
        trim(&mut self.attempts, ATTEMPTS);
    }
}
