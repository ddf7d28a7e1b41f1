//! A connectivity test to ChatGPT: the targets, the outcomes, and the finding.
//!
//! Pure: a page sends the requests with a timeout each and reports every [`Probe`]. Never keeps the IP address from
//! the edge's trace, nor anything of a response except the fields of [`ProbeResult`].

mod figures;
mod find;
pub mod finding;
mod how;
mod seen;
mod trace;

use super::{
    Millis,
    decode::CLOCK,
    headers::Headers,
    named::named,
    time::{SECOND, http_date},
};
pub use figures::Figures;
pub use how::{System, Topic};
pub use seen::{ProbeOutcome, ProbeResult};
pub use trace::Trace;

/// Duration of a test.
pub const LASTS: Millis = 30 * SECOND;
/// Interval between the starts of two probes.
pub const EVERY: Millis = 3 * SECOND;
/// Timeout of a probe, after which it counts as lost.
pub const PATIENCE: Millis = 5 * SECOND;

named! {
    /// The target of a probe.
    pub enum ProbeTarget {
        /// ChatGPT's edge (`/cdn-cgi/trace`); probed repeatedly, as that puts no load on the service behind it.
        Edge = "edge",
        /// The service behind the edge, once: the session endpoint, the cheapest that the service itself answers.
        Service = "service",
        /// The provider's status page, once: another host, at another hosting provider.
        Status = "status",
        /// A host independent of both, once: the one that Chromium uses for its connectivity check (Chromium,
        /// captive_portal_detector.cc).
        Neutral = "neutral",
    }
}

impl ProbeTarget {
    /// The URL of the probe; the manifest's content security policy allows the same hosts and no other.
    pub fn url(self) -> &'static str {
        match self {
            ProbeTarget::Edge => "https://chatgpt.com/cdn-cgi/trace",
            ProbeTarget::Service => "https://chatgpt.com/api/auth/session",
            ProbeTarget::Status => "https://status.openai.com/",
            ProbeTarget::Neutral => "https://www.gstatic.com/generate_204",
        }
    }

    /// Its host name, for display.
    pub fn host(self) -> &'static str {
        let rest = self.url().strip_prefix("https://").unwrap_or_default();
        rest.split('/').next().unwrap_or_default()
    }

    /// Whether Mend may read the response; otherwise it only learns that there was one.
    pub fn is_readable(self) -> bool {
        self != ProbeTarget::Neutral
    }
}

/// One request of a test.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// The target.
    pub target: ProbeTarget,
    /// When it ended, in milliseconds since the epoch.
    pub at: Millis,
    /// How long it took, in milliseconds.
    pub took: Millis,
    /// How it ended.
    pub end: ProbeEnd,
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "a handful live, for one test of the path")]
pub enum ProbeEnd {
    /// A readable response.
    Answer {
        /// HTTP status.
        status: u16,
        /// The allowed headers.
        headers: Headers,
        /// The beginning of its body; parsed and dropped.
        text: String,
    },
    /// An opaque response.
    Opaque,
    /// A redirect.
    Diverted,
    /// No response; with the browser's name of the network error, if there is one.
    Broken(Option<String>),
    /// No response before the timeout.
    Late,
}

/// The state of a test.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConnectivityTest {
    /// Whether the browser reports that there is no network.
    pub offline: bool,
    /// The results of all probes, in order.
    pub seen: Vec<ProbeResult>,
    /// The edge's last trace.
    pub trace: Option<Trace>,
    /// How far this device's clock is ahead of the server's, in milliseconds, if by more than tokens and certificates
    /// tolerate.
    pub ahead: Option<Millis>,
    /// Whether no more probes come: until then the finding is a preliminary one.
    pub ended: bool,
}

impl ConnectivityTest {
    /// Adds the result of one probe.
    pub fn take(&mut self, probe: &Probe) {
        if let ProbeEnd::Answer { headers, text, .. } = &probe.end {
            if let Some(date) = headers.date.as_deref().and_then(http_date) {
                let ahead = probe.at.saturating_sub(date);
                self.ahead = Some(ahead).filter(|ahead| ahead.unsigned_abs() >= CLOCK.unsigned_abs());
            }
            if probe.target == ProbeTarget::Edge {
                self.trace = Trace::read(text).or(self.trace.take());
            }
        }
        self.seen.push(ProbeResult::of(probe));
    }

    /// Whether every target was probed, so that the finding is meaningful.
    pub fn is_ready(&self) -> bool {
        ProbeTarget::ALL.iter().all(|target| self.seen.iter().any(|seen| seen.target == *target))
    }
}
