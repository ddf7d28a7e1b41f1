//! How a prompt is passed to a service: the effect of one press of the button.

use super::{Prompt, PromptInput, Service, Terminal, encode::encoded};
use crate::core::msg::{Msg, msg};

/// Longest prompt in a link, in encoded bytes. Servers refuse URLs from about 8,000 bytes on (RFC 9110 §4.1 asks for
/// at least that), and a service adds to it when it redirects to its sign-in.
const LONGEST: usize = 6_000;

/// The effect of a press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromptDelivery {
    /// Opens this URL.
    Open(String),
    /// Copies the text, then opens the URL.
    Copy {
        /// The text to copy.
        text: String,
        /// The URL of the page to paste it into.
        open: &'static str,
    },
    /// Copies this command line.
    Command(String),
}

/// The reason for that way of delivery; shown before the press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandingReason {
    /// There is no prompt; the service is opened.
    Open,
    /// There is no prompt; the program's page is opened.
    Install,
    /// With a link that contains the prompt.
    Link,
    /// The service accepts no prompt in a link.
    Paste,
    /// The prompt is too long for a link.
    Long,
    /// A link would be stored in the browser's history, and the prompt may be from a private window.
    Private,
    /// With a command line.
    Command,
}

impl HandingReason {
    /// The text that explains it.
    pub fn words(self) -> Msg {
        msg(match self {
            HandingReason::Open => "alt_how_open",
            HandingReason::Install => "alt_how_install",
            HandingReason::Link => "alt_how_link",
            HandingReason::Paste => "alt_how_paste",
            HandingReason::Long => "alt_how_long",
            HandingReason::Private => "alt_how_private",
            HandingReason::Command => "alt_how_command",
        })
    }

    /// The label of the button.
    pub fn button(self) -> Msg {
        msg(match self {
            HandingReason::Open => "alt_open",
            HandingReason::Install => "alt_install",
            HandingReason::Link | HandingReason::Paste | HandingReason::Long | HandingReason::Private => "alt_hand",
            HandingReason::Command => "alt_copy_command",
        })
    }
}

/// How a service receives a prompt. `private` is true where the prompt's tab is or may be private: a link is stored in
/// the browser's history.
pub fn hand(
    service: &Service,
    prompt: Option<&Prompt>,
    private: bool,
    terminal: Terminal,
) -> (PromptDelivery, HandingReason) {
    let open = || PromptDelivery::Open(service.url.to_owned());
    let Some(prompt) = prompt else {
        return (
            open(),
            if matches!(service.way, PromptInput::Run(_)) { HandingReason::Install } else { HandingReason::Open },
        );
    };
    let copy = |how| (PromptDelivery::Copy { text: prompt.text.clone(), open: service.url }, how);
    match service.way {
        PromptInput::Run(program) => {
            (PromptDelivery::Command(program.command(&prompt.text, terminal)), HandingReason::Command)
        }
        PromptInput::Paste => copy(HandingReason::Paste),
        PromptInput::Link(_) if private => copy(HandingReason::Private),
        PromptInput::Link(prefix) => {
            let end = encoded(&prompt.text);
            if end.len() > LONGEST {
                copy(HandingReason::Long)
            } else {
                (PromptDelivery::Open(format!("{prefix}{end}")), HandingReason::Link)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::alternatives::{SERVICES, service};

    fn handed(id: &str, text: &str, private: bool) -> Option<(PromptDelivery, HandingReason)> {
        let prompt = Prompt { text: text.to_owned(), ..Prompt::default() };
        service(id).map(|service| hand(service, Some(&prompt), private, Terminal::Shell))
    }

    #[test]
    fn by_link_where_there_is_one() {
        let open = PromptDelivery::Open("https://claude.ai/new?q=a%20b%0A%F0%9F%98%80".to_owned());
        assert_eq!(handed("claude", "a b\n😀", false), Some((open, HandingReason::Link)));
        let copy = |text: &str, open| PromptDelivery::Copy { text: text.to_owned(), open };
        let gemini = copy("a b", "https://gemini.google.com/app");
        assert_eq!(handed("gemini", "a b", false), Some((gemini, HandingReason::Paste)));
        assert_eq!(handed("claude", "a b", true), Some((copy("a b", "https://claude.ai/new"), HandingReason::Private)));
        assert_eq!(handed("ollama", "a b", true).map(|handed| handed.1), Some(HandingReason::Command));
    }

    #[test]
    fn never_by_a_link_that_is_too_long() {
        for (text, how) in [
            ("a".repeat(6_000), HandingReason::Link),
            ("a".repeat(6_001), HandingReason::Long),
            ("é".repeat(1_001), HandingReason::Long),
        ] {
            assert_eq!(handed("perplexity", &text, false).map(|handed| handed.1), Some(how), "{}", text.len());
        }
    }

    #[test]
    fn without_a_prompt_it_only_opens() {
        for service in SERVICES {
            let (handing, how) = hand(service, None, true, Terminal::Shell);
            assert_eq!(handing, PromptDelivery::Open(service.url.to_owned()));
            assert!(matches!(how, HandingReason::Open | HandingReason::Install));
        }
    }
}
