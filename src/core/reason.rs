//! Why something could not be done, as plain text: from the web layer into the journal, and from there to a person.

use serde::{Deserialize, Serialize};

use super::text::{clip, find};

/// One line of at most [`Reason::LONGEST`] bytes: the browser's message, or the web layer's own. Holds no secret: a
/// URL is reduced to scheme and host (no user, path or query), and a word too long for a name (a token, a cookie's
/// value) is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct Reason(String);

/// Bytes of the longest word: the name of a session cookie has 34, an extension's id 32, a JSON Web Token hundreds.
const LONGEST_WORD: usize = 40;

impl Reason {
    /// Bytes of the longest reason.
    pub const LONGEST: usize = 160;

    /// Reduces a message to the part that may be kept.
    pub fn new(said: &str) -> Reason {
        let mut kept = String::new();
        for word in said.split(|sign: char| sign <= ' ' || sign == '\u{7f}').filter(|word| !word.is_empty()) {
            if kept.len() > Reason::LONGEST {
                break;
            }
            if !kept.is_empty() {
                kept.push(' ');
            }
            let word = address(word).unwrap_or(word);
            kept.push_str(if word.len() > LONGEST_WORD { "…" } else { word });
        }
        Reason(clip(&kept, Reason::LONGEST).trim_end_matches(' ').to_owned())
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// For a word with a URL in it: the text before the URL, and its scheme and host.
fn address(word: &str) -> Option<&str> {
    let host = find(word, "://")? + 3;
    let rest = word.get(host..)?;
    let end = rest.bytes().position(|byte| b"/?#\\".contains(&byte)).unwrap_or(rest.len());
    // User information may precede the host (RFC 3986 §3.2.1): then none of it is kept.
    let end = if rest.get(..end)?.contains('@') { 0 } else { end };
    word.get(..host + end)
}

impl From<String> for Reason {
    fn from(said: String) -> Reason {
        Reason::new(&said)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::core::json::{from_value, to_value};
    use proptest::prelude::*;

    #[test]
    fn an_address_loses_what_may_be_secret() {
        let kept = |said: &str| Reason::new(said).text().to_owned();
        assert_eq!(
            kept("Cannot access contents of https://chatgpt.com/c/17?q=private#x ."),
            "Cannot access contents of https://chatgpt.com ."
        );
        assert_eq!(kept("at https://user:password@host.example/"), "at https://");
        assert_eq!(kept("url:\"https://chatgpt.com?token=1\""), "url:\"https://chatgpt.com");
        assert_eq!(kept("No tab with id: 5."), "No tab with id: 5.");
    }

    #[test]
    fn a_word_as_long_as_a_token_is_left_out() {
        let token = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..kanarienvogel";
        assert_eq!(Reason::new(&format!("not set:\n{token}\tagain")).text(), "not set: … again");
    }

    proptest! {
        #[test]
        fn it_is_one_short_line_and_stays_what_it_is(said in "[ -~äß漢\n\t]{0,400}") {
            let reason = Reason::new(&said);
            prop_assert!(reason.text().len() <= Reason::LONGEST);
            prop_assert!(!reason.text().contains(['\n', '\t']));
            prop_assert_eq!(from_value::<Reason>(&to_value(&reason)), Some(reason));
        }
    }
}
