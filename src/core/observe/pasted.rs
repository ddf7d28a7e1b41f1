//! Parses pasted text (a banner, a traceback, `curl -i` output, a log line) to one [`Event`].
//!
//! Parses line by line: an error belongs to the URL in its own line, or, as Chrome's console prints it, in the line
//! before. Failed telemetry is ignored if anything else failed; of ChatGPT's own requests the one closest to a message
//! counts.
//!
//! Recognises what any client prints: a status, a network error's name, ids and the allowed headers. Everything else
//! is left to the phrase decoder. The text is not kept.

use super::excerpt::{excerpt, has_sign};
use super::named_server::{API, CHAT, SCHEME, is_foreign, misses_own, names_chatgpt, url, urls};
use super::noise::{is_complaint, is_noise};
use super::source_code::is_source_code;
#[cfg(not(target_arch = "wasm32"))]
use crate::core::api_answer;
use crate::core::endpoint::{EndpointKind, FOREIGN, UNTOLD, classify};
use crate::core::{
    Event, Millis,
    decode::{Raw, decode, is_known_name, is_of_client, said_status},
    event::{NetError, PageReport, PageSignal, Response},
    headers::Headers,
    text::{after, find, holds},
    time::http_date,
};

/// Longest text that can be an error on the page, in bytes; a longer one is a log or a traceback.
const BANNER: usize = 400;
/// The assumed URL of records of what a program did.
const TELEMETRY: &str = "https://api.openai.com/v1/traces/ingest";

/// What Chromium's console prints of a request that was given up, or refused.
const ABORTED: &str = "net::ERR_ABORTED";

/// The event that the text describes, in tab 0, at the time of its `date` header, otherwise at `at`.
pub fn pasted(text: &str, at: Millis) -> Event {
    #[cfg(not(target_arch = "wasm32"))]
    if api_answer::is_whole(text) {
        let (key, url, body) = ("pasted".to_owned(), API.to_owned(), Some(text.to_owned()));
        return Event::Response(Response { at, key, url, status: Some(200), body, ..Response::default() });
    }
    let text = excerpt(text).text;
    let records = records(text.lines().filter(|line| !is_source_code(line)));
    // A statement happened in no log that went well: it is quoted where a program failed.
    let is_log = !text.lines().any(is_source_code);
    let rest: Vec<&LogRecord<'_>> = records.iter().filter(|record| !record.noise).collect();
    let weighed = rest.iter().filter(|record| record.failed).filter_map(|record| Some((record.weight()?, *record)));
    let worst = weighed.max_by_key(|(weight, _)| *weight).map(|(_, record)| record);
    let noise = || records.iter().find(|record| record.noise);
    if let Some(record) = noise().filter(|_| is_log && rest.iter().all(|record| record.is_calm())) {
        let text = record.text();
        let url = record.url.clone().unwrap_or_else(|| TELEMETRY.to_owned());
        return match event(&text, Some(url.clone()), &text, at) {
            // Without a status it is a sentence that says why nothing was sent.
            Event::Response(response) if response.status.is_none() => {
                Event::NetError(NetError { at, key: response.key, url, error: text, ..NetError::default() })
            }
            event => event,
        };
    }
    let whole: Vec<&str> = rest.iter().flat_map(|record| record.lines.iter().copied()).collect();
    let whole = whole.join("\n");
    match (worst, noise()) {
        (Some(record), _) => event(&record.text(), record.url.clone(), &whole, at),
        // A network error in a text whose only URLs are telemetry's is telemetry's.
        (None, Some(noise)) if error_name(&whole).is_some() && !holds(&whole, "://") => {
            event(&whole, noise.url.clone(), &whole, at)
        }
        _ => event(&whole, None, &whole, at),
    }
}

