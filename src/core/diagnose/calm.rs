//! Where nothing opened a case: whether ChatGPT was seen to work, or nobody knows.
//!
//! Absence is not health: it works only where a success was seen. A failing observation that nobody understands, an answer
//! that nobody read or a host that nobody knows leaves it open. Never judges a failure.

use super::{focus, is_of_messages};
use crate::core::{
    Event, Millis, Model,
    decode::{is_ambiguous, is_deliberate},
    endpoint::{Place, Role, place},
    event::{NetError, Response, Sight, TabId, Witness},
    model::{Case, Mended},
    names::Cause,
    observe::Failure,
    stream_end::StreamEnd,
    time::SECOND,
};

/// What is asked by somebody who is signed in.
const SIGNED_IN: &str = "/backend-api/";

/// How far apart a press of Stop and the end of its request may be.
const PRESSED: Millis = 10 * SECOND;

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calm {
    /// A message was answered to its end.
    Answered,
    /// The person stopped the last answer.
    Stopped,
    /// What is asked beside messages was answered, and nothing failed.
    Fair,
    /// Only telemetry failed.
    Noise,
    /// A message was answered, but nobody read the answer.
    Unread,
    /// An answer's stream ended without its last records.
    Unended,
    /// A message's request ended for no reason that can be told.
    BrokenOff,
    /// Messages were answered; something else failed, and nothing says what it means for the person.
    Partly,
    /// Something else failed, and no message was seen to be answered.
    Beside,
    /// Nothing tells of ChatGPT.
    Nothing,
}

impl Calm {
    /// The contract's name.
    pub fn cause(self) -> Cause {
        match self {
            Calm::Answered | Calm::Fair => Cause::Working,
            Calm::Stopped => Cause::Stopped,
            Calm::Noise => Cause::Noise,
            Calm::Unread | Calm::Unended | Calm::BrokenOff | Calm::Partly | Calm::Beside | Calm::Nothing => {
                Cause::Unknown
            }
        }
    }

    /// How sure, from 0 to 1.
    pub fn confidence(self) -> f64 {
        match self {
            Calm::Answered | Calm::Stopped => 0.96,
            Calm::Noise => 0.84,
            Calm::Fair => 0.58,
            Calm::Unread | Calm::Unended | Calm::BrokenOff | Calm::Partly | Calm::Beside => 0.3,
            Calm::Nothing => 0.0,
        }
    }

    /// The message key of what would tell more.
    pub fn more(self) -> Option<&'static str> {
        (self.cause() == Cause::Unknown && self != Calm::Partly).then_some("more_message")
    }

    /// The message key of what is said first.
    pub fn title(self) -> &'static str {
        match self {
            Calm::Answered | Calm::Fair => "title_working",
            Calm::Stopped => "title_stopped",
            // That telemetry failed is no proof that anything else works.
            Calm::Noise => "title_noise",
            Calm::Unread | Calm::Unended | Calm::BrokenOff | Calm::Partly | Calm::Beside | Calm::Nothing => {
                "title_unknown"
            }
        }
    }

    /// The message key of its words.
    pub fn words(self) -> &'static str {
        match self {
            Calm::Answered => "why_answered",
            Calm::Stopped => "failures_none",
            Calm::Noise => "why_noise",
            Calm::Fair => "why_fair",
            Calm::Unread => "why_unread",
            Calm::Unended => "why_unended",
            Calm::BrokenOff => "why_broken_off",
            Calm::Partly => "why_partly",
            Calm::Beside => "why_beside",
            Calm::Nothing => "why_nothing",
        }
    }
}

/// What was seen, as far as it matters where no case is open: the last time of each.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    answered: Option<Millis>,
    /// The last of these that nobody had to sign in for.
    nameless: Option<Millis>,
    /// The last of these for which somebody had.
    named: Option<Millis>,
    /// The key of the last good answer's request, if it was of nobody who signed in.
    by_nobody: Option<String>,
    unread: Option<Millis>,
    unended: Option<Millis>,
    broken: Option<Millis>,
    stopped: Option<Millis>,
    beside: bool,
    noise: bool,
    fair: Vec<(Place, Millis)>,
}

