//! Bundles of requests with a canary in every field, written in every way that a value comes to stand in one: no canary
//! comes out, as a HAR or as a line of a log, what tells of the failure stays, and both are JSON still. `MEND_FULL=1` makes
//! a hundred thousand.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use mend::core::{
    har,
    redact::{Keep, Stream},
};
use serde_json::{Value, json};

const SHORT: u64 = 500;
const FULL: u64 = 100_000;

/// The same numbers in every run (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % count as u64) as usize
    }

    fn of(&mut self, signs: &str, count: usize) -> String {
        (0..count).map(|_| char::from(signs.as_bytes()[self.below(signs.len())])).collect()
    }

    fn uuid(&mut self) -> String {
        [8, 4, 4, 4, 12].map(|count| self.of("0123456789abcdef", count)).join("-")
    }
}

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Something that must not come out, and the part of it by which it would be known in any writing but base64.
fn canary(chance: &mut Chance) -> (String, String) {
    let (word, long) = (chance.of(LOWER, 12), chance.of(ALNUM, 24));
    match chance.below(7) {
        0 => (format!("sk-proj-{long}7aZ"), long),
        1 => (format!("user-{long}"), long),
        2 => (format!("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.{long}"), long),
        3 => (format!("Bearer {long}9a"), long),
        4 => {
            let ip = format!("{}.{}.{}.{}", 11 + chance.below(100), 100 + chance.below(99), 100 + chance.below(99), 77);
            (ip.clone(), ip)
        }
        5 => (format!("https://{word}:{word}@vogel.example/"), word),
        _ => (format!("{word}@vogel.example"), word),
    }
}

/// The value in one writing.
fn written(chance: &mut Chance, value: &str) -> String {
    let json = json!({ "value": value }).to_string();
    match chance.below(9) {
        0 => format!("a=1&q={}&b=2", percent(value)),
        1 => format!("q={}", percent(&percent(value))),
        2 => format!("q={}", percent(&json)),
        3 => json!({ "body": json }).to_string(),
        4 => json,
        5 => STANDARD.encode(format!("value: {value} and more")),
        6 => URL_SAFE_NO_PAD.encode(json),
        7 => format!("first line\nsecond: {value}\n{value}\tthe end"),
        _ => value.to_owned(),
    }
}

fn percent(text: &str) -> String {
    let quoted = |byte: u8| !(byte.is_ascii_alphanumeric() || b"._-~".contains(&byte));
    text.bytes().map(|byte| if quoted(byte) { format!("%{byte:02X}") } else { char::from(byte).to_string() }).collect()
}

/// What was planted in a bundle.
#[derive(Default)]
struct Planted {
    known: Vec<String>,
}

impl Planted {
    /// A fresh canary, somehow written.
    fn one(&mut self, chance: &mut Chance) -> String {
        let (value, core) = canary(chance);
        let text = written(chance, &value);
        // In base64 it would be known by the whole.
        self.known.push(core);
        if !text.contains(&self.known[self.known.len() - 1]) {
            self.known.push(text.clone());
        }
        text
    }

    fn stays_in<'a>(&'a self, text: &str) -> Option<&'a str> {
        self.known.iter().map(String::as_str).find(|known| text.contains(known))
    }
}