/// The event of one record, or of a text without a URL next to its error; headers and phrases may be anywhere in it.
fn event(record: &str, url: Option<String>, text: &str, at: Millis) -> Event {
    let key = "pasted".to_owned();
    let is_placed = url.is_some();
    let url = url.unwrap_or_else(|| self::url(text).to_owned());
    let status = said_status(record);
    let is_elsewhere = !is_placed && is_foreign(text);
    // Chromium adds `net::ERR_ABORTED` to the status of a script that was refused.
    let aborted = |error: &String| error == ABORTED && status.is_some();
    if let Some(error) = error_name(record).filter(|error| !aborted(error)) {
        let url = if is_elsewhere { format!("{SCHEME}{FOREIGN}/") } else { url };
        return Event::NetError(NetError { at, key, url, error, ..NetError::default() });
    }
    let headers = headers(text);
    let is_assumed = !is_placed && url == CHAT;
    if is_elsewhere {
        let url = format!("{SCHEME}{FOREIGN}/");
        return Event::Response(Response { at, key, url, status, body: Some(text.to_owned()), ..Response::default() });
    }
    // The page's own errors are short and known; everything else may be any program's.
    let is_known = !decode(&Raw { text: Some(text), ..Raw::default() }).is_empty();
    let is_bare = status.is_none() && headers == Headers::default();
    let is_banner = is_known && is_bare && text.len() <= BANNER && !is_of_client(text);
    let url = match () {
        () if !is_assumed || is_banner => url,
        () if !names_chatgpt(text) => format!("{SCHEME}{UNTOLD}/"),
        () if is_bare && !is_known => API.to_owned(),
        () => url,
    };
    let at = headers.date.as_deref().and_then(http_date).unwrap_or(at);
    if is_assumed && is_banner {
        let saw = PageSignal::Banner { text: text.to_owned(), ended: false };
        return Event::PageReport(PageReport { tab: 0, private: Some(false), key, at, saw });
    }
    Event::Response(Response { at, key, url, status, headers, body: Some(text.to_owned()), ..Response::default() })
}

/// A line, or a URL and the error in the line after it.
struct LogRecord<'a> {
    lines: Vec<&'a str>,
    url: Option<String>,
    failed: bool,
    noise: bool,
}

impl LogRecord<'_> {
    fn endpoint(&self) -> Option<EndpointKind> {
        self.url.as_deref().map(|url| classify(url).kind)
    }

    fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| line.trim().is_empty())
    }

    /// Whether nothing in it tells of a failure.
    fn is_calm(&self) -> bool {
        let says = |line: &&str| {
            has_sign(line) || is_complaint(line) || !decode(&Raw { text: Some(line), ..Raw::default() }).is_empty()
        };
        self.is_blank() || !(self.failed || self.lines.iter().any(says))
    }

    fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// How close it is to a message; none if it is not a request to ChatGPT.
    fn weight(&self) -> Option<u8> {
        match self.endpoint()? {
            EndpointKind::Unrelated | EndpointKind::Stop | EndpointKind::Telemetry => None,
            EndpointKind::Chat | EndpointKind::Api | EndpointKind::Azure | EndpointKind::Gateway => Some(3),
            EndpointKind::Gate | EndpointKind::Resume | EndpointKind::SignIn | EndpointKind::Page => Some(2),
            // Links to help pages and the like are not requests.
            EndpointKind::Other => self.url.as_deref().filter(|url| holds(url, "//chatgpt.com/")).map(|_| 0),
            _ => Some(1),
        }
    }
}

/// How a line begins that continues the one before it.
const CONTINUES: &[char] = &[' ', '\t', '{', '}', '[', ']', '"', '\''];

fn records<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<LogRecord<'a>> {
    let mut records: Vec<LogRecord<'_>> = Vec::new();
    for line in lines {
        let url = address(line);
        let failed = error_name(line).is_some() || said_status(line).is_some();
        // What is set in, or data, belongs to the line before it.
        let is_data = (url.is_none() || !failed) && line.starts_with(CONTINUES);
        if let Some(last) = records.last_mut().filter(|last| last.noise && is_data) {
            last.lines.push(line);
            // The records go to the API's own host: if that is not reached, no answer is either.
            last.noise = !misses_own(line);
            continue;
        }
        let before = records.iter_mut().rev().find(|record| !record.is_blank());
        match before.filter(|before| url.is_none() && failed && !before.failed && before.url.is_some()) {
            Some(before) => {
                before.lines.push(line);
                before.failed = true;
                before.noise |= is_noise(line);
            }
            None => {
                let of_telemetry = url.as_deref().is_some_and(|url| classify(url).kind == EndpointKind::Telemetry);
                records.push(LogRecord { lines: vec![line], url, failed, noise: of_telemetry || is_noise(line) });
            }
        }
    }
    records
}

