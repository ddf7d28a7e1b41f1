//! HAR entries from Mend's own failures, for a bundle made without developer tools.
//!
//! The developer tools know more. The duration is not known here, and method and host follow from the kind of
//! endpoint; the decoded facts are in the entry's comment, by name.

use super::{UNKNOWN, log, map, pairs, request, response, text, whole};
use crate::core::{
    decode::error_name,
    endpoint::host_of,
    endpoint::{EndpointKind, classify},
    json::{Json, Value, to_value},
    observe::Failure,
};

/// Those of these failures that were requests, redacted. `mend` is our version.
pub fn of_failures<'a>(failures: impl Iterator<Item = &'a Failure>, mend: &str) -> Value {
    log(failures.filter_map(write).collect(), mend)
}

/// One failure. It may come from a file, so nothing in it is trusted.
fn write(failure: &Failure) -> Option<Value> {
    let endpoint = failure.endpoint.unwrap_or(EndpointKind::Other);
    let path = failure.path.as_deref().filter(|_| endpoint != EndpointKind::Unrelated)?;
    let host = host_of(endpoint, path);
    // Classified again, so that ids are replaced and no query is left.
    let path = classify(&format!("https://{host}/{}", path.trim_start_matches('/'))).path;
    let ids = failure.ids.again();
    let headers = map([(ids.header(), to_value(&ids.request)), ("cf-ray", to_value(&ids.ray))]);
    let content = map([("size", Value::from(-1)), ("mimeType", text("x-unknown"))]);
    let mut answer = response(failure.status, UNKNOWN, pairs(headers), content);
    if failure.error.is_some() || failure.status.is_none() {
        let name = failure.error.as_deref().and_then(error_name);
        answer = answer.with("_error", text(name.unwrap_or("unnamed")));
    }
    let asked = request(method(endpoint), host, &path, UNKNOWN);
    let told: Vec<&str> = failure.facts.iter().map(|fact| fact.name()).collect();
    Some(whole(failure.at, 0, asked, answer).with("comment", text(&told.join(", "))).with("timings", timings()))
}

/// The three mandatory timings must not be negative, so a comment says that they have no meaning.
fn timings() -> Value {
    let zero = || Value::from(0);
    map([("send", zero()), ("wait", zero()), ("receive", zero()), ("comment", text(UNKNOWN))])
}

/// Endpoints that send data use POST; all others are assumed to be GET.
fn method(endpoint: EndpointKind) -> &'static str {
    match endpoint {
        EndpointKind::Chat | EndpointKind::Resume | EndpointKind::Gate | EndpointKind::Stop => "POST",
        _ => "GET",
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use crate::core::{fact::Fact, observe::Reached, request_ids::Ids};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn written(failures: &[Failure]) -> Value {
        of_failures(failures.iter(), "0.1.0")
    }

    fn failure(endpoint: EndpointKind, path: &str) -> Failure {
        Failure { at: 1_784_971_320_120, endpoint: Some(endpoint), path: Some(path.to_owned()), ..Failure::default() }
    }

    #[test]
    fn an_answer_a_network_error_and_a_banner() {
        let ids = Ids::read(Some("bd8e52b7-7993-4407-a17b-c697e6ae3ef6"), Some("a355a9cdf90fec87-MAD"));
        let said_no = Failure {
            reached: Reached::Answer,
            status: Some(500),
            facts: vec![Fact::OnChat, Fact::Status500],
            ids,
            ..failure(EndpointKind::Chat, "/backend-api/f/conversation")
        };
        let broke = Failure {
            reached: Reached::NoAnswer,
            error: Some("net::ERR_CONNECTION_RESET".to_owned()),
            ..failure(EndpointKind::History, "/backend-api/conversation/<id>")
        };
        let banner = Failure { path: None, ..failure(EndpointKind::Chat, "") };
        insta::assert_json_snapshot!(written(&[said_no, broke, banner]));
    }

    #[test]
    fn the_host_and_the_method_follow_from_what_it_was_for() {
        let log = written(&[
            failure(EndpointKind::Api, "/v1/models"),
            failure(EndpointKind::SignIn, "/oauth/token"),
            failure(EndpointKind::Gate, "/backend-api/f/conversation/prepare"),
            failure(EndpointKind::Unrelated, "/elsewhere"),
            Failure { endpoint: None, ..failure(EndpointKind::Page, "/") },
        ]);
        let read = |entry: &Value| {
            let request = &entry["request"];
            format!("{} {}", request["method"].as_str().unwrap(), request["url"].as_str().unwrap())
        };
        let read: Vec<String> = log["log"]["entries"].as_array().unwrap().iter().map(read).collect();
        let wanted = [
            "GET https://api.openai.com/v1/models",
            "GET https://auth.openai.com/oauth/token",
            "POST https://chatgpt.com/backend-api/f/conversation/prepare",
            "GET https://chatgpt.com/",
        ];
        assert_eq!(read, wanted);
    }

    #[test]
    fn what_is_in_no_known_shape_stays_out() {
        let canary = "Kanarienvogel";
        let odd = Failure {
            error: Some(format!("{canary} is not reachable")),
            ids: Ids { request: Some(format!("<{canary}>")), oai: true, ray: Some(canary.to_owned()) },
            ..failure(EndpointKind::Chat, &format!("/c/<{canary}>?q={canary}#{canary}"))
        };
        let log = written(&[odd]);
        assert!(!log.to_string().contains(canary), "{log:#}");
        assert_eq!(log["log"]["entries"][0]["request"]["url"], json!("https://chatgpt.com/c/:id"));
        assert_eq!(log["log"]["entries"][0]["response"]["_error"], json!("unnamed"));
    }

    proptest! {
        /// No path changes the host.
        #[test]
        fn the_host_stays(path in ".{0,40}") {
            let log = written(&[failure(EndpointKind::Page, &path)]);
            let url = log["log"]["entries"][0]["request"]["url"].as_str().unwrap();
            let rest = url.strip_prefix("https://chatgpt.com/");
            prop_assert!(rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_graphic())), "{}", url);
        }
    }
}
