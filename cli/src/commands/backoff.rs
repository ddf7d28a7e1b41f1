//! `mend backoff`: what a way to try again costs a server that is away for a while. Owns what is asked, and the table; the
//! simulation is the core's.

mod bulk;
mod code;
mod plot;

use std::{io::Write, process::ExitCode};

use clap::value_parser;
use code::Language;
use mend::core::{
    Millis,
    retry::{
        Jitter, Policy,
        bulk::Bulk,
        outage::{Herd, Outage},
    },
    time::{MINUTE, SECOND},
};
use plot::svg;
use serde_json::json;

use super::names::names;
use crate::output::{self, written};

/// The same numbers each time: two policies are compared on the same day.
const SEED: u64 = 7;
/// More clients tell nothing more.
const MOST_CLIENTS: i64 = 10_000;
/// Nor does a longer outage, in minutes.
const A_DAY: i64 = 24 * 60;

/// Says what a way to try again costs a server that is away for a while, and when its clients are served after that; or writes
/// a program that tries again like that; or says how to spread many requests below a rate limit.
///
/// The table has a line for each kind of jitter: the calls of all clients together, the most of them in one second, and how
/// long after the server is back half of the clients, and all, have their answer. Few calls and a low peak are kind to the
/// server, a short time to its clients.
///
/// The program tries for at most so many minutes, begins at most so many requests a minute, does as the server asks
/// (Retry-After), and never tries again what cannot pass.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  mend backoff --clients 1000 --outage 40 --plot load.svg\n  mend backoff --code python --policy full --rpm 60 > ask.py\n  mend backoff --limits 500,30000 --requests 5000 --tokens 800"
)]
pub struct Args {
    /// The kind of jitter; without, all of them
    #[arg(long, value_parser = names(Jitter::ALL, Jitter::name))]
    policy: Option<Jitter>,
    /// The base of the waits, in ms: the first is drawn from twice as much, each further one from twice the one before
    #[arg(long, value_name = "MS", default_value_t = of(Policy::default().base))]
    base: u32,
    /// No wait is drawn from more than this, in ms; a server that asks for more gets it
    #[arg(long, value_name = "MS", default_value_t = of(Policy::default().cap))]
    cap: u32,
    /// A try fails after so many seconds without an answer
    #[arg(long, value_name = "S", default_value_t = of(Policy::default().timeout / SECOND), value_parser = value_parser!(u32).range(1..=65_535))]
    timeout: u32,
    /// So many clients try
    #[arg(long, value_name = "N", default_value_t = 1_000, conflicts_with = "code", value_parser = value_parser!(u32).range(1..=MOST_CLIENTS))]
    clients: u32,
    /// The server is away for so many minutes
    #[arg(long, value_name = "MIN", default_value_t = 40, conflicts_with = "code", value_parser = value_parser!(u32).range(0..=A_DAY))]
    outage: u32,
    /// A line of JSON a policy; with --limits one object
    #[arg(long, conflicts_with = "code")]
    json: bool,
    /// Draws the calls over time as well
    #[arg(long, value_name = "OUT.svg", conflicts_with = "code")]
    plot: Option<String>,
    /// Writes the policy as a program
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    code: Option<Language>,
    /// A program tries for so many minutes for one answer
    // An hour outlasts most outages, and the longest wait after one.
    #[arg(long, value_name = "MIN", default_value_t = 60, requires = "code", value_parser = value_parser!(u32).range(0..=A_DAY))]
    budget: u32,
    /// A program begins so many requests a minute
    // One a second leaves room below the limit of most accounts; whoever has more says so.
    #[arg(long, value_name = "N", default_value_t = 60, requires = "code", value_parser = value_parser!(u32).range(1..=65_535))]
    rpm: u32,
    /// The limits of the account: requests and tokens a minute
    #[arg(long, value_name = "RPM,TPM", value_parser = bulk::limits, requires = "requests", conflicts_with_all = ["code", "plot"])]
    limits: Option<(u64, u64)>,
    /// So many requests are to be sent
    #[arg(long, value_name = "N", requires = "limits", value_parser = value_parser!(u64).range(1..=bulk::MOST))]
    requests: Option<u64>,
    /// Tokens of one request: its input, and the most that it may answer
    #[arg(long, value_name = "T", default_value_t = 1_000, requires = "limits", value_parser = value_parser!(u64).range(1..=bulk::MOST))]
    tokens: u64,
}

