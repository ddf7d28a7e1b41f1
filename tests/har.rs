//! What Mend writes is a HAR: `tests/har-1.2.schema.json`, written from the specification, takes it, and takes nothing else.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use boon::{Compiler, SchemaIndex, Schemas};
use mend::core::{
    endpoint::EndpointKind,
    fact::Fact,
    har::{entry, har, of_failures},
    observe::Failure,
    request_ids::Ids,
};
use proptest::prelude::*;
use serde_json::{Value, json};

struct Spec {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Spec {
    fn read() -> Spec {
        let schema = serde_json::from_str(include_str!("har-1.2.schema.json")).unwrap();
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.enable_format_assertions();
        compiler.add_resource("har", schema).unwrap();
        let index = compiler.compile("har", &mut schemas).unwrap();
        Spec { schemas, index }
    }

    fn check(&self, har: &Value) -> Result<(), String> {
        self.schemas.validate(har, self.index).map_err(|error| format!("{error:#}\n{har:#}"))
    }
}

/// Whatever stands where a text is due.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,30}",
        Just("<id>".to_owned()),
        Just("/c/%E6%BC%2".to_owned()),
        Just("net::ERR_CONNECTION_RESET".to_owned()),
        Just("bd8e52b7-7993-4407-a17b-c697e6ae3ef6".to_owned()),
    ]
}

/// Where a request went: ours, mostly.
fn url() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        Just("chatgpt.com".to_owned()),
        Just("me:secret@ChatGPT.com:443".to_owned()),
        Just("api.openai.com:x".to_owned()),
        Just("[a b]\".chatgpt.com".to_owned()),
        "[ -~]{0,8}\\.chatgpt\\.com",
    ];
    let path = prop_oneof![
        Just("/backend-api/f/conversation".to_owned()),
        Just("/c/6710aa21-8f0c-8004-b1e2-0242ac120002?q=1#x".to_owned()),
        text().prop_map(|text| format!("/{text}")),
    ];
    (host, path).prop_map(|(host, path)| format!("https://{host}{path}"))
}

/// Whatever stands where anything is due.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("name|value|text|size|mimeType|x-request-id", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// `good`, or something else in its place.
fn mostly(good: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    prop_oneof![3 => good, 1 => anything()]
}

/// An entry as the developer tools tell it, or as nobody should.
fn har_entry() -> impl Strategy<Value = Value> {
    let moment = prop_oneof![
        Just(json!("2026-07-25T09:22:00.120Z")),
        Just(json!("0000-01-01T00:00:00+23:59")),
        Just(json!("9999-12-31T23:59:59-23:59")),
    ];
    let status = prop_oneof![Just(json!(0)), (100..600).prop_map(Value::from)];
    let method = prop_oneof![Just(json!("POST")), text().prop_map(Value::from)];
    let header = (text(), text()).prop_map(|(name, value)| json!({ "name": name, "value": value }));
    let headers = prop::collection::vec(header, 0..3).prop_map(Value::from);
    let content = (anything(), anything(), anything())
        .prop_map(|(size, kind, text)| json!({ "size": size, "mimeType": kind, "text": text }));
    let answer = (mostly(status), mostly(headers), mostly(content), anything(), anything()).prop_map(
        |(status, headers, content, version, error)| {
            json!({ "status": status, "headers": headers, "content": content, "httpVersion": version, "_error": error })
        },
    );
    let asked = (mostly(method), url(), anything())
        .prop_map(|(method, url, version)| json!({ "method": method, "url": url, "httpVersion": version }));
    (mostly(moment), anything(), asked, mostly(answer)).prop_map(
        |(at, time, request, response)| json!({ "startedDateTime": at, "time": time, "request": request, "response": response }),
    )
}

fn failure() -> impl Strategy<Value = Failure> {
    let some = || prop::option::of(text());
    let ids = (some(), some()).prop_map(|(request, ray)| Ids { request, oai: false, ray });
    let endpoint = prop::option::of(prop::sample::select(EndpointKind::ALL));
    let facts = prop::collection::vec(prop::sample::select(Fact::ALL), 0..4);
    (any::<i64>(), endpoint, some(), prop::option::of(0..1000_u16), some(), facts, ids).prop_map(
        |(at, endpoint, path, status, error, facts, ids)| Failure {
            at,
            endpoint,
            path,
            status,
            error,
            facts,
            ids,
            ..Failure::default()
        },
    )
}

