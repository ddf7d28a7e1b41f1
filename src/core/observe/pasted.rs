//! Plain text that somebody pasted (a banner, a traceback, `curl -i` output, a log line) → one [`Event`].
//!
//! Takes what any client prints: a status, a network error's name, ids and the headers of the allowlist. Everything else
//! is left to the phrase decoder. Never keeps the text.

use super::{Role, place};
use crate::core::{
    Event, Millis,
    decode::{after, clip, find, holds, said_status},
    event::{Headers, NetError, Response, Sight, Witness},
};

/// Only a request over TLS can have been ChatGPT's.
const SCHEME: &str = "https://";
/// Longest text that is looked at.
const LONGEST: usize = 65_536;

/// Longest text that can be an error shown on the page; more is a log or a traceback.
const BANNER: usize = 400;
/// Where a text belongs that names no address of its own.
const CHAT: &str = "https://chatgpt.com/backend-api/f/conversation";
const API: &str = "https://api.openai.com/v1/responses";
/// Words of programs that talk to the developer API.
const API_WORDS: &[&str] =
    &["api.openai.com", "openai.", "litellm", "langchain", "api key", "api_key", "openaiexception"];

/// The event that the text tells of, in tab 0.
pub fn pasted(text: &str, at: Millis) -> Event {
    let text = clip(text, LONGEST);
    let key = "pasted".to_owned();
    let url = url(text).to_owned();
    if let Some(error) = error_name(text) {
        return Event::NetError(NetError { at, key, url, error: error.to_owned(), ..NetError::default() });
    }
    let status = said_status(text);
    let headers = headers(text);
    if status.is_none() && headers == Headers::default() && text.len() <= BANNER {
        let saw = Sight::Banner { text: text.to_owned(), ended: false };
        return Event::Witness(Witness { tab: 0, private: Some(false), key, at, saw });
    }
    Event::Response(Response { at, key, url, status, headers, body: Some(text.to_owned()), ..Response::default() })
}

fn error_name(text: &str) -> Option<&str> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || letter == ':'));
    words
        .map(|word| word.trim_matches(':'))
        .find(|word| word.starts_with("net::ERR_") || word.starts_with("NS_ERROR_") || word.starts_with("NS_BINDING_"))
}

/// The first address that a request of ChatGPT's can have gone to; links to help pages are none.
fn url(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let urls = after(text, SCHEME).filter_map(|rest| {
        let end =
            rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '<' | '>' | ')' | ','));
        let from = text.len() - rest.len() - SCHEME.len();
        text.get(from..from + SCHEME.len() + end.unwrap_or(rest.len()))
    });
    let known = |url: &&str| !matches!(place(url).role, Role::Other | Role::Foreign | Role::Stop);
    let of_api = || API_WORDS.iter().any(|word| holds(&lower, word));
    urls.into_iter().find(known).unwrap_or_else(|| if of_api() { API } else { CHAT })
}

fn headers(text: &str) -> Headers {
    let value = |names: &[&str]| {
        text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            names.iter().any(|wanted| name.trim().eq_ignore_ascii_case(wanted)).then(|| value.trim().to_owned())
        })
    };
    let inline = |names: &[&str]| {
        let lower = text.to_ascii_lowercase();
        names.iter().find_map(|name| {
            let from = find(&lower, name)? + name.len();
            let rest = text.get(from..)?.trim_start_matches([':', '=', ' ', '"', '\'']);
            let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')));
            rest.get(..end.unwrap_or(rest.len())).filter(|id| !id.is_empty()).map(str::to_owned)
        })
    };
    let own =
        value(&["x-oai-request-id"]).or_else(|| inline(&["x-oai-request-id", "x_oai_request_id", "oai request id"]));
    Headers {
        x_request_id: value(&["x-request-id"]).or_else(|| {
            if own.is_none() { inline(&["request id", "request-id", "request_id", "requestid"]) } else { None }
        }),
        x_oai_request_id: own,
        cf_ray: value(&["cf-ray"]).or_else(|| inline(&["cf-ray", "cf_ray", "ray id"])),
        cf_mitigated: value(&["cf-mitigated"]),
        retry_after: value(&["retry-after"]),
        date: value(&["date"]),
        server: value(&["server"]),
        content_type: value(&["content-type"]),
        content_length: None,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn curl_output_gives_status_and_headers() {
        let text = "HTTP/2 403 \r\nserver: cloudflare\r\ncf-mitigated: challenge\r\ncf-ray: 9bd5b5e1ea09c7b3-DUS\r\n\r\n<html>";
        let Event::Response(response) = pasted(text, 7) else { panic!("not a response") };
        assert_eq!(response.status, Some(403));
        assert_eq!(response.headers.cf_mitigated.as_deref(), Some("challenge"));
    }

    #[test]
    fn a_traceback_gives_its_status_and_id() {
        let text = "openai.RateLimitError: Error code: 429 - {'error': {'code': 'insufficient_quota'}} request id: req_0123456789abcdef0123456789abcdef";
        let Event::Response(response) = pasted(text, 7) else { panic!("not a response") };
        assert_eq!(response.status, Some(429));
        assert!(response.headers.x_request_id.is_some_and(|id| id.starts_with("req_")));
    }

    #[test]
    fn a_link_to_a_help_page_is_no_request() {
        let text =
            "AuthenticationError: Error code: 401 - find your key at https://platform.openai.com/account/api-keys";
        let Event::Response(response) = pasted(text, 7) else { panic!("not a response") };
        assert_eq!(response.url, API);
        let text = "see https://example.org/ Error code: 403, url: https://chatgpt.com/backend-api/codex/responses, x";
        let Event::Response(response) = pasted(text, 7) else { panic!("not a response") };
        assert_eq!(response.url, "https://chatgpt.com/backend-api/codex/responses");
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,300}") {
            pasted(&text, 0);
        }
    }
}