/// The URL in a line: complete, or as Chrome's console abbreviates it: without its scheme, usually followed by a line
/// number.
fn address(line: &str) -> Option<String> {
    let is_known = |url: &str| classify(url).kind != EndpointKind::Unrelated;
    let whole = urls(line).find(|url| is_known(url)).map(str::to_owned);
    whole.or_else(|| pool(line).filter(|url| is_known(url))).or_else(|| {
        let word = line.split_whitespace().next()?;
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let numbered = word.rsplit_once(':').filter(|(_, number)| is_number(number));
        let short = numbered.map_or(word, |(short, _)| short);
        let is_one = numbered.is_some() || (!word.starts_with('/') && word.contains('/'));
        let host = if short.starts_with('/') { "chatgpt.com" } else { "" };
        let url = format!("{SCHEME}{host}{short}");
        (is_one && classify(&url).kind != EndpointKind::Unrelated).then_some(url)
    })
}

/// The URL of a connection pool of Python's urllib3, as it prints one: `HTTPSConnectionPool(host='…', port=443)`, and after it
/// perhaps `with url: /…`.
fn pool(line: &str) -> Option<String> {
    let host = after(line, "ConnectionPool(host='").next()?.split('\'').next()?;
    let path = after(line, "with url: /").next().and_then(|rest| rest.split([' ', ')']).next()).unwrap_or_default();
    Some(format!("{SCHEME}{host}/{path}"))
}

