//! Who may say what: a privileged [`Intent`], and what the developer tools show, come from our own pages only, a fact from a
//! content script in ChatGPT's top frame only. Everything else is refused.
//!
//! A sender is judged by its origin, not by the absence of a tab: our own pages can stand in tabs too.

use thiserror::Error;

use super::{
    Event, Millis,
    endpoint::{Role, place},
    event::{Intent, Sight, TabId, Witness},
    plain::{Data, Plain, plain},
};

/// A message as it reaches the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// What a content script saw.
    Fact {
        /// Names it; told again until acknowledged.
        key: String,
        /// When it was seen.
        at: Millis,
        /// What was seen.
        saw: Sight,
    },
    /// What the panel of the developer tools saw.
    Inspected {
        /// The tab that it inspects.
        tab: TabId,
        /// Names it.
        key: String,
        /// When it was seen.
        at: Millis,
        /// What was seen.
        saw: Sight,
    },
    /// What a person asked for.
    Intent(Intent),
}

impl Message {
    /// Reads a message: `{ "fact": … }`, `{ "inspected": … }` or `{ "intent": … }`.
    pub fn read(plain: &Plain) -> Option<Message> {
        let (name, body) = plain.variant()?;
        let mut bad = false;
        let key = |bad: &mut bool| body.field("key", bad);
        let at = |bad: &mut bool| body.field("at", bad);
        let message = match name {
            "fact" => Message::Fact { key: key(&mut bad), at: at(&mut bad), saw: Sight::read(body.get("saw"))? },
            "inspected" => Message::Inspected {
                tab: body.field("tab", &mut bad),
                key: key(&mut bad),
                at: at(&mut bad),
                saw: Sight::read(body.get("saw"))?,
            },
            "intent" => Message::Intent(Data::read(body, &mut bad)),
            _ => return None,
        };
        (!bad).then_some(message)
    }
}

/// What the browser says of the sender; nothing here is the sender's own word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// It belongs to this extension.
    pub own: bool,
    /// The URL of its document.
    pub url: String,
    /// Its tab.
    pub tab: Option<TabId>,
    /// Its frame; 0 is the top one.
    pub frame: Option<i32>,
    /// Its tab is in a private window.
    pub private: Option<bool>,
    /// Its tab has the store of ordinary windows.
    pub home: bool,
}
plain!(Sender by field_or_default { own, url, tab, frame, private, home });

/// Why a message was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Another extension's, or nobody's.
    #[error("not from this extension")]
    Stranger,
    /// A content script asked for something only our own pages may ask for.
    #[error("only Mend's own pages may ask for this")]
    NotOurPage,
    /// A fact from elsewhere than the top frame of a ChatGPT tab.
    #[error("not from a page of ChatGPT")]
    NotChatGpt,
}

/// Lets a message in as an event, or refuses it. `origin` is our own, such as `chrome-extension://abc`.
pub fn admit(message: Message, sender: &Sender, origin: &str) -> Result<Event, Refusal> {
    match message {
        Message::Intent(intent) => sender.our_page(origin).map(|()| Event::Intent(intent)),
        Message::Inspected { tab, key, at, saw } => {
            sender.our_page(origin).map(|()| Event::Inspected(Witness { tab, private: None, key, at, saw }))
        }
        Message::Fact { key, at, saw } => {
            sender.chatgpt().map(|tab| Event::Witness(Witness { tab, private: sender.private, key, at, saw }))
        }
    }
}

impl Sender {
    /// Whether it is one of our own pages; `origin` is our own.
    ///
    /// # Errors
    /// It is not.
    pub fn our_page(&self, origin: &str) -> Result<(), Refusal> {
        match self.url.strip_prefix(origin).is_some_and(|path| path.starts_with('/')) {
            _ if !self.own => Err(Refusal::Stranger),
            true => Ok(()),
            false => Err(Refusal::NotOurPage),
        }
    }

    /// The tab, if it is our content script in ChatGPT's top frame.
    ///
    /// # Errors
    /// It is not.
    pub fn chatgpt(&self) -> Result<TabId, Refusal> {
        match (self.tab, self.frame) {
            _ if !self.own => Err(Refusal::Stranger),
            (Some(tab), Some(0)) if !matches!(place(&self.url).role, Role::Foreign | Role::Noise) => Ok(tab),
            _ => Err(Refusal::NotChatGpt),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::names::{Action, Rung};

    const OURS: &str = "chrome-extension://abc";

    fn sender(url: &str) -> Sender {
        Sender { own: true, url: url.to_owned(), tab: Some(3), frame: Some(0), private: Some(false), home: true }
    }

    #[test]
    fn only_our_own_pages_may_ask() {
        let intent = || Message::Intent(Intent::Run { tab: 3, rung: Rung::Reload, act: Action::Reload });
        let refusal = |sender: &Sender| admit(intent(), sender, OURS).err();
        assert_eq!(refusal(&sender("chrome-extension://abc/popup.html")), None);
        assert_eq!(refusal(&sender("https://chatgpt.com/c/1")), Some(Refusal::NotOurPage));
        assert_eq!(refusal(&sender("chrome-extension://abcd/popup.html")), Some(Refusal::NotOurPage));
        assert_eq!(refusal(&sender("https://evil.example/chrome-extension://abc/")), Some(Refusal::NotOurPage));
        let forget = |url: &str| admit(Message::Intent(Intent::Forget), &sender(url), OURS).err();
        assert_eq!(forget("chrome-extension://abc/settings.html"), None);
        assert_eq!(forget("https://chatgpt.com/"), Some(Refusal::NotOurPage));
        let stranger = Sender { own: false, ..sender("chrome-extension://abc/popup.html") };
        assert_eq!(refusal(&stranger), Some(Refusal::Stranger));
    }

    #[test]
    fn what_the_developer_tools_show_is_told_by_our_own_page_only() {
        let inspected =
            || Message::Inspected { tab: 3, key: "k".into(), at: 1, saw: Sight::Thrown { by: String::new() } };
        let refusal = |url: &str| admit(inspected(), &sender(url), OURS).err();
        assert_eq!(refusal("chrome-extension://abc/devtools.html"), None);
        assert_eq!(refusal("https://chatgpt.com/"), Some(Refusal::NotOurPage));
    }

    #[test]
    fn facts_come_from_the_top_frame_of_chatgpt() {
        let fact = || Message::Fact { key: "k".into(), at: 1, saw: Sight::Hello };
        let refusal = |sender: &Sender| admit(fact(), sender, OURS).err();
        assert_eq!(refusal(&sender("https://chatgpt.com/")), None);
        assert_eq!(refusal(&sender("https://evil.example/")), Some(Refusal::NotChatGpt));
        let framed = Sender { frame: Some(4), ..sender("https://chatgpt.com/") };
        assert_eq!(refusal(&framed), Some(Refusal::NotChatGpt));
    }
}
