//! The state of one ChatGPT tab.

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

/// Most keys; the oldest is dropped first.
const KEYS: usize = 24;
/// Longest key, in bytes; ours are a UUID and a number.
const KEY: usize = 48;

/// Number of answers after the proof that are reported, so that they can be counted.
const WATCHED: u32 = 3;

/// The state of one ChatGPT tab.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tab {
    /// The browser's tab id.
    pub id: TabId,
    /// Whether it is in a private window; where not known, nothing of it is written to disk.
    pub private: Option<bool>,
    /// Whether it uses the cookie store of ordinary windows, the only one that `browsingData` affects (MDN,
    /// "browsingData"); where not known, no.
    pub default_store: Option<bool>,
    /// Why there is nothing to mend: working, stopped or noise.
    pub benign: Cause,
    /// Answers since the page was loaded, as last reported by the content script.
    pub answers: u32,
    /// When an answer without a following error last came. Reported only on request.
    pub answered: Option<Millis>,
    /// When an endpoint of each kind last answered well.
    pub fine: Vec<(EndpointKind, Millis)>,
    /// The keys of the newest events, to count each once.
    pub keys: Vec<String>,
    /// Whether somebody is signed in, by the last response of the session endpoint.
    pub signed_in: Option<bool>,
    /// When an answer was last seen running.
    pub busy: Option<Millis>,
    /// When the person last ended an answer: pressed Stop, or left the page.
    pub stopped: Option<Millis>,
    /// When an answer was last cancelled by the page or the person: Stop, another page, a page that gave up.
    pub left: Option<Millis>,
    /// When the current page was opened.
    pub opened: Option<Millis>,
    /// A failure that counts only if the page then shows an error: an ambiguous network error, or a stream that ended
    /// early; or an answer that broke off, while the page may still resume it.
    pub doubt: Option<Failure>,
    /// When a request last failed with unknown consequences. Until something succeeds, the tab does not count as
    /// working.
    pub unsettled: Option<Millis>,
    /// Since when the page has been fetching the rest of an answer by itself.
    pub recovering: Option<Millis>,
    /// How much of the page is recognised, as last reported by the content script.
    pub page: Option<PageKnown>,
    /// The last request that did not reach a protocol: its path, and when it ended.
    pub unsent: Option<(String, Millis)>,
    /// Whether deep inspection is on in this tab.
    pub deep_inspection: bool,
    /// The last error in the page with an extension's file in its stack.
    pub thrown: Option<ExtensionError>,
    /// When the site's storage was last seen nearly full.
    pub full: Option<Millis>,
    /// The cookie summary.
    pub cookies: Option<CookieSummary>,
    /// The current case, if any.
    pub case: Option<Case>,
    /// The token bucket of its failures; none before the first.
    pub budget: Option<Budget>,
    /// When there were last more failures than are processed.
    pub flooded: Option<Millis>,
    /// The last badge: colour and sign.
    pub badge: (Blame, String),
}

/// An error in the page with an extension's file in its stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionError {
    /// Milliseconds since the epoch.
    pub at: Millis,
    /// The id of that extension; empty where the browser hides it (Firefox uses another id in each profile).
    pub by: String,
}

impl Tab {
    /// Whether its content script should report each answer at once: after a failure, until enough answers have come.
    pub fn wants_answers(&self) -> bool {
        let case = self.case.as_ref();
        case.is_some_and(|case| case.mended.as_ref().is_none_or(|mended| mended.answers < WATCHED))
    }

    pub(super) fn new(id: TabId) -> Tab {
        Tab {
            id,
            private: None,
            default_store: None,
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

    /// Whether this key is new; records it.
    pub(crate) fn insert_key(&mut self, key: &str) -> bool {
        let key = clip(key, KEY);
        if self.keys.iter().any(|known| known == key) {
            return false;
        }
        self.keys.push(key.to_owned());
        trim(&mut self.keys, KEYS);
        true
    }

    /// Whether `browsingData` affects this tab's site data: it has no parameter for a store, and uses that of ordinary
    /// windows.
    pub fn is_ordinary(&self) -> bool {
        self.private == Some(false) && self.default_store == Some(true)
    }

    /// The id of the extension with a file in the last error of the page; empty if not known.
    pub fn thrower(&self) -> &str {
        self.thrown.as_ref().map_or("", |thrown| thrown.by.as_str())
    }

    /// When something last succeeded in this tab.
    fn succeeded(&self) -> Option<Millis> {
        self.fine.iter().map(|(_, at)| *at).chain(self.answered).max()
    }

    /// Whether something was seen to succeed, which is required for the verdict that it works.
    pub fn works(&self) -> bool {
        self.answers > 0 || self.succeeded().is_some()
    }

    /// When a request last failed with unknown consequences, if nothing has succeeded since.
    pub fn unsettled(&self) -> Option<Millis> {
        self.unsettled.filter(|at| self.succeeded().is_none_or(|good| good <= *at))
    }

    /// Whether the page matches no entry of the page map, so that an error on it may be missed.
    pub fn is_unknown_page(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.generation.is_empty())
    }

    /// The case, unless it is mended.
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

    /// Records that an endpoint of this kind answered well. At most once a minute while nothing has failed, as each
    /// change is saved; after a failure the sources report the last good answers.
    pub(crate) fn note_fine(&mut self, endpoint: EndpointKind, at: Millis) {
        let noted =
            self.fine.iter().any(|(known, last)| *known == endpoint && (0..MINUTE).contains(&at.saturating_sub(*last)));
        if noted && self.case.is_none() && self.unsettled.is_none() {
            return;
        }
        self.set_fine(endpoint, at);
    }

    /// Records that an endpoint of this kind answered well at this time.
    pub(crate) fn set_fine(&mut self, endpoint: EndpointKind, at: Millis) {
        self.fine.retain(|(known, _)| *known != endpoint);
        self.fine.push((endpoint, at));
    }
}
