//! Percent-encoding of text at the end of a URL.

use std::fmt::Write as _;

/// Percent-encodes all but the unreserved characters (RFC 3986 §2.3).
pub(super) fn encoded(text: &str) -> String {
    let mut made = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            made.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(made, "%{byte:02X}");
        }
    }
    made
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(text: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                bytes.push(u8::from_str_radix(&digits, 16).unwrap_or_default());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap_or_default()
    }

    #[test]
    fn what_means_something_in_an_address_is_encoded() {
        assert_eq!(encoded("a b&c=d#e+f%\n?/é"), "a%20b%26c%3Dd%23e%2Bf%25%0A%3F%2F%C3%A9");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in any::<String>()) {
            let made = encoded(&text);
            prop_assert!(made.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            prop_assert_eq!(decoded(&made), text);
        }
    }
}
