//! The verdict where no case is open: ChatGPT was seen to work, or the state is unknown.
//!
//! The absence of failures is not a proof: "works" requires an observed success. A failure that is not understood, an
//! unread answer or an unknown host leaves it open. Does not diagnose failures.

use super::{is_of_messages, primary};
#[cfg(not(target_arch = "wasm32"))]
use crate::core::api_answer;
use crate::core::{
    Event, Millis, Model,
    decode::{Raw, decode, is_ambiguous, is_deliberate},
    endpoint::{Endpoint, EndpointKind, classify},
    event::{NetError, PageReport, PageSignal, Response, TabId},
    fact::Fact,
    model::{Case, Mended},
    names::Cause,
    observe::Failure,
    stream_end::StreamEnd,
    time::SECOND,
};

/// Prefix of the paths that require a sign-in.
const SIGNED_IN: &str = "/backend-api/";

/// Longest time between a press of Stop and the end of its request.
const PRESSED: Millis = 10 * SECOND;

/// What is known without an open case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFailure {
    /// A message was answered to its end.
    Answered,
    /// A program's request was answered to its end, by a provider or a gateway.
    Served,
    /// The person stopped the last answer.
    Stopped,
    /// Other endpoints answered, and nothing failed.
    Fair,
    /// Only telemetry failed.
    Noise,
    /// A message was answered, but the response was not read.
    Unread,
    /// An answer's stream ended without its last records.
    Unended,
    /// A message's request ended for an unknown reason.
    BrokenOff,
    /// Messages were answered; another request failed, with unknown consequences.
    Partly,
    /// Another request failed, and no answer to a message was seen.
    Beside,
    /// Nothing was observed.
    Nothing,
}

impl NoFailure {
    /// The cause of the contract.
    pub fn cause(self) -> Cause {
        match self {
            NoFailure::Answered | NoFailure::Served | NoFailure::Fair => Cause::Working,
            NoFailure::Stopped => Cause::Stopped,
            NoFailure::Noise => Cause::Noise,
            NoFailure::Unread
            | NoFailure::Unended
            | NoFailure::BrokenOff
            | NoFailure::Partly
            | NoFailure::Beside
            | NoFailure::Nothing => Cause::Unknown,
        }
    }

    /// Confidence, from 0 to 1.
    pub fn confidence(self) -> f64 {
        match self {
            NoFailure::Answered | NoFailure::Stopped => 0.96,
            NoFailure::Served | NoFailure::Noise => 0.84,
            NoFailure::Fair => 0.58,
            NoFailure::Unread | NoFailure::Unended | NoFailure::BrokenOff | NoFailure::Partly | NoFailure::Beside => {
                0.3
            }
            NoFailure::Nothing => 0.0,
        }
    }

    /// The message key of what would give more evidence.
    pub fn more(self) -> Option<&'static str> {
        (self.cause() == Cause::Unknown && self != NoFailure::Partly).then_some("more_message")
    }

    /// The message key of the title.
    pub fn title(self) -> &'static str {
        match self {
            NoFailure::Answered | NoFailure::Fair => "title_working",
            NoFailure::Served => "title_served",
            NoFailure::Stopped => "title_stopped",
            // Failed telemetry does not prove that anything else works.
            NoFailure::Noise => "title_noise",
            NoFailure::Unread
            | NoFailure::Unended
            | NoFailure::BrokenOff
            | NoFailure::Partly
            | NoFailure::Beside
            | NoFailure::Nothing => "title_unknown",
        }
    }

    /// The message key of the text.
    pub fn message_key(self) -> &'static str {
        match self {
            NoFailure::Answered => "why_answered",
            NoFailure::Served => "why_served",
            NoFailure::Stopped => "failures_none",
            NoFailure::Noise => "why_noise",
            NoFailure::Fair => "why_fair",
            NoFailure::Unread => "why_unread",
            NoFailure::Unended => "why_unended",
            NoFailure::BrokenOff => "why_broken_off",
            NoFailure::Partly => "why_partly",
            NoFailure::Beside => "why_beside",
            NoFailure::Nothing => "why_nothing",
        }
    }
}

/// The latest time of each kind of observation that counts where no case is open.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    answered: Option<Millis>,
    /// The latest good answer of an endpoint that needs no sign-in.
    nameless: Option<Millis>,
    /// The latest good answer of an endpoint that needs a sign-in.
    named: Option<Millis>,
    /// The key of the last good answer's request, if it was made without a sign-in.
    by_nobody: Option<String>,
    /// The latest whole answer to a program's request.
    served: Option<Millis>,
    unread: Option<Millis>,
    unended: Option<Millis>,
    broken: Option<Millis>,
    stopped: Option<Millis>,
    beside: bool,
    noise: bool,
    fair: Vec<(Endpoint, Millis)>,
}

fn last(known: &mut Option<Millis>, at: Millis) {
    *known = Some(known.map_or(at, |known| known.max(at)));
}