/// A default of the core's for an option.
fn of(millis: Millis) -> u32 {
    u32::try_from(millis).unwrap_or(u32::MAX)
}

impl Args {
    /// The program alone, or the table and, where it is asked for, the picture.
    pub fn run(self) -> ExitCode {
        if let (Some((rpm, tpm)), Some(requests)) = (self.limits, self.requests) {
            return bulk::print(Bulk { rpm, tpm, requests, tokens: self.tokens }, self.json);
        }
        if let Some(language) = self.code {
            let policy = self.policy.map_or(self.policy(), |jitter| Policy { jitter, ..self.policy() });
            return match code::program(language, policy, Millis::from(self.budget) * MINUTE, self.rpm) {
                Ok(program) => output::print(&program),
                Err(error) => output::fail(&error),
            };
        }
        let asked = Asked {
            json: self.json,
            outage: Outage { clients: self.clients, lasts: Millis::from(self.outage) * MINUTE },
            policy: self.policy(),
            jitter: self.policy,
        };
        let herds = asked.play();
        let printed = output::print(&format!("{}\n", render(&asked, &herds)));
        let Some(plot) = self.plot.as_ref().filter(|_| printed == ExitCode::SUCCESS) else { return printed };
        written(plot, &[], |out| match out.write_all(svg(&asked, &herds).as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => output::fail(&error.to_string()),
        })
    }

    /// What the clients follow, but for its jitter.
    fn policy(&self) -> Policy {
        let timeout = Millis::from(self.timeout) * SECOND;
        Policy { base: self.base.into(), cap: self.cap.into(), timeout, ..Policy::default() }
    }
}

/// What is played.
#[derive(Clone, Debug)]
struct Asked {
    /// One line of JSON a kind of jitter, instead of the table.
    json: bool,
    /// What the clients run into.
    outage: Outage,
    /// What they follow, but for its jitter.
    policy: Policy,
    /// Of this kind alone.
    jitter: Option<Jitter>,
}

impl Asked {
    /// Plays the outage for each kind of jitter that is asked for.
    fn play(&self) -> Vec<(Jitter, Herd)> {
        let kinds = Jitter::ALL.iter().copied().filter(|kind| self.jitter.is_none_or(|wanted| wanted == *kind));
        let herds = kinds.map(|jitter| {
            let mut source = fastrand::Rng::with_seed(SEED);
            (jitter, self.outage.play(Policy { jitter, ..self.policy }, &mut || source.f64()))
        });
        herds.collect()
    }

    /// What was played, in words.
    fn headline(&self) -> String {
        format!(
            "{} clients, a server that is away for {} min, tries given up after {} s, waits from {} s to {} s.",
            self.outage.clients,
            self.outage.lasts / MINUTE,
            self.policy.timeout / SECOND,
            seconds(self.policy.base),
            seconds(self.policy.cap),
        )
    }
}

/// One line of JSON a kind of jitter, or a table.
fn render(asked: &Asked, herds: &[(Jitter, Herd)]) -> String {
    let as_line = if asked.json { as_data } else { as_row };
    let lines: Vec<String> = herds.iter().map(|(jitter, herd)| as_line(*jitter, herd)).collect();
    let lines = lines.join("\n");
    if asked.json {
        return lines;
    }
    format!(
        "{}\n\n{:<14}{:>10}{:>16}{:>20}{:>20}\n{lines}",
        asked.headline(),
        "jitter",
        "calls",
        "most a second",
        "half served after",
        "all served after",
    )
}

fn as_row(jitter: Jitter, herd: &Herd) -> String {
    let after = |millis: Millis| format!("{} s", millis / SECOND);
    format!("{:<14}{:>10}{:>16}{:>20}{:>20}", jitter.name(), herd.calls, herd.peak, after(herd.half), after(herd.last))
}

fn as_data(jitter: Jitter, herd: &Herd) -> String {
    json!({
        "jitter": jitter.name(), "calls": herd.calls, "peak": herd.peak,
        "half_ms": herd.half, "last_ms": herd.last,
    })
    .to_string()
}

/// With its fraction, where it has one.
fn seconds(millis: Millis) -> f64 {
    millis as f64 / SECOND as f64
}
