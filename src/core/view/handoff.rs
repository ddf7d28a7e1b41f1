//! The URL that opens the same chat on another device: without query and fragment, and with no more of the path than
//! needed.

use crate::core::msg::{Msg, msg};

/// ChatGPT's start page.
const START: &str = "https://chatgpt.com/";
/// The hosts of chats.
const HOSTS: &[&str] = &["chatgpt.com", "chat.openai.com"];
/// Longest segment of a path; an id has 36 characters, the name of a GPT or a project with its id hardly more than
/// 100.
const LONGEST: usize = 160;

/// The chat to open on another device.
#[derive(Clone, Debug, PartialEq)]
pub struct Handoff {
    /// The URL.
    pub url: String,
    /// What it opens, as text.
    pub words: Msg,
}

/// For a tab with this URL; the start page where no ChatGPT tab is open.
pub fn handoff(url: Option<&str>) -> Handoff {
    let chat = url.and_then(chat);
    let words = match (url, &chat) {
        (None, _) => msg("handoff_no_tab"),
        (Some(_), None) => msg("handoff_start"),
        (Some(_), Some(_)) => msg("handoff_same"),
    };
    Handoff { url: chat.unwrap_or_else(|| START.to_owned()), words }
}

/// `/c/<id>`, or a path below `/g/` (a GPT or a project, perhaps with a chat in it); otherwise none.
fn chat(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let rest = rest.split(['?', '#']).next()?;
    let (host, path) = rest.split_once('/')?;
    let host = HOSTS.iter().find(|known| **known == host)?;
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let fits = matches!(parts.as_slice(), ["c", _] | ["g", _] | ["g", _, "project"] | ["g", _, "c", _]);
    (fits && parts.iter().all(|part| plain(part))).then(|| format!("https://{host}/{}", parts.join("/")))
}

fn plain(part: &str) -> bool {
    (1..=LONGEST).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_opens_without_its_query() {
        for (url, opens) in [
            ("https://chatgpt.com/c/6710aa21-8f0c-8004?model=x#y", "https://chatgpt.com/c/6710aa21-8f0c-8004"),
            ("http://chat.openai.com/c/1/", "https://chat.openai.com/c/1"),
            ("https://chatgpt.com/g/g-abc-helper", "https://chatgpt.com/g/g-abc-helper"),
            ("https://chatgpt.com/g/g-p-1/project", "https://chatgpt.com/g/g-p-1/project"),
            ("https://chatgpt.com/g/g-p-1/c/2", "https://chatgpt.com/g/g-p-1/c/2"),
        ] {
            assert_eq!(handoff(Some(url)), Handoff { url: opens.to_owned(), words: msg("handoff_same") });
        }
    }

    #[test]
    fn everything_else_opens_the_start_page() {
        for url in [
            "https://chatgpt.com/",
            "https://chatgpt.com/?temporary-chat=true",
            "https://chatgpt.com/share/1",
            "https://chatgpt.com/c/1/2",
            "https://chatgpt.com/c/%2e%2e",
            "https://chatgpt.com/c/../x",
            "https://evil.example/c/1",
            "https://chatgpt.com@evil.example/c/1",
            "javascript:1",
            "",
        ] {
            assert_eq!(handoff(Some(url)), Handoff { url: START.to_owned(), words: msg("handoff_start") }, "{url}");
        }
        assert_eq!(handoff(None).words, msg("handoff_no_tab"));
    }
}
