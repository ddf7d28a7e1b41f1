//! A HAR that can be shared: every entry is built anew from allowed fields, so that nothing else is included. No
//! cookie, no query, no id in a path, no request body; the body of a failed response only if the person chooses so.
//!
//! Source of the format: HAR 1.2, <http://www.softwareishard.com/blog/har-12-spec/>; `tests/har-1.2.schema.json`
//! contains it as a schema, against which a test validates the output.
//!
//! | file | written from |
//! |---|---|
//! | `entries` | the entries of the browser's developer tools, which are the most complete |
//! | `failures` | Mend's own failures |
//!
//! `read` iterates over the entries of a file of any size, and `redact` rewrites such a file.

mod entries;
mod failures;
mod read;
mod redact;

use super::{
    Millis,
    json::{Value, tagged},
    time::utc_millis,
};

pub use entries::{LOOKED_AT, entry, har};
pub use failures::of_failures;
pub use read::each;
pub use redact::{EntryCount, RedactError, redact};

/// `9999-12-31T23:59:59.999Z`, the last moment that ISO 8601 writes with four digits for the year.
const LAST: Millis = 253_402_300_799_999;

/// For a mandatory text that is not known.
const UNKNOWN: &str = "unknown";

/// The whole file. `mend` is our version.
fn log(entries: Vec<Value>, mend: &str) -> Value {
    let creator = map([("name", text("Mend")), ("version", text(mend))]);
    tagged("log", map([("version", text("1.2")), ("creator", creator), ("entries", Value::Array(entries))]))
}

/// The request: only where it was sent to.
fn request(method: &str, host: &str, path: &str, version: &str) -> Value {
    map([
        ("method", text(method)),
        ("url", text(&address(host, path))),
        ("httpVersion", text(version)),
        ("cookies", nothing()),
        ("headers", nothing()),
        ("queryString", nothing()),
        ("headersSize", Value::from(-1)),
        ("bodySize", Value::from(-1)),
    ])
}

/// The response; status 0 if there was none.
fn response(status: Option<u16>, version: &str, headers: Value, content: Value) -> Value {
    map([
        ("status", Value::from(status.unwrap_or_default())),
        ("statusText", text("")),
        ("httpVersion", text(version)),
        ("cookies", nothing()),
        ("headers", headers),
        ("content", content),
        ("redirectURL", text("")),
        ("headersSize", Value::from(-1)),
        ("bodySize", Value::from(-1)),
    ])
}

/// One entry. The whole duration is set as `wait`: the other phases are not known, but three of them are mandatory.
fn whole(at: Millis, took: Millis, request: Value, response: Value) -> Value {
    let timings = map([("send", Value::from(0)), ("wait", Value::from(took)), ("receive", Value::from(0))]);
    map([
        ("startedDateTime", text(&utc_millis(at.clamp(0, LAST)))),
        ("time", Value::from(took)),
        ("request", request),
        ("response", response),
        ("cache", map([])),
        ("timings", timings),
    ])
}

/// The URL with ids as `:id`, to keep it valid (RFC 3986 §2.1); a truncated escape is repaired likewise.
fn address(host: &str, path: &str) -> String {
    let segment = |one: &str| if one == "<id>" || !has_whole_escapes(one) { ":id".to_owned() } else { one.to_owned() };
    format!("https://{host}{}", path.split('/').map(segment).collect::<Vec<_>>().join("/"))
}

fn has_whole_escapes(segment: &str) -> bool {
    let mut escapes = segment.split('%').skip(1).map(|after| after.as_bytes().get(..2).unwrap_or_default());
    escapes.all(|two| two.len() == 2 && two.iter().all(u8::is_ascii_hexdigit))
}

/// The known headers as a list of name and value.
fn pairs(known: Value) -> Value {
    let Value::Object(entries) = known else { return nothing() };
    let told = entries.into_iter().filter(|(_, value)| *value != Value::Null);
    Value::Array(told.map(|(name, value)| map([("name", Value::String(name)), ("value", value)])).collect())
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn nothing() -> Value {
    Value::Array(Vec::new())
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
