//! The paths of ChatGPT's own host, and who watches them. The first that fits counts.

use super::Role;
use crate::core::text::parted;

/// How much of a path a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// This path alone.
    Only,
    /// This path and what is below it: `/me` and `/me/x`, but not `/memories`.
    Below,
    /// Whatever begins like this.
    Begins,
}

/// Which ears of the extension are open for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// None.
    No,
    /// The page's own timing: failures, and successes when asked.
    Page,
    /// That, and webRequest where the request broke or was sent elsewhere.
    Breaks,
    /// That, and webRequest for every answer: each wakes Mend.
    Answers,
}

/// A path, `<id>` standing for any id. `/backend-api/` stands for its twin `/backend-anon/`, of people who are not signed
/// in, too.
#[derive(Debug)]
pub struct Path {
    /// The path.
    pub path: &'static str,
    /// How much of it.
    pub form: Form,
    /// What it is for.
    pub role: Role,
    /// Who watches it.
    pub watch: Watch,
}

const fn only(path: &'static str, role: Role, watch: Watch) -> Path {
    Path { path, form: Form::Only, role, watch }
}

const fn below(path: &'static str, role: Role, watch: Watch) -> Path {
    Path { path, form: Form::Below, role, watch }
}

const fn begins(path: &'static str, role: Role, watch: Watch) -> Path {
    Path { path, form: Form::Begins, role, watch }
}

/// Every path.
///
/// Sources: public recordings of requests (caiwuu/web2api, austinulfers/ai-geo-injector, blackglobeco/bl4ck0PS) and
/// clients that speak to them; beside a row, where one tells more than the name does.
pub const PATHS: &[Path] = &[
    // Telemetry, which blockers block every day: EasyPrivacy, uBlock Origin's lists.
    begins("/ces/", Role::Noise, Watch::Page),
    begins("/awe/", Role::Noise, Watch::Page),
    begins("/backend-api/lat/", Role::Noise, Watch::Page),
    begins("/backend-api/beacons/", Role::Noise, Watch::Page),
    // A heartbeat, and the question whether an answer still runs, to which 404 is a normal reply:
    // KobaProduction/chatgpt-booster, docs/CHATGPT_RUNTIME_CONTRACTS.md.
    below("/backend-api/sentinel/ping", Role::Noise, Watch::No),
    below("/unauth-mweb/sentinel/ping", Role::Noise, Watch::No),
    below("/backend-api/conversation/<id>/stream_status", Role::Noise, Watch::No),
    below("/backend-api/conversations/<id>/stream_status", Role::Noise, Watch::No),
    // A message, and one into a running answer.
    below("/backend-api/stop_conversation", Role::Stop, Watch::Answers),
    only("/backend-api/f/conversation", Role::Chat, Watch::Answers),
    below("/backend-api/f/steer_turn", Role::Chat, Watch::Answers),
    only("/backend-api/conversation", Role::Chat, Watch::Answers),
    // May be asked for again and again, so its answers wake nobody.
    below("/unauth-mweb/conversation/updates", Role::Chat, Watch::Breaks),
    // The same again after a break; where it may not be taken up any more the answer is 404 or 410:
    // KobaProduction/chatgpt-booster, docs/CHATGPT_RUNTIME_CONTRACTS.md.
    below("/backend-api/f/conversation/resume", Role::Resume, Watch::Answers),
    below("/backend-api/f/conversation/prepare", Role::Gate, Watch::Breaks),
    below("/unauth-mweb/conversation/prepare", Role::Gate, Watch::Breaks),
    below("/backend-api/f/conversation", Role::Chat, Watch::Breaks),
    below("/backend-api/codex/responses", Role::Chat, Watch::No),
    below("/backend-api/sentinel/chat-requirements", Role::Gate, Watch::Answers),
    below("/backend-api/sentinel", Role::Gate, Watch::No),
    below("/unauth-mweb/sentinel", Role::Gate, Watch::Breaks),
    // Who is signed in: NextAuth.js, REST API.
    below("/api/auth/session", Role::Session, Watch::Breaks),
    below("/api/auth", Role::Session, Watch::No),
    only("/backend-api/me", Role::Session, Watch::Breaks),
    below("/backend-api/me", Role::Session, Watch::No),
    below("/backend-api/accounts/check", Role::Session, Watch::Breaks),
    // One conversation, in the forms of its address. What else hangs below it, verbs such as gen_title, nobody waits for.
    below("/backend-api/conversations", Role::History, Watch::Breaks),
    below("/backend-api/conversation/id/<id>", Role::History, Watch::Breaks),
    below("/backend-api/conversation/new_branch", Role::History, Watch::Breaks),
    only("/backend-api/conversation/<id>", Role::History, Watch::Breaks),
    begins("/backend-api/conversation/", Role::Noise, Watch::No),
    below("/backend-api/files", Role::Files, Watch::Breaks),
    below("/backend-api/estuary", Role::Files, Watch::Page),
    // A socket ends with its page: what breaks it is told by no one's ears.
    below("/celsius/ws/user", Role::Socket, Watch::No),
    below("/backend-api/models", Role::Other, Watch::No),
    below("/backend-api/wham", Role::Other, Watch::No),
    // Cloudflare, "/cdn-cgi/ endpoint": the edge answers by itself.
    only("/cdn-cgi/trace", Role::Edge, Watch::No),
    below("/cdn-cgi/challenge-platform", Role::Check, Watch::No),
    begins("/cdn/assets/", Role::Asset, Watch::Breaks),
    begins("/cdn/assets-experimental/", Role::Asset, Watch::Breaks),
    only("/", Role::Page, Watch::No),
    begins("/c/", Role::Page, Watch::No),
    begins("/g/", Role::Page, Watch::No),
    begins("/share/", Role::Page, Watch::No),
];

/// What a path of the site is for.
pub(super) fn role(path: &str) -> Role {
    let signed_in = match path.strip_prefix("/backend-anon/") {
        Some(rest) => format!("/backend-api/{rest}"),
        None => path.to_owned(),
    };
    let known = PATHS.iter().find(|row| fits(row, &signed_in)).map(|row| row.role);
    let is_file = path.ends_with(".js") || path.ends_with(".css");
    known.unwrap_or(if is_file { Role::Asset } else { Role::Other })
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

/// A UUID, `WEB:<id>` or `local-chatgpt%3A<id>`; a verb is none.
fn is_id(segment: &str) -> bool {
    segment.bytes().any(|byte| byte.is_ascii_digit() || byte == b':')
}
