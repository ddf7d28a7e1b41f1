//! What opens a door: cookies, tokens, keys and passwords.
//!
//! Source of the keys' shapes: the providers' own pages, and the published rules of gitleaks (config/gitleaks.toml).

use super::{
    Detector, Found, Kind, Start, goes,
    hidden::{Encoding, base64},
    run, slice,
};

pub(super) const COOKIES: Detector = Detector {
    name: "cookie",
    start: Start::AnyWord,
    find: cookies,
    yes: &[
        ("Cookie: a=geheim", "geheim"),
        ("set-cookie: __Secure-next-auth.session-token=eyXX.yy; Path=/; HttpOnly", "eyXX.yy"),
        ("-H 'cookie: oai-did=abc'", "abc"),
    ],
    no: &["cookie: none", "the cookie jar", "cookies: 14"],
};

/// A cookie's value ends at one of these.
const ENDS: &[u8] = b"; \t\r\n'\"\\,";

/// The value of the first cookie behind the name of the header, or of one behind others.
fn cookies(bytes: &[u8], at: usize) -> Option<Found> {
    let start = match bytes.get(at)? {
        _ if bytes.get(..at).is_some_and(|before| before.ends_with(b"; ")) => cookie_after(bytes, at)?,
        b'c' | b'C' if goes(bytes, at, "cookie:") => first_cookie(bytes, at + "cookie:".len())?,
        b's' | b'S' if goes(bytes, at, "set-cookie:") => first_cookie(bytes, at + "set-cookie:".len())?,
        _ => return None,
    };
    let end = run(bytes, start, |byte| !ENDS.contains(&byte));
    (end > start).then_some(Found { at: start..end, kind: Kind::Cookie })
}

/// Where the value of the first cookie of a header begins.
fn first_cookie(bytes: &[u8], at: usize) -> Option<usize> {
    let name = run(bytes, at, |byte| byte == b' ');
    let equals = run(bytes, name, |byte| !ENDS.contains(&byte) && byte != b'=');
    (bytes.get(equals) == Some(&b'=')).then_some(equals + 1)
}

/// Attributes that a server sets; they belong to nobody.
const ATTRIBUTES: &[&str] = &["path", "domain", "expires", "max-age", "samesite", "priority"];
/// How far behind the name of the header its cookies may stand.
const HEADER: usize = 16_384;

/// Where the value begins of a cookie that stands behind others in a header.
fn cookie_after(bytes: &[u8], at: usize) -> Option<usize> {
    let equals = run(bytes, at, |byte| !ENDS.contains(&byte) && byte != b'=');
    let name = slice(bytes, at..equals).to_ascii_lowercase();
    if bytes.get(equals) != Some(&b'=') || ATTRIBUTES.contains(&name.as_str()) {
        return None;
    }
    let before = bytes.get(at.saturating_sub(HEADER)..at)?;
    let line = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let line = before.get(line..)?;
    line.windows(7).any(|part| part.eq_ignore_ascii_case(b"cookie:")).then_some(equals + 1)
}

pub(super) const BEARER: Detector = Detector {
    name: "bearer",
    start: Start::Word(b"bB"),
    find: bearer,
    yes: &[("Authorization: Bearer abcDEF123456.-_~+/=", "abcDEF123456.-_~+/=")],
    no: &["the bearer of this", "Bearer token"],
};

/// RFC 6750 §2.1.
fn bearer(bytes: &[u8], at: usize) -> Option<Found> {
    if !goes(bytes, at, "bearer ") {
        return None;
    }
    token(bytes, run(bytes, at + "bearer".len(), |byte| byte == b' '))
}

