//! The forms of names, and where in a text each is one.

use crate::core::{named::named, text::holds};

named! {
    /// What kind of name it is.
    pub enum NameForm {
        /// A browser's name of a network error.
        NetError = "net-error",
        /// A value of `code` or `type` in a body.
        Code = "code",
        /// An HTTP status, or an edge's own number.
        Status = "status",
        /// A type of a library.
        Class = "class",
        /// An error of the operating system.
        Errno = "errno",
        /// The exit code of a command.
        Exit = "exit",
        /// A message.
        Text = "text",
        /// A short mark in a log.
        Flag = "flag",
        /// A close code of a WebSocket.
        Close = "close",
        /// A response code of DNS.
        Rcode = "rcode",
        /// An alert of TLS.
        Alert = "alert",
    }
}

/// How much text before a short name is searched for what makes it one, in bytes.
const BEFORE: usize = 24;
/// Shortest message that is one by itself, in bytes.
const MESSAGE: usize = 10;
/// Shortest name of a type that is one by itself, in bytes.
const CLASS: usize = 9;

impl NameForm {
    /// Whether a name of this form is one here: as it is written, between these texts, which are in lower case.
    pub fn is_here(self, name: &str, written: &str, before: &str, after: Option<&str>) -> bool {
        let from = before.floor_char_boundary(before.len().saturating_sub(BEFORE));
        let near = before.get(from..).unwrap_or(before);
        let says = |words: &[&str]| words.iter().any(|word| holds(near, word));
        let is_compound = name.contains('_') || name.chars().filter(char::is_ascii_uppercase).count() > 1;
        match self {
            NameForm::NetError | NameForm::Rcode => name == written,
            NameForm::Errno => name == written && name.len() > 4,
            // A word of every day is a code only as the value of one.
            NameForm::Code => {
                let is_value = near.ends_with(['"', '\'']) && after.is_some_and(|after| after.starts_with(['"', '\'']));
                is_compound || (is_value && says(&["code", "type", "reason", "error"]))
            }
            NameForm::Class => name == written && (name.len() >= CLASS || name.contains(['.', ':'])),
            NameForm::Exit => true,
            NameForm::Text | NameForm::Alert => name.len() >= MESSAGE && (is_compound || is_phrase(name)),
            NameForm::Close => says(&["close", "code"]),
            NameForm::Flag => says(&["flag", "termination"]),
            // Statuses are read by their own decoder, which knows what stands before them.
            NameForm::Status => false,
        }
    }
}

/// Whether a message is more than one word of every day: of several words or parts, or in a script without blanks.
fn is_phrase(name: &str) -> bool {
    let inner = name.trim_matches(|one: char| !one.is_alphanumeric());
    inner.contains(|one: char| one.is_ascii_punctuation() || one == ' ' || one >= '\u{2e80}')
}
