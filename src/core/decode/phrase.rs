//! Codes and phrases in a body or a banner. Only a hint: the interface is localised, so structure counts first.
//!
//! The text is searched once and dropped. Codes are matched as substrings rather than parsed, because clients print
//! bodies in many wrappings (logs, tracebacks, quoted JSON).

use super::{Decoder, Raw};
use crate::core::text::{after, clip, holds, leading, parted};
use crate::core::{
    Millis,
    fact::Fact,
    time::{HOUR, MINUTE, SECOND},
};

/// How much of a text is searched, in bytes; errors are short.
const LONGEST: usize = 16_384;
/// Largest distance between the parts of one phrase, in bytes.
const NEAR: usize = 60;

/// Fact ← lower-case parts of the text, any of them (`|`); `*` is a gap. Every match counts.
/// Sources: OpenAI's error-codes guide and help center (error codes 401, 404, 429), Cloudflare's 5xx and 1xxx pages
/// and "Challenges", Envoy's FAQ ("upstream connect error"), MDN on QuotaExceededError, nginx ("Request Header Or
/// Cookie Too Large"), and threads: one at a time: wong2/chatgpt-google-extension#165, lencx/ChatGPT#661; caps:
/// hydrotho/ChatGPT_Model_Switcher#6; limits of conversations: openai/codex#38763; `usage_limit_reached`:
/// letta-ai/letta-code#1177; unusual activity: chathub-dev/chathub#1053; streams: betabitplus/chatgpt-web-adapter
/// (`conversation_too_large`), KobaProduction/chatgpt-booster, docs/CHATGPT_RUNTIME_CONTRACTS.md (resuming); refresh
/// tokens: openai/codex#17340, #40541, Lampese/codex-switcher#37; deactivated: openai/codex#19075,
/// pengzhile/pandora#1197, nat/openplayground#143; scopes: openai/codex#33664; verified organisations:
/// openai/openai-go#565; models of a plan: openai/codex#43751; workspaces: openai/codex#17833, #2815; stale files:
/// vitejs/vite#11804, mdn/yari#4236; storage:
/// ztjhz/BetterChatGPT#148; a page whose script broke: 4as/Chat-DeMod#38.
const PHRASES: &[(Fact, &str)] = &[
    (Fact::TokenExpired, "token_expired|token has expired|token is expired|session has expired|session expired"),
    (
        Fact::TokenRevoked,
        "token_revoked|token_invalidated|token was revoked|token has been revoked|\
         token has been invalidated|invalidated oauth token|refresh_token_reused|\
         refresh token*already*used",
    ),
    (
        Fact::AskedToSignIn,
        "not signed in|sign in again|signing in again|log in again|session has ended|please login|please log in|\
         not logged in|since logged out|failed to refresh*token|\
         could not parse your authentication token|refreshaccesstokenerror|invalid access token|invalid_token|invalid_jwt|\
         auth_token_missing",
    ),
    (
        Fact::AccountDeactivated,
        "account_deactivated|account has been deactivated|api key has been deactivated|\
         deactivated account|deleted or deactivated|account has been suspended|account has been banned|\
         access was terminated|access has been terminated|deactivated_workspace|\
         workspace is deactivated|workspace has been deactivated",
    ),
    (
        Fact::WrongOrganisation,
        "organization tied to the api key|mismatched_organization|mismatched_project|should match organization|should match project|\
         no such organization|invalid_organization|must be a member of an organization|\
         not a member of the organization|invalid_workspace_selected",
    ),
    (
        Fact::PermissionMissing,
        "lacks the required data action|missing scopes|insufficient permissions|insufficient_permissions|organization must be verified|\
         not allowed to sample from this model|ip not authorized|ip_not_authorized|workspace_disabled|\
         chatgpt_account_missing|no eligible chatgpt workspaces",
    ),
    (
        Fact::KeyWrong,
        "invalid_api_key|incorrect api key|no api key provided|subscription key|illegal header value b'bearer|\
         invalid api key|missing bearer|didn't provide an api key|api_key client option must be set|api_key must be set",
    ),
    (
        Fact::InsufficientQuota,
        "insufficient_quota|exceeded your current quota|billing_hard_limit|billing hard limit|\
         billing_not_active|account is not active|credit_balance|credit balance|out of credits|\
         requires more credits|can only afford|insufficient credits|insufficient balance|insufficient funds",
    ),
    (
        Fact::UsageLimit,
        "usage_limit_reached|usage limit has been reached|usage limit reached|your usage limit|\
         usage cap|our limits of messages|model_cap_exceeded|sent too many messages|hit your limit|reached your limit|\
         hit the*plan limit|reached the*plan limit|out of*messages|limit resets",
    ),
    (Fact::OneAtATime, "only one message at a time"),
    (Fact::ConversationsLimited, "limited access to your conversations"),
    (
        Fact::TooManyRequests,
        "too many requests in 1 hour|limit of messages per hour|making requests too quickly|\
         sending requests too quickly|rate_limit_exceeded|rate limit reached|rate limit exceeded|\
         being rate limited|been rate limited|requests per min|tokens per min|exceeded the token rate limit|\
         exceeded token rate limit|exceeded call rate limit|exceeded the call rate limit|ratelimitreached|too_many_requests",
    ),
    (
        Fact::TooLong,
        "message_length_exceeds_limit|conversation_too_large|maximum length for this conversation|message you submitted was too long|context_length_exceeded|\
         maximum context length|context window|string_above_max_length|string too long|\
         request too large|payload too large|entity too large|input*is too long|maximum content size|\
         too many tokens|reduce the length|reduce your prompt|prompt is too long|exceeds the context",
    ),
    (
        Fact::UnsupportedRegion,
        "unsupported_country|unsupported_region|region, or territory not supported|\
         not available in your country|not available in your region|restricted region",
    ),
    (
        Fact::ConversationNotFound,
        "conversation_not_found|conversation_inaccessible|conversation not found|can't load conversation",
    ),
    (
        Fact::ModelNotFound,
        "model_not_found|model_not_supported|model not found|the model*does not exist|\
         not have access to*model|model is not supported|unsupported model|invalid model|\
         deploymentnotfound|deployment for this resource does not exist",
    ),
    (
        Fact::RequestRefused,
        "\"content_filter\"|'content_filter'|content management policy|responsibleaipolicyviolation|maximum duration of|\
         can only be accessed over https|content_policy|our usage polic|invalid_prompt|no tool output found|no tool call found|\
         must be a response to a preceding|must be followed by tool messages|unsupported parameter|\
         unsupported_parameter|unsupported value|unsupported_value|unknown parameter|unknown_parameter|\
         missing required parameter|invalid value|invalid_value|invalid type for|\
         could not parse the json body|previous_response_not_found|item with id|no file found|no thread found|\
         already has an active|active response in progress|invalid_encrypted_content|zero data retention|\
         no longer supported|is not a chat model|expected a string|expected an object|expected one of|\
         must contain the word|is a required property|extra inputs are not permitted|invalid_intent|\
         not supported with this model|not supported with the|no endpoints found|no endpoints available|\
         header is required|verify your api base|invalid_request_body",
    ),
    (Fact::CircuitOpen, "_circuit_open"),
    (
        Fact::Shedding,
        "slow down|slow_down|server_is_overloaded|overloaded_error|currently overloaded|at capacity|\
         over capacity|high demand|concurrency_limit|processing too many requests",
    ),
    (
        Fact::ServiceSaysError,
        "cf_service_unavailable|server had an error|error occurred while processing your request|\
         internal_server_error|server_error|temporarily unavailable|working to restore|\
         \"detail\"*something went wrong|\"detail\"*something seems to have gone wrong",
    ),
    (Fact::ResumeUnavailable, "tokenless_resume_unavailable"),
    (Fact::AnswerKept, "persisted_final_available"),
    // Linkumori/Linkumori-Addon#42, EFForg/privacybadger#2970.
    (Fact::HostBlocked, "failed upload to|network settings allow access"),
    (
        Fact::GatewayLimited,
        "budget has been exceeded|budget exceeded|exceededbudget|exceeded budget|max budget|crossed spend|\
         max parallel request limit|user quota is not enough|insufficient_user_quota|quota is not enough|额度不足|\
         额度已用尽|余额不足|free-models-per",
    ),
    (
        Fact::GatewayRefused,
        "invalid proxy server token|key not allowed to access|team not allowed to access|not allowed to access model|\
         无效的令牌|令牌验证失败|令牌状态不可用|令牌已过期|无权使用|无权访问|no route matched|\
         missing authentication token|no allowed providers|\
         llm provider not provided|invalid model name passed in",
    ),
    (
        Fact::GatewayFailed,
        "upstream service|upstream server|upstream api|upstream_error|upstream error|no available channel|无可用渠道|上游负载|no deployments available|no healthy deployment|\
         provider returned error|upstream request failed|bad_response_status_code|do request failed|\
         an invalid response was received from the upstream|failure to get a peer|endpoint request timed out|\
         no server is available to handle|invalid response from an upstream server|proxy error|\
         services aren't available right now|encountered a temporary error and could not complete|\
         open webui: server connection error|error from provider",
    ),
    (Fact::UpstreamFailed, "upstream connect error|no healthy upstream|upstream request timeout"),
    (
        Fact::EdgeBadGateway,
        "bad gateway|web server is returning an unknown error|web server is down|\
         <center>cloudflare</center>",
    ),
    (Fact::Status504, "gateway time-out|gateway timeout|a timeout occurred"),
    (Fact::GaveUp, "delivery timed out"),
    (
        Fact::AddressRefused,
        "disallowed isp|blocked by cloudflare|your request was blocked|public access is disabled|virtual network/firewall rules|unable to load site|unable to load the site|attention required!|you have been blocked|\
         <title>access denied",
    ),
    (
        Fact::EdgeChallenge,
        "just a moment|turn javascript on and reload|cf-captcha|security check required|enable javascript and cookies to continue|cloudflare check|checking your browser|\
         you are human|you are a human|cf-mitigated: challenge",
    ),
    (Fact::Portal, "network authentication required|captive portal"),
    (Fact::UnusualActivity, "unusual activity|suspicious behavior"),
    (Fact::SuspiciousActivity, "suspicious activity"),
    (Fact::CheckBlocked, "unblock challenges.cloudflare.com"),
    (Fact::HeadersTooLarge, "cookie too large|header fields too large|too big request header"),
    (Fact::RedirectLoop, "too many redirects|redirected you too many times"),
    (Fact::StorageFull, "quotaexceedederror|exceeded the quota|ns_error_dom_quota_reached"),
    (
        Fact::StaleFiles,
        "dynamically imported module|does not provide an export named|importing a module script failed|chunkloaderror|loading chunk|\
         unable to preload css|uncaught syntaxerror: unexpected token '<'",
    ),
    // The scheme of extensions' files (MDN, web_accessible_resources), and how managers of user scripts name theirs.
    (Fact::ExtensionThrew, "chrome-extension://|moz-extension://|safari-web-extension://|.user.js|userscript.html"),
    (Fact::CspViolation, "content-security-policy|content security policy"),
    (
        Fact::PageBroken,
        "blank page|blank chat|blank screen|white screen|keeps loading|unable to load|failed to load|\
         cannot load|not loading|refreshing your browser|refresh your browser|application error|\
         cannot read properties of|can't access property|is not a function|json.parse|\
         after json at position|in json at position|is not valid json|end of json input|\
         minified react error",
    ),
    (Fact::SaysNetworkError, "network error|failed to fetch|check your*connection|network connection lost"),
    (
        Fact::SaysSomethingWrong,
        "something went wrong|seems to have gone wrong|error in message stream|\
         error generating a response",
    ),
];