fn last(known: &mut Option<Millis>, at: Millis) {
    *known = Some(known.map_or(at, |known| known.max(at)));
}

/// Whether it was asked for by nobody who is signed in: `/backend-anon/` and `/unauth-mweb/`, see `endpoint/path.rs`.
fn is_nameless(path: &str) -> bool {
    path.starts_with("/backend-anon/") || path.starts_with("/unauth-")
}

/// Whether it failed beside the messages, by its status alone: nobody knows whether the person waited for it.
fn is_beside(failure: &Failure) -> bool {
    const NO_REASON: &[u16] = &[400, 404, 405, 410, 422, 500, 502, 503, 504];
    let beside = matches!(failure.role, Some(Role::Other | Role::History | Role::Asset | Role::Socket));
    beside && failure.status.is_some_and(|status| NO_REASON.contains(&status))
}

fn is_message(role: Role) -> bool {
    matches!(role, Role::Chat | Role::Resume | Role::Gate)
}

impl Tally {
    /// Takes in one event, in any order.
    pub fn take(&mut self, event: &Event) {
        match event {
            Event::Response(response) => self.response(response),
            Event::NetError(error) => self.net_error(error),
            // Whoever was sent to somebody else's host was not answered.
            Event::Redirect(redirect) if place(&redirect.to).role == Role::Foreign => {
                self.bad(place(&redirect.url).role, redirect.at);
            }
            Event::Witness(witness) | Event::Inspected(witness) => self.witness(witness),
            _ => {}
        }
    }

    fn response(&mut self, response: &Response) {
        let (place, at) = (place(&response.url), response.at);
        let role = place.role;
        match response.status {
            Some(101 | 200..=299 | 304) => {
                if is_message(role) {
                    self.by_nobody = is_nameless(&place.path).then(|| response.key.clone());
                }
                self.good(place, at);
            }
            // A message is not answered by being sent elsewhere.
            Some(status) if (300..400).contains(&status) && !is_message(role) => {}
            Some(_) => self.bad(role, at),
            None => {}
        }
    }

    fn good(&mut self, place: Place, at: Millis) {
        match place.role {
            Role::Chat | Role::Resume => last(&mut self.unread, at),
            Role::Stop => last(&mut self.stopped, at),
            Role::Noise | Role::Foreign => {}
            _ => self.fair.push((place, at)),
        }
    }

    fn bad(&mut self, role: Role, at: Millis) {
        match role {
            Role::Noise => self.noise = true,
            _ if is_message(role) => last(&mut self.broken, at),
            _ => self.beside = true,
        }
    }

    fn net_error(&mut self, error: &NetError) {
        let role = place(&error.url).role;
        // What is left of a page's requests when it is left for another says nothing about the messages.
        let left = is_deliberate(&error.error) || is_ambiguous(&error.error);
        if !(left && matches!(role, Role::Stop)) {
            self.bad(role, error.at);
        }
    }

    fn witness(&mut self, witness: &Witness) {
        let at = witness.at;
        match &witness.saw {
            Sight::Answered => {
                last(&mut self.answered, at);
                let key = witness.key.strip_suffix(":stream");
                let nameless = key.is_some_and(|key| self.by_nobody.as_deref() == Some(key));
                last(if nameless { &mut self.nameless } else { &mut self.named }, at);
            }
            Sight::Stopped | Sight::Left => last(&mut self.stopped, at),
            Sight::Recovering(true) => last(&mut self.unended, at),
            Sight::Stream { end: StreamEnd::Open, .. } => last(&mut self.unended, at),
            Sight::Stream { end: StreamEnd::Handoff, .. } => last(&mut self.unread, at),
            Sight::Stream { end: StreamEnd::Error, .. } => last(&mut self.broken, at),
            Sight::Timing { url, status, .. } | Sight::Body { url, status, .. } if *status == 0 || *status >= 400 => {
                self.bad(place(url).role, at);
            }
            Sight::Fine { url, .. } => self.good(place(url), at),
            Sight::Count { noise, .. } => self.noise |= noise,
            Sight::Banner { .. } | Sight::Thrown { .. } => self.beside = true,
            Sight::Recovering(false)
            | Sight::Hello
            | Sight::Timing { .. }
            | Sight::Body { .. }
            | Sight::Page(_)
            | Sight::Flood
            | Sight::Room { .. } => {}
        }
    }

