//! Whether another fact already explains the failure, or none does. Both change what other facts are worth.

use super::{Check, CheckContext};
use crate::core::fact::Fact;

pub(super) const CHECK: Check = Check { name: "explained", check, tells: &[Fact::ExplainedHere, Fact::Unexplained] };

/// Each of these names its cause by itself, so that an incident on another part explains nothing.
const EXPLAINS: &[Fact] = &[
    Fact::EdgeChallenge,
    Fact::TokenExpired,
    Fact::TokenRevoked,
    Fact::AskedToSignIn,
    Fact::AccountDeactivated,
    Fact::WrongOrganisation,
    Fact::PermissionMissing,
    Fact::KeyWrong,
    Fact::SuspiciousActivity,
    Fact::CheckBlocked,
    Fact::InsufficientQuota,
    Fact::UsageLimit,
    Fact::OneAtATime,
    Fact::ConversationsLimited,
    Fact::TooLong,
    Fact::UnsupportedRegion,
    Fact::AddressRefused,
    Fact::BlockedByClient,
    Fact::RedirectedAway,
    Fact::HeadersTooLarge,
    Fact::NetDns,
    Fact::NetOffline,
    Fact::NetProxy,
    Fact::NetTls,
    Fact::Portal,
    Fact::StorageFull,
    Fact::RedirectLoop,
    Fact::Status413,
    Fact::Status422,
    Fact::Status431,
];

/// Facts that do not say why.
const VAGUE: &[Fact] = &[Fact::PageBroken, Fact::SaysSomethingWrong, Fact::CspViolation];

fn check(context: &CheckContext<'_>, facts: &[Fact]) -> Vec<Fact> {
    let mut more = Vec::new();
    if facts.iter().any(|fact| EXPLAINS.contains(fact)) {
        more.push(Fact::ExplainedHere);
    }
    let primary = context.primary;
    let nothing_seen = primary.status.is_none() && primary.error.is_none() && !facts.contains(&Fact::ErrorAfterOk);
    // A page that lost its own state also asks to sign in.
    let broken = primary.has(Fact::PageBroken);
    // The page calls it a network error even if an extension broke its fetch.
    let threw = facts.contains(&Fact::ExtensionThrew);
    let vague = |fact: &Fact| {
        VAGUE.contains(fact) || (broken && *fact == Fact::AskedToSignIn) || (threw && *fact == Fact::SaysNetworkError)
    };
    if nothing_seen && primary.facts.iter().all(vague) {
        more.push(Fact::Unexplained);
    }
    more
}
