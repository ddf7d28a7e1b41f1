//! When to try again: exponential backoff with a cap, and the kinds of jitter that spread clients apart.
//!
//! Owns how long to wait, not whether to retry. Randomness comes in as a function, so that a test, a simulation and a
//! browser can each provide their own.
//!
//! Sources: M. Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015) for full, equal and
//! decorrelated jitter; the ± 25 % are those of OpenAI's own SDKs (`_calculate_retry_timeout` in openai-python: up to
//! a quarter off); for timeouts, M. Brooker, "Timeouts, retries, and backoff with jitter" (Amazon Builders' Library):
//! longer than all but the slowest good answers.

pub mod bulk;
pub mod contend;
pub mod outage;
pub mod safe;

use super::{Millis, named::named};

named! {
    /// How a wait is drawn. `step` is the base, doubled with each try, up to the cap.
    pub enum Jitter {
        /// No wait.
        None = "none",
        /// The step.
        Exponential = "exponential",
        /// The step ± 25 %.
        Quarter = "quarter",
        /// Uniform from 0 to the step.
        Full = "full",
        /// Half of the step, plus uniform from 0 to the other half.
        Equal = "equal",
        /// Uniform from the base to three times the last wait, up to the cap.
        Decorrelated = "decorrelated",
    }
}

/// How a client retries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The base, in ms: the first step is twice as long.
    pub base: Millis,
    /// The longest wait, in ms (a quarter more with [`Jitter::Quarter`]).
    pub cap: Millis,
    /// How a wait is drawn.
    pub jitter: Jitter,
    /// Timeout of one try, in ms.
    pub timeout: Millis,
}

impl Default for Policy {
    /// Full jitter: where clients contend it costs the server least for about the same time (Brooker's table,
    /// reproduced by [`contend`]), and of the kinds that spare a recovering server it serves half of the clients
    /// soonest ([`outage`]; there it makes a third more calls than plain exponential waits, with which clients that
    /// came together stay together). From 2 s to 5 min, because an overload lasts minutes and a person does not wait
    /// longer for the next try.
    ///
    /// A timeout of one minute: a thousand words at 30 tokens a second take 45 s, while a try that is aborted too soon
    /// is work that the server does twice. The SDKs' own ten minutes cost a quarter of a 40-minute outage each time
    /// that a connection is lost silently. For longer answers, use streaming.
    fn default() -> Policy {
        Policy { base: 2_000, cap: 300_000, jitter: Jitter::Full, timeout: 60_000 }
    }
}

impl Policy {
    /// The waits before the first, the second, … retry, in ms, without end. `random` returns numbers in [0, 1).
    pub fn waits(self, mut random: impl FnMut() -> f64) -> impl Iterator<Item = Millis> {
        let mut tries = Tries::new(self);
        std::iter::from_fn(move || Some(tries.random_wait(&mut random).round() as Millis))
    }

    /// The wait after this many tries, in ms, for a caller that keeps only their number, such as the worker, which is
    /// woken for each. `random` is in [0, 1).
    pub fn wait(self, tries: u32, random: f64) -> Millis {
        let done = i32::try_from(tries).unwrap_or(i32::MAX);
        Tries { done, ..Tries::new(self) }.random_wait(&mut || random) as Millis
    }
}

/// State of a series of tries.
#[derive(Clone, Copy, Debug)]
struct Tries {
    policy: Policy,
    done: i32,
    last: f64,
}

impl Tries {
    fn new(policy: Policy) -> Tries {
        Tries { policy, done: 0, last: policy.base as f64 }
    }

    /// The next wait in ms, not rounded.
    fn random_wait(&mut self, random: &mut dyn FnMut() -> f64) -> f64 {
        let (base, cap) = (self.policy.base.max(0) as f64, self.policy.cap.max(0) as f64);
        self.done = self.done.saturating_add(1);
        let step = (base * 2_f64.powi(self.done)).min(cap);
        let mut between = |from: f64, to: f64| from + random().clamp(0.0, 1.0) * (to - from);
        match self.policy.jitter {
            Jitter::None => 0.0,
            Jitter::Exponential => step,
            Jitter::Quarter => between(step * 0.75, step * 1.25),
            Jitter::Full => between(0.0, step),
            Jitter::Equal => between(step / 2.0, step),
            Jitter::Decorrelated => {
                self.last = between(base, self.last * 3.0).min(cap);
                self.last
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn waits(jitter: Jitter, random: f64) -> Vec<Millis> {
        Policy { base: 100, cap: 1_000, jitter, ..Policy::default() }.waits(move || random).take(5).collect()
    }

    #[test]
    fn each_kind_at_both_ends() {
        assert_eq!(waits(Jitter::None, 0.5), [0; 5]);
        assert_eq!(waits(Jitter::Exponential, 0.5), [200, 400, 800, 1_000, 1_000]);
        assert_eq!(waits(Jitter::Quarter, 0.0), [150, 300, 600, 750, 750]);
        assert_eq!(waits(Jitter::Quarter, 1.0), [250, 500, 1_000, 1_250, 1_250]);
        assert_eq!(waits(Jitter::Full, 0.0), [0; 5]);
        assert_eq!(waits(Jitter::Full, 1.0), [200, 400, 800, 1_000, 1_000]);
        assert_eq!(waits(Jitter::Equal, 0.0), [100, 200, 400, 500, 500]);
        assert_eq!(waits(Jitter::Decorrelated, 0.0), [100; 5]);
        assert_eq!(waits(Jitter::Decorrelated, 1.0), [300, 900, 1_000, 1_000, 1_000]);
    }

    proptest! {
        /// For all random numbers, a wait is not negative and not longer than the cap plus a quarter.
        #[test]
        fn waits_stay_in_range(
            base in -10_i64..i64::MAX / 4, cap in -10_i64..i64::MAX / 4, jitter in proptest::sample::select(Jitter::ALL),
            random in proptest::collection::vec(-1.0..2.0_f64, 80),
        ) {
            let mut random = random.into_iter().cycle();
            let waits = Policy { base, cap, jitter, ..Policy::default() }.waits(|| random.next().unwrap_or_default());
            for wait in waits.take(200) {
                prop_assert!(wait >= 0 && wait as f64 <= cap.max(base).max(0) as f64 * 1.25 + 1.0, "{wait}");
            }
        }
    }
}
