//! Everything that Mend keeps between two events: plain data, small (under 64 KB), with a schema version.
//!
//! Holds no secret, no body, no text of a banner and no query.

mod alerts;
mod bisect;
pub(crate) mod budget;
mod case;
mod recovery;
mod tab;

use serde::{Deserialize, Serialize};

use super::{
    Millis,
    change::Change,
    connectivity::finding::Finding,
    event::{Extension, TabId},
    extensions::made_for_chatgpt,
    names::{Blame, Rung, State},
    permission::Permission,
    reason::Reason,
    status::StatusPage,
    task::Task,
    time::{HOUR, since},
};

pub use alerts::IncidentAlerts;
pub use bisect::{BisectPhase, BisectSession};
pub use budget::Budget;
pub use case::{ActionError, Attempt, Case, Mended};
pub use recovery::{Outcome, PromptToSend, Wait, WaitEnded};
pub use tab::{ExtensionError, Tab};

/// Schema version of [`Model`]; stored data of another version is set aside, never overwritten.
pub const VERSION: u32 = 7;

/// Upper limits of the lists; the oldest item is dropped first.
const TABS: usize = 10;
const CHANGES: usize = 8;
const RECENT: usize = 128;

/// The whole state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Always [`VERSION`].
    pub version: u32,
    /// Whether Mend may access ChatGPT's hosts.
    pub access: bool,
    /// ChatGPT's tabs, the least recently used first.
    pub tabs: Vec<Tab>,
    /// A case that was open when the browser closed; the next ChatGPT tab continues it.
    pub carried: Option<Case>,
    /// The last reading of the provider's status page.
    pub provider: Option<StatusReading>,
    /// The optional permissions that are granted.
    pub held: Vec<Permission>,
    /// Enabled extensions as last listed; none where they were not listed.
    pub extensions: Option<Vec<Extension>>,
    /// Changes that can be undone.
    pub changes: Vec<Change>,
    /// The bisection of extensions.
    pub bisect: Option<BisectSession>,
    /// Notifications of the provider's incidents, if switched on.
    pub incident_alerts: Option<IncidentAlerts>,
    /// The wait for recovery, if one is under way.
    pub recovery: Option<Wait>,
    /// How the last wait ended, until the next one.
    pub ended: Option<WaitEnded>,
    /// When prompts were sent for the person within the last hour, in milliseconds since the epoch.
    pub sent: Vec<Millis>,
    /// State of the pseudo-random number generator; 0 before its first use.
    pub rng: u32,
    /// The result of the last connectivity test. Kept for the session.
    pub connectivity: Option<ConnectivityResult>,
    /// Tasks without a reply yet.
    pub pending: Vec<Pending>,
    /// The id of the next task.
    pub next_id: u32,
    /// When failures happened, in milliseconds since the epoch, the newest last.
    pub recent: Vec<Millis>,
}

/// One reading of the provider's status page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusReading {
    /// When it was read, in milliseconds since the epoch.
    pub at: Millis,
    /// What it says; none where it could not be read.
    pub page: Option<StatusPage>,
}

/// The result of a connectivity test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectivityResult {
    /// When the worker received it, in milliseconds since the epoch.
    pub at: Millis,
    /// The result.
    pub finding: Finding,
}

/// A task without a reply yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// The id of the task.
    pub id: u32,
    /// The rung that asked for it and continues when it ends; none where no rung waits for it.
    pub rung: Option<Rung>,
    /// The task; asked for again if the worker was stopped meanwhile.
    pub task: Task,
    /// When it was asked for, in milliseconds since the epoch.
    pub since: Millis,
    /// When it times out, in milliseconds since the epoch.
    pub deadline: Millis,
}

impl Default for Model {
    fn default() -> Self {
        Model {
            version: VERSION,
            access: true,
            tabs: Vec::new(),
            carried: None,
            provider: None,
            held: Vec::new(),
            extensions: None,
            changes: Vec::new(),
            bisect: None,
            incident_alerts: None,
            recovery: None,
            ended: None,
            sent: Vec::new(),
            rng: 0,
            connectivity: None,
            pending: Vec::new(),
            next_id: 1,
            recent: Vec::new(),
        }
    }
}

impl Model {
    /// The tab of that id, if it is known.
    pub fn tab(&self, id: TabId) -> Option<&Tab> {
        self.tabs.iter().find(|tab| tab.id == id)
    }

    /// The tab of that id, created if necessary; it becomes the most recently used one.
    pub(crate) fn tab_mut(&mut self, id: TabId) -> &mut Tab {
        let tab = match self.tabs.iter().position(|tab| tab.id == id) {
            Some(index) => self.tabs.remove(index),
            None => Tab { case: self.carried.take(), ..Tab::new(id) },
        };
        trim(&mut self.tabs, TABS - 1);
        self.tabs.push_mut(tab)
    }

    /// Whether the tab's content script should report each answer at once.
    pub fn wants_answers(&self, id: TabId) -> bool {
        self.recovery.is_some() || self.tab(id).is_some_and(Tab::wants_answers)
    }

