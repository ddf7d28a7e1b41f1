//! Simulates many clients that contend for one row, and counts what each retry policy costs the server.
//!
//! The model is that of M. Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015): a client reads the
//! row's version, then writes; the write succeeds if the version is unchanged, otherwise the client waits and reads
//! again. Each message takes |N(10, 2)| ms and none is lost: a policy's timeout does not matter.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{Policy, Tries};

/// Network delay of a message, in ms: mean and standard deviation.
const DELAY: (f64, f64) = (10.0, 2.0);

/// The result.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Number of writes that the server processed.
    pub calls: f64,
    /// When the last client finished, in ms.
    pub took: f64,
}

/// A message to the server, or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Message {
    Read,
    Version(u32),
    Write(u32),
    Refused,
}

/// Simulates `clients` that each want to write once with this policy; the mean of `rounds`. `random` returns numbers
/// in [0, 1).
pub fn contend(policy: Policy, clients: u32, rounds: u32, random: &mut dyn FnMut() -> f64) -> Load {
    let mut sum = Load::default();
    for _ in 0..rounds {
        let load = round(policy, clients, random);
        sum = Load { calls: sum.calls + load.calls, took: sum.took + load.took };
    }
    let rounds = f64::from(rounds.max(1));
    Load { calls: sum.calls / rounds, took: sum.took / rounds }
}

fn round(policy: Policy, clients: u32, random: &mut dyn FnMut() -> f64) -> Load {
    let (mut version, mut load) = (0, Load::default());
    let mut tries: Vec<Tries> = (0..clients).map(|_| Tries::new(policy)).collect();
    // In whole nanoseconds, as floats have no total order.
    let mut queue = BinaryHeap::new();
    for client in 0..clients {
        queue.push(Reverse((nanos(delay(random)), client, Message::Read)));
    }
    while let Some(Reverse((at, client, message))) = queue.pop() {
        let (wait, next) = match message {
            Message::Read => (0.0, Message::Version(version)),
            Message::Version(read) => (0.0, Message::Write(read)),
            Message::Write(read) => {
                load.calls += 1.0;
                if read == version {
                    version += 1;
                    // The response is the last message of this client.
                    load.took = load.took.max((at + nanos(delay(random))) as f64 / 1e6);
                    continue;
                }
                (0.0, Message::Refused)
            }
            Message::Refused => {
                let own = tries.get_mut(client as usize);
                (own.map_or(0.0, |own| own.random_wait(random)), Message::Read)
            }
        };
        queue.push(Reverse((at + nanos(wait + delay(random)), client, next)));
    }
    load
}

fn nanos(millis: f64) -> u64 {
    (millis * 1e6) as u64
}

/// The Box–Muller transform to a normal distribution (1958).
fn delay(random: &mut dyn FnMut() -> f64) -> f64 {
    let (one, two) = (1.0 - random(), random());
    let normal = (-2.0 * one.max(f64::MIN_POSITIVE).ln()).sqrt() * (2.0 * std::f64::consts::PI * two).cos();
    (DELAY.0 + DELAY.1 * normal).abs()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{super::Jitter, *};

    /// The results of Brooker's simulator for 100 clients, a base of 5 ms and a cap of 2 s: calls, and ms until the
    /// last one finished.
    const PUBLISHED: &[(Jitter, f64, f64)] = &[
        (Jitter::Full, 795.0, 4_925.0),
        (Jitter::Exponential, 1_861.0, 63_572.0),
        (Jitter::Decorrelated, 1_000.0, 4_576.0),
        (Jitter::Equal, 813.0, 6_619.0),
        (Jitter::None, 2_422.0, 2_026.0),
    ];

    #[test]
    fn the_published_table_comes_out_again() {
        let mut source = fastrand::Rng::with_seed(7);
        let mut random = || source.f64();
        for (jitter, calls, took) in PUBLISHED {
            let policy = Policy { base: 5, cap: 2_000, jitter: *jitter, ..Policy::default() };
            let load = contend(policy, 100, 300, &mut random);
            println!("{:<14}{:>8.0} calls ({calls}) {:>8.0} ms ({took})", jitter.name(), load.calls, load.took);
            assert!((load.calls / calls - 1.0).abs() <= 0.03, "{jitter:?}: {load:?}");
            assert!((load.took / took - 1.0).abs() <= 0.03, "{jitter:?}: {load:?}");
        }
    }
}