/// Cloudflare's numbers after "error": 520 to 530 concern the origin server, 1xxx the visitor (its 5xx and 1xxx
/// pages).
const EDGE_CODES: &[(std::ops::RangeInclusive<u16>, Fact)] = &[
    (520..=530, Fact::EdgeBadGateway),
    (1009..=1009, Fact::UnsupportedRegion),
    (1015..=1015, Fact::TooManyRequests),
    (1005..=1012, Fact::AddressRefused),
    (1020..=1020, Fact::AddressRefused),
];

/// What the provider's page says of an incident, where the text names the provider, and what it says at the incident's end
/// (status.openai.com, history).
const INCIDENTS: &[&str] = &[
    "incident report for openai",
    "we're investigating",
    "we are investigating",
    "identified the issue",
    "elevated error",
    "increased error rates",
    "increase in error rates",
    "increased login",
    "experienced an outage",
    "experienced elevated",
];
const PROVIDER: &[&str] = &["openai", "chatgpt", "codex", "gpt-"];
const RESOLVED: &[&str] = &["has been resolved", "resolved -", "is now resolved"];

/// "Too many requests" is also the reason phrase of 429 (RFC 6585 §4), so alone it says no more than the status.
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
        Fact::KeyWrong,
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
        Fact::ResumeUnavailable,
        Fact::AnswerKept,
        Fact::HostBlocked,
        Fact::GatewayLimited,
        Fact::GatewayRefused,
        Fact::GatewayFailed,
        Fact::UpstreamFailed,
        Fact::EdgeBadGateway,
        Fact::Status504,
        Fact::GaveUp,
        Fact::AddressRefused,
        Fact::EdgeChallenge,
        Fact::Portal,
        Fact::UnusualActivity,
        Fact::SuspiciousActivity,
        Fact::CheckBlocked,
        Fact::RequestRefused,
        Fact::HeadersTooLarge,
        Fact::RedirectLoop,
        Fact::StorageFull,
        Fact::StaleFiles,
        Fact::ExtensionThrew,
        Fact::CspViolation,
        Fact::PageBroken,
        Fact::SaysNetworkError,
        Fact::SaysSomethingWrong,
    ],
};

fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let Some(text) = raw.text else { return Vec::new() };
    // A sentence may be broken by a terminal or a picture's text.
    let text = clip(text, LONGEST).to_ascii_lowercase();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = |parts: &str| parts.split('|').any(|part| holds_all(&text, part));
    let mut facts: Vec<Fact> = PHRASES.iter().filter(|(_, parts)| said(parts)).map(|(fact, _)| *fact).collect();
    facts.extend(edge_code(&text));
    let says = |words: &[&str]| words.iter().any(|word| holds(&text, word));
    if says(INCIDENTS) && says(PROVIDER) && !says(RESOLVED) && !facts.contains(&Fact::ServiceSaysError) {
        facts.push(Fact::ServiceSaysError);
    }
    // A default page of a good answer or a redirect.
    if says(&["<title>2", "<title>3"]) {
        facts.retain(|fact| *fact != Fact::EdgeBadGateway);
    }
    // All default pages of the edge have the same mark; only with 5xx, or without a status, is it a bad gateway.
    facts.retain(|fact| *fact != Fact::EdgeBadGateway || raw.status.is_none_or(|status| status >= 500));
    // The same holds for another server with its own mark.
    if holds(&text, "<center>nginx") || holds(&text, "<center>openresty") {
        facts.retain(|fact| !matches!(fact, Fact::EdgeBadGateway | Fact::Status504 | Fact::ServiceSaysError));
    }
    let is_shed = facts.contains(&Fact::Shedding);
    if raw.status.is_none() && !is_shed && holds(&text, REASON_PHRASE) {
        facts.push(Fact::TooManyRequests);
    }
    facts
}

