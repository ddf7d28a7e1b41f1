//! Classifies URLs: the [`EndpointKind`], and a path with ids replaced.
//!
//! Owns the only table of ChatGPT's hosts and paths. The extension's scripts use `extension/js/endpoints.js`, which a
//! test generates from this table and from `Headers::NAMES`. Never keeps a query, a fragment or an id.
//!
//! | file | holds |
//! |---|---|
//! | `host` | the hosts |
//! | `path` | the paths of ChatGPT's own host |
//! | `template` | how ids and words of a person are removed from a path |

mod host;
mod path;
mod template;

use crate::core::{
    named::named,
    text::{clip, parted},
};

pub use host::{FOREIGN, HOSTS, Host, HostOwner, SITE, UNTOLD, host_of};
pub use path::{Form, ObservedBy, PATHS, Path};
use template::template;

named! {
    /// What an endpoint is for.
    pub enum EndpointKind {
        /// A message is sent and its answer streamed.
        Chat = "chat",
        /// An interrupted stream is resumed.
        Resume = "resume",
        /// The check before a message (`sentinel`).
        Gate = "gate",
        /// The session: who is signed in.
        Session = "session",
        /// The list of conversations, and past conversations.
        History = "history",
        /// Upload of files, download of files and pictures.
        Files = "files",
        /// Answers outside the message's own stream, by WebSocket.
        Socket = "socket",
        /// The sign-in service.
        SignIn = "sign-in",
        /// OpenAI's developer API.
        Api = "api",
        /// The developer API as Azure offers it, a provider of its own.
        Azure = "azure",
        /// A server that speaks the developer API and is not the provider's: a team's own, or a third party's.
        Gateway = "gateway",
        /// A server of which a pasted text does not say whose it is.
        Untold = "untold",
        /// A server of which a pasted text says that it is somebody else's.
        Foreign = "foreign",
        /// The page itself.
        Page = "page",
        /// A file of the page.
        Asset = "asset",
        /// Stop was pressed.
        Stop = "stop",
        /// The edge's challenge.
        Check = "check",
        /// The edge's own endpoints, which do not involve the service.
        Edge = "edge",
        /// Telemetry and other requests that nothing depends on.
        Telemetry = "telemetry",
        /// Any other endpoint of the site.
        Other = "other",
        /// Not ChatGPT's.
        Unrelated = "unrelated",
    }
}

impl EndpointKind {
    /// Whether programs call it: an API, a server in between, or one that a pasted text does not name.
    pub fn is_of_programs(self) -> bool {
        matches!(self, EndpointKind::Api | EndpointKind::Azure | EndpointKind::Gateway | EndpointKind::Untold)
    }
}

/// A classified URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The kind.
    pub kind: EndpointKind,
    /// The path with `<id>` in place of ids, without query.
    pub path: String,
}

/// Longest URL that is parsed, in bytes; the rest is cut.
const LONGEST_URL: usize = 2_048;