/// Whether it is a host of ChatGPT's or OpenAI's, without a path.
fn is_own_host(url: &str) -> bool {
    let mut parts = url.split('/').skip(2);
    let host = parts.next().unwrap_or_default();
    let is_own = |own: &&str| host == *own || host.strip_suffix(*own).is_some_and(|rest| rest.ends_with('.'));
    parts.all(str::is_empty) && ["chatgpt.com", "openai.com"].iter().any(is_own)
}

/// Whether the request was made without a sign-in: `/backend-anon/` and `/unauth-mweb/`, see `endpoint/path.rs`.
fn is_nameless(path: &str) -> bool {
    path.starts_with("/backend-anon/") || path.starts_with("/unauth-")
}

/// Whether another request than a message's failed, by its status alone: its consequences are unknown.
fn is_beside(failure: &Failure) -> bool {
    const NO_REASON: &[u16] = &[400, 404, 405, 410, 422, 500, 502, 503, 504];
    let beside = matches!(
        failure.endpoint,
        Some(EndpointKind::Other | EndpointKind::History | EndpointKind::Asset | EndpointKind::Socket)
    );
    beside && failure.status.is_some_and(|status| NO_REASON.contains(&status))
}

fn is_message(endpoint: EndpointKind) -> bool {
    matches!(endpoint, EndpointKind::Chat | EndpointKind::Resume | EndpointKind::Gate)
}

impl Tally {
    /// Adds one event, in any order.
    pub fn take(&mut self, event: &Event) {
        match event {
            Event::Response(response) => self.response(response),
            Event::NetError(error) => self.net_error(error),
            // A redirect to an unrelated host is not an answer.
            Event::Redirect(redirect) if classify(&redirect.to).kind == EndpointKind::Unrelated => {
                self.bad(classify(&redirect.url).kind, redirect.at);
            }
            Event::PageReport(report) | Event::Inspected(report) => self.report(report),
            _ => {}
        }
    }

    fn response(&mut self, response: &Response) {
        let (place, at) = (classify(&response.url), response.at);
        let endpoint = place.kind;
        match response.status {
            Some(101 | 200..=299 | 304) => {
                if is_message(endpoint) {
                    self.by_nobody = is_nameless(&place.path).then(|| response.key.clone());
                }
                #[cfg(not(target_arch = "wasm32"))]
                if endpoint.is_of_programs() && response.body.as_deref().is_some_and(api_answer::is_whole) {
                    last(&mut self.served, at);
                }
                self.good(place, at);
            }
            // A redirect is not an answer to a message.
            Some(status) if (300..400).contains(&status) && !is_message(endpoint) => {}
            Some(_) => self.bad(endpoint, at),
            // What a program says of its own records; of other requests nothing follows from it.
            None if endpoint == EndpointKind::Telemetry => self.noise = true,
            None => {}
        }
    }

    fn good(&mut self, place: Endpoint, at: Millis) {
        match place.kind {
            EndpointKind::Chat | EndpointKind::Resume => last(&mut self.unread, at),
            EndpointKind::Stop => last(&mut self.stopped, at),
            // A good status of the API may carry an error, and a gateway answers for what is behind it.
            EndpointKind::Api
            | EndpointKind::Azure
            | EndpointKind::Gateway
            | EndpointKind::Untold
            | EndpointKind::Foreign => {
                last(&mut self.unread, at);
                self.fair.push((place, at));
            }
            EndpointKind::Telemetry | EndpointKind::Unrelated => {}
            _ => self.fair.push((place, at)),
        }
    }

    fn bad(&mut self, endpoint: EndpointKind, at: Millis) {
        match endpoint {
            EndpointKind::Telemetry => self.noise = true,
            _ if is_message(endpoint) => last(&mut self.broken, at),
            _ => self.beside = true,
        }
    }

    fn net_error(&mut self, error: &NetError) {
        let endpoint = classify(&error.url).kind;
        // Cancelled requests of a page that was left say nothing about messages.
        let left = is_deliberate(&error.error) || is_ambiguous(&error.error);
        if !(left && matches!(endpoint, EndpointKind::Stop)) {
            self.bad(endpoint, error.at);
        }
        // A host of the service that is not found, whatever was asked of it: sign-in may need it, though its telemetry does not
        // matter (hagezi/dns-blocklists#3009).
        let is_unresolved = decode(&Raw { error: Some(&error.error), ..Raw::default() }).contains(&Fact::NetDns);
        self.beside |= is_unresolved && is_own_host(&error.url);
    }

