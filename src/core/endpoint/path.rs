//! The paths of ChatGPT's own host, and what observes each. The first match counts.

use super::EndpointKind;
use crate::core::text::parted;

/// How a row matches a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Exactly this path.
    Only,
    /// This path and those below it: `/me` and `/me/x`, but not `/memories`.
    Below,
    /// Every path with this prefix.
    Begins,
}

/// Which listeners of the extension observe a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObservedBy {
    /// None.
    No,
    /// The page's own timing: failures, and successes on request.
    Page,
    /// Also `webRequest` for errors and redirects.
    Breaks,
    /// Also `webRequest` for every response: each wakes Mend.
    Answers,
}

/// A row of the table of paths; `<id>` matches any id. `/backend-api/` also matches its counterpart `/backend-anon/`,
/// for people who are not signed in.
#[derive(Debug)]
pub struct Path {
    /// The path.
    pub path: &'static str,
    /// How it matches.
    pub form: Form,
    /// The kind of endpoint.
    pub kind: EndpointKind,
    /// What observes it.
    pub observed_by: ObservedBy,
}

const fn only(path: &'static str, kind: EndpointKind, observed_by: ObservedBy) -> Path {
    Path { path, form: Form::Only, kind, observed_by }
}

const fn below(path: &'static str, kind: EndpointKind, observed_by: ObservedBy) -> Path {
    Path { path, form: Form::Below, kind, observed_by }
}

const fn begins(path: &'static str, kind: EndpointKind, observed_by: ObservedBy) -> Path {
    Path { path, form: Form::Begins, kind, observed_by }
}

/// The table of paths.
///
/// Sources: public recordings of requests (caiwuu/web2api, austinulfers/ai-geo-injector, blackglobeco/bl4ck0PS) and
/// clients that use them; next to a row where its name is not enough.
pub const PATHS: &[Path] = &[
    // Telemetry, which content blockers block: EasyPrivacy, uBlock Origin's lists.
    begins("/ces/", EndpointKind::Telemetry, ObservedBy::Page),
    begins("/awe/", EndpointKind::Telemetry, ObservedBy::Page),
    begins("/backend-api/lat/", EndpointKind::Telemetry, ObservedBy::Page),
    begins("/backend-api/beacons/", EndpointKind::Telemetry, ObservedBy::Page),
    // A heartbeat, and the query whether an answer is still running, for which 404 is a normal response:
    // KobaProduction/chatgpt-booster, docs/CHATGPT_RUNTIME_CONTRACTS.md.
    below("/backend-api/sentinel/ping", EndpointKind::Telemetry, ObservedBy::No),
    below("/unauth-mweb/sentinel/ping", EndpointKind::Telemetry, ObservedBy::No),
    below("/backend-api/conversation/<id>/stream_status", EndpointKind::Telemetry, ObservedBy::No),
    below("/backend-api/conversations/<id>/stream_status", EndpointKind::Telemetry, ObservedBy::No),
    // A message, and one into a running answer.
    below("/backend-api/stop_conversation", EndpointKind::Stop, ObservedBy::Answers),
    only("/backend-api/f/conversation", EndpointKind::Chat, ObservedBy::Answers),
    below("/backend-api/f/steer_turn", EndpointKind::Chat, ObservedBy::Answers),
    only("/backend-api/conversation", EndpointKind::Chat, ObservedBy::Answers),
    // May be polled, so its responses do not wake the worker.
    below("/unauth-mweb/conversation/updates", EndpointKind::Chat, ObservedBy::Breaks),
    // Resumes a stream after a break; 404 or 410 where it can no longer be resumed: KobaProduction/chatgpt-booster,
    // docs/CHATGPT_RUNTIME_CONTRACTS.md.
    below("/backend-api/f/conversation/resume", EndpointKind::Resume, ObservedBy::Answers),
    below("/backend-api/f/conversation/prepare", EndpointKind::Gate, ObservedBy::Breaks),
    below("/unauth-mweb/conversation/prepare", EndpointKind::Gate, ObservedBy::Breaks),
    below("/backend-api/f/conversation", EndpointKind::Chat, ObservedBy::Breaks),
    below("/backend-api/codex/responses", EndpointKind::Chat, ObservedBy::No),
    below("/backend-api/sentinel/chat-requirements", EndpointKind::Gate, ObservedBy::Answers),
    below("/backend-api/sentinel", EndpointKind::Gate, ObservedBy::No),
    below("/unauth-mweb/sentinel", EndpointKind::Gate, ObservedBy::Breaks),
    // The session: NextAuth.js, REST API.
    below("/api/auth/session", EndpointKind::Session, ObservedBy::Breaks),
    below("/api/auth", EndpointKind::Session, ObservedBy::No),
    only("/backend-api/me", EndpointKind::Session, ObservedBy::Breaks),
    below("/backend-api/me", EndpointKind::Session, ObservedBy::No),
    below("/backend-api/accounts/check", EndpointKind::Session, ObservedBy::Breaks),
    // One conversation, by its ids. What is below it, verbs such as gen_title, does not matter to the person.
    below("/backend-api/conversations", EndpointKind::History, ObservedBy::Breaks),
    below("/backend-api/conversation/id/<id>", EndpointKind::History, ObservedBy::Breaks),
    below("/backend-api/conversation/new_branch", EndpointKind::History, ObservedBy::Breaks),
    only("/backend-api/conversation/<id>", EndpointKind::History, ObservedBy::Breaks),
    begins("/backend-api/conversation/", EndpointKind::Telemetry, ObservedBy::No),
    below("/backend-api/files", EndpointKind::Files, ObservedBy::Breaks),
    below("/backend-api/estuary", EndpointKind::Files, ObservedBy::Page),
    // A socket ends with its page; no listener reports why it broke.
    below("/celsius/ws/user", EndpointKind::Socket, ObservedBy::No),
    below("/backend-api/models", EndpointKind::Other, ObservedBy::No),
    below("/backend-api/wham", EndpointKind::Other, ObservedBy::No),
    // Cloudflare, "/cdn-cgi/ endpoint": the edge answers by itself.
    only("/cdn-cgi/trace", EndpointKind::Edge, ObservedBy::No),
    below("/cdn-cgi/challenge-platform", EndpointKind::Check, ObservedBy::No),
    begins("/cdn/assets/", EndpointKind::Asset, ObservedBy::Breaks),
    begins("/cdn/assets-experimental/", EndpointKind::Asset, ObservedBy::Breaks),
    only("/", EndpointKind::Page, ObservedBy::No),
    only("/chat", EndpointKind::Page, ObservedBy::No),
    begins("/c/", EndpointKind::Page, ObservedBy::No),
    begins("/g/", EndpointKind::Page, ObservedBy::No),
    begins("/share/", EndpointKind::Page, ObservedBy::No),
];

