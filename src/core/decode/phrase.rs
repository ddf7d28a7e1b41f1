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

/// A lower-case part of the text → fact. Every match counts.
/// Sources: OpenAI's error-codes guide (codes, "Slow Down"), Cloudflare's 5xx and 1xxx pages, Envoy's FAQ ("upstream
/// connect error"), and threads: one at a time: wong2/chatgpt-google-extension#165, lencx/ChatGPT#661; limits of
/// conversations: openai/codex#38763; `usage_limit_reached`: letta-ai/letta-code#1177; unusual activity:
/// chathub-dev/chathub#1053.
const PHRASES: &[(&str, Fact)] = &[
    ("token_expired", Fact::TokenExpired),
    ("token has expired", Fact::TokenExpired),
    ("session has expired", Fact::TokenExpired),
    ("token_revoked", Fact::TokenRevoked),
    ("token_invalidated", Fact::TokenRevoked),
    ("invalidated oauth token", Fact::TokenRevoked),
    ("insufficient_quota", Fact::InsufficientQuota),
    ("exceeded your current quota", Fact::InsufficientQuota),
    ("usage_limit_reached", Fact::UsageLimit),
    ("usage limit has been reached", Fact::UsageLimit),
    ("hit your usage limit", Fact::UsageLimit),
    ("hit your limit", Fact::UsageLimit),
    ("hit the free plan limit", Fact::UsageLimit),
    ("only one message at a time", Fact::OneAtATime),
    ("limited access to your conversations", Fact::ConversationsLimited),
    ("too many requests in 1 hour", Fact::TooManyRequests),
    ("making requests too quickly", Fact::TooManyRequests),
    ("rate_limit_exceeded", Fact::TooManyRequests),
    ("rate limit reached", Fact::TooManyRequests),
    ("message_length_exceeds_limit", Fact::TooLong),
    ("context_length_exceeded", Fact::TooLong),
    ("unsupported_country_region_territory", Fact::UnsupportedRegion),
    ("conversation_not_found", Fact::ConversationNotFound),
    ("conversation not found", Fact::ConversationNotFound),
    ("model_not_found", Fact::ModelNotFound),
    ("model not found", Fact::ModelNotFound),
    ("_circuit_open", Fact::CircuitOpen),
    ("slow down", Fact::Shedding),
    ("slow_down", Fact::Shedding),
    ("server_is_overloaded", Fact::Shedding),
    ("currently overloaded", Fact::Shedding),
    ("concurrency_limit", Fact::Shedding),
    ("cf_service_unavailable", Fact::ServiceSaysError),
    ("the server had an error while processing", Fact::ServiceSaysError),
    ("internal server error", Fact::ServiceSaysError),
    ("upstream connect error", Fact::UpstreamFailed),
    ("no healthy upstream", Fact::UpstreamFailed),
    ("upstream request timeout", Fact::UpstreamFailed),
    ("bad gateway error", Fact::EdgeBadGateway),
    ("<center>cloudflare</center>", Fact::EdgeBadGateway),
    ("unable to load site", Fact::AddressRefused),
    ("attention required!", Fact::AddressRefused),
    ("error 1020", Fact::AddressRefused),
    ("just a moment", Fact::EdgeChallenge),
    ("cf-mitigated: challenge", Fact::EdgeChallenge),
    ("unusual activity", Fact::UnusualActivity),
    ("request header or cookie too large", Fact::CookieHeaderTooLarge),
    ("content-security-policy", Fact::CspViolation),
    ("content security policy", Fact::CspViolation),
    ("blank page", Fact::PageBroken),
    ("blank chat", Fact::PageBroken),
    ("content failed to load", Fact::PageBroken),
    ("unable to load conversation", Fact::PageBroken),
    ("network error occurred", Fact::SaysNetworkError),
    ("network connection lost", Fact::SaysNetworkError),
    ("connection error.", Fact::SaysNetworkError),
    ("something went wrong", Fact::SaysSomethingWrong),
    ("seems to have gone wrong", Fact::SaysSomethingWrong),
    ("error in message stream", Fact::SaysSomethingWrong),
    ("error generating a response", Fact::SaysSomethingWrong),
    ("try refreshing your browser", Fact::SaysSomethingWrong),
];

/// "Too many requests" is also the reason phrase of 429 (RFC 6585 §4), so by itself it says no more than the status.
const REASON_PHRASE: &str = "too many requests";

pub(super) const DECODER: Decoder = Decoder {
    name: "phrase",
    decode,
    tells: &[
        Fact::TokenExpired,
        Fact::TokenRevoked,
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
        Fact::AddressRefused,
        Fact::EdgeChallenge,
        Fact::UnusualActivity,
        Fact::CookieHeaderTooLarge,
        Fact::CspViolation,
        Fact::PageBroken,
        Fact::SaysNetworkError,
        Fact::SaysSomethingWrong,
    ],
};

fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let Some(text) = raw.text else { return Vec::new() };
    let text = clip(text, LONGEST).to_ascii_lowercase();
    let mut facts: Vec<Fact> = PHRASES.iter().filter(|(part, _)| text.contains(part)).map(|(_, fact)| *fact).collect();
    // The edge signs all its bare pages alike; only among 5xx, or without a status, is it a bad gateway's.
    facts.retain(|fact| *fact != Fact::EdgeBadGateway || raw.status.is_none_or(|status| status >= 500));
    if raw.status.is_none() && text.contains(REASON_PHRASE) {
        facts.push(Fact::TooManyRequests);
    }
    facts
}

/// `"resets_in_seconds":13872` (letta-ai/letta-code#1177).
pub(super) fn ends(raw: &Raw<'_>) -> Option<Millis> {
    let (_, rest) = clip(raw.text?, LONGEST).split_once("\"resets_in_seconds\":")?;
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

    proptest! {
        #[test]
        fn never_panics(text in ".{0,400}", status in proptest::option::of(any::<u16>())) {
            let raw = Raw { text: Some(&text), status, ..Raw::default() };
            decode(&raw);
            ends(&raw);
        }
    }
}
