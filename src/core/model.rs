//! Everything Mend remembers between two events. Plain data, small (under 64 KB), with a schema version.
//!
//! Never holds a secret, a body, a banner's text or a query.

use super::{
    Millis,
    check::StatusPage,
    decode::clip,
    event::{Extension, TabId},
    names::{Blame, Cause, Rung, State},
    observe::{Faded, Failure, Role},
    plain::{Data, Plain, plain},
    time::{HOUR, MINUTE, since},
};

/// The shape of [`Model`]; stored data of another one is set aside, never overwritten.
pub const VERSION: u32 = 2;

/// Longest lists; the oldest goes first.
const TABS: usize = 10;
const FAILURES: usize = 6;
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
    /// Enabled extensions, where a case file told. Not stored.
    pub extensions: Vec<Extension>,
    /// Effects under way.
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
            extensions: Vec::new(),
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

/// An effect that was asked for and has not been answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// Its id.
    pub id: u32,
    /// What was asked for; asked again should the worker have died.
    pub what: Awaited,
    /// When it was asked for.
    pub since: Millis,
    /// When to give up.
    pub deadline: Millis,
}
plain!(Pending by field { id, what, since, deadline });

/// What can be under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// The provider's status page.
    StatusPage,
    /// A tab's reload.
    Reload(TabId),
}

impl Data for Awaited {
    fn to_plain(&self) -> Plain {
        match self {
            Awaited::StatusPage => Plain::Text("status-page".to_owned()),
            Awaited::Reload(tab) => Plain::tagged("reload", tab.to_plain()),
        }
    }

    fn read(plain: &Plain, bad: &mut bool) -> Awaited {
        match plain.variant() {
            Some(("status-page", _)) => Awaited::StatusPage,
            Some(("reload", tab)) => Awaited::Reload(TabId::read(tab, bad)),
            _ => {
                *bad = true;
                Awaited::StatusPage
            }
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
    /// Whether the person has Mend look closer here.
    pub closer: bool,
    /// When an extension's file was last seen in the stack of an error in the page.
    pub thrown: Option<Millis>,
    /// When the site's storage was last seen to be full.
    pub full: Option<Millis>,
    /// What is wrong, while something is.
    pub case: Option<Case>,
    /// The badge shown last: colour and sign.
    pub badge: (Blame, String),
}
plain!(Tab by field {
    id, private, benign, answers, fine, keys, signed_in, busy, stopped, left, doubt, closer, thrown, full, case, badge,
});

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
    /// When good answers came again, and how many since.
    pub mended: Option<Mended>,
}
plain!(Case by field { count, failures, faded, attempts, mended });

/// One rung tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Which.
    pub rung: Rung,
    /// When it began.
    pub at: Millis,
    /// `running`, `passed` or `failed`.
    pub state: State,
}
plain!(Attempt by field { rung, at, state });

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
            extensions: Vec::new(),
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

    /// What is written to disk, for a restart: the cases. Nothing of a private window, nor of one that may be private; and
    /// nothing that a good answer changes, so that the disk rests while all is well.
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
    }

    /// The browser started again: tab ids mean nothing any more. The newest open case goes on in the next tab.
    pub(crate) fn restart(&mut self, now: Millis) {
        let fresh = |case: &Case| case.mended.is_none() && case.newest().is_some_and(|at| since(now, at) < HOUR);
        let newest = self.tabs.drain(..).filter_map(|tab| tab.case).chain(self.carried.take());
        self.carried = newest.filter(fresh).max_by_key(|case| case.newest());
        self.pending.clear();
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
            closer: false,
            thrown: None,
            full: None,
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
        if self.case.as_ref().is_some_and(|case| case.mended.is_some()) {
            self.case = None;
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

    pub(crate) fn trim(&mut self) {
        let old = self.failures.len().saturating_sub(FAILURES);
        self.faded.extend(self.failures.drain(..old).map(Faded::from));
        trim(&mut self.faded, FADED);
        trim(&mut self.attempts, FAILURES);
    }
}

fn trim<T>(list: &mut Vec<T>, longest: usize) {
    if list.len() > longest {
        list.drain(..list.len() - longest);
    }
}
