//! Detectors of credentials: cookies, tokens, keys and passwords.
//!
//! Source of the key formats: the providers' own pages, and the published rules of gitleaks (config/gitleaks.toml).

use super::{
    Detector, Found, SecretKind,
    byte::{WORD, is},
    encodings::{Encoding, base64},
    goes, run, slice,
};

pub(super) const COOKIES: Detector = Detector {
    name: "cookie",
    starts: b"cCsS",
    find: cookies,
    yes: &[
        ("Cookie: a=geheim", "geheim"),
        ("set-cookie: __Secure-next-auth.session-token=eyXX.yy; Path=/; HttpOnly", "eyXX.yy"),
        ("-H 'cookie: oai-did=abc'", "abc"),
    ],
    no: &["cookie: none", "the cookie jar", "cookies: 14"],
};

/// Bytes that end a cookie's value.
const ENDS: &[u8] = b"; \t\r\n'\"\\,";

/// The value of the first cookie after the header's name.
fn cookies(bytes: &[u8], at: usize) -> Option<Found> {
    let head = ["cookie:", "set-cookie:"].into_iter().find(|head| goes(bytes, at, head))?;
    let name = run(bytes, at + head.len(), |byte| byte == b' ');
    value(bytes, name).filter(|found| found.at.end > found.at.start)
}

/// The value after the `=`, if this is a cookie's name.
fn value(bytes: &[u8], name: usize) -> Option<Found> {
    let equals = run(bytes, name, |byte| !ENDS.contains(&byte) && byte != b'=');
    let end = run(bytes, equals + 1, |byte| !ENDS.contains(&byte));
    (bytes.get(equals) == Some(&b'=')).then_some(Found { at: equals + 1..end, kind: SecretKind::Cookie })
}

/// Names of cookie attributes (RFC 6265 §4.1), which are not secret.
const ATTRIBUTES: &[&str] = &["path", "domain", "expires", "max-age", "samesite", "priority"];
/// How far after the header's name cookies are searched, in bytes.
const HEADER: usize = 16_384;

/// The last cookie header, for the second and further cookies in it.
#[derive(Default)]
pub(super) struct CookieHeader {
    /// The end of its name, and up to where its line was scanned.
    header: Option<(usize, usize)>,
}

impl CookieHeader {
    /// Records the name that ends here, if it is that of a cookie header.
    pub(super) fn open(&mut self, bytes: &[u8], end: usize) {
        const NAME: &str = "cookie";
        if end >= NAME.len() && goes(bytes, end - NAME.len(), NAME) {
            self.header = Some((end, end));
        }
    }

    /// The value of the cookie that begins here, if within the header.
    pub(super) fn cookie(&mut self, bytes: &[u8], at: usize) -> Option<Found> {
        let (begin, known) = self.header?;
        if !bytes.get(at).is_some_and(|byte| is(*byte, WORD)) || !bytes.get(..at)?.ends_with(b"; ") {
            return None;
        }
        let found = value(bytes, at).filter(|found| found.at.end > found.at.start)?;
        if at > begin + HEADER || bytes.get(known..at)?.contains(&b'\n') {
            self.header = None;
            return None;
        }
        self.header = Some((begin, at));
        let name = slice(bytes, at..found.at.start - 1);
        ATTRIBUTES.iter().all(|one| !name.eq_ignore_ascii_case(one)).then_some(found)
    }
}

pub(super) const BEARER: Detector = Detector {
    name: "bearer",
    starts: b"bB",
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
    starts: b":=",
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

/// Parts of names of secret values.
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
/// The letters of each, as a bit set.
#[expect(clippy::indexing_slicing, reason = "only the compiler runs it, and refuses what is out of bounds")]
const LETTERS: [u32; NAMES.len()] = {
    let mut letters = [0; NAMES.len()];
    let mut place = 0;
    while place < NAMES.len() {
        letters[place] = bits(NAMES[place].as_bytes());
        place += 1;
    }
    letters
};
/// Longest name, including what may follow it, in bytes.
const NAME: usize = 64;

/// The set of letters in it, case-insensitively, as 32 bits.
#[expect(clippy::indexing_slicing, reason = "it ends where the name does")]
const fn bits(name: &[u8]) -> u32 {
    let (mut bits, mut at) = (0, 0);
    while at < name.len() {
        bits |= 1 << (name[at] & 31);
        at += 1;
    }
    bits
}

fn named(bytes: &[u8], at: usize) -> Option<Found> {
    let before = bytes.get(at.saturating_sub(NAME)..at)?;
    let signs = before.iter().rposition(|byte| !matches!(byte, b' ' | b'"' | b'\'' | b'\\'))? + 1;
    let named = before.get(..signs)?;
    let begin = named.iter().rposition(|byte| !(is(*byte, WORD) || *byte == b'-')).map_or(0, |end| end + 1);
    let name = named.get(begin..)?;
    let has = bits(name);
    let stands = |one: &str| name.windows(one.len()).any(|part| part.eq_ignore_ascii_case(one.as_bytes()));
    // A quick test that rejects most words.
    if !LETTERS.iter().zip(NAMES).any(|(letters, one)| has & letters == *letters && stands(one)) {
        return None;
    }
    token(bytes, run(bytes, at, |byte| b" :=>\"'\\".contains(&byte)))
}

/// Shortest token, in bytes.
const TOKEN: usize = 10;

/// A value that is not a word: long, with digits and letters.
fn token(bytes: &[u8], at: usize) -> Option<Found> {
    let end = run(bytes, at, |byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte));
    let value = bytes.get(at..end)?;
    let strange = value.iter().any(u8::is_ascii_alphabetic) && value.iter().any(u8::is_ascii_digit);
    (value.len() >= TOKEN && strange).then_some(Found { at: at..end, kind: SecretKind::Token })
}

