//! What a URL stands for: the [`Role`] of its endpoint, and a path whose ids are templates.
//!
//! Owns the map of ChatGPT's hosts and paths. Never keeps a query, a fragment or an id.

use crate::core::{
    decode::{clip, parted},
    named::named,
};

named! {
    /// What an endpoint is for.
    pub enum Role {
        /// A message is sent and its answer streamed.
        Chat = "chat",
        /// The check that must pass before a message.
        Gate = "gate",
        /// Who is signed in.
        Session = "session",
        /// Past conversations.
        History = "history",
        /// The sign-in service.
        SignIn = "sign-in",
        /// The developer API.
        Api = "api",
        /// The page itself.
        Page = "page",
        /// A file of the page.
        Asset = "asset",
        /// The person pressed Stop.
        Stop = "stop",
        /// Telemetry and other requests that nobody waits for: their failures mean nothing.
        Noise = "noise",
        /// Anything else of the site.
        Other = "other",
        /// Not ChatGPT's.
        Foreign = "foreign",
    }
}

/// A URL, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is for.
    pub role: Role,
    /// The path with `<id>` in place of ids; no query.
    pub path: String,
}

/// Telemetry that blockers block every day.
///
/// Source: EasyPrivacy and uBlock Origin lists block these hosts and paths.
const NOISE_HOSTS: &[&str] = &[
    "ab.chatgpt.com",
    "statsigapi.net",
    "oaistatsig.com",
    "featuregates.org",
    "browser-intake-datadoghq.com",
    "sentry.io",
];
const NOISE_PATHS: &[&str] = &["/ces/", "/awe/", "/backend-api/lat/", "/backend-api/beacons/"];

/// The paths of chatgpt.com, first match wins. `backend-anon` is the twin for people who are not signed in.
const PATHS: &[(&str, Role)] = &[
    ("/backend-api/stop_conversation", Role::Stop),
    ("/backend-api/f/conversation/prepare", Role::Gate),
    ("/backend-api/f/conversation", Role::Chat),
    ("/backend-api/codex/responses", Role::Chat),
    ("/backend-api/sentinel/chat-requirements", Role::Gate),
    ("/backend-api/conversations", Role::History),
    ("/api/auth", Role::Session),
    ("/backend-api/me", Role::Session),
    ("/backend-api/accounts/check", Role::Session),
];

/// Longest path that is kept.
const LONGEST_PATH: usize = 120;
/// Longest URL that is looked at; the rest is cut.
const LONGEST_URL: usize = 2_048;