/// A phrase that decodes to this fact, if there is one.
pub(crate) fn saying(fact: Fact) -> Option<String> {
    let (_, parts) = PHRASES.iter().find(|(known, _)| *known == fact)?;
    parts.split('|').next().map(|words| words.replace('*', " "))
}

/// Whether the text contains the parts in this order, within [`NEAR`] of each other.
fn holds_all(text: &str, parts: &str) -> bool {
    let Some((first, rest)) = parts.split_once('*') else { return holds(text, parts) };
    after(text, first).any(|text| holds_all(clip(text, NEAR), rest))
}

/// The number after "error" or "error code", across any markup.
fn edge_code(text: &str) -> Option<Fact> {
    after(text, "error").find_map(|text| {
        let near = clip(text, NEAR);
        let from = near.bytes().position(|byte| byte.is_ascii_digit())?;
        let code = u16::try_from(leading(near.get(from..)?)?).ok()?;
        EDGE_CODES.iter().find(|(codes, _)| codes.contains(&code)).map(|(_, fact)| *fact)
    })
}

/// The fields for the remaining seconds of a limit (letta-ai/letta-code#1177; `clears_in` goes with
/// `model_cap_exceeded`).
const SECONDS_LEFT: &[&str] = &["\"resets_in_seconds\":", "\"clears_in\":"];