    /// What is to be said where the tab has no open case; none where a case speaks for itself. A proof that was taken on
    /// credit, because nobody read the answer, is taken back: then the case is open again.
    pub fn conclude(&self, model: &mut Model, tab: TabId) -> Option<Calm> {
        let tab = model.tabs.iter_mut().find(|known| known.id == tab);
        let Some(case) = tab.and_then(|tab| tab.case.as_mut()) else { return Some(self.calm()) };
        if let Some(at) = self.proves(case) {
            // Without a message that was answered, only the pause that the core waits for makes it one.
            if self.answered.is_some() {
                case.mended.get_or_insert(Mended { at, answers: 1 });
            }
        } else {
            case.mended = None;
            if self.answered.is_some() && case.failures.iter().all(is_beside) {
                return Some(match self.calm() {
                    Calm::Answered => Calm::Partly,
                    other => other,
                });
            }
        }
        let after = case.mended.is_some() && self.open_end();
        after.then(|| self.calm())
    }

    /// When what failed was seen to succeed since. A message says nothing about files, voice or connectors, and one
    /// without a name nothing about who is signed in.
    fn proves(&self, case: &Case) -> Option<Millis> {
        let newest = case.newest().unwrap_or(Millis::MIN);
        let failed = focus(case);
        let (role, path) = (failed.and_then(|one| one.role), failed.and_then(|one| one.path.as_deref()));
        let signed_in = path.is_some_and(|path| path.starts_with(SIGNED_IN) || role == Some(Role::Session));
        let nameless = self.nameless.filter(|_| !signed_in);
        let answered = [self.named, nameless].into_iter().flatten().filter(|_| failed.is_none_or(is_of_messages));
        let alike = |place: &Place| {
            let exact = matches!(role, Some(Role::Files | Role::Other | Role::History));
            Some(place.role) == role && (!exact || Some(place.path.as_str()) == path)
        };
        let fair = self.fair.iter().filter(|(place, _)| alike(place)).map(|(_, at)| *at);
        answered.chain(fair).filter(|at| *at > newest).min()
    }

    /// Whether, after the last success, something ended for no reason that can be told.
    fn open_end(&self) -> bool {
        matches!(self.calm(), Calm::BrokenOff | Calm::Unended | Calm::Unread)
    }

    fn calm(&self) -> Calm {
        let since = self.answered.unwrap_or(Millis::MIN);
        let stopped = |at: Millis| self.stopped.is_some_and(|then| then.abs_diff(at) <= PRESSED.unsigned_abs());
        let open = |seen: Option<Millis>| seen.is_some_and(|at| at > since && !stopped(at));
        let stop = self.stopped.filter(|at| *at > since && self.unread.is_none_or(|unread| *at >= unread));
        match () {
            () if open(self.broken) => Calm::BrokenOff,
            () if open(self.unended) => Calm::Unended,
            () if stop.is_some() => Calm::Stopped,
            () if self.unread.is_some_and(|at| at > since) => Calm::Unread,
            () if self.answered.is_some() => Calm::Answered,
            () if self.beside => Calm::Beside,
            () if self.fair.iter().any(|(place, _)| !matches!(place.role, Role::Edge | Role::Check)) => Calm::Fair,
            () if self.noise => Calm::Noise,
            () => Calm::Nothing,
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::panic, reason = "a test may fail loudly")]
mod tests;
