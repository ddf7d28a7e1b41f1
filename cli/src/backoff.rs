//! `mend backoff`: what a way to try again costs a server that is away for a while. Owns what is asked, and the table; the
//! simulation is the core's.

mod code;
mod plot;

pub use code::Language;
use mend::core::{
    Millis,
    retry::{
        Jitter, Policy,
        outage::{Herd, Outage},
    },
    time::{MINUTE, SECOND},
};
pub use plot::svg;
use serde_json::json;

/// The same numbers each time: two policies are compared on the same day.
const SEED: u64 = 7;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// One line of JSON a kind of jitter, instead of the table.
    pub json: bool,
    /// What the clients run into.
    pub outage: Outage,
    /// What they follow, but for its jitter.
    pub policy: Policy,
    /// Of this kind alone.
    pub jitter: Option<Jitter>,
    /// Where a picture is wanted.
    pub plot: Option<String>,
    /// Where the policy is wanted as a program.
    pub code: Option<Language>,
    /// So long a program tries for one answer, in ms.
    pub budget: Millis,
    /// So many new requests it begins a minute.
    pub rpm: u32,
}

impl Default for Asked {
    /// An hour outlasts most outages, and the longest wait after one. One request a second leaves room below the limit of
    /// most accounts; whoever has more says so.
    fn default() -> Asked {
        Asked {
            json: false,
            outage: Outage { clients: 1_000, lasts: 40 * MINUTE },
            policy: Policy::default(),
            jitter: None,
            plot: None,
            code: None,
            budget: 60 * MINUTE,
            rpm: 60,
        }
    }
}

impl Asked {
    /// Plays the outage for each kind of jitter that is asked for.
    pub fn play(&self) -> Vec<(Jitter, Herd)> {
        let kinds = Jitter::ALL.iter().copied().filter(|kind| self.jitter.is_none_or(|wanted| wanted == *kind));
        let herds = kinds.map(|jitter| {
            let mut source = fastrand::Rng::with_seed(SEED);
            (jitter, self.outage.play(Policy { jitter, ..self.policy }, &mut || source.f64()))
        });
        herds.collect()
    }

    /// The policy as a program.
    pub fn program(&self, language: Language) -> Result<String, String> {
        let policy = self.jitter.map_or(self.policy, |jitter| Policy { jitter, ..self.policy });
        code::program(language, policy, self.budget, self.rpm)
    }

    /// What was played, in words.
    fn scene(&self) -> String {
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
pub fn told(asked: &Asked, herds: &[(Jitter, Herd)]) -> String {
    let as_line = if asked.json { as_data } else { as_row };
    let lines: Vec<String> = herds.iter().map(|(jitter, herd)| as_line(*jitter, herd)).collect();
    let lines = lines.join("\n");
    if asked.json {
        return lines;
    }
    format!(
        "{}\n\n{:<14}{:>10}{:>16}{:>20}{:>20}\n{lines}",
        asked.scene(),
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
