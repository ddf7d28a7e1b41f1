//! What the ladder offers where a program failed and not a page: nothing can be loaded again, and no cookies and no other
//! extensions play a part. The rungs that remain say what to change in the program, its surroundings or its account.

use super::{Fit, Link, Offer, Situation, Step, useless_here};
use crate::core::{
    endpoint::EndpointKind,
    fact::Fact,
    msg::{Arg, Msg, msg},
    names::{Blame, Cause, Rung},
    surface::Surface,
};

/// Azure's own page; OpenAI's says nothing of it.
const AZURE_STATUS: Link = Link { key: "program_azure_open", url: "https://azure.status.microsoft/status" };

/// The rung's offer to a program on this surface.
pub(super) fn offer(step: &Step, situation: &Situation<'_>, surface: Surface) -> Offer {
    let cause = situation.verdict.cause;
    match step.rung {
        Rung::Reload | Rung::CacheCookies | Rung::Extensions | Rung::OtherClient | Rung::Inspect => {
            Offer::words(Fit::Useless("skip_program"), Vec::new())
        }
        Rung::Status if situation.primary.endpoint == Some(EndpointKind::Azure) => {
            let fit = if cause.blame() == Blame::Them { Fit::Fits } else { Fit::Useless("skip_explained") };
            Offer { links: vec![AZURE_STATUS], ..Offer::words(fit, vec![msg("program_azure")]) }
        }
        Rung::Network => {
            let fit = network(cause);
            let links = if matches!(fit, Fit::Useless(_)) { Vec::new() } else { (step.offer)(situation).links };
            Offer { links, ..Offer::words(fit, vec![msg(network_words(cause))]) }
        }
        Rung::Api => api(step, situation, surface),
        Rung::Retry if is_bare_429(situation) => Offer::words(Fit::Best, vec![msg("program_429")]),
        Rung::Retry => Offer::words(retry(cause), vec![retry_words(situation)]),
        // Without a known incident the page is second to another try.
        Rung::Status if situation.incident.is_none() => {
            let own = (step.offer)(situation);
            Offer { fit: if own.fit == Fit::Best { Fit::Fits } else { own.fit }, ..own }
        }
        Rung::Status | Rung::Ticket => (step.offer)(situation),
    }
}

fn network(cause: Cause) -> Fit {
    match cause.blame() {
        Blame::Network => Fit::Best,
        blame => useless_here(blame).unwrap_or(Fit::Fits),
    }
}

fn network_words(cause: Cause) -> &'static str {
    match cause {
        Cause::Dns => "program_dns",
        Cause::Tls => "program_tls",
        Cause::ProxyOrVpn => "program_proxy",
        Cause::EdgeChallenge => "program_challenge",
        Cause::AddressBlocked => "program_address",
        Cause::RegionBlocked => "program_region",
        _ => "program_connection",
    }
}

fn api(step: &Step, situation: &Situation<'_>, surface: Surface) -> Offer {
    let cause = situation.verdict.cause;
    let own = (step.offer)(situation);
    match cause.blame() {
        // Which of the two it is decides whether anybody has to pay.
        Blame::Account if is_bare_429(situation) => Offer { fit: Fit::Fits, ..own },
        Blame::Account => own,
        _ if cause == Cause::GatewayRefused => Offer::words(Fit::Best, vec![msg("program_gateway_refused")]),
        // The key's check asks OpenAI.
        _ if surface == Surface::Gateway => Offer::words(Fit::Useless("skip_program"), Vec::new()),
        _ => Offer { fit: Fit::Fits, ..own },
    }
}

/// Whether an account without credit is only suspected, because a 429 came without a reason.
fn is_bare_429(situation: &Situation<'_>) -> bool {
    let (cause, primary) = (situation.verdict.cause, situation.primary);
    cause == Cause::NoCredit && primary.status == Some(429) && !primary.has(Fact::InsufficientQuota)
}

fn retry(cause: Cause) -> Fit {
    match cause.blame() {
        Blame::Account => Fit::Useless("skip_account"),
        Blame::Network => Fit::Fits,
        _ if cause == Cause::GatewayRefused => Fit::Fits,
        _ => Fit::Best,
    }
}

fn retry_words(situation: &Situation<'_>) -> Msg {
    match situation.verdict.cause {
        Cause::TooLong => msg("program_shorten"),
        Cause::NotFound => msg("program_not_found"),
        Cause::ModelNotFound => msg("program_model"),
        Cause::Invalid => msg("program_invalid"),
        Cause::ClientError => msg("program_client"),
        Cause::Stopped => msg("program_ended"),
        Cause::GatewayLimit => msg("program_gateway_limit"),
        Cause::Outage | Cause::Maintenance => msg("program_outage"),
        Cause::Unknown => msg("program_unknown"),
        cause if cause.blame() == Blame::Session => msg("program_sign_in"),
        cause if cause.blame() == Blame::Limit => match situation.primary.ends {
            Some(ends) if ends <= situation.now => msg("retry_now"),
            Some(ends) => Msg { at: Some(ends), ..msg("retry_at").arg(Arg::Clock(ends)) },
            None => msg("program_limit"),
        },
        _ => msg("program_retry"),
    }
}