/// Lower-case words before the rest of a limit in OpenAI's and Azure's messages (OpenAI, rate-limits guide; Azure OpenAI, quotas).
const TRY_IN: &[&str] = &["try again in ", "retry after ", "retry in "];

/// The end of a limit from a body such as `"resets_in_seconds":13872`, or from a sentence such as `Please try again in 1m30s`.
pub(super) fn ends(raw: &Raw<'_>) -> Option<Millis> {
    let text = clip(raw.text?, LONGEST);
    let named = SECONDS_LEFT.iter().find_map(|name| parted(text, name));
    let rest = match named.and_then(|(_, rest)| leading(rest.trim_start())) {
        Some(seconds) => seconds.saturating_mul(SECOND),
        None => {
            let lower = text.to_ascii_lowercase();
            TRY_IN.iter().find_map(|words| after(&lower, words).find_map(span))?
        }
    };
    (rest <= 8 * 24 * HOUR).then(|| raw.at.saturating_add(rest))
}

/// A span such as `1h2m3.5s`, `20s`, `6ms`, `59 seconds` or `2 minutes` at the beginning of a text, in ms.
fn span(text: &str) -> Option<Millis> {
    let mut rest = text;
    let mut sum: Option<Millis> = None;
    while let Some(whole) = leading(rest) {
        let number = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
        // Parts of a second are counted as a whole one.
        let (more, unit) = match number.strip_prefix('.') {
            Some(part) => (1, part.trim_start_matches(|letter: char| letter.is_ascii_digit())),
            None => (0, number),
        };
        let unit = unit.strip_prefix(' ').unwrap_or(unit);
        let (length, words) = UNITS.iter().find_map(|(words, ms)| Some((*ms, unit.strip_prefix(words)?)))?;
        let part = whole.saturating_add(if length == SECOND { more } else { 0 }).saturating_mul(length);
        sum = Some(sum.unwrap_or_default().saturating_add(part));
        rest = words;
    }
    sum
}

/// Units of a span, the longer word first.
const UNITS: &[(&str, Millis)] = &[
    ("days", 24 * HOUR),
    ("day", 24 * HOUR),
    ("hours", HOUR),
    ("hour", HOUR),
    ("minutes", MINUTE),
    ("minute", MINUTE),
    ("min", MINUTE),
    ("milliseconds", 1),
    ("ms", 1),
    ("seconds", SECOND),
    ("second", SECOND),
    ("sec", SECOND),
    ("d", 24 * HOUR),
    ("h", HOUR),
    ("m", MINUTE),
    ("s", SECOND),
];

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
    fn the_end_of_a_limit_is_read_from_a_sentence() {
        let rest = |text: &str| ends(&Raw { text: Some(text), at: 1_000, ..Raw::default() }).map(|at| at - 1_000);
        assert_eq!(rest("Limit 3, Used 3, Requested 1. Please try again in 20s."), Some(20_000));
        assert_eq!(rest("Please try again in 1h2m3.5s. Visit"), Some(3_724_000));
        assert_eq!(rest("Please try again in 6ms."), Some(6));
        assert_eq!(rest("Please retry after 59 seconds."), Some(59_000));
        assert_eq!(rest("try again in 2 minutes"), Some(120_000));
        assert_eq!(rest("try again in a few minutes, or in 99999 days"), None);
        assert_eq!(rest("try again in 99999 days"), None);
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

    #[test]
    fn what_a_fact_says_decodes_to_it() {
        for (fact, _) in PHRASES {
            let text = saying(*fact);
            assert!(decode(&Raw { text: text.as_deref(), ..Raw::default() }).contains(fact), "{fact:?}: {text:?}");
        }
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
