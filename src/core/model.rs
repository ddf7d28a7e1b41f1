//! Everything Mend remembers between two events. Value data, small (under 64 KB), with a schema version.
//!
//! Never holds a secret, a body, a banner's text or a query.

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

/// The shape of [`Model`]; stored data of another one is set aside, never overwritten.
pub const VERSION: u32 = 7;

/// Longest lists; the oldest goes first.
const TABS: usize = 10;
const CHANGES: usize = 8;
const RECENT: usize = 128;

/// The whole memory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Always [`VERSION`].
    pub version: u32,
    /// Whether Mend may see ChatGPT's hosts.
    pub access: bool,
    /// ChatGPT's tabs, the least recently used first.
    pub tabs: Vec<Tab>,
    /// A case that was open when the browser closed; the next ChatGPT tab goes on with it.
    pub carried: Option<Case>,
    /// What the provider's status page said last.
    pub provider: Option<Provider>,
    /// What Mend was given beyond what it has from the start.
    pub held: Vec<Permission>,
    /// Enabled extensions, as they were last listed; none where nobody asked.
    pub extensions: Option<Vec<Extension>>,
    /// What can be put back.
    pub changes: Vec<Change>,
    /// The search for the extensions that break ChatGPT.
    pub bisect: Option<BisectSession>,
    /// Whether the provider's incidents are followed.
    pub incident_alerts: Option<IncidentAlerts>,
    /// What the person waits for.
    pub recovery: Option<Wait>,
    /// How the last wait ended, until the next one.
    pub ended: Option<WaitEnded>,
    /// When prompts were sent for the person, within the last hour.
    pub sent: Vec<Millis>,
    /// State of the pseudo-random number generator; 0 before its first use.
    pub rng: u32,
    /// What a connectivity test found last. Kept for the session.
    pub connectivity: Option<ConnectivityResult>,
    /// Tasks under way.
    pub pending: Vec<Pending>,
    /// The next effect's id.
    pub next_id: u32,
    /// When failures happened, the newest last.
    pub recent: Vec<Millis>,
}

/// One reading of the provider's status page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provider {
    /// When it was read.
    pub at: Millis,
    /// What it says; none where it could not be read.
    pub page: Option<StatusPage>,
}

/// What a connectivity test found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectivityResult {
    /// When its word reached the worker.
    pub at: Millis,
    /// What it found.
    pub finding: Finding,
}

/// A task that was asked for and has not been answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// Its id.
    pub id: u32,
    /// The rung that asked for it, and goes on when it has ended; none for what no rung waits for.
    pub rung: Option<Rung>,
    /// What was asked for; asked again should the worker have died.
    pub task: Task,
    /// When it was asked for.
    pub since: Millis,
    /// When to give up.
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

    /// The tab of that id, made if need be; it becomes the most recently used one.
    pub(crate) fn tab_mut(&mut self, id: TabId) -> &mut Tab {
        let tab = match self.tabs.iter().position(|tab| tab.id == id) {
            Some(index) => self.tabs.remove(index),
            None => Tab { case: self.carried.take(), ..Tab::new(id) },
        };
        trim(&mut self.tabs, TABS - 1);
        self.tabs.push_mut(tab)
    }

    /// Whether the tab's content script should tell each answer at once.
    pub fn wants_answers(&self, id: TabId) -> bool {
        self.recovery.is_some() || self.tab(id).is_some_and(Tab::wants_answers)
    }

    /// What is written to disk, for a restart: the cases, and which other extensions are off. Nothing of a private window,
    /// nor of one that may be private; and nothing that a good answer changes, so that the disk rests while all is well.
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

    /// What a verdict on this tab rests on, and nothing else. Other tabs only as far as they are busy; none that is private.
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

    /// The browser started again: tab ids mean nothing any more. The newest open case goes on in the next tab.
    pub(crate) fn restart(&mut self, now: Millis) {
        let fresh = |case: &Case| case.mended.is_none() && case.newest().is_some_and(|at| since(now, at) < HOUR);
        let newest = self.tabs.drain(..).filter_map(|tab| tab.case).chain(self.carried.take());
        self.carried = newest.filter(fresh).max_by_key(|case| case.newest());
        self.pending.clear();
        self.extensions = None;
    }

    /// Remembers what can be put back, the newest last: put back in turn, the last first, all is as it was.
    pub(crate) fn changed(&mut self, change: Change) {
        self.changes.push(change);
        trim(&mut self.changes, CHANGES);
    }

    /// Forgets the changes that were put back; their cases remember that.
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
                        // It said why an earlier try to put it back failed.
                        attempt.reason.take_if(|_| attempt.trouble.is_none());
                    }
                }
            }
        }
    }

    /// Remembers with the last attempt at a rung what was said against it; nothing where nobody said anything.
    pub(crate) fn note_reason(&mut self, tab: TabId, rung: Rung, reason: Option<&Reason>) {
        let case = self.tabs.iter_mut().find(|one| one.id == tab).and_then(|tab| tab.case.as_mut());
        let last = case.and_then(|case| case.attempts.iter_mut().rev().find(|attempt| attempt.rung == rung));
        if let (Some(attempt), Some(reason)) = (last, reason) {
            attempt.reason = Some(reason.clone());
        }
    }

    /// What is proved from now on is proved of what was done, not of the time before.
    pub(crate) fn restart_proof(&mut self, tab: TabId, now: Millis) {
        if let Some(case) = self.tab_mut(tab).case.as_mut() {
            case.attempts.iter_mut().filter(|one| one.state == State::Running).for_each(|one| one.at = now);
        }
    }

    /// A pseudo-random number from 0 to below 1. Marsaglia's xorshift (Journal of Statistical Software 8/14, 2003): it
    /// spreads clients apart and guards no secret.
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

/// One at a time, because there is hardly ever more than one: draining takes three times the wasm for each kind of list.
fn trim<T>(list: &mut Vec<T>, longest: usize) {
    while list.len() > longest {
        list.remove(0);
    }
}
