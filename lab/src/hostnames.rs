//! The host names that the lab answers for.
//!
//! Sources: the requests of a loaded chatgpt.com page, and the status pages of the services in `third_parties`.

/// The site.
pub(crate) const CHATGPT: &str = "chatgpt.com";
/// The site with `www.`, which redirects to [`CHATGPT`].
pub(crate) const WWW: &str = "www.chatgpt.com";
/// The site's former name, which redirects to [`CHATGPT`].
pub(crate) const CHAT_OPENAI: &str = "chat.openai.com";
/// Static files of the site.
pub(crate) const ASSETS: &str = "cdn.oaistatic.com";
/// Telemetry hosts.
pub(crate) const TELEMETRY: [&str; 3] = ["ab.chatgpt.com", "browser-intake-datadoghq.com", "featuregates.org"];
/// OpenAI's status page.
pub(crate) const STATUS: &str = "status.openai.com";
/// WebSockets; the only host that offers nothing but HTTP/1.1.
pub(crate) const WEBSOCKETS: &str = "ws.chatgpt.com";
/// Uploads and downloads of files.
pub(crate) const FILES: &str = "files.oaiusercontent.com";
/// Scripts of Cloudflare Turnstile.
pub(crate) const TURNSTILE: &str = "challenges.cloudflare.com";
/// The OpenAI API.
pub(crate) const API: &str = "api.openai.com";
/// The API for programs that take its address as a setting: `http://127.0.0.1:PORT/v1`, without TLS.
pub(crate) const LOOPBACK: &str = "127.0.0.1";
/// OAuth and the page to sign in at.
pub(crate) const AUTH: &str = "auth.openai.com";
/// The host that browsers use to test whether there is a network.
pub(crate) const CONNECTIVITY_CHECK: &str = "www.gstatic.com";
/// The login page of the captive portal.
pub(crate) const CAPTIVE_PORTAL: &str = "login.hotel-wifi.example";

/// Status page of a third party whose chat component is operational.
pub(crate) const STATUS_OPERATIONAL: &str = "status.claude.com";
/// Status page of a third party with an ongoing incident.
pub(crate) const STATUS_INCIDENT: &str = "www.githubstatus.com";
/// Status page of a third party whose JSON is truncated.
pub(crate) const STATUS_TRUNCATED: &str = "status.perplexity.com";
/// Status page of a third party that closes the connection.
pub(crate) const STATUS_UNREACHABLE: &str = "status.replit.com";

/// Third-party services that Mend links to while ChatGPT is down.
pub(crate) const THIRD_PARTIES: &[&str] = &[
    "claude.ai",
    "gemini.google.com",
    "copilot.microsoft.com",
    "chat.mistral.ai",
    "chat.deepseek.com",
    "www.perplexity.ai",
    "github.com",
    "replit.com",
    "ollama.com",
    "lmstudio.ai",
];

/// Single hosts that have a certificate, beside [`TELEMETRY`] and [`THIRD_PARTIES`].
const HOSTS: &[&str] = &[
    CHATGPT,
    WWW,
    CHAT_OPENAI,
    ASSETS,
    STATUS,
    WEBSOCKETS,
    FILES,
    TURNSTILE,
    API,
    AUTH,
    CONNECTIVITY_CHECK,
    CAPTIVE_PORTAL,
    STATUS_OPERATIONAL,
    STATUS_INCIDENT,
    STATUS_TRUNCATED,
    STATUS_UNREACHABLE,
];

/// Every host that has a certificate.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    HOSTS.iter().chain(&TELEMETRY).chain(THIRD_PARTIES).copied()
}
