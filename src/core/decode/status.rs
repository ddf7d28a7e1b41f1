//! The status code. It is never decisive alone: the same 429 has meant a plan limit, an empty account and an outage.

use super::{Decoder, Raw};
use crate::core::fact::Fact;
use crate::core::text::{after, clip, holds_word, number as digits};

/// RFC 9110 §15 for the registered codes, RFC 6585 for 429, 431 and 511, RFC 7725 for 451, Cloudflare's "5xx errors"
/// page for 520 to 530. 407 comes from a proxy, 511 from a captive portal. 529 is not registered, but always means
/// "overloaded" where it is used.
const CODES: &[(std::ops::RangeInclusive<u16>, Fact)] = &[
    (400..=400, Fact::Status400),
    (401..=401, Fact::Status401),
    (402..=402, Fact::Status402),
    (403..=403, Fact::Status403),
    (404..=404, Fact::Status404),
    (407..=407, Fact::NetProxy),
    (413..=413, Fact::Status413),
    (422..=422, Fact::Status422),
    (429..=429, Fact::Status429),
    (431..=431, Fact::Status431),
    (451..=451, Fact::UnsupportedRegion),
    (500..=500, Fact::Status500),
    (511..=511, Fact::Portal),
    (529..=529, Fact::Status503),
    (502..=502, Fact::Status502),
    (520..=523, Fact::Status502),
    (503..=503, Fact::Status503),
    (504..=504, Fact::Status504),
    (524..=524, Fact::Status504),
    (525..=530, Fact::Status502),
    (400..=999, Fact::StatusOther),
];

/// Text before a status in the messages of common clients, in ten languages, ASCII letters in lower case. Blanks, quotes, brackets and colons may
/// stand between it and the number.
const BEFORE: &[&str] = &[
    // The head of a server's own error page.
    "<title>",
    "<h1>",
    "http/1.1",
    "http/2",
    "http/2.0",
    "http/3",
    "http/1.0",
    "error code",
    "status code",
    "status_code",
    "statuscode",
    "a status of",
    "last status",
    "unexpected status",
    "\"status\"",
    "status",
    "http error",
    "http",
    "error",
    "code",
    "fehlercode",
    "fehler",
    "code d'erreur",
    "erreur",
    "código de error",
    "código",
    "código de erro",
    "erro",
    "codice errore",
    "errore",
    "Код ошибки",
    "код ошибки",
    "Ошибка",
    "ошибка",
    "hata kodu",
    "hata",
    "状态码",
    "错误码",
    "错误代码",
    "狀態碼",
    "錯誤代碼",
    "错误",
    "返回",
    "ステータスコード",
    "エラーコード",
    "エラー",
    "상태 코드",
    "오류 코드",
    "에러 코드",
    "오류",
    "에러",
];
/// A method and the beginning of a path, as logs print them.
const METHODS: &[&str] = &["post /", "get /", "put /", "patch /", "delete /"];
/// What may stand between such a text and the number.
const BETWEEN: &[char] = &[' ', '\t', ':', '：', '=', '"', '\'', '(', '（', '[', '#'];
/// Longest text in which a number in brackets is a status, in bytes: `Too many requests (429)`.
const SHORT: usize = 400;
/// Unambiguous reason phrases (RFC 9110 §15, RFC 6585), for clients that print nothing more.
const REASONS: &[(&str, u16)] = &[
    ("unauthorized", 401),
    ("payment required", 402),
    ("forbidden", 403),
    ("unprocessable", 422),
    ("internal server error", 500),
    ("bad gateway", 502),
    ("service unavailable", 503),
    ("gateway timeout", 504),
    ("gateway time-out", 504),
];
/// How much of a text is searched, in bytes.
const LONGEST: usize = 4_096;

pub(super) const DECODER: Decoder = Decoder {
    name: "status",
    decode,
    tells: &[
        Fact::Status400,
        Fact::Status401,
        Fact::Status402,
        Fact::Status403,
        Fact::Status404,
        Fact::NetProxy,
        Fact::Status413,
        Fact::Status422,
        Fact::Status429,
        Fact::Status431,
        Fact::UnsupportedRegion,
        Fact::Status500,
        Fact::Portal,
        Fact::Status502,
        Fact::Status503,
        Fact::Status504,
        Fact::StatusOther,
    ],
};