pub(super) const PRIVATE: Detector = Detector {
    name: "private",
    starts: b"-",
    find: private,
    yes: &[("-----BEGIN RSA PRIVATE KEY-----\nMIIB\nxyz\n-----END RSA PRIVATE KEY-----\n", "\nMIIB\nxyz\n")],
    no: &["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "-----", "--- a/file"],
};

/// RFC 7468 §2: the text between the boundaries. If the end is missing, all of the rest.
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
    (end > start).then_some(Found { at: start..end, kind: SecretKind::Key })
}

pub(super) const BASIC: Detector = Detector {
    name: "basic",
    starts: b"bB",
    find: basic,
    yes: &[("Authorization: Basic YWRhOnNlY3JldA==", "YWRhOnNlY3JldA==")],
    no: &["Basic auth", "basic understanding"],
};

/// RFC 7617: base64 of user-id, colon and password.
fn basic(bytes: &[u8], at: usize) -> Option<Found> {
    if !goes(bytes, at, "basic ") {
        return None;
    }
    let at = at + 6;
    let end = Encoding::Base64.end(bytes, at);
    base64(slice(bytes, at..end))?.contains(':').then_some(Found { at: at..end, kind: SecretKind::Password })
}

pub(super) const LOGIN: Detector = Detector {
    name: "login",
    starts: b":",
    find: login,
    yes: &[
        ("https://ada:geheim@example.com/x", "ada:geheim"),
        ("socks5://u:p@127.0.0.1", "u:p"),
        (r"x://u:p\u0040host", "u:p"),
    ],
    no: &["https://example.com/@ada", "https://example.com:443/x"],
};

/// RFC 3986 §3.2.1: user information before the host.
fn login(bytes: &[u8], at: usize) -> Option<Found> {
    if !goes(bytes, at, "://") {
        return None;
    }
    let end = run(bytes, at + 3, |byte| byte > b' ' && !b"@/?#\"'<>\\".contains(&byte));
    let said = slice(bytes, at + 3..end);
    // In JSON the sign may be escaped, once for each level of nesting.
    let sign = run(bytes, end, |byte| byte == b'\\');
    let follows = if sign > end { goes(bytes, sign, "u0040") } else { bytes.get(end) == Some(&b'@') };
    (follows && said.contains(':')).then_some(Found { at: at + 3..end, kind: SecretKind::Password })
}

pub(super) const JWT: Detector = Detector {
    name: "jwt",
    starts: b"e",
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
    (parts >= 2).then_some(Found { at: at..at + text.len(), kind: SecretKind::Token })
}

pub(super) const KEYS: Detector = Detector {
    name: "key",
    starts: b"sAgxhnrpGdSlPaL",
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

/// Prefixes of keys, and the minimum number of letters, digits, `-` or `_` after each.
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

/// For each byte, the prefixes that begin with it, as a bit set.
#[expect(clippy::indexing_slicing, reason = "only the compiler runs it, and refuses what is out of bounds")]
const HEADS: [u64; 256] = {
    let mut table = [0; 256];
    let mut place = 0;
    while place < KEY.len() {
        table[KEY[place].0.as_bytes()[0] as usize] |= 1 << place;
        place += 1;
    }
    table
};

fn key(bytes: &[u8], at: usize) -> Option<Found> {
    let first = usize::from(*bytes.get(at)?);
    let mut left = HEADS.get(first).copied().unwrap_or_default();
    while left != 0 {
        let (head, least) = KEY.get(left.trailing_zeros() as usize)?;
        if bytes.get(at..).is_some_and(|rest| rest.starts_with(head.as_bytes())) {
            return key_of(bytes, at, head, *least);
        }
        left &= left - 1;
    }
    None
}

fn key_of(bytes: &[u8], at: usize, head: &str, least: usize) -> Option<Found> {
    let dots = head == "SG.";
    let end = run(bytes, at + head.len(), |byte| {
        byte.is_ascii_alphanumeric() || b"-_".contains(&byte) || (dots && byte == b'.')
    });
    let long = end - at - head.len() >= least;
    // Identifiers have no digits and one case; keys have both.
    let rest = bytes.get(at + head.len()..end)?;
    let has = |kind: fn(&u8) -> bool| rest.iter().any(kind);
    let strange = has(u8::is_ascii_digit) || (has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase));
    (long && strange).then_some(Found { at: at..end, kind: SecretKind::Key })
}