/// Classifies a URL. Anything unreadable is [`EndpointKind::Unrelated`].
pub fn classify(url: &str) -> Endpoint {
    let url = clip(url, LONGEST_URL);
    let foreign = Endpoint { kind: EndpointKind::Unrelated, path: String::new() };
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
        HostOwner::EndpointKind(EndpointKind::Api | EndpointKind::Azure) if path::is_telemetry(path) => {
            Endpoint { kind: EndpointKind::Telemetry, path: template(path) }
        }
        HostOwner::EndpointKind(EndpointKind::Unrelated) if path::is_of_api(path) => {
            Endpoint { kind: EndpointKind::Gateway, path: template(path) }
        }
        HostOwner::EndpointKind(EndpointKind::Files) => {
            Endpoint { kind: EndpointKind::Files, path: template::HIDDEN.to_owned() }
        }
        HostOwner::EndpointKind(kind) => Endpoint { kind, path: template(path) },
        HostOwner::Site => Endpoint { kind: path::kind(path), path: template(path) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_its_address() {
        let rows = [
            ("https://chatgpt.com/backend-api/f/conversation", EndpointKind::Chat),
            ("https://chatgpt.com/backend-api/f/steer_turn", EndpointKind::Chat),
            ("https://chatgpt.com/backend-anon/f/steer_turn?x=1", EndpointKind::Chat),
            ("https://chatgpt.com/backend-api/f/conversation/resume", EndpointKind::Resume),
            ("https://chatgpt.com/backend-anon/f/conversation/resume", EndpointKind::Resume),
            ("https://chatgpt.com/backend-api/f/conversation/prepare", EndpointKind::Gate),
            ("https://chatgpt.com/backend-anon/conversation", EndpointKind::Chat),
            ("https://chatgpt.com/unauth-mweb/conversation/prepare", EndpointKind::Gate),
            ("https://chatgpt.com/unauth-mweb/conversation/updates", EndpointKind::Chat),
            ("https://chatgpt.com/unauth-mweb/sentinel/chat-requirements", EndpointKind::Gate),
            ("https://chatgpt.com/unauth-mweb/sentinel/ping", EndpointKind::Telemetry),
            ("https://chatgpt.com/backend-api/sentinel/chat-requirements/finalize", EndpointKind::Gate),
            ("https://chatgpt.com/backend-anon/sentinel/ping", EndpointKind::Telemetry),
            ("https://chatgpt.com/backend-api/conversation/6710-aa/stream_status", EndpointKind::Telemetry),
            ("https://chatgpt.com/api/auth/session", EndpointKind::Session),
            ("https://chatgpt.com/backend-api/conversations?offset=0&limit=28", EndpointKind::History),
            ("https://chatgpt.com/backend-api/conversations/6710-aa?num_turns=6", EndpointKind::History),
            ("https://chatgpt.com/backend-api/conversation/6710-aa", EndpointKind::History),
            ("https://chatgpt.com/backend-api/conversation/WEB:ab-cd", EndpointKind::History),
            ("https://chatgpt.com/backend-api/conversation/local-chatgpt%3Aab-cd", EndpointKind::History),
            ("https://chatgpt.com/backend-api/conversation/id/6710-aa/turns", EndpointKind::History),
            ("https://chatgpt.com/backend-api/conversation/new_branch", EndpointKind::History),
            ("https://chatgpt.com/backend-api/conversation/gen_title/6710-aa", EndpointKind::Telemetry),
            ("https://chatgpt.com/backend-api/conversation/init", EndpointKind::Telemetry),
            ("https://chatgpt.com/backend-api/conversation", EndpointKind::Chat),
            ("https://chatgpt.com/backend-api/files", EndpointKind::Files),
            ("https://chatgpt.com/backend-api/files/process_upload_stream", EndpointKind::Files),
            ("https://chatgpt.com/backend-api/estuary/content?id=file", EndpointKind::Files),
            ("https://files.oaiusercontent.com/file-1?sig=x", EndpointKind::Files),
            ("https://sdmntprwestus.oaiusercontent.com/files/1/raw", EndpointKind::Files),
            ("wss://ws.chatgpt.com/p4/ws/user/1", EndpointKind::Socket),
            ("https://chatgpt.com/celsius/ws/user", EndpointKind::Socket),
            ("https://chatgpt.com/backend-api/me?x=1", EndpointKind::Session),
            ("https://chatgpt.com/backend-api/memories", EndpointKind::Other),
            ("https://chatgpt.com/backend-api/models", EndpointKind::Other),
            ("https://chatgpt.com/backend-api/wham/usage", EndpointKind::Other),
            ("https://realtime.chatgpt.com/v1/vp", EndpointKind::Other),
            ("https://chatgpt.com/backend-api/stop_conversation", EndpointKind::Stop),
            ("https://chatgpt.com/cdn-cgi/trace", EndpointKind::Edge),
            ("https://chatgpt.com/cdn-cgi/challenge-platform/h/b/orchestrate", EndpointKind::Check),
            ("https://challenges.cloudflare.com/turnstile/v0/api.js", EndpointKind::Check),
            ("https://chatgpt.com/cdn/assets-experimental/a.css", EndpointKind::Asset),
            ("https://chatgpt.com/c/1", EndpointKind::Page),
            ("https://chatgpt.com", EndpointKind::Page),
            ("https://ab.chatgpt.com/v1/rgstr", EndpointKind::Telemetry),
            ("https://chatgpt.com/ces/v1/t", EndpointKind::Telemetry),
            ("https://browser-intake-datadoghq.com/api/v2/logs", EndpointKind::Telemetry),
            ("https://api.openai.com/v1/chat/completions", EndpointKind::Api),
            ("https://api.openai.com/v1/traces/ingest", EndpointKind::Telemetry),
            ("https://team.openai.azure.com/openai/deployments/gpt/chat/completions", EndpointKind::Azure),
            ("https://openrouter.ai/api/v1/chat/completions", EndpointKind::Gateway),
            ("http://localhost:4000/v1/responses", EndpointKind::Gateway),
            ("https://llm.example.com/chat/completions", EndpointKind::Gateway),
            ("https://example.com/v1/orders", EndpointKind::Unrelated),
            ("https://auth.openai.com/oauth/token", EndpointKind::SignIn),
            ("https://cdn.oaistatic.com/assets/root.js", EndpointKind::Asset),
            ("https://notchatgpt.com/backend-api/f/conversation", EndpointKind::Unrelated),
            ("https://chatgpt.com.evil.example/backend-api/f/conversation", EndpointKind::Unrelated),
            ("https://chatgpt.com@evil.example/", EndpointKind::Unrelated),
            ("javascript:alert(1)", EndpointKind::Unrelated),
            ("", EndpointKind::Unrelated),
        ];
        for (url, kind) in rows {
            assert_eq!(classify(url).kind, kind, "{url}");
        }
    }

    #[test]
    fn ids_queries_and_words_do_not_survive() {
        let path = |url: &str| classify(url).path;
        let id = "6710aa21-8f0c-8004-b1e2-0242ac120002";
        assert_eq!(
            path(&format!("https://chatgpt.com/backend-api/conversation/{id}?secret=1#x")),
            "/backend-api/conversation/<id>"
        );
        assert_eq!(path("https://chatgpt.com/c/WEB:abc"), "/c/<id>");
        assert_eq!(path("https://chatgpt.com/c/local-chatgpt%3Aabc"), "/c/<id>");
        assert_eq!(path(&format!("https://chatgpt.com/g/g-p-6710aa218f0c-my-divorce/c/{id}")), "/g/<id>/c/<id>");
        assert_eq!(path("https://files.oaiusercontent.com/my-diary.pdf"), "/<id>");
        // Nor if the longest path ends in the middle of one.
        let long = format!("https://chatgpt.com/{}/6710aa21-8f0c-8004", "x/".repeat(54));
        assert!(!path(&long).contains("6710"));
    }
}
