//! Where nothing opened a case: whether ChatGPT was seen to work, or nobody knows.
//!
//! Absence is not health: it works only where a success was seen. A failing observation that nobody understands, an answer
//! that nobody read or a host that nobody knows leaves it open. Never judges a failure.

use super::{focus, is_of_messages};
use crate::core::{
    Event, Millis, Model,
    decode::{is_ambiguous, is_deliberate},
    event::{NetError, Response, Sight, StreamEnd, TabId, Witness},
    model::{Case, Mended},
    names::Cause,
    observe::{Failure, Place, Role, place},
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
mod tests {
    use super::*;

    const CHAT: &str = "https://chatgpt.com/backend-api/f/conversation";

    fn response(at: Millis, url: &str, status: u16) -> Event {
        Event::Response(Response { at, url: url.to_owned(), status: Some(status), ..Response::default() })
    }

    fn broken(at: Millis, error: &str) -> Event {
        Event::NetError(NetError { at, url: CHAT.to_owned(), error: error.to_owned(), ..NetError::default() })
    }

    fn saw(at: Millis, saw: Sight) -> Event {
        Event::Inspected(Witness { tab: 0, private: None, key: at.to_string(), at, saw })
    }

    fn calm(events: &[Event]) -> Calm {
        let mut tally = Tally::default();
        events.iter().for_each(|event| tally.take(event));
        tally.calm()
    }

    #[test]
    fn it_works_only_where_it_was_seen_to() {
        assert_eq!(calm(&[]), Calm::Nothing);
        assert_eq!(calm(&[response(1, CHAT, 200)]), Calm::Unread);
        assert_eq!(calm(&[response(1, CHAT, 200), saw(1, Sight::Answered)]), Calm::Answered);
        assert_eq!(calm(&[response(1, "https://chatgpt.com/backend-api/me", 200)]), Calm::Fair);
        assert_eq!(calm(&[response(1, "https://example.org/", 200)]), Calm::Nothing);
        assert_eq!(calm(&[response(1, "https://chatgpt.com/cdn-cgi/trace", 200)]), Calm::Nothing);
        assert_eq!(calm(&[response(1, CHAT, 302)]), Calm::BrokenOff);
    }

    #[test]
    fn what_ended_without_a_reason_is_no_stop() {
        assert_eq!(calm(&[broken(9_000, "net::ERR_ABORTED")]), Calm::BrokenOff);
        let stop = response(12_000, "https://chatgpt.com/backend-api/stop_conversation", 200);
        assert_eq!(calm(&[broken(9_000, "net::ERR_ABORTED"), stop.clone()]), Calm::Stopped);
        assert_eq!(calm(&[broken(99_000, "net::ERR_ABORTED"), stop]), Calm::BrokenOff);
        assert_eq!(calm(&[saw(1, Sight::Answered), broken(9_000, "net::ERR_FAILED")]), Calm::BrokenOff);
        assert_eq!(calm(&[broken(9_000, "net::ERR_FAILED"), saw(99_000, Sight::Answered)]), Calm::Answered);
    }

    /// What is said after all of these events, and whether the case counts as mended.
    fn concluded(failed: (&str, Option<u16>), then: &[Event]) -> (Option<Calm>, bool) {
        let (url, status) = failed;
        let Place { role, path } = place(url);
        let failure = Failure { at: 50, role: Some(role), path: Some(path), status, ..Failure::default() };
        let mut model = Model::default();
        model.tab_mut(0).case = Some(Case { count: 1, failures: vec![failure], ..Case::default() });
        let mut tally = Tally::default();
        then.iter().for_each(|event| tally.take(event));
        let calm = tally.conclude(&mut model, 0);
        (calm, model.tab_mut(0).case.as_ref().is_some_and(|case| case.mended.is_some()))
    }

    /// A message that was answered.
    fn good(at: Millis, url: &str) -> [Event; 2] {
        let Event::Inspected(witness) = saw(at, Sight::Answered) else { panic!("not a witness") };
        let key = format!("{at}:stream");
        let mut answer = response(at, url, 200);
        if let Event::Response(response) = &mut answer {
            response.key = at.to_string();
        }
        [answer, Event::Inspected(Witness { key, ..witness })]
    }

    #[test]
    fn only_a_success_of_its_own_kind_mends_a_failure() {
        let (anon, prepare) = (
            "https://chatgpt.com/backend-anon/f/conversation",
            "https://chatgpt.com/backend-api/f/conversation/prepare",
        );
        let rows = [
            (CHAT, CHAT, true),
            (prepare, CHAT, true),
            (anon, CHAT, true),
            (CHAT, anon, false),
            ("https://chatgpt.com/api/auth/session", anon, false),
            ("https://files.oaiusercontent.com/file-1", CHAT, false),
            ("https://chatgpt.com/backend-api/files", CHAT, false),
            ("https://chatgpt.com/backend-api/aip/connectors/mcp", CHAT, false),
            ("https://realtime.chatgpt.com/v1/vp", CHAT, false),
            ("https://chatgpt.com/backend-api/conversations", CHAT, false),
        ];
        for (failed, answered, mended) in rows {
            assert_eq!(concluded((failed, None), &good(60, answered)).1, mended, "{failed}, then {answered}");
            assert!(!concluded((failed, None), &good(50, answered)).1, "{answered} began before {failed} failed");
        }
        let models = "https://chatgpt.com/backend-api/models";
        let with = |url: &str| [&good(40, CHAT)[..], &[response(60, url, 200)]].concat();
        assert!(concluded((models, Some(500)), &with(models)).1);
        assert!(!concluded((models, Some(500)), &with("https://chatgpt.com/backend-api/memories")).1);
    }

    #[test]
    fn what_fails_beside_an_answer_is_not_the_message_s_failure() {
        for status in [404, 422, 500, 503] {
            for at in [40, 60] {
                let failed = ("https://chatgpt.com/backend-api/wham/usage", Some(status));
                assert_eq!(concluded(failed, &good(at, CHAT)).0, Some(Calm::Partly));
            }
        }
        // A limit says what it means, and a message is its own matter.
        assert_eq!(concluded(("https://chatgpt.com/backend-api/conversations", Some(429)), &good(40, CHAT)).0, None);
        assert_eq!(concluded((CHAT, Some(500)), &good(40, CHAT)).0, None);
    }

    #[test]
    fn what_nobody_knows_says_nothing_good() {
        let fine = response(1, "https://chatgpt.com/backend-api/me", 200);
        assert_eq!(calm(&[fine.clone(), response(2, "https://example.org/", 500)]), Calm::Beside);
        assert_eq!(calm(&[fine, response(2, "https://chatgpt.com/ces/v1/t", 500)]), Calm::Fair);
        assert_eq!(calm(&[response(2, "https://chatgpt.com/ces/v1/t", 500)]), Calm::Noise);
    }
}
