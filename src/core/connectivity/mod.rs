//! A connectivity test to ChatGPT: whom to ask, what came back, and what follows from it.
//!
//! Pure: a page asks, with a deadline each, and tells every [`Probe`]. Never keeps the address that the edge's trace names,
//! nor anything else of an answer but what is listed in [`ProbeResult`].

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

/// How long the test goes on, how far apart its probes are, and how long each may take.
pub const LASTS: Millis = 30 * SECOND;
/// Between the beginnings of two probes.
pub const EVERY: Millis = 3 * SECOND;
/// After this a probe counts as lost.
pub const PATIENCE: Millis = 5 * SECOND;

named! {
    /// Whom a test asks.
    pub enum ProbeTarget {
        /// ChatGPT's front door, about itself; asked again and again, because the service behind it is not troubled.
        Edge = "edge",
        /// The service behind it, once: the mildest thing that it answers itself, who is signed in.
        Service = "service",
        /// The provider's status page, once: another host, on another provider's machines.
        Status = "status",
        /// A host that has nothing to do with either, once: what Chromium asks to know whether there is a network
        /// (Chromium, captive_portal_detector.cc).
        Neutral = "neutral",
    }
}

impl ProbeTarget {
    /// The address that is asked; the policy in the manifest names the same hosts and no other.
    pub fn url(self) -> &'static str {
        match self {
            ProbeTarget::Edge => "https://chatgpt.com/cdn-cgi/trace",
            ProbeTarget::Service => "https://chatgpt.com/api/auth/session",
            ProbeTarget::Status => "https://status.openai.com/",
            ProbeTarget::Neutral => "https://www.gstatic.com/generate_204",
        }
    }

    /// Its host, for people.
    pub fn host(self) -> &'static str {
        let rest = self.url().strip_prefix("https://").unwrap_or_default();
        rest.split('/').next().unwrap_or_default()
    }

    /// Whether Mend may read the answer; of the others it learns only that one came.
    pub fn is_readable(self) -> bool {
        self != ProbeTarget::Neutral
    }
}

/// One request, as it went.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// Who was asked.
    pub target: ProbeTarget,
    /// When it ended.
    pub at: Millis,
    /// How long it took.
    pub took: Millis,
    /// How it ended.
    pub end: ProbeEnd,
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "a handful live, for one test of the path")]
pub enum ProbeEnd {
    /// An answer that may be read.
    Answer {
        /// Its status.
        status: u16,
        /// The headers of the allowlist.
        headers: Headers,
        /// The head of its body; read once and dropped.
        text: String,
    },
    /// An answer, and no more is known of it.
    Opaque,
    /// It was sent elsewhere.
    Diverted,
    /// No answer, and the browser's own name of the reason where it told one.
    Broken(Option<String>),
    /// No answer in time.
    Late,
}

/// A test as far as it has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConnectivityTest {
    /// The browser says that it has no network.
    pub offline: bool,
    /// Every probe, in order.
    pub seen: Vec<ProbeResult>,
    /// What the front door said of the connection last.
    pub trace: Option<Trace>,
    /// By how much this device's clock is ahead of the server's, where that is more than tokens and certificates forgive.
    pub ahead: Option<Millis>,
}

impl ConnectivityTest {
    /// Takes in one probe.
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

    /// Whether everybody was asked once, so that a finding means something.
    pub fn is_ready(&self) -> bool {
        ProbeTarget::ALL.iter().all(|target| self.seen.iter().any(|seen| seen.target == *target))
    }
}