#[test]
fn what_is_written_from_entries_is_a_har() {
    let spec = Spec::read();
    proptest!(|(raw in prop::collection::vec(har_entry(), 0..4), bodies: bool)| {
        prop_assert_eq!(spec.check(&har(&raw, bodies, "0.1.0")), Ok(()));
        // Each of them by itself, failed or not, as the command line writes them.
        let each: Vec<Value> = raw.iter().filter_map(entry).collect();
        let creator = json!({ "name": "Mend", "version": "" });
        prop_assert_eq!(spec.check(&json!({ "log": { "version": "1.2", "creator": creator, "entries": each } })), Ok(()));
    });
}

#[test]
fn what_is_written_from_failures_is_a_har() {
    let spec = Spec::read();
    proptest!(|(failures in prop::collection::vec(failure(), 0..6))| {
        let har = of_failures(failures.iter(), "0.1.0");
        prop_assert_eq!(spec.check(&har), Ok(()));
        let requests = failures.iter().filter(|one| one.path.is_some() && one.endpoint != Some(EndpointKind::Unrelated)).count();
        prop_assert_eq!(har["log"]["entries"].as_array().unwrap().len(), requests);
    });
}

/// Each field that the specification knows.
fn complete() -> Value {
    let moment = "2026-07-25T09:22:00.120Z";
    let cookie = json!({ "name": "a", "value": "b", "path": "/", "domain": "chatgpt.com", "expires": moment,
        "httpOnly": true, "secure": false, "comment": "" });
    let pair = json!({ "name": "a", "value": "b", "comment": "" });
    let param = json!({ "name": "a", "value": "b", "fileName": "c", "contentType": "text/plain", "comment": "" });
    let cached = json!({ "expires": moment, "lastAccess": moment, "eTag": "", "hitCount": 1, "comment": "" });
    let program = json!({ "name": "Mend", "version": "0.1.0", "comment": "" });
    let entry = json!({
        "pageref": "page_0", "startedDateTime": moment, "time": 50.5, "serverIPAddress": "127.0.0.1",
        "connection": "443", "comment": "",
        "request": {
            "method": "POST", "url": "https://chatgpt.com/c/:id", "httpVersion": "h2", "cookies": [cookie],
            "headers": [pair], "queryString": [pair], "headersSize": -1, "bodySize": 4, "comment": "",
            "postData": { "mimeType": "multipart/form-data", "params": [param], "comment": "" },
        },
        "response": {
            "status": 200, "statusText": "OK", "httpVersion": "h2", "cookies": [cookie], "headers": [pair],
            "redirectURL": "", "headersSize": 160, "bodySize": -1, "comment": "",
            "content": { "size": 33, "compression": 0, "mimeType": "text/html", "text": "b2s=", "encoding": "base64",
                "comment": "" },
        },
        "cache": { "beforeRequest": cached, "afterRequest": cached, "comment": "" },
        "timings": { "blocked": 0, "dns": -1, "connect": 15, "send": 20, "wait": 38, "receive": 12, "ssl": -1,
            "comment": "" },
    });
    let page = json!({ "startedDateTime": moment, "id": "page_0", "title": "", "comment": "",
        "pageTimings": { "onContentLoad": 1720, "onLoad": -1, "comment": "" } });
    json!({ "log": { "version": "1.2", "creator": program, "browser": program, "pages": [page], "entries": [entry],
        "comment": "" } })
}

