//! What a test of the path found, where the person ran one near the failure.

use super::{Check, Scene};
use crate::core::{Millis, fact::Fact, observe::Stage, time::MINUTE};

pub(super) const CHECK: Check = Check {
    name: "path",
    check,
    tells: &[
        Fact::NetOffline,
        Fact::Portal,
        Fact::ClockOff,
        Fact::NetDns,
        Fact::NetTls,
        Fact::EdgeSilent,
        Fact::ServiceSilent,
        Fact::CountryUnserved,
        Fact::PathLossy,
    ],
};

/// How long a finding counts, and how near the failure must be: networks change.
const FRESH: Millis = 10 * MINUTE;

fn check(scene: &Scene<'_>, _: &[Fact]) -> Vec<Fact> {
    let near = |at: Millis, then: Millis| at.abs_diff(then) <= FRESH.unsigned_abs();
    let path = scene.model.path.filter(|path| near(path.at, scene.now) && near(path.at, scene.focus.at));
    let Some(fact) = path.and_then(|path| path.finding.fact()) else { return Vec::new() };
    // An answer that came is proof that the path was there; only who asked, and when, can still be wrong.
    let came = scene.focus.stage == Stage::Answer;
    let tells = !came || matches!(fact, Fact::ClockOff | Fact::CountryUnserved);
    if tells { vec![fact] } else { Vec::new() }
}
