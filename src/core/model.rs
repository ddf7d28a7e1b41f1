//! Everything Mend remembers between two events. Plain data, small (under 64 KB), with a schema version.
//!
//! Never holds a secret, a body, a banner's text or a query.

use super::{
    Millis,
    change::Change,
    check::StatusPage,
    decode::clip,
    event::{Extension, TabId},
    follow::Follow,
    hunt::Hunt,
    jar::Jar,
    named::named,
    names::{Act, Blame, Cause, Rung, State},
    observe::{Faded, Failure, Role},
    permission::Permission,
    plain::{Data, Plain, plain},
    probe::Finding,
    task::Task,
    time::{HOUR, MINUTE, since},
};

/// The shape of [`Model`]; stored data of another one is set aside, never overwritten.
pub const VERSION: u32 = 3;

/// Longest lists; the oldest goes first.
const TABS: usize = 10;
const FAILURES: usize = 6;
const ATTEMPTS: usize = 12;
const CHANGES: usize = 8;
const FADED: usize = 48;
const RECENT: usize = 128;
const KEYS: usize = 24;
/// Longest key; ours are a UUID and a number.
const KEY: usize = 48;

/// The whole memory.
#[derive(Clone, Debug, PartialEq)]
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
    pub hunt: Option<Hunt>,
    /// Whether the provider's incidents are followed.
    pub follow: Option<Follow>,
    /// What a test of the path found last. Kept for the session.
    pub path: Option<Walked>,
    /// Tasks under way.
    pub pending: Vec<Pending>,
    /// The next effect's id.
    pub next_id: u32,
    /// When failures happened, the newest last.
    pub recent: Vec<Millis>,
}

impl Data for Model {
    fn to_plain(&self) -> Plain {
        Plain::Nothing
            .with("version", self.version.to_plain())
            .with("access", self.access.to_plain())
            .with("tabs", self.tabs.to_plain())
            .with("carried", self.carried.to_plain())
            .with("provider", self.provider.to_plain())
            .with("held", self.held.to_plain())
            .with("extensions", self.extensions.to_plain())
            .with("changes", self.changes.to_plain())
            .with("hunt", self.hunt.to_plain())
            .with("follow", self.follow.to_plain())
            .with("path", self.path.to_plain())
            .with("pending", self.pending.to_plain())
            .with("next_id", self.next_id.to_plain())
            .with("recent", self.recent.to_plain())
    }

    fn read(plain: &Plain, bad: &mut bool) -> Model {
        Model {
            version: plain.field("version", bad),
            access: plain.field("access", bad),
            tabs: plain.field("tabs", bad),
            carried: plain.field("carried", bad),
            provider: plain.field("provider", bad),
            held: plain.field("held", bad),
            extensions: plain.field("extensions", bad),
            changes: plain.field("changes", bad),
            hunt: plain.field("hunt", bad),
            follow: plain.field("follow", bad),
            path: plain.field("path", bad),
            pending: plain.field("pending", bad),
            next_id: plain.field("next_id", bad),
            recent: plain.field("recent", bad),
        }
    }
}

/// One reading of the provider's status page.
#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    /// When it was read.
    pub at: Millis,
    /// What it says; none where it could not be read.
    pub page: Option<StatusPage>,
}
plain!(Provider by field { at, page });

/// What a test of the path found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walked {
    /// When its word reached the worker.
    pub at: Millis,
    /// What it found.
    pub finding: Finding,
}
plain!(Walked by field { at, finding });

/// A task that was asked for and has not been answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// Its id.
    pub id: u32,
    /// What was asked for; asked again should the worker have died.
    pub task: Task,
    /// When it was asked for.
    pub since: Millis,
    /// When to give up.
    pub deadline: Millis,
}
plain!(Pending by field { id, task, since, deadline });

