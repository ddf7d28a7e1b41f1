//! The result of a connectivity test that the person ran near the failure.

use super::{Check, CheckContext};
use crate::core::{Millis, fact::Fact, observe::Reached, time::MINUTE};

pub(super) const CHECK: Check = Check {
    name: "connectivity",
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

/// How long a result is valid, and how near the failure must be: networks change.
const FRESH: Millis = 10 * MINUTE;

fn check(context: &CheckContext<'_>, _: &[Fact]) -> Vec<Fact> {
    let near = |at: Millis, then: Millis| at.abs_diff(then) <= FRESH.unsigned_abs();
    let connectivity = context
        .model
        .connectivity
        .filter(|connectivity| near(connectivity.at, context.now) && near(connectivity.at, context.primary.at));
    let Some(fact) = connectivity.and_then(|connectivity| connectivity.finding.fact()) else { return Vec::new() };
    // A response proves that the path works; only the sender's country and clock can still be wrong.
    let came = context.primary.reached == Reached::Answer;
    let tells = !came || matches!(fact, Fact::ClockOff | Fact::CountryUnserved);
    if tells { vec![fact] } else { Vec::new() }
}
