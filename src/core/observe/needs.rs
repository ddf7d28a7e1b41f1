//! The parts of the service, by the names of its status page, that a failed request needed.

use super::Failure;
use crate::core::status::{CHAT, Component};

/// The parts that a request needed, by the beginning of its path (below `/backend-api` or `/backend-anon`), otherwise
/// by its kind; the rest of ChatGPT's page, past chats included, needs the same as a message.
///
/// Codex uses ChatGPT's backend and fails with it; an outage of conversations has affected sign-in too
/// (openai/codex#35329), but an outage of sign-in does not affect conversations.
///
/// Sources: openai/codex, codex-rs/backend-client (`/backend-api/codex`, `/backend-api/wham`); recordings of
/// chatgpt.com's voice mode in public repositories (`realtime.chatgpt.com/v1/vp`); status.openai.com's own names for
/// the rest.
const BY_PATH: &[(&str, &[Component])] = &[
    ("/codex/", &[Component::Conversations, Component::Codex]),
    ("/wham/", &[Component::Codex, Component::Work]),
    ("/files", &[Component::Files]),
    ("/v1/vp", &[Component::Voice]),
];
const BY_KIND: &[(&str, &[Component])] = &[
    ("session", &[Component::Login, Component::Conversations]),
    ("sign-in", &[Component::Login, Component::ApiLogin, Component::Conversations]),
    ("files", &[Component::Files]),
    ("api", &[Component::Api]),
    // A gateway may stand before another provider; where it stands before OpenAI, this is the part behind it.
    ("gateway", &[Component::Api]),
    ("azure", &[]),
];

/// The parts that this failure's request needed.
pub fn needs(failure: &Failure) -> &'static [Component] {
    let path = failure.path.as_deref().unwrap_or_default();
    let path = ["/backend-api", "/backend-anon"].iter().find_map(|begin| path.strip_prefix(begin)).unwrap_or(path);
    let of_path = BY_PATH.iter().find(|(begin, _)| path.starts_with(begin));
    let endpoint = failure.endpoint.map_or("", |endpoint| endpoint.name());
    let of_role = || BY_KIND.iter().find(|(name, _)| *name == endpoint);
    of_path.or_else(of_role).map_or(CHAT, |(_, parts)| parts)
}
