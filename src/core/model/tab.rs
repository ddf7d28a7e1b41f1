//! One tab of ChatGPT: what is going on in it.

use serde::{Deserialize, Serialize};

use super::{Budget, Case, trim};
use crate::core::{
    Millis,
    cookies::CookieSummary,
    endpoint::EndpointKind,
    event::{PageKnown, TabId},
    names::{Blame, Cause},
    observe::Failure,
    text::clip,
    time::MINUTE,
};

/// Longest list of keys; the oldest goes first.
const KEYS: usize = 24;
/// Longest key; ours are a UUID and a number.
const KEY: usize = 48;

/// Answers that are watched after the proof, so that the words can count them.
const WATCHED: u32 = 3;

/// One tab of ChatGPT.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tab {
    /// The browser's id.
    pub id: TabId,
    /// In a private window? Unknown counts as yes wherever something would be written to disk.
    pub private: Option<bool>,
    /// Has it the store of ordinary windows, which is the only one that `browsingData` knows (MDN, "browsingData")? Unknown
    /// counts as no.
    pub home: Option<bool>,
    /// Why nothing is to mend: working, stopped or noise.
    pub benign: Cause,
    /// Answers since the page was loaded, as the content script last told.
    pub answers: u32,
    /// When an answer last came that no error followed. Told only while somebody waits for one.
    pub answered: Option<Millis>,
    /// When each kind of endpoint last answered well.
    pub fine: Vec<(EndpointKind, Millis)>,
    /// The newest facts' keys, to count each once.
    pub keys: Vec<String>,
    /// Whether the session endpoint said last that somebody is signed in.
    pub signed_in: Option<bool>,
    /// When an answer was last seen to be running.
    pub busy: Option<Millis>,
    /// When the person last ended an answer: pressed Stop, or left the page.
    pub stopped: Option<Millis>,
    /// When an answer was last ended by the page or the person: Stop, another page, a page that gave up.
    pub left: Option<Millis>,
    /// When the page that is shown was opened.
    pub opened: Option<Millis>,
    /// What means nothing unless the page then shows an error: an ambiguous network error, or a stream that ended early;
    /// and an answer that broke off, while the page may take it up again.
    pub doubt: Option<Failure>,
    /// When something last failed of which nobody knows what it means. Until something succeeds, this is not health.
    pub unsettled: Option<Millis>,
    /// Since when the page fetches the rest of an answer by itself.
    pub recovering: Option<Millis>,
    /// What of the page is known, as the content script last told.
    pub page: Option<PageKnown>,
    /// The last request that never got as far as a protocol: its path, and when it ended.
    pub unsent: Option<(String, Millis)>,
    /// Whether the person has Mend inspect deeply here.
    pub deep_inspection: bool,
    /// The last error in the page with an extension's file in its stack.
    pub thrown: Option<ExtensionError>,
    /// When the site's storage was last seen to be full.
    pub full: Option<Millis>,
    /// What the cookies looked like.
    pub cookies: Option<CookieSummary>,
    /// What is wrong, while something is.
    pub case: Option<Case>,
    /// How many more of its failures are followed; none before the first.
    pub budget: Option<Budget>,
    /// When there were last more than are followed.
    pub flooded: Option<Millis>,
    /// The badge shown last: colour and sign.
    pub badge: (Blame, String),
}

/// An error in the page with an extension's file in its stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionError {
    /// When.
    pub at: Millis,
    /// Whose file, by the extension's id; empty where the browser hides it (Firefox shows another id in each profile).
    pub by: String,
}

impl Tab {
    /// Whether its content script should tell each answer at once: while something failed and not enough has worked since.
    pub fn wants_answers(&self) -> bool {
        let case = self.case.as_ref();
        case.is_some_and(|case| case.mended.as_ref().is_none_or(|mended| mended.answers < WATCHED))
    }

    pub(super) fn new(id: TabId) -> Tab {
        Tab {
            id,
            private: None,
            home: None,
            benign: Cause::Working,
            answers: 0,
            answered: None,
            fine: Vec::new(),
            keys: Vec::new(),
            signed_in: None,
            busy: None,
            stopped: None,
            left: None,
            opened: None,
            doubt: None,
            unsettled: None,
            recovering: None,
            page: None,
            unsent: None,
            deep_inspection: false,
            thrown: None,
            full: None,
            cookies: None,
            case: None,
            budget: None,
            flooded: None,
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

    /// Whether what the browser itself deletes of a site is this tab's: the browser asks for no store, and takes the one of
    /// ordinary windows.
    pub fn is_ordinary(&self) -> bool {
        self.private == Some(false) && self.home == Some(true)
    }

    /// The id of the extension whose file was last seen in an error of the page; empty where it is not known.
    pub fn thrower(&self) -> &str {
        self.thrown.as_ref().map_or("", |thrown| thrown.by.as_str())
    }

    /// When something of this tab's last succeeded.
    fn succeeded(&self) -> Option<Millis> {
        self.fine.iter().map(|(_, at)| *at).chain(self.answered).max()
    }

    /// Whether something was seen to succeed: only then it is said to work.
    pub fn works(&self) -> bool {
        self.answers > 0 || self.succeeded().is_some()
    }

    /// When something failed of which nobody knows what it means, and nothing has succeeded since.
    pub fn unsettled(&self) -> Option<Millis> {
        self.unsettled.filter(|at| self.succeeded().is_none_or(|good| good <= *at))
    }

    /// Whether the page is one that no entry of the map knows: then an error on it may go unseen.
    pub fn is_unknown_page(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.generation.is_empty())
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
    /// after a failure the source tells of the last good answers.
    pub(crate) fn note_fine(&mut self, role: EndpointKind, at: Millis) {
        let noted =
            self.fine.iter().any(|(known, last)| *known == role && (0..MINUTE).contains(&at.saturating_sub(*last)));
        if noted && self.case.is_none() && self.unsettled.is_none() {
            return;
        }
        self.set_fine(role, at);
    }

    /// Notes that this kind of endpoint answered well just then.
    pub(crate) fn set_fine(&mut self, role: EndpointKind, at: Millis) {
        self.fine.retain(|(known, _)| *known != role);
        self.fine.push((role, at));
    }
}