fn decode(raw: &Raw<'_>) -> Vec<Fact> {
    let Some(status) = raw.status.or_else(|| said(clip(raw.text?, LONGEST))) else { return Vec::new() };
    CODES.iter().find(|(codes, _)| codes.contains(&status)).map(|(_, fact)| *fact).into_iter().collect()
}

/// The status in a client's message; used only if none came with the response.
pub fn said(text: &str) -> Option<u16> {
    let lower = text.to_ascii_lowercase();
    let said = |before: &&str| after(&lower, before).find_map(|rest| number(rest.trim_start_matches(BETWEEN)));
    let reason = || REASONS.iter().find(|(reason, _)| holds_word(&lower, reason)).map(|(_, status)| *status);
    let bracket = || (lower.len() <= SHORT).then(|| after(&lower, "(").find_map(bracketed)).flatten();
    number(lower.trim_start())
        .or_else(|| BEFORE.iter().find_map(said))
        .or_else(|| after(&lower, "://").find_map(behind_url))
        .or_else(|| METHODS.iter().find_map(|method| after(&lower, method).find_map(behind_url)))
        .or_else(bracket)
        .or_else(reason)
}

/// The status at the beginning of a text.
fn number(text: &str) -> Option<u16> {
    let ends = !text.as_bytes().get(3).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let status = u16::try_from(digits(text.get(..3)?)?).ok();
    status.filter(|status| ends && (400..600).contains(status))
}

/// `(429)`, and not a longer text in brackets.
fn bracketed(text: &str) -> Option<u16> {
    number(text).filter(|_| text.as_bytes().get(3) == Some(&b')'))
}

/// The word after a URL or a path, as browsers' consoles and access logs print it.
fn behind_url(text: &str) -> Option<u16> {
    let (_, rest) = text.split_once([' ', '\t'])?;
    number(rest.trim_start_matches(BETWEEN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read_from_a_client_s_own_words() {
        assert_eq!(said("openai.RateLimitError: Error code: 429 - {}"), Some(429));
        assert_eq!(said("unexpected status 503 Service Unavailable"), Some(503));
        assert_eq!(said("the server responded with a status of 500 ()"), Some(500));
        assert_eq!(said("500. That's an error."), Some(500));
        assert_eq!(said("OpenAIException - Bad Gateway"), Some(502));
        assert_eq!(said("Error code 4291, 500 items"), None);
        assert_eq!(said("Код ошибки: 429"), Some(429));
        assert_eq!(said("请求失败，状态码：503"), Some(503));
        assert_eq!(said("Demasiadas solicitudes (429)"), Some(429));
        assert_eq!(said("POST https://api.openai.com/v1/responses 500 (Internal Server Error)"), Some(500));
        assert_eq!(said("see https://example.org/ for the 500 rows (up to 500 of them)"), None);
        assert_eq!(said("status: ok, 500 rows"), None);
        assert_eq!(said("12:00:01 POST /v1/chat/completions 429 12ms"), Some(429));
        assert_eq!(said("\"POST /v1/responses HTTP/1.1\" 502 157"), Some(502));
    }

    #[test]
    fn a_code_mend_has_never_met_is_said_to_be_other() {
        let facts = |status| decode(&Raw { status: Some(status), ..Raw::default() });
        assert_eq!(facts(418), [Fact::StatusOther]);
        assert_eq!(facts(521), [Fact::Status502]);
        assert!(facts(200).is_empty() && facts(0).is_empty());
    }

    #[test]
    fn a_reason_phrase_is_none_within_a_name() {
        assert_eq!(said("401 Unauthorized"), Some(401));
        assert_eq!(said("error: unauthorized"), Some(401));
        assert_eq!(said("NODE_TLS_REJECT_UNAUTHORIZED=0 npm start"), None);
    }
}
