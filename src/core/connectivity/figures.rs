//! The figures of a test: how many probes of the edge were answered, and how fast.

use super::{ConnectivityTest, ProbeOutcome, ProbeTarget};
use crate::core::Millis;

/// Statistics of the probes of the edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Number of probes.
    pub asked: usize,
    /// Number of probes without an answer.
    pub lost: usize,
    /// Median round trip of the answered ones, in milliseconds.
    pub median: Millis,
    /// Longest round trip, in milliseconds.
    pub worst: Millis,
}

impl ConnectivityTest {
    /// The figures so far. The first probe also opens the connection, so its time is left out as soon as there is
    /// another.
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
