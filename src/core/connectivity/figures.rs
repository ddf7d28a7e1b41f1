//! The figures of a test: how many probes of the front door were answered, and how fast.

use super::{ConnectivityTest, ProbeOutcome, ProbeTarget};
use crate::core::Millis;

/// How a series of probes went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Probes of the front door.
    pub asked: usize,
    /// Those without an answer.
    pub lost: usize,
    /// The round trip in the middle of those with one.
    pub median: Millis,
    /// The longest of those with one.
    pub worst: Millis,
}

impl ConnectivityTest {
    /// The figures so far. The first probe is no round trip: it opens the connection as well, so it counts for neither time
    /// as soon as there is another.
    pub fn figures(&self) -> Figures {
        let edge = || self.seen.iter().filter(|seen| seen.target == ProbeTarget::Edge);
        let lost = edge().filter(|seen| matches!(seen.came, ProbeOutcome::Nothing(_))).count();
        let mut times: Vec<Millis> =
            edge().filter(|seen| !matches!(seen.came, ProbeOutcome::Nothing(_))).map(|seen| seen.took).collect();
        if times.len() > 1 {
            times.remove(0);
        }
        times.sort_unstable();
        Figures {
            asked: edge().count(),
            lost,
            median: times.get(times.len() / 2).copied().unwrap_or_default(),
            worst: times.last().copied().unwrap_or_default(),
        }
    }
}
