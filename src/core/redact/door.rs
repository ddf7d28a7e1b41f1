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
    start: Start::Word(b"baresicpxBARESICPX"),
    find: bearer,
    yes: &[
        ("Authorization: Bearer abcDEF123456.-_~+/=", "abcDEF123456.-_~+/="),
        ("{\"accessToken\":\"abcdef0123456789\"}", "abcdef0123456789"),
        ("x-api-key: 0123456789abcdef", "0123456789abcdef"),
    ],
    no: &["the bearer of this", "Bearer token", "accessToken: null"],
};

/// What a token follows, and how it is set apart.
const BEFORE: &[&str] = &[
    "bearer",
    "accesstoken",
    "access_token",
    "refresh_token",
    "id_token",
    "sessiontoken",
    "session_token",
    "client_secret",
    "api_key",
    "api-key",
    "apikey",
    "x-api-key",
    "password",
    "passwd",
];
/// Shorter ones are words.
const TOKEN: usize = 12;

fn bearer(bytes: &[u8], at: usize) -> Option<Found> {
    let word = BEFORE.iter().filter(|word| goes(bytes, at, word)).max_by_key(|word| word.len())?;
    let gap = run(bytes, at + word.len(), |byte| b" :=\"'\\".contains(&byte));
    let end = run(bytes, gap, |byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte));
    let token = slice(bytes, gap..end);
    let apart = gap > at + word.len();
    let strange = token.bytes().any(|byte| byte.is_ascii_digit()) || token.len() > 3 * TOKEN;
    (apart && token.len() >= TOKEN && strange).then_some(Found { at: gap..end, kind: Kind::Token })
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
    start: Start::Word(b"sAgxhnrpGdS"),
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
];

fn key(bytes: &[u8], at: usize) -> Option<Found> {
    let begins = |(head, _): &&(&str, usize)| bytes.get(at..at + head.len()) == Some(head.as_bytes());
    let (head, least) = KEY.iter().find(begins)?;
    let dots = *head == "SG.";
    let end = run(bytes, at + head.len(), |byte| {
        byte.is_ascii_alphanumeric() || b"-_".contains(&byte) || (dots && byte == b'.')
    });
    let long = end - at - head.len() >= *least;
    // Names of things have no digits; keys have.
    let strange = bytes.get(at..end)?.iter().any(u8::is_ascii_digit);
    (long && strange).then_some(Found { at: at..end, kind: Kind::Key })
}