    fn report(&mut self, report: &PageReport) {
        let at = report.at;
        match &report.saw {
            PageSignal::Answered => {
                last(&mut self.answered, at);
                let key = report.key.strip_suffix(":stream");
                let nameless = key.is_some_and(|key| self.by_nobody.as_deref() == Some(key));
                last(if nameless { &mut self.nameless } else { &mut self.named }, at);
            }
            PageSignal::Stopped | PageSignal::Left => last(&mut self.stopped, at),
            PageSignal::Recovering { on: true } => last(&mut self.unended, at),
            PageSignal::Stream { end: StreamEnd::Open, .. } => last(&mut self.unended, at),
            PageSignal::Stream { end: StreamEnd::Handoff, .. } => last(&mut self.unread, at),
            PageSignal::Stream { end: StreamEnd::Error, .. } => last(&mut self.broken, at),
            PageSignal::Timing { url, status, .. } | PageSignal::Body { url, status, .. }
                if *status == 0 || *status >= 400 =>
            {
                self.bad(classify(url).kind, at);
            }
            PageSignal::Fine { url, .. } => self.good(classify(url), at),
            PageSignal::Count { noise, .. } => self.noise |= noise,
            PageSignal::Banner { .. } | PageSignal::Thrown { .. } => self.beside = true,
            PageSignal::Recovering { on: false }
            | PageSignal::Hello
            | PageSignal::Timing { .. }
            | PageSignal::Body { .. }
            | PageSignal::Page(_)
            | PageSignal::Flood
            | PageSignal::Room { .. } => {}
        }
    }

    /// The verdict for a tab without an open case; none if its case is open. A proof by an unread answer alone is
    /// revoked: the case is then open again.
    pub fn conclude(&self, model: &mut Model, tab: TabId) -> Option<NoFailure> {
        let tab = model.tabs.iter_mut().find(|known| known.id == tab);
        let Some(case) = tab.and_then(|tab| tab.case.as_mut()) else { return Some(self.no_failure()) };
        if let Some(at) = self.proves(case) {
            // Without an answered message, the proof was the core's pause without a failure alone.
            if self.answered.is_some() {
                case.mended.get_or_insert(Mended { at, answers: 1 });
            }
        } else {
            case.mended = None;
            if self.answered.is_some() && case.failures.iter().all(is_beside) {
                return Some(match self.no_failure() {
                    NoFailure::Answered => NoFailure::Partly,
                    other => other,
                });
            }
        }
        let after = case.mended.is_some() && self.open_end();
        after.then(|| self.no_failure())
    }

    /// When the failed part was later seen to succeed. A message proves nothing for files, voice or connectors, and
    /// one without a sign-in nothing for the session.
    fn proves(&self, case: &Case) -> Option<Millis> {
        let newest = case.newest().unwrap_or(Millis::MIN);
        let failed = primary(case);
        let (endpoint, path) = (failed.and_then(|one| one.endpoint), failed.and_then(|one| one.path.as_deref()));
        let signed_in = path.is_some_and(|path| path.starts_with(SIGNED_IN) || endpoint == Some(EndpointKind::Session));
        let nameless = self.nameless.filter(|_| !signed_in);
        let answered = [self.named, nameless].into_iter().flatten().filter(|_| failed.is_none_or(is_of_messages));
        let alike = |place: &Endpoint| {
            let exact = matches!(endpoint, Some(EndpointKind::Files | EndpointKind::Other | EndpointKind::History));
            Some(place.kind) == endpoint && (!exact || Some(place.path.as_str()) == path)
        };
        let fair = self.fair.iter().filter(|(place, _)| alike(place)).map(|(_, at)| *at);
        answered.chain(fair).filter(|at| *at > newest).min()
    }

    /// Whether a request ended for an unknown reason after the last success.
    fn open_end(&self) -> bool {
        matches!(self.no_failure(), NoFailure::BrokenOff | NoFailure::Unended | NoFailure::Unread)
    }

    fn no_failure(&self) -> NoFailure {
        let since = self.answered.unwrap_or(Millis::MIN);
        let stopped = |at: Millis| self.stopped.is_some_and(|then| then.abs_diff(at) <= PRESSED.unsigned_abs());
        let open = |seen: Option<Millis>| seen.is_some_and(|at| at > since && !stopped(at));
        let stop = self.stopped.filter(|at| *at > since && self.unread.is_none_or(|unread| *at >= unread));
        match () {
            () if open(self.broken) => NoFailure::BrokenOff,
            () if open(self.unended) => NoFailure::Unended,
            () if stop.is_some() => NoFailure::Stopped,
            () if self.served.is_some_and(|at| at >= self.unread.unwrap_or(since)) => NoFailure::Served,
            () if self.unread.is_some_and(|at| at > since) => NoFailure::Unread,
            () if self.answered.is_some() => NoFailure::Answered,
            () if self.beside => NoFailure::Beside,
            () if self
                .fair
                .iter()
                .any(|(place, _)| !matches!(place.kind, EndpointKind::Edge | EndpointKind::Check)) =>
            {
                NoFailure::Fair
            }
            () if self.noise => NoFailure::Noise,
            () => NoFailure::Nothing,
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::panic, reason = "a test may fail loudly")]
mod tests;