    /// The part that is written to disk for a restart: the cases, and which extensions are switched off. Leaves out
    /// every window that is or may be private, and all that a good answer changes, to save writes while nothing fails.
    pub fn durable(&self) -> Model {
        let failing = self.tabs.iter().filter(|tab| tab.private == Some(false) && tab.case.is_some());
        let open = |id: TabId| self.tab(id).is_some_and(|tab| tab.private == Some(false));
        Model {
            access: self.access,
            tabs: failing.map(|tab| Tab { private: tab.private, case: tab.case.clone(), ..Tab::new(tab.id) }).collect(),
            provider: self.provider.clone(),
            recent: self.recent.clone(),
            carried: self.carried.clone(),
            changes: self.changes.iter().filter(|one| one.lasts()).cloned().collect(),
            bisect: self.bisect.clone(),
            incident_alerts: self.incident_alerts,
            recovery: self.recovery.clone().filter(|wait| wait.tab.is_none_or(open)),
            sent: self.sent.clone(),
            ..Model::default()
        }
    }

    /// The part of the model that a verdict on this tab rests on. Other tabs are included only if busy and not
    /// private.
    pub fn snapshot(&self, tab: &Tab) -> Model {
        let others =
            self.tabs.iter().filter(|one| one.id != tab.id && one.private == Some(false) && one.busy.is_some());
        let others = others.map(|one| Tab { busy: one.busy, private: one.private, ..Tab::new(one.id) });
        let own = Tab { keys: Vec::new(), badge: (Blame::Benign, String::new()), ..tab.clone() };
        let extensions = self.extensions.iter().flatten().filter(|one| made_for_chatgpt(one)).cloned();
        Model {
            tabs: std::iter::once(own).chain(others).collect(),
            provider: self.provider.clone(),
            extensions: self.extensions.is_some().then(|| extensions.collect()),
            connectivity: self.connectivity,
            ..Model::default()
        }
    }

    /// The browser was restarted, so tab ids are void. The next tab continues the newest open case.
    pub(crate) fn restart(&mut self, now: Millis) {
        let fresh = |case: &Case| case.mended.is_none() && case.newest().is_some_and(|at| since(now, at) < HOUR);
        let newest = self.tabs.drain(..).filter_map(|tab| tab.case).chain(self.carried.take());
        self.carried = newest.filter(fresh).max_by_key(|case| case.newest());
        self.pending.clear();
        self.extensions = None;
    }

    /// Records a change that can be undone, the newest last; undoing them from the last to the first restores
    /// everything.
    pub(crate) fn changed(&mut self, change: Change) {
        self.changes.push(change);
        trim(&mut self.changes, CHANGES);
    }

    /// Removes the changes that were undone, and records that in their cases.
    pub(crate) fn undone(&mut self, back: &dyn Fn(&Change) -> bool, now: Millis) {
        for change in std::mem::take(&mut self.changes) {
            if !back(&change) {
                self.changes.push(change);
                continue;
            }
            for case in self.tabs.iter_mut().filter(|tab| tab.id == change.tab).filter_map(|tab| tab.case.as_mut()) {
                for attempt in &mut case.attempts {
                    if attempt.rung == change.rung {
                        attempt.undone = Some(now);
                        // It was the reason why an earlier undo failed.
                        attempt.reason.take_if(|_| attempt.error.is_none());
                    }
                }
            }
        }
    }

    /// Records the reason of a failure with the last attempt at a rung; without a reason it does nothing.
    pub(crate) fn note_reason(&mut self, tab: TabId, rung: Rung, reason: Option<&Reason>) {
        let case = self.tabs.iter_mut().find(|one| one.id == tab).and_then(|tab| tab.case.as_mut());
        let last = case.and_then(|case| case.attempts.iter_mut().rev().find(|attempt| attempt.rung == rung));
        if let (Some(attempt), Some(reason)) = (last, reason) {
            attempt.reason = Some(reason.clone());
        }
    }

    /// Restarts the proof of running attempts: only answers after `now` count.
    pub(crate) fn restart_proof(&mut self, tab: TabId, now: Millis) {
        if let Some(case) = self.tab_mut(tab).case.as_mut() {
            case.attempts.iter_mut().filter(|one| one.state == State::Running).for_each(|one| one.at = now);
        }
    }

    /// A pseudo-random number in [0, 1). Marsaglia's xorshift (Journal of Statistical Software 8/14, 2003): for
    /// jitter, not for secrets.
    pub(crate) fn random_number(&mut self) -> f64 {
        let mut rng = self.rng.max(1);
        rng ^= rng << 13;
        rng ^= rng >> 17;
        rng ^= rng << 5;
        self.rng = rng;
        f64::from(rng) / (f64::from(u32::MAX) + 1.0)
    }

    /// Counts a failure of a tab that is known not to be private.
    pub(crate) fn count_failure(&mut self, at: Millis) {
        self.recent.push(at);
        trim(&mut self.recent, RECENT);
    }
}

/// Removes one item at a time, as there is hardly ever more than one: `drain` takes three times the wasm per list
/// type.
fn trim<T>(list: &mut Vec<T>, longest: usize) {
    while list.len() > longest {
        list.remove(0);
    }
}
