//! The format of an API key, checked before it is sent anywhere.

use crate::core::named::named;

named! {
    /// What the format of a key tells.
    pub enum KeyFormat {
        /// It has the format of an OpenAI key.
        Good = "good",
        /// There is none.
        Empty = "empty",
        /// `Bearer ` was pasted along.
        Bearer = "bearer",
        /// Quotes, or the name of a variable, were pasted along.
        Quoted = "quoted",
        /// It contains white space.
        Spaced = "spaced",
        /// Most of it is replaced by dots or stars, as a dashboard shows it.
        Masked = "masked",
        /// It is the id of an organisation or project, not a key.
        Id = "id",
        /// It is an administration key, which cannot call models.
        Admin = "admin",
        /// It is another provider's.
        Foreign = "foreign",
        /// It has none of OpenAI's prefixes.
        Unknown = "unknown",
        /// It contains a character that no key has.
        Odd = "odd",
        /// It is too short to be complete.
        Short = "short",
    }
}

/// Prefixes of other providers' keys (their own documentation; GitHub, "Supported secret scanning patterns").
/// `sk-ant-` must be tested before `sk-`.
const FOREIGN: &[&str] =
    &["sk-ant-", "sk-or-", "gsk_", "AIza", "hf_", "xai-", "pplx-", "r8_", "ghp_", "github_pat_", "AKIA", "eyJ"];
/// Prefixes of the ids of organisations and projects (OpenAI, API reference, "Authentication").
const IDS: &[&str] = &["org-", "proj_"];
/// For `/v1/organization/…` only (OpenAI, API reference, "Administration").
const ADMIN: &str = "sk-admin-";
/// Prefix and minimum length: `sk-proj-` and `sk-svcacct-` of projects and service accounts are much longer than the
/// old format's 51 characters (GitHub secret scanning: `openai_api_key`).
const LENGTHS: &[(&str, usize)] = &[("sk-proj-", 60), ("sk-svcacct-", 60), ("sk-", 40)];

/// The format of a key. Keeps nothing of the key itself.
pub fn shape(key: &str) -> KeyFormat {
    let key = key.trim();
    let begins = |list: &[&str]| list.iter().any(|start| key.starts_with(start));
    if key.is_empty() {
        return KeyFormat::Empty;
    }
    if key.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("bearer ")) {
        return KeyFormat::Bearer;
    }
    if key.contains(['"', '\'', '`', '=', '“', '”']) {
        return KeyFormat::Quoted;
    }
    if key.chars().any(char::is_whitespace) {
        return KeyFormat::Spaced;
    }
    if key.contains(['*', '…', '•']) || key.split("...").nth(1).is_some() {
        return KeyFormat::Masked;
    }
    if begins(IDS) {
        return KeyFormat::Id;
    }
    if begins(FOREIGN) {
        return KeyFormat::Foreign;
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    match LENGTHS.iter().find(|(start, _)| key.starts_with(start)) {
        None => KeyFormat::Unknown,
        Some(_) if !key.bytes().all(is_plain) => KeyFormat::Odd,
        Some(_) if key.starts_with(ADMIN) => KeyFormat::Admin,
        Some((_, least)) if key.len() < *least => KeyFormat::Short,
        Some(_) => KeyFormat::Good,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_paste() {
        let long = "a1B2".repeat(30);
        let rows = [
            (format!("sk-{}", "a".repeat(48)), KeyFormat::Good),
            (format!(" sk-proj-{long}\n"), KeyFormat::Good),
            (format!("sk-svcacct-{long}"), KeyFormat::Good),
            (format!("sk-admin-{long}"), KeyFormat::Admin),
            (String::new(), KeyFormat::Empty),
            (format!("Bearer sk-{long}"), KeyFormat::Bearer),
            (format!("OPENAI_API_KEY=sk-{long}"), KeyFormat::Quoted),
            (format!("\"sk-{long}\""), KeyFormat::Quoted),
            (format!("sk-abc {long}"), KeyFormat::Spaced),
            (format!("sk-abc\n{long}"), KeyFormat::Spaced),
            ("sk-...wxyz".to_owned(), KeyFormat::Masked),
            ("sk-proj-****wxyz".to_owned(), KeyFormat::Masked),
            ("org-abc123".to_owned(), KeyFormat::Id),
            ("proj_abc123".to_owned(), KeyFormat::Id),
            (format!("sk-ant-api03-{long}"), KeyFormat::Foreign),
            (format!("gsk_{long}"), KeyFormat::Foreign),
            (format!("AIza{long}"), KeyFormat::Foreign),
            (format!("sk-{long}ü"), KeyFormat::Odd),
            ("sk-proj-abc".to_owned(), KeyFormat::Short),
            ("hunter2".to_owned(), KeyFormat::Unknown),
        ];
        for (key, wanted) in rows {
            assert_eq!(shape(&key), wanted, "{key}");
        }
    }

    proptest! {
        #[test]
        fn a_good_one_can_stand_in_a_header(key in "(sk-(proj-|svcacct-|admin-)?)?[\\PC\r\n]{0,90}") {
            if shape(&key) == KeyFormat::Good {
                prop_assert!(key.trim().bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }
    }
}
