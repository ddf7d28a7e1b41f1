//! Codes and phrases in a body or a banner. A hint: the interface is localised, so structure counts first.
//!
//! The text is looked at once and dropped. Codes are matched as substrings rather than by parsing, because clients
//! print bodies in many wrappings (logs, tracebacks, quoted JSON).

use super::{Decoder, Raw, clip};
use crate::core::{
    Millis,
    fact::Fact,
    time::{HOUR, SECOND},
};

/// Only the head of a text is looked at; errors are short.
const LONGEST: usize = 16_384;
/// How far apart the parts of one phrase may stand.
const NEAR: usize = 60;

/// A lower-case part of the text → fact; `*` stands for anything between. Every match counts.
/// Sources: OpenAI's error-codes guide and help center (error codes 401, 404, 429), Cloudflare's 5xx and 1xxx pages and
/// "Challenges", Envoy's FAQ ("upstream connect error"), MDN on QuotaExceededError, nginx ("Request Header Or Cookie Too
/// Large"), and threads: one at a time: wong2/chatgpt-google-extension#165, lencx/ChatGPT#661; caps: hydrotho/ChatGPT_Model_Switcher#6; limits of conversations:
/// openai/codex#38763; `usage_limit_reached`: letta-ai/letta-code#1177; unusual activity: chathub-dev/chathub#1053;
/// refresh tokens: openai/codex#17340, #40541, Lampese/codex-switcher#37; switched off: openai/codex#19075,
/// pengzhile/pandora#1197, nat/openplayground#143; scopes: openai/codex#33664; verified organisations:
/// openai/openai-go#565; models of a plan: openai/codex#43751; stale files: vitejs/vite#11804, mdn/yari#4236;
/// storage: ztjhz/BetterChatGPT#148; a page whose script broke: 4as/Chat-DeMod#38.
const PHRASES: &[(&str, Fact)] = &[
    ("token_expired", Fact::TokenExpired),
    ("token has expired", Fact::TokenExpired),
    ("token is expired", Fact::TokenExpired),
    ("session has expired", Fact::TokenExpired),
    ("session expired", Fact::TokenExpired),
    ("token_revoked", Fact::TokenRevoked),
    ("token_invalidated", Fact::TokenRevoked),
    ("token was revoked", Fact::TokenRevoked),
    ("token has been revoked", Fact::TokenRevoked),
    ("token has been invalidated", Fact::TokenRevoked),
    ("invalidated oauth token", Fact::TokenRevoked),
    ("refresh_token_reused", Fact::TokenRevoked),
    ("refresh token*already*used", Fact::TokenRevoked),
    ("sign in again", Fact::AskedToSignIn),
    ("signing in again", Fact::AskedToSignIn),
    ("log in again", Fact::AskedToSignIn),
    ("session has ended", Fact::AskedToSignIn),
    ("please login", Fact::AskedToSignIn),
    ("please log in", Fact::AskedToSignIn),
    ("not logged in", Fact::AskedToSignIn),
    ("since logged out", Fact::AskedToSignIn),
    ("failed to refresh*token", Fact::AskedToSignIn),
    ("could not parse your authentication token", Fact::AskedToSignIn),
    ("refreshaccesstokenerror", Fact::AskedToSignIn),
    ("invalid_token", Fact::AskedToSignIn),
    ("invalid_jwt", Fact::AskedToSignIn),
    ("account_deactivated", Fact::AccountDeactivated),
    ("account has been deactivated", Fact::AccountDeactivated),
    ("api key has been deactivated", Fact::AccountDeactivated),
    ("deactivated account", Fact::AccountDeactivated),
    ("deleted or deactivated", Fact::AccountDeactivated),
    ("account has been suspended", Fact::AccountDeactivated),
    ("account has been banned", Fact::AccountDeactivated),
    ("access was terminated", Fact::AccountDeactivated),
    ("access has been terminated", Fact::AccountDeactivated),
    ("deactivated_workspace", Fact::AccountDeactivated),
    ("workspace is deactivated", Fact::AccountDeactivated),
    ("workspace has been deactivated", Fact::AccountDeactivated),
    ("mismatched_organization", Fact::WrongOrganisation),
    ("mismatched_project", Fact::WrongOrganisation),
    ("should match organization", Fact::WrongOrganisation),
    ("should match project", Fact::WrongOrganisation),
    ("no such organization", Fact::WrongOrganisation),
    ("invalid_organization", Fact::WrongOrganisation),
    ("must be a member of an organization", Fact::WrongOrganisation),
    ("not a member of the organization", Fact::WrongOrganisation),
    ("invalid_workspace_selected", Fact::WrongOrganisation),
    ("invalid_api_key", Fact::PermissionMissing),
    ("incorrect api key", Fact::PermissionMissing),
    ("invalid api key", Fact::PermissionMissing),
    ("missing bearer", Fact::PermissionMissing),
    ("didn't provide an api key", Fact::PermissionMissing),
    ("missing scopes", Fact::PermissionMissing),
    ("insufficient permissions", Fact::PermissionMissing),
    ("insufficient_permissions", Fact::PermissionMissing),
    ("organization must be verified", Fact::PermissionMissing),
    ("not allowed to sample from this model", Fact::PermissionMissing),
    ("ip not authorized", Fact::PermissionMissing),
    ("ip_not_authorized", Fact::PermissionMissing),
    ("insufficient_quota", Fact::InsufficientQuota),
    ("exceeded your current quota", Fact::InsufficientQuota),
    ("billing_hard_limit", Fact::InsufficientQuota),
    ("billing hard limit", Fact::InsufficientQuota),
    ("billing_not_active", Fact::InsufficientQuota),
    ("account is not active", Fact::InsufficientQuota),
    ("credit_balance", Fact::InsufficientQuota),
    ("credit balance", Fact::InsufficientQuota),
    ("out of credits", Fact::InsufficientQuota),
    ("usage_limit_reached", Fact::UsageLimit),
    ("usage limit has been reached", Fact::UsageLimit),
    ("usage limit reached", Fact::UsageLimit),
    ("your usage limit", Fact::UsageLimit),
    ("usage cap", Fact::UsageLimit),
    ("model_cap_exceeded", Fact::UsageLimit),
    ("sent too many messages", Fact::UsageLimit),
    ("hit your limit", Fact::UsageLimit),
    ("reached your limit", Fact::UsageLimit),
    ("hit the*plan limit", Fact::UsageLimit),
    ("reached the*plan limit", Fact::UsageLimit),
    ("out of*messages", Fact::UsageLimit),
    ("limit resets", Fact::UsageLimit),
    ("only one message at a time", Fact::OneAtATime),
    ("limited access to your conversations", Fact::ConversationsLimited),
    ("too many requests in 1 hour", Fact::TooManyRequests),
    ("limit of messages per hour", Fact::TooManyRequests),
    ("making requests too quickly", Fact::TooManyRequests),
    ("sending requests too quickly", Fact::TooManyRequests),
    ("rate_limit_exceeded", Fact::TooManyRequests),
    ("rate limit reached", Fact::TooManyRequests),
    ("rate limit exceeded", Fact::TooManyRequests),
    ("being rate limited", Fact::TooManyRequests),
    ("been rate limited", Fact::TooManyRequests),
    ("requests per min", Fact::TooManyRequests),
    ("tokens per min", Fact::TooManyRequests),
    ("message_length_exceeds_limit", Fact::TooLong),
    ("message you submitted was too long", Fact::TooLong),
    ("context_length_exceeded", Fact::TooLong),
    ("maximum context length", Fact::TooLong),
    ("context window", Fact::TooLong),
    ("string_above_max_length", Fact::TooLong),
    ("string too long", Fact::TooLong),
    ("request too large", Fact::TooLong),
    ("payload too large", Fact::TooLong),
    ("entity too large", Fact::TooLong),
    ("input*is too long", Fact::TooLong),
    ("unsupported_country", Fact::UnsupportedRegion),
    ("unsupported_region", Fact::UnsupportedRegion),
    ("region, or territory not supported", Fact::UnsupportedRegion),
    ("not available in your country", Fact::UnsupportedRegion),
    ("not available in your region", Fact::UnsupportedRegion),
    ("conversation_not_found", Fact::ConversationNotFound),
    ("conversation_inaccessible", Fact::ConversationNotFound),
    ("conversation not found", Fact::ConversationNotFound),
    ("can't load conversation", Fact::ConversationNotFound),
    ("model_not_found", Fact::ModelNotFound),
    ("model_not_supported", Fact::ModelNotFound),
    ("model not found", Fact::ModelNotFound),
    ("the model*does not exist", Fact::ModelNotFound),
    ("not have access to*model", Fact::ModelNotFound),
    ("model is not supported", Fact::ModelNotFound),
    ("unsupported model", Fact::ModelNotFound),
    ("invalid model", Fact::ModelNotFound),
    ("content_policy", Fact::RequestRefused),
    ("our usage polic", Fact::RequestRefused),
    ("invalid_prompt", Fact::RequestRefused),
    ("no tool output found", Fact::RequestRefused),
    ("no tool call found", Fact::RequestRefused),
    ("must be a response to a preceding", Fact::RequestRefused),
    ("must be followed by tool messages", Fact::RequestRefused),
    ("unsupported parameter", Fact::RequestRefused),
    ("unsupported_parameter", Fact::RequestRefused),
    ("unsupported value", Fact::RequestRefused),
    ("unsupported_value", Fact::RequestRefused),
    ("unknown parameter", Fact::RequestRefused),
    ("unknown_parameter", Fact::RequestRefused),
    ("missing required parameter", Fact::RequestRefused),
    ("invalid value", Fact::RequestRefused),
    ("invalid_value", Fact::RequestRefused),
    ("invalid type for", Fact::RequestRefused),
    ("could not parse the json body", Fact::RequestRefused),
    ("previous_response_not_found", Fact::RequestRefused),
    ("_circuit_open", Fact::CircuitOpen),
    ("slow down", Fact::Shedding),
    ("slow_down", Fact::Shedding),
    ("server_is_overloaded", Fact::Shedding),
    ("overloaded_error", Fact::Shedding),
    ("currently overloaded", Fact::Shedding),
    ("at capacity", Fact::Shedding),
    ("over capacity", Fact::Shedding),
    ("high demand", Fact::Shedding),
    ("concurrency_limit", Fact::Shedding),
    ("cf_service_unavailable", Fact::ServiceSaysError),
    ("server had an error", Fact::ServiceSaysError),
    ("error occurred while processing your request", Fact::ServiceSaysError),
    ("internal server error", Fact::ServiceSaysError),
    ("internal_server_error", Fact::ServiceSaysError),
    ("server_error", Fact::ServiceSaysError),
    ("temporarily unavailable", Fact::ServiceSaysError),
    ("working to restore", Fact::ServiceSaysError),
    ("service unavailable", Fact::ServiceSaysError),
    ("upstream connect error", Fact::UpstreamFailed),
    ("no healthy upstream", Fact::UpstreamFailed),
    ("upstream request timeout", Fact::UpstreamFailed),
    ("bad gateway", Fact::EdgeBadGateway),
    ("web server is returning an unknown error", Fact::EdgeBadGateway),
    ("web server is down", Fact::EdgeBadGateway),
    ("<center>cloudflare</center>", Fact::EdgeBadGateway),
    ("gateway time-out", Fact::Status504),
    ("gateway timeout", Fact::Status504),
    ("a timeout occurred", Fact::Status504),
    ("delivery timed out", Fact::GaveUp),
    ("unable to load site", Fact::AddressRefused),
    ("unable to load the site", Fact::AddressRefused),
    ("attention required!", Fact::AddressRefused),
    ("you have been blocked", Fact::AddressRefused),
    ("<title>access denied", Fact::AddressRefused),
    ("just a moment", Fact::EdgeChallenge),
    ("enable javascript and cookies to continue", Fact::EdgeChallenge),
    ("cloudflare check", Fact::EdgeChallenge),
    ("checking your browser", Fact::EdgeChallenge),
    ("you are human", Fact::EdgeChallenge),
    ("you are a human", Fact::EdgeChallenge),
    ("cf-mitigated: challenge", Fact::EdgeChallenge),
    ("network authentication required", Fact::Portal),
    ("captive portal", Fact::Portal),
    ("unusual activity", Fact::UnusualActivity),
    ("suspicious activity", Fact::UnusualActivity),
    ("suspicious behavior", Fact::UnusualActivity),
    ("cookie too large", Fact::HeadersTooLarge),
    ("header fields too large", Fact::HeadersTooLarge),
    ("too big request header", Fact::HeadersTooLarge),
    ("too many redirects", Fact::RedirectLoop),
    ("redirected you too many times", Fact::RedirectLoop),
    ("quotaexceedederror", Fact::StorageFull),
    ("exceeded the quota", Fact::StorageFull),
    ("ns_error_dom_quota_reached", Fact::StorageFull),
    ("dynamically imported module", Fact::StaleFiles),
    ("importing a module script failed", Fact::StaleFiles),
    ("chunkloaderror", Fact::StaleFiles),
    ("loading chunk", Fact::StaleFiles),
    ("unable to preload css", Fact::StaleFiles),
    ("content-security-policy", Fact::CspViolation),
    ("content security policy", Fact::CspViolation),
    ("blank page", Fact::PageBroken),
    ("blank chat", Fact::PageBroken),
    ("blank screen", Fact::PageBroken),
    ("white screen", Fact::PageBroken),
    ("keeps loading", Fact::PageBroken),
    ("unable to load", Fact::PageBroken),
    ("failed to load", Fact::PageBroken),
    ("cannot load", Fact::PageBroken),
    ("not loading", Fact::PageBroken),
    ("refreshing your browser", Fact::PageBroken),
    ("refresh your browser", Fact::PageBroken),
    ("application error", Fact::PageBroken),
    ("cannot read properties of", Fact::PageBroken),
    ("can't access property", Fact::PageBroken),
    ("is not a function", Fact::PageBroken),
    ("json.parse", Fact::PageBroken),
    ("after json at position", Fact::PageBroken),
    ("in json at position", Fact::PageBroken),
    ("is not valid json", Fact::PageBroken),
    ("end of json input", Fact::PageBroken),
    ("minified react error", Fact::PageBroken),
    ("network error", Fact::SaysNetworkError),
    ("failed to fetch", Fact::SaysNetworkError),
    ("check your*connection", Fact::SaysNetworkError),
    ("network connection lost", Fact::SaysNetworkError),
    ("connection error.", Fact::SaysNetworkError),
    ("something went wrong", Fact::SaysSomethingWrong),
    ("seems to have gone wrong", Fact::SaysSomethingWrong),
    ("error in message stream", Fact::SaysSomethingWrong),
    ("error generating a response", Fact::SaysSomethingWrong),
];

