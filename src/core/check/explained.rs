//! Whether something already explains the failure, or nothing does. Both change what other facts are worth.

use super::{Check, Scene};
use crate::core::fact::Fact;

pub(super) const CHECK: Check = Check { name: "explained", check, tells: &[Fact::ExplainedHere, Fact::Unexplained] };

/// Each of these names its cause by itself, so that an incident elsewhere is no better explanation.
const EXPLAINS: &[Fact] = &[
    Fact::EdgeChallenge,
    Fact::TokenExpired,
    Fact::TokenRevoked,
    Fact::InsufficientQuota,
    Fact::UsageLimit,
    Fact::OneAtATime,
    Fact::ConversationsLimited,
    Fact::TooLong,
    Fact::UnsupportedRegion,
    Fact::AddressRefused,
    Fact::BlockedByClient,
    Fact::RedirectedAway,
    Fact::CookieHeaderTooLarge,
    Fact::NetDns,
    Fact::NetOffline,
    Fact::NetProxy,
    Fact::NetTls,
    Fact::Status413,
    Fact::Status422,
    Fact::Status431,
];

/// Says nothing about why.
const VAGUE: &[Fact] = &[Fact::PageBroken, Fact::SaysSomethingWrong, Fact::CspViolation];

fn check(scene: &Scene<'_>, facts: &[Fact]) -> Vec<Fact> {
    let mut more = Vec::new();
    if facts.iter().any(|fact| EXPLAINS.contains(fact)) {
        more.push(Fact::ExplainedHere);
    }
    let focus = scene.focus;
    let nothing_seen = focus.status.is_none() && focus.error.is_none() && !facts.contains(&Fact::ErrorAfterOk);
    if nothing_seen && focus.facts.iter().all(|fact| VAGUE.contains(fact)) {
        more.push(Fact::Unexplained);
    }
    more
}
