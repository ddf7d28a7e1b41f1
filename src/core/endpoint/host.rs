//! The hosts, and the purpose of each. The first match counts.

use super::EndpointKind;

/// What a host is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostOwner {
    /// ChatGPT's own host, classified by path.
    Site,
    /// One kind of endpoint only.
    EndpointKind(EndpointKind),
}

/// A row of the table of hosts.
#[derive(Debug)]
pub struct Host {
    /// The host name.
    pub name: &'static str,
    /// Whether subdomains are included.
    pub below: bool,
    /// What it is for.
    pub whose: HostOwner,
}

/// The hosts of the site, as in the manifest's permissions; without these Mend sees nothing.
pub const SITE: &[&str] = &["chatgpt.com", "*.chatgpt.com", "chat.openai.com"];

/// The host that stands for one that a text does not name.
pub const UNTOLD: &str = "untold.invalid";
/// The host that stands for one that is neither ChatGPT's nor the API's.
pub const FOREIGN: &str = "foreign.invalid";

const fn one(name: &'static str, kind: EndpointKind) -> Host {
    Host { name, below: false, whose: HostOwner::EndpointKind(kind) }
}

const fn all(name: &'static str, kind: EndpointKind) -> Host {
    Host { name, below: true, whose: HostOwner::EndpointKind(kind) }
}

/// The table of hosts.
///
/// Sources: telemetry: EasyPrivacy and uBlock Origin's lists, which block these; uploads and downloads:
/// help.openai.com/en/articles/9247338, the hosts that a company's network must let through; the check:
/// Cloudflare, "Turnstile, Content Security Policy"; the socket and the voice: recordings of requests of 2025 and 2026
/// in public repositories (blackglobeco/bl4ck0PS, caiwuu/web2api); Azure: learn.microsoft.com, "Azure OpenAI REST API
/// reference"; gateways: their own documentation; records of libraries: docs.smith.langchain.com, posthog.com/docs.
pub const HOSTS: &[Host] = &[
    one("ab.chatgpt.com", EndpointKind::Telemetry),
    all("statsigapi.net", EndpointKind::Telemetry),
    all("oaistatsig.com", EndpointKind::Telemetry),
    all("featuregates.org", EndpointKind::Telemetry),
    all("browser-intake-datadoghq.com", EndpointKind::Telemetry),
    all("sentry.io", EndpointKind::Telemetry),
    one("ws.chatgpt.com", EndpointKind::Socket),
    one("realtime.chatgpt.com", EndpointKind::Other),
    one("api.openai.com", EndpointKind::Api),
    all("openai.azure.com", EndpointKind::Azure),
    all("cognitiveservices.azure.com", EndpointKind::Azure),
    all("services.ai.azure.com", EndpointKind::Azure),
    // Stands for the server of a pasted text that names none (RFC 2606 §2).
    one(UNTOLD, EndpointKind::Untold),
    one(FOREIGN, EndpointKind::Foreign),
    one("openrouter.ai", EndpointKind::Gateway),
    one("gateway.ai.cloudflare.com", EndpointKind::Gateway),
    one("ai-gateway.vercel.sh", EndpointKind::Gateway),
    all("portkey.ai", EndpointKind::Gateway),
    all("helicone.ai", EndpointKind::Gateway),
    one("api.smith.langchain.com", EndpointKind::Telemetry),
    all("posthog.com", EndpointKind::Telemetry),
    one("status.openai.com", EndpointKind::Unrelated),
    one("auth.openai.com", EndpointKind::SignIn),
    one("auth0.openai.com", EndpointKind::SignIn),
    one("sentinel.openai.com", EndpointKind::SignIn),
    one("cdn.oaistatic.com", EndpointKind::Asset),
    all("oaiusercontent.com", EndpointKind::Files),
    one("challenges.cloudflare.com", EndpointKind::Check),
    Host { name: "chat.openai.com", below: false, whose: HostOwner::Site },
    Host { name: "chatgpt.com", below: true, whose: HostOwner::Site },
    all("openai.com", EndpointKind::Other),
];

/// A host for an endpoint of this kind and path; a failure itself keeps no host.
pub fn host_of(kind: EndpointKind, path: &str) -> &'static str {
    match kind {
        EndpointKind::Api => "api.openai.com",
        EndpointKind::Azure => "resource.openai.azure.com",
        EndpointKind::Gateway => "gateway.example",
        EndpointKind::Untold => UNTOLD,
        EndpointKind::Foreign => FOREIGN,
        EndpointKind::SignIn => "auth.openai.com",
        EndpointKind::Files if !path.starts_with("/backend-api/") => "files.oaiusercontent.com",
        EndpointKind::Check if !path.starts_with("/cdn-cgi/") => "challenges.cloudflare.com",
        EndpointKind::Socket if !path.starts_with("/celsius/") => "ws.chatgpt.com",
        _ => "chatgpt.com",
    }
}

/// What a host (in lower case) is for; unrelated if it is not in the table.
pub(super) fn whose(host: &str) -> HostOwner {
    let fits = |known: &&Host| {
        host == known.name || (known.below && host.strip_suffix(known.name).is_some_and(|sub| sub.ends_with('.')))
    };
    HOSTS.iter().find(fits).map_or(HostOwner::EndpointKind(EndpointKind::Unrelated), |known| known.whose)
}