/// Cloudflare's numbers after "error": 520 to 530 blame the server behind, 1xxx the visitor (its 5xx and 1xxx pages).
const EDGE_CODES: &[(std::ops::RangeInclusive<u16>, Fact)] = &[
    (520..=530, Fact::EdgeBadGateway),
    (1009..=1009, Fact::UnsupportedRegion),
    (1015..=1015, Fact::TooManyRequests),
    (1005..=1012, Fact::AddressRefused),
    (1020..=1020, Fact::AddressRefused),
];

/// "Too many requests" is also the reason phrase of 429 (RFC 6585 §4), so by itself it says no more than the status.
const REASON_PHRASE: &str = "too many requests";

pub(super) const DECODER: Decoder = Decoder {
    name: "phrase",
    decode,
    tells: &[
        Fact::TokenExpired,
        Fact::TokenRevoked,
        Fact::AskedToSignIn,
        Fact::AccountDeactivated,
        Fact::WrongOrganisation,
        Fact::PermissionMissing,
        Fact::InsufficientQuota,
        Fact::UsageLimit,
        Fact::OneAtATime,
        Fact::ConversationsLimited,
        Fact::TooManyRequests,
        Fact::TooLong,
        Fact::UnsupportedRegion,
        Fact::ConversationNotFound,
        Fact::ModelNotFound,
        Fact::CircuitOpen,
        Fact::Shedding,
        Fact::ServiceSaysError,
        Fact::UpstreamFailed,
        Fact::EdgeBadGateway,
        Fact::Status504,
        Fact::GaveUp,
        Fact::AddressRefused,
        Fact::EdgeChallenge,
        Fact::Portal,
        Fact::UnusualActivity,
        Fact::RequestRefused,
        Fact::HeadersTooLarge,
        Fact::RedirectLoop,
        Fact::StorageFull,
        Fact::StaleFiles,
        Fact::CspViolation,
        Fact::PageBroken,
        Fact::SaysNetworkError,
        Fact::SaysSomethingWrong,
    ],
};

fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let Some(text) = raw.text else { return Vec::new() };
    let text = clip(text, LONGEST).to_ascii_lowercase();
    let mut facts: Vec<Fact> = PHRASES.iter().filter(|(part, _)| holds(&text, part)).map(|(_, fact)| *fact).collect();
    facts.extend(edge_code(&text));
    if raw.status.is_none() && text.contains(REASON_PHRASE) {
        facts.push(Fact::TooManyRequests);
    }
    facts
}

/// Whether the parts stand in the text in this order, and near one another.
fn holds(text: &str, parts: &str) -> bool {
    let Some((first, rest)) = parts.split_once('*') else { return text.contains(parts) };
    text.match_indices(first)
        .any(|(at, _)| text.get(at + first.len()..).is_some_and(|rest_of| holds(clip(rest_of, NEAR), rest)))
}

/// The number after "error" or "error code", whatever markup stands between.
fn edge_code(text: &str) -> Option<Fact> {
    text.match_indices("error").find_map(|(at, word)| {
        let near = clip(text.get(at + word.len()..)?, NEAR);
        let from = near.find(|letter: char| letter.is_ascii_digit())?;
        let digits = near.get(from..)?;
        let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
        let code: u16 = digits.get(..end)?.parse().ok()?;
        EDGE_CODES.iter().find(|(codes, _)| codes.contains(&code)).map(|(_, fact)| *fact)
    })
}

