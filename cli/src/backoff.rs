//! `mend backoff`: what a way to try again costs a server that is away for a while. Owns the printing; the simulation is the
//! core's.

use mend::core::{
    Millis,
    retry::{
        Jitter, Policy,
        outage::{Herd, Outage},
    },
};
use serde_json::json;

/// The same numbers each time: two policies are compared on the same day.
const SEED: u64 = 7;

/// One line of JSON a kind of jitter, or a table.
pub fn told(json: bool, outage: Outage, base: Millis, cap: Millis, jitter: Option<Jitter>) -> String {
    let kinds = Jitter::ALL.iter().copied().filter(|kind| jitter.is_none_or(|wanted| wanted == *kind));
    let lines = kinds.map(|jitter| {
        let mut source = fastrand::Rng::with_seed(SEED);
        let herd = outage.play(Policy { base, cap, jitter }, &mut || source.f64());
        if json { as_data(jitter, &herd) } else { as_row(jitter, &herd) }
    });
    let lines: Vec<String> = lines.collect();
    if json {
        return lines.join("\n");
    }
    format!(
        "{} clients, a server that is away for {} min, tries given up after {} s, waits from {} s to {} s.\n\n\
         {:<14}{:>10}{:>16}{:>20}{:>20}\n{}",
        outage.clients,
        outage.lasts / 60_000,
        outage.timeout / 1_000,
        base / 1_000,
        cap / 1_000,
        "jitter",
        "calls",
        "most a second",
        "half served after",
        "all served after",
        lines.join("\n")
    )
}

fn as_row(jitter: Jitter, herd: &Herd) -> String {
    let seconds = |millis: Millis| format!("{} s", millis / 1_000);
    format!(
        "{:<14}{:>10}{:>16}{:>20}{:>20}",
        jitter.name(),
        herd.calls,
        herd.peak,
        seconds(herd.half),
        seconds(herd.last)
    )
}

fn as_data(jitter: Jitter, herd: &Herd) -> String {
    json!({
        "jitter": jitter.name(), "calls": herd.calls, "peak": herd.peak,
        "half_ms": herd.half, "last_ms": herd.last,
    })
    .to_string()
}
