//! How much of what opens a door or names a person the redactor finds, and how much it takes for one: on values generated
//! from the published shapes (gitleaks' rules for keys, the RFCs for the rest), in the surroundings of logs.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use mend::core::redact::Redactor;

/// So many values of each kind, each in surroundings of its own.
const EACH: u64 = 200;

const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &str = "0123456789abcdef";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const DIGITS: &str = "0123456789";
const URL: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The same numbers in every run (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % below as u64) as usize
    }

    fn of(&mut self, signs: &str, count: usize) -> String {
        (0..count).map(|_| char::from(signs.as_bytes()[self.next(signs.len())])).collect()
    }

    fn uuid(&mut self) -> String {
        [8, 4, 4, 4, 12].map(|count| self.of(HEX, count)).join("-")
    }

    fn base64(&mut self, text: &str) -> String {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD.encode(text)
    }
}

/// A kind of secret, and how one of it is made.
type Make = (&'static str, fn(&mut Chance) -> String);

const SECRETS: &[Make] = &[
    ("openai-api-key", |one| format!("sk-proj-{}T3BlbkFJ{}", one.of(URL, 74), one.of(URL, 74))),
    ("openai-api-key, old", |one| format!("sk-{}T3BlbkFJ{}", one.of(ALNUM, 20), one.of(ALNUM, 20))),
    ("anthropic-api-key", |one| format!("sk-ant-api03-{}AA", one.of(URL, 93))),
    ("aws-access-token", |one| format!("AKIA{}7", one.of(UPPER, 15))),
    ("gcp-api-key", |one| format!("AIza{}", one.of(URL, 35))),
    ("github-pat", |one| format!("ghp_{}", one.of(ALNUM, 36))),
    ("github-fine-grained-pat", |one| format!("github_pat_{}", one.of(ALNUM, 82))),
    ("gitlab-pat", |one| format!("glpat-{}", one.of(ALNUM, 20))),
    ("slack-bot-token", |one| format!("xoxb-{}-{}-{}", one.of(DIGITS, 11), one.of(DIGITS, 12), one.of(ALNUM, 24))),
    ("huggingface-access-token", |one| format!("hf_{}7x", one.of(ALNUM, 32))),
    ("npm-access-token", |one| format!("npm_{}", one.of(LOWER, 36))),
    ("stripe-access-token", |one| format!("sk_live_{}", one.of(ALNUM, 24))),
    ("sendgrid-api-token", |one| format!("SG.{}.{}", one.of(URL, 22), one.of(URL, 43))),
    ("databricks-api-token", |one| format!("dapi{}", one.of(HEX, 32))),
    ("jwt", |one| {
        let (head, body) = (one.base64(r#"{"alg":"HS256","typ":"JWT"}"#), one.base64(r#"{"sub":"1234567890"}"#));
        format!("{}.{}.{}", head.trim_end_matches('='), body.trim_end_matches('='), one.of(URL, 43))
    }),
    ("email", |one| format!("{}.{}@{}.example", one.of(LOWER, 6), one.of(LOWER, 8), one.of(LOWER, 7))),
    ("ipv4", |one| format!("{}.{}.{}.{}", 1 + one.next(126 - 1), one.next(256), one.next(256), one.next(256))),
    ("ipv6", |one| format!("2001:db8:{}:{}:{}:{}", one.of(HEX, 4), one.of(HEX, 4), one.of(HEX, 4), "1:2:3")),
    ("phone", |one| format!("+49 {} {}", 30 + one.next(60), one.of("123456789", 7))),
    ("card", |one| {
        let head = format!("4{}", one.of(DIGITS, 14));
        let doubled =
            |(at, digit): (usize, u32)| if at % 2 == 0 { digit * 2 - if digit > 4 { 9 } else { 0 } } else { digit };
        let sum: u32 = head.chars().rev().filter_map(|char| char.to_digit(10)).enumerate().map(doubled).sum();
        format!("{head}{}", (10 - sum % 10) % 10)
    }),
    ("user id", |one| format!("user-{}", one.of(ALNUM, 24))),
];

/// What a support desk needs, and nobody's secret.
const HARMLESS: &[Make] = &[
    ("request id", |one| format!("x-request-id: {}", one.uuid())),
    ("ray", |one| format!("cf-ray: {}-FRA", one.of(HEX, 16))),
    ("commit", |one| one.of(HEX, 40)),
    ("version", |one| format!("Chrome/{}.0.{}.{}", one.next(200), one.next(9999), one.next(300))),
    ("time", |one| format!("2026-11-26T10:{:02}:{:02}.{}Z", one.next(60), one.next(60), one.of(DIGITS, 3))),
    ("milliseconds", |one| format!("17956{}", one.of(DIGITS, 8))),
    ("count", |one| format!("total_tokens: {}", one.next(1_000_000))),
    ("file", |one| format!("/assets/{}-{}.js:{}", one.of(LOWER, 8), one.of(URL, 8), one.next(999))),
    ("text in base64", |one| {
        let text = format!("nothing to hide {}", one.of("abcdefghijklmnop ", 20));
        one.base64(&text)
    }),
    ("etag", |one| format!("etag: W/\"{}\"", one.of(HEX, 32))),
    ("words", |one| format!("the secret of {} is patience", one.of("abcdefgh", 8))),
];

/// Lines as logs, consoles and configurations have them.
const AROUND: &[&str] = &[
    "2026-11-26T10:02:47Z ERROR upstream said {} and closed",
    r#"{"level":"error","value":"{}","status":500}"#,
    r#"{"message":"{\"value\":\"{}\"}"}"#,
    "VALUE={}",
    "GET /x?value={}&page=2 HTTP/1.1",
    "<{}>",
    "value: '{}', next: 1",
];

#[test]
fn recall_and_precision_by_kind() {
    let mut chance = Chance(20_261_126);
    let (mut found, mut all, mut wrong) = (0, 0, 0);
    let mut lines = Vec::new();
    for (kind, make) in SECRETS {
        let hits = (0..EACH).filter(|_| {
            let value = make(&mut chance);
            let around = AROUND[chance.next(AROUND.len())];
            let clean = Redactor::default().text(&around.replace("{}", &value));
            let (before, after) = around.split_once("{}").unwrap();
            !clean.contains(&value) && clean.starts_with(before) && clean.ends_with(after)
        });
        let hits = hits.count() as u64;
        lines.push(format!("{kind:<28}{:.3}", hits as f64 / EACH as f64));
        assert!(hits * 100 >= EACH * 99, "{kind}: {hits} of {EACH} found");
        (found, all) = (found + hits, all + EACH);
    }
    for (kind, make) in HARMLESS {
        let taken = (0..EACH).filter(|_| {
            let text = AROUND[chance.next(AROUND.len())].replace("{}", &make(&mut chance).replace('"', ""));
            Redactor::default().text(&text) != text
        });
        let taken = taken.count() as u64;
        lines.push(format!("{kind:<28}{taken} of {EACH} taken for a secret"));
        wrong += taken;
    }
    let (recall, precision) = (found as f64 / all as f64, found as f64 / (found + wrong) as f64);
    println!("{}\nrecall {recall:.4}, precision {precision:.4}", lines.join("\n"));
    assert!(recall >= 0.99 && precision >= 0.95, "recall {recall}, precision {precision}");
}
