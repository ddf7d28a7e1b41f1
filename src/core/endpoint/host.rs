//! The hosts, and what each is for. The first that fits counts.

use super::Role;

/// What answers under a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// ChatGPT itself: its paths say what for.
    Site,
    /// One thing only.
    Role(Role),
}

/// A host.
#[derive(Debug)]
pub struct Host {
    /// Its name.
    pub name: &'static str,
    /// Whether it stands for the hosts below it, too.
    pub below: bool,
    /// What answers there.
    pub whose: Whose,
}

/// The hosts of the site, as the browser's permissions name them: whoever may not see them is blind.
pub const SITE: &[&str] = &["chatgpt.com", "*.chatgpt.com", "chat.openai.com"];

const fn one(name: &'static str, role: Role) -> Host {
    Host { name, below: false, whose: Whose::Role(role) }
}

const fn all(name: &'static str, role: Role) -> Host {
    Host { name, below: true, whose: Whose::Role(role) }
}

/// Every host.
///
/// Sources: telemetry: EasyPrivacy and uBlock Origin's lists, which block these; uploads and downloads:
/// help.openai.com/en/articles/9247338, the hosts that a company's network must let through; the check:
/// Cloudflare, "Turnstile, Content Security Policy"; the socket and the voice: recordings of requests of 2025 and 2026
/// in public repositories (blackglobeco/bl4ck0PS, caiwuu/web2api).
pub const HOSTS: &[Host] = &[
    one("ab.chatgpt.com", Role::Noise),
    all("statsigapi.net", Role::Noise),
    all("oaistatsig.com", Role::Noise),
    all("featuregates.org", Role::Noise),
    all("browser-intake-datadoghq.com", Role::Noise),
    all("sentry.io", Role::Noise),
    one("ws.chatgpt.com", Role::Socket),
    one("realtime.chatgpt.com", Role::Other),
    one("api.openai.com", Role::Api),
    one("status.openai.com", Role::Foreign),
    one("auth.openai.com", Role::SignIn),
    one("auth0.openai.com", Role::SignIn),
    one("sentinel.openai.com", Role::SignIn),
    one("cdn.oaistatic.com", Role::Asset),
    all("oaiusercontent.com", Role::Files),
    one("challenges.cloudflare.com", Role::Check),
    Host { name: "chat.openai.com", below: false, whose: Whose::Site },
    Host { name: "chatgpt.com", below: true, whose: Whose::Site },
    all("openai.com", Role::Other),
];

/// A host of which an endpoint of this kind and path answers; a failure keeps no host.
pub fn home(role: Role, path: &str) -> &'static str {
    match role {
        Role::Api => "api.openai.com",
        Role::SignIn => "auth.openai.com",
        Role::Files if !path.starts_with("/backend-api/") => "files.oaiusercontent.com",
        Role::Check if !path.starts_with("/cdn-cgi/") => "challenges.cloudflare.com",
        Role::Socket if !path.starts_with("/celsius/") => "ws.chatgpt.com",
        _ => "chatgpt.com",
    }
}

/// What answers under a host's name in lower case; nothing of ChatGPT's where nobody knows it.
pub(super) fn whose(host: &str) -> Whose {
    let fits = |known: &&Host| {
        host == known.name || (known.below && host.strip_suffix(known.name).is_some_and(|sub| sub.ends_with('.')))
    };
    HOSTS.iter().find(fits).map_or(Whose::Role(Role::Foreign), |known| known.whose)
}
