//! Whose server a pasted text speaks of: ChatGPT's, the API's, a gateway's, or somebody else's.

use crate::core::{
    endpoint::{EndpointKind, classify},
    text::{after, clip, holds},
};

/// A request to ChatGPT always uses TLS.
pub const SCHEME: &str = "https://";
/// The assumed URL of a text without one.
pub const CHAT: &str = "https://chatgpt.com/backend-api/f/conversation";
pub const API: &str = "https://api.openai.com/v1/responses";
/// The assumed URL of a text of a program that exchanges a sign-in for a token, and what it says (openai/codex, codex-rs/login).
const SIGN_IN: &str = "https://auth.openai.com/oauth/token";
const SIGN_IN_WORDS: &[&str] = &["token exchange failed", "token endpoint returned"];
/// Names of programs that use the developer API.
const API_WORDS: &[&str] = &["api.openai.com", "openai.", "langchain", "api key", "api_key", "openaiexception"];
/// The assumed URL of a text in which a server in between names itself, and the names: those of gateways, and marks of
/// default pages of servers that OpenAI does not use.
const GATEWAY: &str = "https://gateway.example/v1/chat/completions";
const GATEWAY_WORDS: &[&str] = &[
    "litellm",
    "openrouter",
    "one_api",
    "new_api",
    "portkey",
    "helicone",
    "open webui",
    "<center>nginx",
    "<center>openresty",
    "upstream timed out",
    "the server didn't respond in time",
    "function_invocation_timeout",
    "did not receive a timely response from the upstream",
];
/// What ChatGPT, OpenAI and their programs are called, or call themselves.
const OWN_NAMES: &[&str] = &["chatgpt", "openai", "codex", "gpt-", "oai", "sorry about that"];
/// What else ChatGPT's page and its edge say of themselves.
const OF_CHATGPT: &[&str] = &[
    "cloudflare",
    "cf-ray",
    "conversation",
    "something went wrong",
    "something seems to have gone wrong",
    "backend-api",
    "/backend-anon",
    "sentinel",
];
/// The API's other provider.
const OF_AZURE: &[&str] = &["azure", "cognitiveservices"];
/// The head of Cloudflare's own error pages: the host, and the number (Cloudflare, "5xx errors").
const EDGE_TITLE: &str = "<title>";

/// Longest URL that is read, in bytes.
const LONGEST: usize = 2_048;

/// All complete URLs.
pub fn urls(text: &str) -> impl Iterator<Item = &str> {
    after(text, SCHEME).filter_map(|rest| {
        let from = text.len() - rest.len() - SCHEME.len();
        let rest = clip(rest, LONGEST);
        let end =
            rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '<' | '>' | ')' | ','));
        let url = text.get(from..from + SCHEME.len() + end.unwrap_or(rest.len()))?;
        // The end of a sentence is none of the URL.
        Some(url.trim_end_matches(['.', ';', ':', '!', '?']))
    })
}

/// The first URL that ChatGPT's page can have requested; links to help pages are left out.
pub fn url(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let known =
        |url: &&str| !matches!(classify(url).kind, EndpointKind::Other | EndpointKind::Unrelated | EndpointKind::Stop);
    let of_api = || API_WORDS.iter().any(|word| holds(&lower, word));
    let between = || GATEWAY_WORDS.iter().any(|word| holds(&lower, word)) || names_a_host(&lower);
    let assumed = || {
        if SIGN_IN_WORDS.iter().any(|word| holds(&lower, word)) {
            SIGN_IN
        } else if between() {
            GATEWAY
        } else if of_api() {
            API
        } else {
            CHAT
        }
    };
    urls(text).find(known).unwrap_or_else(assumed)
}

/// Whether an error page of Cloudflare's names the host of somebody else: `<title>llm.example | 524: A timeout occurred`.
fn names_a_host(lower: &str) -> bool {
    after(lower, EDGE_TITLE).any(|rest| {
        let Some((host, rest)) = rest.split_once(" | ") else { return false };
        let numbered = rest.bytes().take(3).filter(u8::is_ascii_digit).count() == 3;
        let host = host.trim();
        numbered && host.contains('.') && !host.ends_with("openai.com") && !host.ends_with("chatgpt.com")
    })
}

/// Whether the text speaks of ChatGPT or OpenAI, or of the edge in front of both.
pub fn names_chatgpt(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    OWN_NAMES.iter().chain(OF_CHATGPT).any(|word| holds(&lower, word))
}

/// Words before the name of a host in the messages of common clients, in lower case.
const BEFORE_HOST: &[&str] = &[
    "resolve host: ",
    "resolve host ",
    "enotfound ",
    "eai_again ",
    "lookup ",
    "connect to ",
    "connecting to ",
    "access '",
];
/// Programs and services that have nothing to do with ChatGPT or the API.
const FOREIGN_WORDS: &[&str] = &[
    "anthropic",
    "googleapis",
    "generativelanguage",
    "psycopg2",
    "postgresql",
    "mysql",
    "redis",
    "mongodb",
    "kafka",
    "npm err",
    "django.db",
    "github.com",
    "gitlab",
];

/// Whether the text speaks of another server: it names one, and neither ChatGPT, OpenAI, the API nor a gateway.
pub fn is_foreign(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| holds(&lower, word));
    if says(OWN_NAMES) || says(OF_AZURE) || says(GATEWAY_WORDS) || says(API_WORDS) {
        return false;
    }
    let hosts =
        || BEFORE_HOST.iter().flat_map(|words| after(&lower, words)).chain(after(&lower, "://")).filter_map(host);
    let is_own = |host: &str| classify(&format!("{SCHEME}{host}/")).kind != EndpointKind::Unrelated;
    let of_api = urls(&lower).any(|url| classify(url).kind != EndpointKind::Unrelated);
    if of_api || hosts().any(is_own) { false } else { says(FOREIGN_WORDS) || hosts().next().is_some() }
}

/// Whether a message of a client's names a host of the API's that it could not reach.
pub fn misses_own(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    let own = |host: &str| classify(&format!("{SCHEME}{host}/v1/responses")).kind == EndpointKind::Api;
    BEFORE_HOST.iter().flat_map(|words| after(&lower, words)).filter_map(host).any(own)
}

/// The name of a host at the beginning of a text: with a dot and letters at its end. An IP address may be a proxy's.
fn host(text: &str) -> Option<&str> {
    let end = text.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-')));
    let name = text.get(..end.unwrap_or(text.len()))?.trim_end_matches('.');
    let (_, last) = name.rsplit_once('.')?;
    (last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic())).then_some(name)
}
