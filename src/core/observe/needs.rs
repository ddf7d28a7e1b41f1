//! Which parts of the service, as its status page names them, a failed request needed.

use super::Failure;
use crate::core::status::{CHAT, Part};

/// Which parts a failed request needed, by how its path begins (below `/backend-api` or its twin), else by its role; all the rest of ChatGPT's page needs what a
/// message needs, past chats too.
///
/// Codex answers through ChatGPT's backend and fails with it; an outage of conversations has taken signing in along
/// (openai/codex#35329), where one of signing in leaves conversations alone.
///
/// Sources: openai/codex, codex-rs/backend-client (`/backend-api/codex`, `/backend-api/wham`); recordings of chatgpt.com's voice
/// mode in public repositories (`realtime.chatgpt.com/v1/vp`); status.openai.com's own names for the rest.
const BY_PATH: &[(&str, &[Part])] = &[
    ("/codex/", &[Part::Conversations, Part::Codex]),
    ("/wham/", &[Part::Codex, Part::Work]),
    ("/files", &[Part::Files]),
    ("/v1/vp", &[Part::Voice]),
];
const BY_ROLE: &[(&str, &[Part])] = &[
    ("session", &[Part::Login, Part::Conversations]),
    ("sign-in", &[Part::Login, Part::ApiLogin, Part::Conversations]),
    ("files", &[Part::Files]),
    ("api", &[Part::Api]),
];

/// The parts that this failure's request needed.
pub fn needs(failure: &Failure) -> &'static [Part] {
    let path = failure.path.as_deref().unwrap_or_default();
    let path = ["/backend-api", "/backend-anon"].iter().find_map(|begin| path.strip_prefix(begin)).unwrap_or(path);
    let of_path = BY_PATH.iter().find(|(begin, _)| path.starts_with(begin));
    let role = failure.role.map_or("", |role| role.name());
    let of_role = || BY_ROLE.iter().find(|(name, _)| *name == role);
    of_path.or_else(of_role).map_or(CHAT, |(_, parts)| parts)
}
