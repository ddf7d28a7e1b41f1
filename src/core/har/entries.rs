//! HAR entries from the browser's developer tools.

use super::{UNKNOWN, log, map, pairs, request, response, text, whole};
use crate::core::{
    decode::error_name,
    entry::{self, HarEntry},
    formats::Projection,
    json::{Json, Value, to_value},
    request_ids::Ids,
    text::{clip, parted},
};

/// How much of a body is kept, in bytes.
const BODY: usize = 4_096;
/// Longest media type, in bytes.
const KIND: usize = 80;

/// The fields of an entry that [`entry()`] reads.
pub const LOOKED_AT: Projection = Projection::Map(&[
    ("startedDateTime", Projection::One),
    ("time", Projection::One),
    (
        "request",
        Projection::Map(&[("method", Projection::One), ("url", Projection::One), ("httpVersion", Projection::One)]),
    ),
    (
        "response",
        Projection::Map(&[
            ("status", Projection::One),
            ("httpVersion", Projection::One),
            ("_error", Projection::One),
            ("headers", Projection::List(&Projection::Map(&[("name", Projection::One), ("value", Projection::One)]))),
            ("content", Projection::Map(&[("size", Projection::One), ("mimeType", Projection::One)])),
        ]),
    ),
]);

/// The failed entries among these, redacted. `mend` is our version.
pub fn har(entries: &[Value], bodies: bool, mend: &str) -> Value {
    let failed =
        |raw: &Value| HarEntry::read(raw).filter(|entry| entry.failure.is_some()).map(|one| write(raw, &one, bodies));
    log(entries.iter().filter_map(failed).collect(), mend)
}

/// One entry, redacted, whether it failed or not; none if the request was not to ChatGPT.
pub fn entry(raw: &Value) -> Option<Value> {
    HarEntry::read(raw).map(|one| write(raw, &one, false))
}

fn write(raw: &Value, entry: &HarEntry, bodies: bool) -> Value {
    let (sent, got) = (raw.field("request"), raw.field("response"));
    let mut content = map([("size", Value::from(entry.size.unwrap_or(-1))), ("mimeType", text(kind(got)))]);
    let body = clip(got.field("content").field("text").text(), BODY);
    if bodies && !body.is_empty() && entry.status.is_some_and(|status| status >= 400) {
        content = content.with("text", text(body));
    }
    let mut answer = response(entry.status, version(got), headers(got), content);
    if let Some(error) = &entry.error {
        answer = answer.with("_error", text(error_name(error).unwrap_or("unnamed")));
    }
    let method = if entry.method.is_empty() { UNKNOWN } else { &entry.method };
    let asked = request(method, host(sent.field("url").text()), &entry.place.path, version(sent));
    whole(entry.at, entry.took, asked, answer)
}