/// What the specification calls optional, by the end of its pointer.
const OPTIONAL: &[&str] = &[
    "/comment",
    "log/browser",
    "log/pages",
    "pageTimings/onContentLoad",
    "pageTimings/onLoad",
    "/pageref",
    "/serverIPAddress",
    "/connection",
    "cookies/0/path",
    "cookies/0/domain",
    "cookies/0/expires",
    "cookies/0/httpOnly",
    "cookies/0/secure",
    "request/postData",
    "params/0/value",
    "params/0/fileName",
    "params/0/contentType",
    "content/compression",
    "content/text",
    "content/encoding",
    "cache/beforeRequest",
    "cache/afterRequest",
    "Request/expires",
    "timings/blocked",
    "timings/dns",
    "timings/connect",
    "timings/ssl",
];

/// The pointers to everything in it, but not to itself.
fn pointers(value: &Value, here: &str, into: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in inside {
        let pointer = format!("{here}/{name}");
        pointers(value, &pointer, into);
        into.push(pointer);
    }
}

#[test]
fn the_schema_knows_each_field_by_its_type_and_whether_it_is_due() {
    let (spec, complete) = (Spec::read(), complete());
    spec.check(&complete).unwrap();
    let mut all = Vec::new();
    pointers(&complete, "", &mut all);
    for pointer in &all {
        let mut other = complete.clone();
        let value = other.pointer_mut(pointer).unwrap();
        *value = if value.is_string() { json!(7) } else { json!("7") };
        assert!(spec.check(&other).is_err(), "{pointer} may be of another type");

        let (holder, name) = pointer.rsplit_once('/').unwrap();
        let mut less = complete.clone();
        let Some(map) = less.pointer_mut(holder).unwrap().as_object_mut() else { continue };
        map.remove(name);
        let optional = OPTIONAL.iter().any(|end| pointer.ends_with(end));
        assert_eq!(spec.check(&less).is_ok(), optional, "without {pointer}");
    }
    for end in OPTIONAL {
        assert!(all.iter().any(|pointer| pointer.ends_with(end)), "{end} is in no HAR");
    }
}

#[test]
fn only_a_field_of_somebodys_own_may_be_new() {
    let (spec, complete) = (Spec::read(), complete());
    let mut all = vec![String::new()];
    pointers(&complete, "", &mut all);
    for pointer in all {
        let with = |name: &str| {
            let mut more = complete.clone();
            let added =
                more.pointer_mut(&pointer).unwrap().as_object_mut().map(|map| map.insert(name.into(), json!(1)));
            added.map(|_| spec.check(&more))
        };
        let Some(own) = with("_own") else { continue };
        own.unwrap();
        assert!(with("own").unwrap().is_err(), "{pointer} takes a field that nobody knows");
    }
}

#[test]
fn the_schema_refuses_what_is_almost_a_har() {
    let (spec, complete) = (Spec::read(), complete());
    let rows = [
        ("/log/version", json!("1.1")),
        ("/log/entries/0/startedDateTime", json!("2026-07-25 09:22")),
        ("/log/entries/0/startedDateTime", json!("2026-02-30T09:22:00Z")),
        ("/log/entries/0/time", json!(-1)),
        ("/log/entries/0/timings/wait", json!(-1)),
        ("/log/entries/0/timings/dns", json!(-2)),
        ("/log/entries/0/request/url", json!("/backend-api/me")),
        ("/log/entries/0/request/url", json!("https://chatgpt.com/<id>")),
        ("/log/entries/0/request/url", json!("https://chatgpt.com/%E6%B")),
        ("/log/entries/0/request/url", json!("https://chatgpt.com/#x")),
        ("/log/entries/0/request/method", json!("")),
        ("/log/entries/0/request/bodySize", json!(-2)),
        ("/log/entries/0/response/status", json!(-1)),
        ("/log/entries/0/response/content/size", json!(null)),
        ("/log/entries/0/request/postData/text", json!("beside params")),
    ];
    for (pointer, value) in rows {
        let (holder, name) = pointer.rsplit_once('/').unwrap();
        let mut other = complete.clone();
        other.pointer_mut(holder).unwrap()[name] = value.clone();
        assert!(spec.check(&other).is_err(), "{pointer}: {value}");
    }
    for other in [json!(null), json!([]), json!({}), json!({ "log": {} }), complete["log"].clone()] {
        assert!(spec.check(&other).is_err(), "{other}");
    }
}