impl Trouble {
    /// The message key of its words.
    pub fn words(self) -> &'static str {
        match self {
            Trouble::NotKept => "trouble_not_kept",
            Trouble::NotDone => "trouble_not_done",
        }
    }
}

/// One tab of ChatGPT.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    /// The browser's id.
    pub id: TabId,
    /// In a private window? Unknown counts as yes wherever something would be written to disk.
    pub private: Option<bool>,
    /// Why nothing is to mend: working, stopped or noise.
    pub benign: Cause,
    /// Answers since the page was loaded, as the content script last told.
    pub answers: u32,
    /// When each kind of endpoint last answered well.
    pub fine: Vec<(Role, Millis)>,
    /// The newest facts' keys, to count each once.
    pub keys: Vec<String>,
    /// Whether the session endpoint said last that somebody is signed in.
    pub signed_in: Option<bool>,
    /// When an answer was last seen to be running.
    pub busy: Option<Millis>,
    /// When the person last pressed Stop.
    pub stopped: Option<Millis>,
    /// When an answer was last ended by the page or the person: Stop, another page, a page that gave up.
    pub left: Option<Millis>,
    /// What means nothing unless the page then shows an error: an ambiguous network error, or a stream that ended early.
    pub doubt: Option<Failure>,
    /// The last request that never got as far as a protocol: its path, and when it ended.
    pub unsent: Option<(String, Millis)>,
    /// Whether the person has Mend look closer here.
    pub closer: bool,
    /// The last error in the page with an extension's file in its stack.
    pub thrown: Option<Thrown>,
    /// When the site's storage was last seen to be full.
    pub full: Option<Millis>,
    /// What the cookies looked like.
    pub jar: Option<Jar>,
    /// What is wrong, while something is.
    pub case: Option<Case>,
    /// The badge shown last: colour and sign.
    pub badge: (Blame, String),
}
plain!(Tab by field {
    id, private, benign, answers, fine, keys, signed_in, busy, stopped, left, doubt, unsent, closer, thrown, full, jar, case, badge,
});

/// An error in the page with an extension's file in its stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thrown {
    /// When.
    pub at: Millis,
    /// Whose file, by the extension's id; empty where the browser hides it (Firefox shows another id in each profile).
    pub by: String,
}
plain!(Thrown by field { at, by });

/// From a first failure until it is mended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// How many failures.
    pub count: u32,
    /// The newest of them, by time.
    pub failures: Vec<Failure>,
    /// What is left of older ones.
    pub faded: Vec<Faded>,
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
plain!(Case by field { count, failures, faded, attempts, refused, private, mended, relapses });

/// One rung tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Which.
    pub rung: Rung,
    /// Which of its works.
    pub act: Act,
    /// When it began, or, where that takes time, when it was done.
    pub at: Millis,
    /// `running`, `passed` or `failed`.
    pub state: State,
    /// Why it could not be done at all.
    pub trouble: Option<Trouble>,
}
plain!(Attempt by field { rung, act, at, state, trouble });

named! {
    /// Why a work could not be done.
    pub enum Trouble {
        /// No copy could be kept, so nothing was deleted.
        NotKept = "not-kept",
        /// The browser did not do it.
        NotDone = "not-done",
    }
}

