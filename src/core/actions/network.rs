//! The connection to the service: network, proxy, VPN, address. Our own page tests it and shows where it fails.

use super::{Fit, Lead, Link, Offer, Situation, Step, useless_here};
use crate::core::{
    fact::Fact,
    msg::msg,
    names::{Blame, Cause, Rung},
};

pub(super) const STEP: Step = Step::new(Rung::Network, offer);

const TEST: Link = Link { key: "connectivity_title", url: "connectivity.html" };

fn offer(situation: &Situation<'_>) -> Offer {
    let cause = situation.verdict.cause;
    let fit = match cause {
        // A wrong clock is corrected in the same system settings as a connection.
        _ if cause.blame() == Blame::Network || cause == Cause::Clock => Fit::Best,
        _ => useless_here(cause.blame()).unwrap_or(Fit::Fits),
    };
    // Another network helps most, except behind a captive portal or with a wrong clock.
    let words = match cause {
        Cause::EdgeChallenge if situation.primary.has(Fact::CheckBlocked) => msg("network_check_blocked"),
        Cause::RegionBlocked => msg("network_region"),
        Cause::AddressBlocked => msg("network_address"),
        Cause::ProxyOrVpn => msg("network_proxy"),
        Cause::Clock => msg("network_clock"),
        Cause::Offline => msg("code_net_offline_helps"),
        Cause::CaptivePortal => msg("code_511_helps"),
        Cause::Dns => msg("code_net_dns_helps"),
        Cause::Tls => msg("code_net_tls_helps"),
        _ => msg("network_words"),
    };
    let links = match fit {
        Fit::Useless(_) => Vec::new(),
        _ if cause == Cause::Clock => vec![Link { key: "clock_do", ..TEST }],
        _ => vec![TEST],
    };
    // Plain http, which the network may answer with its own page.
    let lead =
        (cause == Cause::CaptivePortal).then_some(Lead::Link(Link { key: "portal_do", url: "http://example.com/" }));
    Offer { lead, links, ..Offer::words(fit, vec![words]) }
}
