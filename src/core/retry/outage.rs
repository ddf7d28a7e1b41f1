//! Simulates many clients of a server with an outage: the cost of their retries, and how long after its end the last
//! client is served.

use super::{Policy, Tries};
use crate::core::Millis;

/// Time within which the clients arrive, in ms.
const ARRIVE: f64 = 60_000.0;
/// Time until a good response begins, in ms.
const ANSWER: f64 = 1_000.0;
/// Upper bound of the tries; a policy without waits would never end.
const MOST_TRIES: u32 = 100_000;

/// The parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Number of clients, each with one request.
    pub clients: u32,
    /// Duration of the outage, in ms.
    pub lasts: Millis,
}

/// The result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Herd {
    /// Number of calls that reached the server, or would have.
    pub calls: u64,
    /// Most calls in one second.
    pub peak: u32,
    /// When half of the clients were served, in ms after the end of the outage.
    pub half: Millis,
    /// When the last client was served, likewise.
    pub last: Millis,
    /// The calls of each second since the beginning of the outage.
    pub seconds: Vec<u32>,
}

impl Outage {
    /// Runs the simulation. `random` returns numbers in [0, 1).
    pub fn play(self, policy: Policy, random: &mut dyn FnMut() -> f64) -> Herd {
        let (back, timeout) = (self.lasts.max(0) as f64, policy.timeout.max(1) as f64);
        let mut herd = Herd::default();
        let mut served = Vec::new();
        for _ in 0..self.clients {
            let mut tries = Tries::new(policy);
            let mut at = random() * ARRIVE.min(back);
            for _ in 0..MOST_TRIES {
                herd.call(at);
                if at >= back {
                    break;
                }
                at += timeout + tries.random_wait(random);
            }
            served.push((at + ANSWER - back).max(0.0) as Millis);
        }
        served.sort_unstable();
        herd.half = served.get(served.len() / 2).copied().unwrap_or_default();
        herd.last = served.last().copied().unwrap_or_default();
        herd.peak = herd.seconds.iter().copied().max().unwrap_or_default();
        herd
    }
}

impl Herd {
    fn call(&mut self, at: f64) {
        self.calls += 1;
        let second = (at / 1_000.0) as usize;
        if self.seconds.len() <= second {
            self.seconds.resize(second + 1, 0);
        }
        if let Some(calls) = self.seconds.get_mut(second) {
            *calls += 1;
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{super::Jitter, *};

    fn play(jitter: Jitter) -> Herd {
        let mut source = fastrand::Rng::with_seed(7);
        let outage = Outage { clients: 1_000, lasts: 40 * 60_000 };
        outage.play(Policy { jitter, timeout: 10_000, ..Policy::default() }, &mut || source.f64())
    }

    #[test]
    fn every_client_is_served_and_every_call_counted() {
        for jitter in Jitter::ALL {
            let herd = play(*jitter);
            assert_eq!(herd.calls, herd.seconds.iter().map(|calls| u64::from(*calls)).sum::<u64>(), "{jitter:?}");
            assert!(herd.calls >= 1_000 && herd.half <= herd.last, "{jitter:?}: {herd:?}");
        }
    }

    #[test]
    fn waits_spare_the_server_and_jitter_spreads_the_clients() {
        let (none, exponential, full) = (play(Jitter::None), play(Jitter::Exponential), play(Jitter::Full));
        assert!(full.calls * 5 < none.calls, "{} {}", full.calls, none.calls);
        let after = |herd: &Herd| herd.seconds.iter().skip(40 * 60).copied().max();
        assert!(after(&full) < after(&exponential), "{:?} {:?}", after(&full), after(&exponential));
        // The mean wait is half of the cap: half of the clients return within it, and all within one try and one wait.
        assert!(full.last <= 300_000 + 10_000 + 1_000 && full.half < 150_000, "{} {}", full.half, full.last);
    }
}