/// Proof that it works again.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// When the first good answer came.
    pub at: Millis,
    /// Good answers since.
    pub answers: u32,
}
plain!(Mended by field { at, answers });

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
            hunt: None,
            follow: None,
            path: None,
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
        self.tab(id).is_some_and(super::update::wants_answers)
    }

    /// What is written to disk, for a restart: the cases, and which other extensions are off. Nothing of a private window,
    /// nor of one that may be private; and nothing that a good answer changes, so that the disk rests while all is well.
    pub fn durable(&self) -> Plain {
        let failing = self.tabs.iter().filter(|tab| tab.private == Some(false) && tab.case.is_some());
        let tabs = failing.map(|tab| {
            let bare = Tab { private: tab.private, ..Tab::new(tab.id) };
            bare.to_plain().with("case", tab.case.to_plain())
        });
        let model = Model { access: self.access, ..Model::default() };
        model
            .to_plain()
            .with("tabs", Plain::List(tabs.collect()))
            .with("provider", self.provider.to_plain())
            .with("recent", self.recent.to_plain())
            .with("carried", self.carried.to_plain())
            .with("changes", self.changes.iter().filter(|one| one.lasts()).cloned().collect::<Vec<_>>().to_plain())
            .with("hunt", self.hunt.to_plain())
            .with("follow", self.follow.to_plain())
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

    /// What is proved from now on is proved of what was done, not of the time before.
    pub(crate) fn restamp(&mut self, tab: TabId, now: Millis) {
        if let Some(case) = self.tab_mut(tab).case.as_mut() {
            case.attempts.iter_mut().filter(|one| one.state == State::Running).for_each(|one| one.at = now);
        }
    }

    /// Counts a failure of a tab that is known not to be private.
    pub(crate) fn remember(&mut self, at: Millis) {
        self.recent.push(at);
        trim(&mut self.recent, RECENT);
    }
}

impl Tab {
    fn new(id: TabId) -> Tab {
        Tab {
            id,
            private: None,
            benign: Cause::Working,
            answers: 0,
            fine: Vec::new(),
            keys: Vec::new(),
            signed_in: None,
            busy: None,
            stopped: None,
            left: None,
            doubt: None,
            unsent: None,
            closer: false,
            thrown: None,
            full: None,
            jar: None,
            case: None,
            badge: (Blame::Benign, String::new()),
        }
    }

    /// Whether this fact is new; remembers it.
    pub(crate) fn is_new(&mut self, key: &str) -> bool {
        let key = clip(key, KEY);
        if self.keys.iter().any(|known| known == key) {
            return false;
        }
        self.keys.push(key.to_owned());
        trim(&mut self.keys, KEYS);
        true
    }

    /// The case, while nothing proved it mended.
    pub fn open_case(&self) -> Option<&Case> {
        self.case.as_ref().filter(|case| case.mended.is_none())
    }

    /// The open case, a new one if there is none or the last one was mended.
    pub(crate) fn case_mut(&mut self) -> &mut Case {
        if let Some(mended) = self.case.take_if(|case| case.mended.is_some()) {
            self.case = Some(Case { relapses: mended.relapses.saturating_add(1), ..Case::default() });
        }
        self.case.get_or_insert_default()
    }

    /// Notes that this kind of endpoint answered well. While all is well once a minute is enough: each note is saved, and
    /// after a failure the witness tells of the last good answers.
    pub(crate) fn note_fine(&mut self, role: Role, at: Millis) {
        let noted =
            self.fine.iter().any(|(known, last)| *known == role && (0..MINUTE).contains(&at.saturating_sub(*last)));
        if noted && self.case.is_none() {
            return;
        }
        self.fine.retain(|(known, _)| *known != role);
        self.fine.push((role, at));
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
    pub fn tried(&self, act: Act) -> bool {
        self.attempts.iter().any(|attempt| attempt.act == act)
    }

    /// Notes that a work begins; an earlier try of the same is forgotten.
    pub(crate) fn begin(&mut self, rung: Rung, act: Act, at: Millis) {
        self.attempts.retain(|attempt| (attempt.rung, attempt.act) != (rung, act));
        self.attempts.push(Attempt { rung, act, at, state: State::Running, trouble: None });
    }

    pub(crate) fn trim(&mut self) {
        let old = self.failures.len().saturating_sub(FAILURES);
        self.faded.extend(self.failures.drain(..old).map(Faded::from));
        trim(&mut self.faded, FADED);
        trim(&mut self.attempts, ATTEMPTS);
    }
}

fn trim<T>(list: &mut Vec<T>, longest: usize) {
    if list.len() > longest {
        list.drain(..list.len() - longest);
    }
}