/// Says what a request to `url` was for. Anything unreadable is [`Role::Foreign`].
pub fn place(url: &str) -> Place {
    let url = clip(url, LONGEST_URL);
    let foreign = Place { role: Role::Foreign, path: String::new() };
    let Some((scheme, rest)) = parted(url, "://") else { return foreign };
    if !matches!(scheme, "http" | "https" | "ws" | "wss") {
        return foreign;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let Some((authority, rest)) = rest.split_at_checked(end) else { return foreign };
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let path = if path.is_empty() { "/" } else { path };
    Place { role: role(&host, path), path: template(path) }
}

fn role(host: &str, path: &str) -> Role {
    if NOISE_HOSTS.iter().any(|noise| is_or_under(host, noise)) {
        return Role::Noise;
    }
    match host {
        "api.openai.com" => return Role::Api,
        "status.openai.com" => return Role::Foreign,
        "auth.openai.com" | "auth0.openai.com" | "sentinel.openai.com" => return Role::SignIn,
        "cdn.oaistatic.com" => return Role::Asset,
        _ => {}
    }
    if host != "chat.openai.com" && is_or_under(host, "openai.com") {
        return Role::Other;
    }
    if !is_or_under(host, "chatgpt.com") && host != "chat.openai.com" {
        return Role::Foreign;
    }
    if NOISE_PATHS.iter().any(|noise| path.starts_with(noise)) {
        return Role::Noise;
    }
    let signed_in = match path.strip_prefix("/backend-anon/") {
        Some(rest) => format!("/backend-api/{rest}"),
        None => path.to_owned(),
    };
    if let Some((_, role)) = PATHS.iter().find(|(prefix, _)| is_at_or_below(&signed_in, prefix)) {
        return *role;
    }
    // One conversation; what hangs below it, and verbs such as gen_title, nobody waits for.
    if let Some(id) = signed_in.strip_prefix("/backend-api/conversation/") {
        let is_id = id.bytes().all(|byte| byte != b'/') && id.bytes().any(|byte| byte.is_ascii_digit());
        return if is_id { Role::History } else { Role::Noise };
    }
    if signed_in == "/backend-api/conversation" {
        return Role::Chat;
    }
    let is_page = path == "/" || ["/c/", "/g/", "/share/"].iter().any(|prefix| path.starts_with(prefix));
    let is_asset = path.starts_with("/cdn/assets/") || path.ends_with(".js") || path.ends_with(".css");
    match (is_page, is_asset) {
        (true, _) => Role::Page,
        (_, true) => Role::Asset,
        _ => Role::Other,
    }
}

/// `/me` and `/me/x`, but not `/memories`.
fn is_at_or_below(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_or_under(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.'))
}

/// Puts `<id>` for every segment that looks like an id: it holds digits and is long, or is all hex.
fn template(path: &str) -> String {
    let id = |part: &str| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.%~".contains(&byte));
        part.len() > 64 || !plain || (part.len() >= 16 && digits >= 3)
    };
    let mut template = String::new();
    for (index, part) in path.split('/').enumerate() {
        if index > 0 {
            template.push('/');
        }
        template.push_str(if id(part) { "<id>" } else { part });
    }
    // Last: an id that is cut does not look like one.
    clip(&template, LONGEST_PATH).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_its_address() {
        let rows = [
            ("https://chatgpt.com/backend-api/f/conversation", Role::Chat),
            ("https://chatgpt.com/backend-api/f/conversation/prepare", Role::Gate),
            ("https://chatgpt.com/backend-anon/conversation", Role::Chat),
            ("https://chatgpt.com/backend-api/sentinel/chat-requirements/finalize", Role::Gate),
            ("https://chatgpt.com/api/auth/session", Role::Session),
            ("https://chatgpt.com/backend-api/conversations?offset=0&limit=28", Role::History),
            ("https://chatgpt.com/backend-api/conversation/6710-aa", Role::History),
            ("https://chatgpt.com/backend-api/conversation/gen_title/6710-aa", Role::Noise),
            ("https://chatgpt.com/backend-api/conversation/init", Role::Noise),
            ("https://chatgpt.com/backend-api/conversation", Role::Chat),
            ("https://chatgpt.com/backend-api/me?x=1", Role::Session),
            ("https://chatgpt.com/backend-api/memories", Role::Other),
            ("https://chatgpt.com/backend-api/stop_conversation", Role::Stop),
            ("https://chatgpt.com/c/1", Role::Page),
            ("https://chatgpt.com", Role::Page),
            ("https://ab.chatgpt.com/v1/rgstr", Role::Noise),
            ("https://chatgpt.com/ces/v1/t", Role::Noise),
            ("https://browser-intake-datadoghq.com/api/v2/logs", Role::Noise),
            ("https://api.openai.com/v1/chat/completions", Role::Api),
            ("https://auth.openai.com/oauth/token", Role::SignIn),
            ("https://cdn.oaistatic.com/assets/root.js", Role::Asset),
            ("https://notchatgpt.com/backend-api/f/conversation", Role::Foreign),
            ("https://chatgpt.com.evil.example/backend-api/f/conversation", Role::Foreign),
            ("https://chatgpt.com@evil.example/", Role::Foreign),
            ("javascript:alert(1)", Role::Foreign),
            ("", Role::Foreign),
        ];
        for (url, role) in rows {
            assert_eq!(place(url).role, role, "{url}");
        }
    }

    #[test]
    fn ids_and_queries_do_not_survive() {
        let place =
            place("https://chatgpt.com/backend-api/conversation/6710aa21-8f0c-8004-b1e2-0242ac120002?secret=1#x");
        assert_eq!(place.path, "/backend-api/conversation/<id>");
        // Nor where the longest path ends in the middle of one.
        let long = format!("https://chatgpt.com/{}/6710aa21-8f0c-8004", "x/".repeat(54));
        assert!(!super::place(&long).path.contains("6710"));
    }
}