/// The host alone, without user information and port; empty if it has invalid characters.
fn host(url: &str) -> &str {
    let host = parted(url, "://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let host = host.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    let is_one = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    if is_one { host } else { UNKNOWN }
}

fn headers(got: &Value) -> Value {
    let known = entry::headers(got);
    // Ids only in their known formats.
    let ids = Ids::read(known.x_request_id.as_deref(), known.cf_ray.as_deref());
    let own = Ids::read(known.x_oai_request_id.as_deref(), None);
    let known = to_value(&known).with("x-request-id", to_value(&ids.request));
    pairs(known.with("x-oai-request-id", to_value(&own.request)).with("cf-ray", to_value(&ids.ray)))
}

/// The media type without parameters.
fn kind(got: &Value) -> &str {
    let kind = got.field("content").field("mimeType").text().split(';').next().unwrap_or_default().trim();
    let is_one = kind.len() <= KIND && kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.+-".contains(&byte));
    if is_one && kind.contains('/') { kind } else { "x-unknown" }
}

/// `http/1.1`, `HTTP/2`, `h3`: a short token.
fn version(of: &Value) -> &str {
    let word = of.field("httpVersion").text();
    let is_one = word.len() <= 8 && word.to_ascii_lowercase().starts_with('h');
    if is_one { word } else { UNKNOWN }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// An entry as Chromium and Firefox write it, with a canary wherever a secret can be.
    fn entry(canary: &str, status: u16, path: &str) -> Value {
        let pair = |name: &str| json!({ "name": name, "value": canary, "comment": canary });
        json!({
            "_initiator": { "url": canary }, "pageref": canary, "serverIPAddress": canary, "connection": canary,
            "_priority": canary, "comment": canary, "startedDateTime": "2026-07-25T09:22:00.000Z", "time": 40,
            "cache": { "comment": canary }, "timings": { "wait": 3, "comment": canary },
            "request": {
                "method": "POST", "url": format!("https://{canary}:{canary}@chatgpt.com{path}?q={canary}#{canary}"),
                "httpVersion": "h2", "cookies": [pair("session")], "queryString": [pair("q")],
                "headers": [pair("Cookie"), pair("Authorization"), pair("Referer"), pair("OpenAI-Device-Id")],
                "postData": { "mimeType": "application/json", "text": canary, "params": [pair("p")] },
            },
            "response": {
                "status": status, "statusText": canary, "httpVersion": canary, "redirectURL": canary,
                "cookies": [pair("session")], "_error": if status == 0 { canary } else { "" },
                "headers": [pair("Set-Cookie"), pair("Location"), pair("Report-To"),
                    json!({ "name": "x-request-id", "value": format!("<{canary}>") }),
                    json!({ "name": "server", "value": "cloudflare" })],
                "content": { "size": 9, "mimeType": format!("text/html; x={canary}"), "text": canary, "comment": canary },
            },
        })
    }

    fn written(raw: &[Value], bodies: bool) -> String {
        har(raw, bodies, "0.1.0").to_string()
    }

    fn seen(plain: &Value, shape: &Projection) -> Value {
        match (plain, shape) {
            (Value::Array(items), Projection::List(each)) => {
                Value::Array(items.iter().map(|item| seen(item, each)).collect())
            }
            (Value::Object(_), Projection::Map(known)) => Value::Object(
                known.iter().map(|(name, shape)| ((*name).to_owned(), seen(plain.field(name), shape))).collect(),
            ),
            (Value::Array(_) | Value::Object(_), _) => Value::Null,
            _ => plain.clone(),
        }
    }

    #[test]
    fn what_is_not_looked_at_changes_nothing() {
        for (status, path) in [(500, "/backend-api/me"), (0, "/c/6710aa21-8f0c-8004-b1e2-0242ac120002"), (200, "/")] {
            let raw = entry("canary", status, path);
            assert!(super::entry(&raw).is_some());
            assert_eq!(super::entry(&raw), super::entry(&seen(&raw, &LOOKED_AT)));
        }
    }

    #[test]
    fn only_what_failed_is_in_it_and_it_is_a_har() {
        let raw = [entry("canary secret", 500, "/backend-api/f/conversation"), entry("canary secret", 200, "/")];
        let har: Value = serde_json::from_str(&written(&raw, false)).unwrap();
        insta::assert_json_snapshot!(har);
    }

    #[test]
    fn the_body_of_a_failed_answer_is_in_it_on_demand_alone() {
        let raw = [entry("canary secret", 500, "/backend-api/f/conversation")];
        assert_eq!(written(&raw, true).matches("canary").count(), 1);
        assert_eq!(written(&raw, false).matches("canary").count(), 0);
    }

    proptest! {
        /// No form of secret is output.
        #[test]
        fn no_secret_comes_out(
            start in "[ -~äß漢]{0,12}", end in "[ -~äß漢]{0,12}", status in prop_oneof![Just(0_u16), 400..600_u16],
            path in prop_oneof![Just("/backend-api/me"), Just("/c/6710aa21-8f0c-8004-b1e2-0242ac120002"), Just("/")],
        ) {
            let canary = format!("{start}kanaRIENvogel{end}");
            let out = written(&[entry(&canary, status, path)], false);
            prop_assert!(!out.contains("kanaRIENvogel"), "{}", out);
            prop_assert!(!out.contains("6710aa21"));
        }
    }
}