pub(super) const NAMED: Detector = Detector {
    name: "named",
    start: Start::AnyWord,
    find: named,
    yes: &[
        ("{\"accessToken\":\"abcdef0123456789\"}", "abcdef0123456789"),
        ("x-api-key: 0123456789abcdef", "0123456789abcdef"),
        ("export OPENAI_API_KEY='abcdef0123456789'", "abcdef0123456789"),
        (r#"{\"client_secret\":\"abcdef0123456789\"}"#, "abcdef0123456789"),
        ("password=hunter2hunter2&x=1", "hunter2hunter2"),
    ],
    no: &[
        "accessToken: null",
        "max_tokens: 1234567890",
        "token_type: bearer",
        "the secret: tell nobody of this",
        "x-request-id: 22d611ce-30df-4cb8-81f1-7e41cad7822d",
        "author: somebody2026withalongname",
    ],
};

/// What is in the name of a value that opens a door.
const NAMES: &[&str] = &[
    "token",
    "secret",
    "passw",
    "apikey",
    "api_key",
    "api-key",
    "accesskey",
    "access_key",
    "access-key",
    "private_key",
    "credential",
    "authorization",
];
/// Longest name.
const NAME: usize = 64;

fn named(bytes: &[u8], at: usize) -> Option<Found> {
    let end = run(bytes, at, |byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let sign = run(bytes, end, |byte| b" \"'\\".contains(&byte));
    // Most words name nothing.
    if !matches!(bytes.get(sign), Some(b':' | b'=')) || end - at > NAME {
        return None;
    }
    let name = slice(bytes, at..end).to_ascii_lowercase();
    if !NAMES.iter().any(|one| name.contains(one)) {
        return None;
    }
    token(bytes, run(bytes, sign, |byte| b" :=>\"'\\".contains(&byte)))
}

/// Shorter ones are words.
const TOKEN: usize = 10;

/// A value that nobody would write as a word: long, with digits and letters.
fn token(bytes: &[u8], at: usize) -> Option<Found> {
    let end = run(bytes, at, |byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte));
    let value = bytes.get(at..end)?;
    let strange = value.iter().any(u8::is_ascii_alphabetic) && value.iter().any(u8::is_ascii_digit);
    (value.len() >= TOKEN && strange).then_some(Found { at: at..end, kind: Kind::Token })
}

pub(super) const PRIVATE: Detector = Detector {
    name: "private",
    start: Start::Sign(b'-'),
    find: private,
    yes: &[("-----BEGIN RSA PRIVATE KEY-----\nMIIB\nxyz\n-----END RSA PRIVATE KEY-----\n", "\nMIIB\nxyz\n")],
    no: &["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "-----", "--- a/file"],
};

/// RFC 7468 §2: what stands between the marks. Where the end is missing, the rest goes.
fn private(bytes: &[u8], at: usize) -> Option<Found> {
    if !goes(bytes, at, "-----BEGIN ") {
        return None;
    }
    let label = run(bytes, at + 11, |byte| byte.is_ascii_uppercase() || byte == b' ');
    if !slice(bytes, at..label).ends_with("PRIVATE KEY") || !goes(bytes, label, "-----") {
        return None;
    }
    let start = label + 5;
    let rest = bytes.get(start..)?;
    let end = rest.windows(9).position(|part| part == b"-----END ").map_or(bytes.len(), |length| start + length);
    (end > start).then_some(Found { at: start..end, kind: Kind::Key })
}

pub(super) const BASIC: Detector = Detector {
    name: "basic",
    start: Start::Word(b"bB"),
    find: basic,
    yes: &[("Authorization: Basic YWRhOnNlY3JldA==", "YWRhOnNlY3JldA==")],
    no: &["Basic auth", "basic understanding"],
};

/// RFC 7617: base64 of a name, a colon and a password.
fn basic(bytes: &[u8], at: usize) -> Option<Found> {
    if !goes(bytes, at, "basic ") {
        return None;
    }
    let at = at + 6;
    let end = Encoding::Base64.end(bytes, at);
    base64(slice(bytes, at..end))?.contains(':').then_some(Found { at: at..end, kind: Kind::Password })
}

pub(super) const LOGIN: Detector = Detector {
    name: "login",
    start: Start::Sign(b':'),
    find: login,
    yes: &[("https://ada:geheim@example.com/x", "ada:geheim"), ("socks5://u:p@127.0.0.1", "u:p")],
    no: &["https://example.com/@ada", "https://example.com:443/x"],
};

/// RFC 3986 §3.2.1: before the host.
fn login(bytes: &[u8], at: usize) -> Option<Found> {
    if !goes(bytes, at, "://") {
        return None;
    }
    let end = run(bytes, at + 3, |byte| byte > b' ' && !b"@/?#\"'<>\\".contains(&byte));
    let said = slice(bytes, at + 3..end);
    (bytes.get(end) == Some(&b'@') && said.contains(':')).then_some(Found { at: at + 3..end, kind: Kind::Password })
}

pub(super) const JWT: Detector = Detector {
    name: "jwt",
    start: Start::Word(b"e"),
    find: jwt,
    yes: &[(
        "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    )],
    no: &["eyJ", "eyJhbGciOiJIUzI1NiJ9"],
};

/// RFC 7519 §3: base64url parts, the first a JSON object.
fn jwt(bytes: &[u8], at: usize) -> Option<Found> {
    if bytes.get(at..at + 3) != Some(b"eyJ") {
        return None;
    }
    let end = run(bytes, at, |byte| byte.is_ascii_alphanumeric() || b"-_.=".contains(&byte));
    let text = slice(bytes, at..end).trim_end_matches('.');
    let parts = text.split('.').filter(|part| part.len() > 3).count();
    (parts >= 2).then_some(Found { at: at..at + text.len(), kind: Kind::Token })
}

pub(super) const KEYS: Detector = Detector {
    name: "key",
    start: Start::Word(b"sAgxhnrpGdSlPaL"),
    find: key,
    yes: &[
        ("key sk-proj-abcdefghij_klmnop-1234567890 end", "sk-proj-abcdefghij_klmnop-1234567890"),
        ("sk-abcdefghijklmnopqrstT3BlbkFJabcdefghijklmnopqrst", "sk-abcdefghijklmnopqrstT3BlbkFJabcdefghijklmnopqrst"),
        ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
        ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"),
        ("AIzaSyA1234567890abcdefghijklmnopqrstuv", "AIzaSyA1234567890abcdefghijklmnopqrstuv"),
    ],
    no: &[
        "sk-short",
        "sk-learn is a library",
        "task-abcdefghijklmnopqrstuvwxyz",
        "AKIA",
        "hf_transfer",
        "npm_config_user_agent",
    ],
};

/// What keys begin with, and how many letters, digits, `-` or `_` follow at least.
const KEY: &[(&str, usize)] = &[
    ("sk-", 20),
    ("sess-", 20),
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 35),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghu_", 36),
    ("ghs_", 36),
    ("ghr_", 36),
    ("github_pat_", 40),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxa-", 20),
    ("xoxr-", 20),
    ("xoxs-", 20),
    ("hf_", 30),
    ("npm_", 36),
    ("gsk_", 40),
    ("r8_", 36),
    ("pplx-", 40),
    ("xai-", 40),
    ("sk_live_", 20),
    ("sk_test_", 20),
    ("rk_live_", 20),
    ("GOCSPX-", 24),
    ("dop_v1_", 60),
    ("SG.", 40),
    ("ABIA", 16),
    ("ACCA", 16),
    ("xapp-", 20),
    ("xoxe", 20),
    ("rk_test_", 20),
    ("sk_prod_", 20),
    ("rk_prod_", 20),
    ("pypi-AgEIcHlwaS5vcmc", 50),
    ("dapi", 32),
    ("glsa_", 32),
    ("glc_", 32),
    ("hvs.", 24),
    ("lin_api_", 40),
    ("ntn_", 40),
    ("PMAK-", 59),
    ("shpat_", 32),
    ("doo_v1_", 60),
    ("dor_v1_", 60),
    ("gldt-", 20),
    ("glrt-", 20),
    ("glptt-", 40),
    ("api_org_", 30),
    ("LTAI", 20),
];

fn key(bytes: &[u8], at: usize) -> Option<Found> {
    let begins = |(head, _): &&(&str, usize)| bytes.get(at..at + head.len()) == Some(head.as_bytes());
    let (head, least) = KEY.iter().find(begins)?;
    let dots = *head == "SG.";
    let end = run(bytes, at + head.len(), |byte| {
        byte.is_ascii_alphanumeric() || b"-_".contains(&byte) || (dots && byte == b'.')
    });
    let long = end - at - head.len() >= *least;
    // Names of things have no digits and one case; keys have either.
    let rest = bytes.get(at + head.len()..end)?;
    let has = |kind: fn(&u8) -> bool| rest.iter().any(kind);
    let strange = has(u8::is_ascii_digit) || (has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase));
    (long && strange).then_some(Found { at: at..end, kind: Kind::Key })
}
