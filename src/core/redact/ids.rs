//! Ids of conversations and accounts, recognised by the text before them: a request id is a UUID too, but is kept.

use super::{Detector, Found, HEX, SecretKind, run, slice};

pub(super) const IDS: Detector = Detector {
    name: "id",
    starts: HEX,
    find: id,
    yes: &[
        ("GET /c/6a1f0c1e-0001-4000-8000-000000000001", "6a1f0c1e-0001-4000-8000-000000000001"),
        ("\"conversation_id\":\"6a1f0c1e-0001-4000-8000-000000000001\"", "6a1f0c1e-0001-4000-8000-000000000001"),
        ("parentMessageId=6a1f0c1e-0001-4000-8000-000000000001", "6a1f0c1e-0001-4000-8000-000000000001"),
        (r#"\"account_id\":\"6a1f0c1e-0001-4000-8000-000000000001\""#, "6a1f0c1e-0001-4000-8000-000000000001"),
    ],
    no: &[
        "x-request-id: 22d611ce-30df-4cb8-81f1-7e41cad7822d",
        "\"request_id\":\"22d611ce-30df-4cb8-81f1-7e41cad7822d\"",
        "22d611ce-30df-4cb8-81f1-7e41cad7822d",
    ],
};

/// Words before an id that tell its kind; the first match counts.
const WORDS: &[(&str, Option<SecretKind>)] = &[
    ("request", None),
    ("trace", None),
    ("conversation", Some(SecretKind::Conversation)),
    ("message", Some(SecretKind::Conversation)),
    ("share", Some(SecretKind::Conversation)),
    ("thread", Some(SecretKind::Conversation)),
    ("user", Some(SecretKind::User)),
    ("account", Some(SecretKind::User)),
    ("session", Some(SecretKind::User)),
    ("device", Some(SecretKind::User)),
    ("oai-did", Some(SecretKind::User)),
];
/// How far before an id its word may be, in bytes.
const BEFORE: usize = 48;

fn id(bytes: &[u8], at: usize) -> Option<Found> {
    if bytes.get(at + 8) != Some(&b'-') {
        return None;
    }
    let end = run(bytes, at, |byte| byte.is_ascii_hexdigit() || byte == b'-');
    let text = slice(bytes, at..end);
    let parts: Vec<usize> = text.split('-').map(str::len).collect();
    if parts != [8, 4, 4, 4, 12] {
        return None;
    }
    let mut start = at.saturating_sub(BEFORE);
    while start < at && bytes.get(start).is_some_and(|byte| *byte >= 0x80) {
        start += 1;
    }
    let before = slice(bytes, start..at).to_ascii_lowercase();
    let mark = |char: char| matches!(char, '"' | '\'' | ':' | '=' | ' ' | '\\' | '/');
    let before = before.trim_end_matches(mark);
    let word = before.rsplit(|char: char| mark(char) || matches!(char, ',' | '{' | '&' | '?' | ';' | '\n')).next()?;
    if word == "c" {
        return Some(Found { at: at..end, kind: SecretKind::Conversation });
    }
    let (_, kind) = WORDS.iter().find(|(known, _)| word.contains(known))?;
    kind.map(|kind| Found { at: at..end, kind })
}

pub(super) const USERS: Detector = Detector {
    name: "user",
    starts: b"u",
    find: user,
    yes: &[("user-AbCdEfGhIjKlMnOpQrStUvWx has", "user-AbCdEfGhIjKlMnOpQrStUvWx")],
    no: &["user-agent", "user-defined-functions-are-here", "superuser-AbCdEfGhIjKlMnOpQrStUvWx"],
};

/// Shortest id of an account: OpenAI's have 24 letters and digits.
const SHORTEST: usize = 20;

fn user(bytes: &[u8], at: usize) -> Option<Found> {
    if bytes.get(at..at + 5) != Some(b"user-") {
        return None;
    }
    let end = run(bytes, at + 5, |byte| byte.is_ascii_alphanumeric());
    (end - at - 5 >= SHORTEST).then_some(Found { at: at..end, kind: SecretKind::User })
}