/// The kind of a path of the site.
pub(super) fn kind(path: &str) -> EndpointKind {
    let signed_in = match path.strip_prefix("/backend-anon/") {
        Some(rest) => format!("/backend-api/{rest}"),
        None => path.to_owned(),
    };
    let known = PATHS.iter().find(|row| fits(row, &signed_in)).map(|row| row.kind);
    let is_file = path.ends_with(".js") || path.ends_with(".css");
    known.unwrap_or(if is_file { EndpointKind::Asset } else { EndpointKind::Other })
}

/// The last parts of the developer API's paths, under whatever prefix a gateway has (OpenAI, API reference).
const OF_API: &[&str] = &[
    "/chat/completions",
    "/v1/completions",
    "/responses",
    "/v1/messages",
    "/v1/embeddings",
    "/v1/models",
    "/v1/moderations",
    "/v1/realtime",
    "/v1/images/generations",
    "/v1/images/edits",
    "/v1/audio/speech",
    "/v1/audio/transcriptions",
    "/v1/audio/translations",
    "/v1/files",
    "/v1/batches",
    "/v1/threads",
    "/v1/assistants",
];

/// Whether a path of an unknown host is one of the developer API's.
pub(super) fn is_of_api(path: &str) -> bool {
    let path = path.trim_end_matches('/');
    OF_API.iter().any(|end| path.ends_with(end)) || path.contains("/openai/deployments/")
}

/// Whether a path of the developer API receives only records of the program that calls it (openai-agents-python,
/// `tracing/processors.py`).
pub(super) fn is_telemetry(path: &str) -> bool {
    path == "/v1/traces/ingest"
}

fn fits(row: &Path, path: &str) -> bool {
    let rest = match parted(row.path, "<id>") {
        None => path.strip_prefix(row.path),
        Some((before, after)) => path.strip_prefix(before).and_then(|rest| {
            let end = rest.find('/').unwrap_or(rest.len());
            let (id, rest) = rest.split_at_checked(end)?;
            rest.strip_prefix(after).filter(|_| is_id(id))
        }),
    };
    rest.is_some_and(|rest| match row.form {
        Form::Only => rest.is_empty(),
        Form::Below => rest.is_empty() || rest.starts_with('/'),
        Form::Begins => true,
    })
}

/// A UUID, `WEB:<id>` or `local-chatgpt%3A<id>`; not a verb.
fn is_id(segment: &str) -> bool {
    segment.bytes().any(|byte| byte.is_ascii_digit() || byte == b':')
}