/// The name of a browser's network error; Chromium's own error page writes it without `net::`.
fn error_name(text: &str) -> Option<String> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || letter == ':'));
    words.map(|word| word.trim_matches(':')).find_map(|word| {
        if word.starts_with("net::ERR_") || word.starts_with("NS_ERROR_") || word.starts_with("NS_BINDING_") {
            return Some(word.to_owned());
        }
        let named = word.starts_with("ERR_").then(|| format!("net::{word}"))?;
        is_known_name(&named).then_some(named)
    })
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
    let known = Headers::from_pairs(Headers::NAMES.iter().filter_map(|name| Some((name, value(&[name])?))));
    Headers {
        x_request_id: known.x_request_id.or_else(|| {
            if own.is_none() { inline(&["request id", "request-id", "request_id", "requestid"]) } else { None }
        }),
        x_oai_request_id: own,
        cf_ray: known.cf_ray.or_else(|| inline(&["cf-ray", "cf_ray", "ray id"])),
        ..known
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::panic, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Kind of endpoint, and status or error name.
    fn read(text: &str) -> (EndpointKind, String) {
        match pasted(text, 0) {
            Event::Response(one) => (classify(&one.url).kind, one.status.map_or_else(String::new, |it| it.to_string())),
            Event::NetError(one) => (classify(&one.url).kind, one.error),
            Event::PageReport(_) => (EndpointKind::Page, "banner".to_owned()),
            _ => panic!("no such event"),
        }
    }

    #[test]
    fn telemetry_hides_nothing_and_an_error_belongs_to_its_own_address() {
        const NOISE: &[&str] = &[
            "POST https://chatgpt.com/ces/v1/t net::ERR_BLOCKED_BY_CLIENT",
            "ab.chatgpt.com/v1/rgstr?k=x:1   Failed to load resource: net::ERR_BLOCKED_BY_CLIENT",
            "/ces/v1/t:1 \n       \n      Failed to load resource: net::ERR_BLOCKED_BY_CLIENT",
            "GET https://browser-intake-datadoghq.com/api/v2/rum 503 (Service Unavailable)",
        ];
        let rows = [
            (
                "POST https://chatgpt.com/backend-api/f/conversation 503 (Service Unavailable)",
                EndpointKind::Chat,
                "503",
            ),
            (
                "POST https://chatgpt.com/backend-api/f/conversation net::ERR_CONNECTION_RESET",
                EndpointKind::Chat,
                "net::ERR_CONNECTION_RESET",
            ),
            (
                "chatgpt.com/backend-api/f/conversation:1   Failed to load resource: the server responded with a status of 500 ()",
                EndpointKind::Chat,
                "500",
            ),
            (
                "/backend-api/files:1\n\nFailed to load resource: the server responded with a status of 413 ()",
                EndpointKind::Files,
                "413",
            ),
            ("Something went wrong.", EndpointKind::Page, "banner"),
        ];
        for noise in NOISE {
            for (text, endpoint, said) in rows {
                let wanted = (endpoint, said.to_owned());
                assert_eq!(read(text), wanted, "{text}");
                assert_eq!(read(&format!("{noise}\n{text}")), wanted, "{noise}, {text}");
                assert_eq!(read(&format!("{text}\n{noise}\n{noise}")), wanted, "{text}, {noise}");
            }
            assert_eq!(read(&format!("{noise}\n{noise}")).0, EndpointKind::Telemetry);
            let by_script = "a.user.js:7 \n  Failed to load resource: net::ERR_BLOCKED_BY_CLIENT";
            assert_eq!(read(&format!("{by_script}\n{noise}")).0, EndpointKind::Telemetry);
        }
        let (one, other) = (rows[0].0, rows[3].0);
        assert_eq!(read(&format!("{one}\n{other}")), read(&format!("{other}\n{one}")));
    }

    #[test]
    fn telemetry_that_failed_beside_what_went_well_is_telemetry_s() {
        let tracing = "[non-fatal] Tracing client error 401: {\n  \"error\": {\n    \"message\": \"Incorrect API key provided: \
            sk-x. You can find your API key at https://platform.openai.com/account/api-keys.\"\n  }\n}";
        assert_eq!(read(&format!("Hello, World!\n{tracing}")).0, EndpointKind::Telemetry);
        let failed = "openai.RateLimitError: Error code: 429 - {'error': {'code': 'insufficient_quota'}}";
        assert_eq!(read(&format!("{failed}\n{tracing}")).1, "429");
    }

    #[test]
    fn telemetry_that_does_not_reach_the_api_s_own_host_is_no_noise() {
        assert_eq!(
            read("Failed to send telemetry event\n  cause: getaddrinfo ENOTFOUND api.openai.com").0,
            EndpointKind::Api
        );
        let noise = "Failed to send telemetry event\n  cause: getaddrinfo ENOTFOUND us.i.posthog.com";
        assert_eq!(read(noise).0, EndpointKind::Telemetry);
    }

    #[test]
    fn the_error_of_another_site_and_of_quoted_source_is_nobody_s() {
        for text in [
            "GET https://www.youtube.com/youtubei/v1/log_event net::ERR_BLOCKED_BY_CLIENT",
            "https://www.bank.example.com/login net::ERR_CERT_DATE_INVALID",
        ] {
            assert!(matches!(pasted(text, 0), Event::NetError(error) if error.url.contains(FOREIGN)), "{text}");
        }
        let quoted = "if error.code == \"insufficient_quota\" {\n    retry_on = [\"rate_limit_exceeded\"]";
        let Event::Response(response) = pasted(quoted, 0) else { panic!("not a response") };
        assert_eq!(response.body.as_deref(), Some(""));
    }

    #[test]
    fn telemetry_beside_a_quoted_statement_is_not_all() {
        assert_ne!(
            read("Failed to send telemetry event\nthrow new Error(\"chat failed\");").0,
            EndpointKind::Telemetry
        );
    }

    #[test]
    fn a_status_beside_an_aborted_script_counts() {
        let said = read("GET https://chatgpt.com/backend-api/me net::ERR_ABORTED 403 (Forbidden)");
        assert_eq!(said.1, "403");
    }

    #[test]
    fn a_short_text_that_no_page_shows_is_a_program_s() {
        let kind = |text: &str| read(text).0;
        assert_eq!(kind("Error: unknown certificate verification error"), EndpointKind::Untold);
        assert_eq!(kind("BatchError(message='Enqueued tokens of gpt-4o')"), EndpointKind::Api);
        assert_eq!(kind("You have sent too many messages to the model. Something went wrong."), EndpointKind::Page);
    }

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
