//! What a URL stands for: the [`Role`] of its endpoint, and a path whose ids are templates.
//!
//! Owns the one table of ChatGPT's hosts, paths and headers. The scripts of the extension take theirs from
//! `extension/endpoints.js`, which a test writes from this table. Never keeps a query, a fragment or an id.
//!
//! | file | holds |
//! |---|---|
//! | `host` | the hosts |
//! | `path` | the paths of ChatGPT's own host |
//! | `header` | the headers that may enter |
//! | `template` | how ids and words of a person leave a path |

mod header;
mod host;
mod path;
mod template;

use crate::core::{
    named::named,
    text::{clip, parted},
};

pub use header::HEADERS;
pub use host::{HOSTS, Host, SITE, Whose, home};
pub use path::{Form, PATHS, Path, Watch};
use template::template;

named! {
    /// What an endpoint is for.
    pub enum Role {
        /// A message is sent and its answer streamed.
        Chat = "chat",
        /// A stream that broke is taken up again.
        Resume = "resume",
        /// The check that must pass before a message.
        Gate = "gate",
        /// Who is signed in.
        Session = "session",
        /// Past conversations.
        History = "history",
        /// Files go up, files and pictures come down.
        Files = "files",
        /// Answers that come outside the message's own stream.
        Socket = "socket",
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
        /// The edge's test whether a person is there.
        Check = "check",
        /// The edge's own word, which the service has no part in.
        Edge = "edge",
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
    match host::whose(&host) {
        Whose::Role(Role::Files) => Place { role: Role::Files, path: template::HIDDEN.to_owned() },
        Whose::Role(role) => Place { role, path: template(path) },
        Whose::Site => Place { role: path::role(path), path: template(path) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_its_address() {
        let rows = [
            ("https://chatgpt.com/backend-api/f/conversation", Role::Chat),
            ("https://chatgpt.com/backend-api/f/steer_turn", Role::Chat),
            ("https://chatgpt.com/backend-anon/f/steer_turn?x=1", Role::Chat),
            ("https://chatgpt.com/backend-api/f/conversation/resume", Role::Resume),
            ("https://chatgpt.com/backend-anon/f/conversation/resume", Role::Resume),
            ("https://chatgpt.com/backend-api/f/conversation/prepare", Role::Gate),
            ("https://chatgpt.com/backend-anon/conversation", Role::Chat),
            ("https://chatgpt.com/unauth-mweb/conversation/prepare", Role::Gate),
            ("https://chatgpt.com/unauth-mweb/conversation/updates", Role::Chat),
            ("https://chatgpt.com/unauth-mweb/sentinel/chat-requirements", Role::Gate),
            ("https://chatgpt.com/unauth-mweb/sentinel/ping", Role::Noise),
            ("https://chatgpt.com/backend-api/sentinel/chat-requirements/finalize", Role::Gate),
            ("https://chatgpt.com/backend-anon/sentinel/ping", Role::Noise),
            ("https://chatgpt.com/backend-api/conversation/6710-aa/stream_status", Role::Noise),
            ("https://chatgpt.com/api/auth/session", Role::Session),
            ("https://chatgpt.com/backend-api/conversations?offset=0&limit=28", Role::History),
            ("https://chatgpt.com/backend-api/conversations/6710-aa?num_turns=6", Role::History),
            ("https://chatgpt.com/backend-api/conversation/6710-aa", Role::History),
            ("https://chatgpt.com/backend-api/conversation/WEB:ab-cd", Role::History),
            ("https://chatgpt.com/backend-api/conversation/local-chatgpt%3Aab-cd", Role::History),
            ("https://chatgpt.com/backend-api/conversation/id/6710-aa/turns", Role::History),
            ("https://chatgpt.com/backend-api/conversation/new_branch", Role::History),
            ("https://chatgpt.com/backend-api/conversation/gen_title/6710-aa", Role::Noise),
            ("https://chatgpt.com/backend-api/conversation/init", Role::Noise),
            ("https://chatgpt.com/backend-api/conversation", Role::Chat),
            ("https://chatgpt.com/backend-api/files", Role::Files),
            ("https://chatgpt.com/backend-api/files/process_upload_stream", Role::Files),
            ("https://chatgpt.com/backend-api/estuary/content?id=file", Role::Files),
            ("https://files.oaiusercontent.com/file-1?sig=x", Role::Files),
            ("https://sdmntprwestus.oaiusercontent.com/files/1/raw", Role::Files),
            ("wss://ws.chatgpt.com/p4/ws/user/1", Role::Socket),
            ("https://chatgpt.com/celsius/ws/user", Role::Socket),
            ("https://chatgpt.com/backend-api/me?x=1", Role::Session),
            ("https://chatgpt.com/backend-api/memories", Role::Other),
            ("https://chatgpt.com/backend-api/models", Role::Other),
            ("https://chatgpt.com/backend-api/wham/usage", Role::Other),
            ("https://realtime.chatgpt.com/v1/vp", Role::Other),
            ("https://chatgpt.com/backend-api/stop_conversation", Role::Stop),
            ("https://chatgpt.com/cdn-cgi/trace", Role::Edge),
            ("https://chatgpt.com/cdn-cgi/challenge-platform/h/b/orchestrate", Role::Check),
            ("https://challenges.cloudflare.com/turnstile/v0/api.js", Role::Check),
            ("https://chatgpt.com/cdn/assets-experimental/a.css", Role::Asset),
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
    fn ids_queries_and_words_do_not_survive() {
        let path = |url: &str| place(url).path;
        let id = "6710aa21-8f0c-8004-b1e2-0242ac120002";
        assert_eq!(
            path(&format!("https://chatgpt.com/backend-api/conversation/{id}?secret=1#x")),
            "/backend-api/conversation/<id>"
        );
        assert_eq!(path("https://chatgpt.com/c/WEB:abc"), "/c/<id>");
        assert_eq!(path("https://chatgpt.com/c/local-chatgpt%3Aabc"), "/c/<id>");
        assert_eq!(path(&format!("https://chatgpt.com/g/g-p-6710aa218f0c-my-divorce/c/{id}")), "/g/<id>/c/<id>");
        assert_eq!(path("https://files.oaiusercontent.com/my-diary.pdf"), "/<id>");
        // Nor where the longest path ends in the middle of one.
        let long = format!("https://chatgpt.com/{}/6710aa21-8f0c-8004", "x/".repeat(54));
        assert!(!path(&long).contains("6710"));
    }
}