/// An entry as Chromium writes it, with a canary wherever text can stand.
fn entry(chance: &mut Chance, planted: &mut Planted) -> Value {
    let status = [200, 401, 403, 429, 500, 503][chance.below(6)];
    let conversation = chance.uuid();
    planted.known.push(conversation.clone());
    let (query, tail) = (percent(&planted.one(chance)), percent(&planted.one(chance)));
    let mut pair = |name: &str| json!({ "name": name, "value": planted.one(chance) });
    let (cookies, sent) =
        ([pair("session"), pair("oai-did")], [pair("Cookie"), pair("Authorization"), pair("Referer")]);
    let (params, got) = ([pair("q"), pair("r")], [pair("Set-Cookie"), pair("Location"), pair("Report-To")]);
    let header = |name: &str, value: String| json!({ "name": name, "value": value });
    let mut answered = got.to_vec();
    answered.extend([
        header("x-request-id", chance.uuid()),
        header("cf-ray", format!("{}-FRA", chance.of("0123456789abcdef", 16))),
        header("retry-after", chance.below(9_000).to_string()),
        header("server", "cloudflare".to_owned()),
    ]);
    json!({
        "_initiator": { "url": planted.one(chance) }, "comment": planted.one(chance), "serverIPAddress": planted.one(chance),
        "startedDateTime": format!("2026-07-25T{:02}:{:02}:{:02}.000Z", chance.below(24), chance.below(60), chance.below(60)),
        "time": chance.below(80_000), "cache": { "comment": planted.one(chance) },
        "timings": { "wait": chance.below(999), "comment": planted.one(chance) },
        "request": {
            "method": "POST", "url": format!("https://chatgpt.com/c/{conversation}?q={query}#{tail}"), "httpVersion": "h2",
            "cookies": cookies, "queryString": params, "headers": sent,
            "postData": { "mimeType": "application/json", "text": planted.one(chance), "params": [] },
        },
        "response": {
            "status": status, "statusText": planted.one(chance), "httpVersion": "h2", "headers": answered, "cookies": [],
            "redirectURL": planted.one(chance),
            "content": { "size": chance.below(99_999), "mimeType": "application/json", "text": planted.one(chance) },
        },
    })
}

/// What a support desk looks at: places that stay the same, in both.
fn kept_parts(entry: &Value) -> Vec<Value> {
    let pointers = [
        "/response/status",
        "/time",
        "/startedDateTime",
        "/response/content/size",
        "/request/method",
        "/request/httpVersion",
        "/response/content/mimeType",
    ];
    let mut told: Vec<Value> = pointers.iter().map(|at| entry.pointer(at).cloned().unwrap_or_default()).collect();
    let headers = entry["response"]["headers"].as_array().map(Vec::as_slice).unwrap_or_default();
    for name in ["x-request-id", "cf-ray", "retry-after", "server"] {
        let header = headers.iter().find(|header| header["name"] == name).cloned().unwrap_or_default();
        told.extend([header["name"].clone(), header["value"].clone()]);
    }
    told
}

#[test]
fn no_canary_comes_out_and_what_tells_of_the_failure_stays() {
    let full = std::env::var_os("MEND_FULL").is_some_and(|value| value == "1");
    let count = if full { FULL } else { SHORT };
    let (mut fields, mut same, mut out) = (0_usize, 0_usize, Vec::new());
    for number in 0..count {
        let mut chance = Chance(number);
        let mut planted = Planted::default();
        let raw = entry(&mut chance, &mut planted);
        let mut line = raw.to_string();
        if number % 3 == 0 {
            line = line.replace('@', "\\u0040");
        }
        let clean = har::entry(&raw).unwrap().to_string();
        let mut stream = Stream::new(Keep::default());
        let mut log: String = line.as_bytes().chunks(700).map(|piece| stream.push(piece)).collect();
        log.push_str(&stream.finish());
        for (what, text) in [("HAR", clean), ("log", log)] {
            if let Some(canary) = planted.stays_in(&text) {
                out.push(format!("{number}: {canary:?} stays in the {what}: {text}"));
            }
            match serde_json::from_str::<Value>(&text) {
                Ok(value) => {
                    let (before, after) = (kept_parts(&raw), kept_parts(&value));
                    fields += before.len();
                    same += before.iter().zip(&after).filter(|(before, after)| before == after).count();
                }
                Err(error) => out.push(format!("{number}: the {what} is no JSON: {error}: {text}")),
            }
        }
    }
    println!("{count} bundles, {} flaws, {same} of {fields} diagnostic fields unchanged", out.len());
    out.truncate(3);
    assert!(out.is_empty(), "{}", out.join("\n\n"));
    assert!(same * 100 >= fields * 95, "{same} of {fields} diagnostic fields stay");
}