/// What a limit calls the seconds that are left (letta-ai/letta-code#1177; `clears_in` goes with `model_cap_exceeded`).
const SECONDS_LEFT: &[&str] = &["\"resets_in_seconds\":", "\"clears_in\":"];

/// `"resets_in_seconds":13872`.
pub(super) fn ends(raw: &Raw<'_>) -> Option<Millis> {
    let text = clip(raw.text?, LONGEST);
    let (_, rest) = SECONDS_LEFT.iter().find_map(|name| text.split_once(name))?;
    let rest = rest.trim_start();
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let seconds: Millis = rest.get(..end)?.parse().ok()?;
    (seconds <= 8 * 24 * HOUR / SECOND).then(|| raw.at.saturating_add(seconds * SECOND))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_end_of_a_window_is_read_from_the_body() {
        let text = r#"{"error":{"type":"usage_limit_reached","resets_in_seconds":13872}}"#;
        let raw = Raw { text: Some(text), at: 1_000, ..Raw::default() };
        assert_eq!(ends(&raw), Some(1_000 + 13_872_000));
        assert_eq!(decode(&raw), [Fact::UsageLimit]);
    }

    #[test]
    fn parts_of_a_phrase_and_the_edge_s_numbers() {
        let facts = |text| decode(&Raw { text: Some(text), ..Raw::default() });
        assert_eq!(facts("The model: `gpt-9` does not exist"), [Fact::ModelNotFound]);
        assert_eq!(facts("<span>Error</span> <b>1006</b>"), [Fact::AddressRefused]);
        assert_eq!(facts("Error 1009: this country is banned"), [Fact::UnsupportedRegion]);
        assert_eq!(facts("error code: 522"), [Fact::EdgeBadGateway]);
        assert!(facts("errors: 1022 of 5200").is_empty());
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,400}", status in proptest::option::of(any::<u16>())) {
            let raw = Raw { text: Some(&text), status, ..Raw::default() };
            decode(&raw);
            ends(&raw);
        }
    }
}
