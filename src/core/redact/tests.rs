//! Tests of the redactor's guarantees, and of each detector's examples.

use super::*;

#[test]
fn each_detector_finds_its_examples_and_no_others() {
    for one in DETECTORS {
        assert!(!one.yes.is_empty() && !one.no.is_empty(), "{} has no examples", one.name);
        for (text, value) in one.yes {
            let clean = Redactor::default().text(text);
            assert!(!clean.contains(value), "{}: {value} stays in {clean:?}", one.name);
            assert!(clean.contains("-1>"), "{}: nothing found in {text:?}", one.name);
            let rest: Vec<&str> = text.split(value).collect();
            assert!(rest.iter().all(|rest| clean.contains(rest)), "{}: too much went of {text:?}: {clean}", one.name);
        }
        for text in one.no {
            assert_eq!(Redactor::default().text(text), *text, "{}", one.name);
        }
    }
}

#[test]
fn the_same_value_gets_the_same_name() {
    let mut redactor = Redactor::default();
    assert_eq!(
        redactor.text("from ada@example.com to bob@example.com, cc Ada@example.com"),
        "from <email-1> to <email-2>, cc <email-1>"
    );
    assert_eq!(redactor.text("bob@example.com"), "<email-2>");
    assert_eq!(redactor.counts().collect::<Vec<_>>(), [(SecretKind::Email, 2)]);
}

#[test]
fn what_is_encoded_is_found_too() {
    for text in [
        "next=ada%40example.com&x=1",
        "next=ada%2540example.com",
        r#"{"body":"{\"mail\":\"ada@example.com\"}"}"#,
        "aGVsbG8sIGFkYUBleGFtcGxlLmNvbSBoZXJl",
        "GET /api/aGVsbG8sIGFkYUBleGFtcGxlLmNvbSBoZXJl",
        r#"{"mail":"ada\u0040example.com"}"#,
    ] {
        let clean = Redactor::default().text(text);
        assert_ne!(clean, text);
        assert!(!clean.contains("ada"), "{clean}");
    }
    assert_eq!(Redactor::default().text("next=ada%40example.com&x=1"), "next=%3Cemail-1%3E&x=1");
}

#[test]
fn json_stays_json_whatever_is_escaped_in_it() {
    for text in [
        r#"{"a":"x\nada@example.com"}"#,
        r#"{"a":"x\tsk-proj-abcdefghij_klmnop-1234567890"}"#,
        r#"{"a":"\u0022ada\u0040example.com\u000a"}"#,
        r#"{"a":"\u005cada\u0040example.com"}"#,
        r#"{"a":"{\"b\":\"ada\\u0040example.com\"}"}"#,
    ] {
        let clean = Redactor::default().text(text);
        assert!(!clean.contains("ada") && !clean.contains("klmnop"), "{clean}");
        serde_json::from_str::<serde_json::Value>(&clean).unwrap_or_else(|error| panic!("{clean}: {error}"));
    }
}

#[test]
fn what_a_support_desk_may_need_is_left_in_on_demand() {
    let text = "203.0.113.7 and 2001:db8:1:2::3 at /c/6a1f0c1e-0001-4000-8000-000000000001";
    let clean = Redactor::new(Keep { block: true, conversation: true }).text(text);
    assert_eq!(clean, "203.0.113.0/24 and 2001:db8:1::/48 at /c/6a1f0c1e-0001-4000-8000-000000000001");
}

#[test]
fn every_cookie_of_a_header_goes_and_its_name_stays() {
    let clean = Redactor::default().text("Cookie: a=1x; __Host-b=2y; c=3z\r\nAccept: text/html; q=0.8");
    assert_eq!(clean, "Cookie: a=<cookie-1>; __Host-b=<cookie-2>; c=<cookie-3>\r\nAccept: text/html; q=0.8");
}

#[test]
fn ids_of_requests_stay() {
    let text =
        "x-request-id: 22d611ce-30df-4cb8-81f1-7e41cad7822d cf-ray: 9796834e29124fe2-FRA 2026-11-26T10:02:47.123Z";
    assert_eq!(Redactor::default().text(text), text);
}

const SECRETS: &[&str] = &[
    "ada.lovelace@example.com",
    "sk-proj-abcdefghij_klmnop-1234567890",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "203.0.113.7",
    "2001:db8:0:1:2:3:4:5",
    "+49 30 1234567",
    "4111 1111 1111 1111",
    "DE89370400440532013000",
    "user-AbCdEfGhIjKlMnOpQrStUvWx",
];

/// The ways in which a value is written in a log.
fn written(secret: &str, way: usize) -> String {
    use base64::{
        Engine,
        engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
    };
    let json = serde_json::json!({ "value": secret }).to_string();
    match way {
        0 => secret.to_owned(),
        1 => format!("q={}&x=1", encodings::encode(encodings::Encoding::Percent, secret)),
        2 => format!("q={}", encodings::encode(encodings::Encoding::Percent, &json)),
        3 => json,
        4 => serde_json::json!({ "body": json }).to_string(),
        5 => STANDARD.encode(format!("value: {secret} and more")),
        _ => URL_SAFE_NO_PAD.encode(json),
    }
}

proptest::proptest! {
    #[test]
    fn no_secret_comes_out_however_it_is_written(
        secret in proptest::sample::select(SECRETS), way in 0..7_usize, outer in 0..7_usize,
        before in "[a-z ]{0,20}[ ,\"({]", after in "[ ,\")}][a-z ]{0,20}",
    ) {
        let once = written(secret, way);
        for text in [format!("{before}{once}{after}"), format!("{before}{}{after}", written(&once, outer))] {
            let clean = Redactor::default().text(&text);
            proptest::prop_assert!(!clean.contains(secret), "{} -> {}", text, clean);
            proptest::prop_assert!(clean != text, "nothing was found in {}", text);
        }
    }

    #[test]
    fn any_text_is_taken(text in ".{0,200}") {
        let once = Redactor::default().text(&text);
        proptest::prop_assert_eq!(Redactor::default().text(&once), once);
    }
}
