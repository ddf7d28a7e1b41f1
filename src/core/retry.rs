//! When to try again: exponential backoff with a cap, and the kinds of jitter that spread clients apart.
//!
//! Owns how long to wait. Whether to try at all is somebody else's question. Randomness comes in as a function, so that a
//! test, a simulation and a browser each bring their own.
//!
//! Sources: M. Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015) for full, equal and decorrelated
//! jitter; the ± 25 % are those of OpenAI's own SDKs (`_calculate_retry_timeout` in openai-python: up to a quarter off);
//! for timeouts, M. Brooker, "Timeouts, retries, and backoff with jitter" (Amazon Builders' Library): longer than all but the
//! slowest good answers.

pub mod contend;
pub mod outage;
pub mod safe;

use super::{Millis, named::named};

named! {
    /// How a wait is drawn. `step` below is the base, doubled with each try, up to the cap.
    pub enum Jitter {
        /// No wait at all: what a retry loop in anger does.
        None = "none",
        /// The step itself.
        Exponential = "exponential",
        /// The step, a quarter more or less.
        Quarter = "quarter",
        /// Anything from nothing to the step.
        Full = "full",
        /// Half of the step, and anything up to the other half.
        Equal = "equal",
        /// Anything from the base to three times the last wait, up to the cap.
        Decorrelated = "decorrelated",
    }
}

/// How a client tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The unit of the first wait, in ms.
    pub base: Millis,
    /// No wait is longer, in ms (a quarter more with [`Jitter::Quarter`]).
    pub cap: Millis,
    /// How a wait is drawn.
    pub jitter: Jitter,
    /// So long a try may go without an answer before it counts as failed, in ms.
    pub timeout: Millis,
}

impl Default for Policy {
    /// Full jitter, because where clients contend it costs the server least for about the same time (Brooker's table, and
    /// [`contend`] which gives it again), and because of a server that comes back half of the clients are served soonest
    /// among the kinds that let it rest ([`outage`]; for that it makes a third more calls than bare exponential waits, with
    /// which whoever came together comes together again). From 2 s to 5 min, because an overload lasts minutes and no
    /// person waits longer for the next try.
    ///
    /// A minute without an answer is enough: a thousand words at 30 tokens a second take three quarters of one, while a
    /// try that is cut off too soon is work that the server does twice. The SDKs' own ten minutes cost a quarter of a
    /// 40-minute outage each time a connection dies unseen. Whoever asks for longer answers should stream them.
    fn default() -> Policy {
        Policy { base: 2_000, cap: 300_000, jitter: Jitter::Full, timeout: 60_000 }
    }
}

impl Policy {
    /// The waits before the first, the second, … further try, in ms, without end. `random` gives numbers from 0 to below 1.
    pub fn waits(self, mut random: impl FnMut() -> f64) -> impl Iterator<Item = Millis> {
        let mut tries = Tries::new(self);
        std::iter::from_fn(move || Some(tries.random_wait(&mut random).round() as Millis))
    }

    /// The wait after so many tries, in ms, for whoever remembers no more than their number: a worker that is woken for
    /// each. `random` is from 0 to below 1.
    pub fn wait(self, tries: u32, random: f64) -> Millis {
        let done = i32::try_from(tries).unwrap_or(i32::MAX);
        Tries { done, ..Tries::new(self) }.random_wait(&mut || random) as Millis
    }
}

/// How far a client has come in trying again.
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

    /// The next wait, with its fraction of a millisecond.
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
        /// Whatever the numbers, a wait is never negative, nor longer than the cap and a quarter.
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
