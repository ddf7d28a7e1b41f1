//! Which sender may send which [`Message`] to the worker: an [`Intent`] and a report of the developer tools' panel
//! only from our own pages, a page signal only from a content script in ChatGPT's top frame. Everything else is
//! refused.
//!
//! A sender is identified by its origin, not by the absence of a tab: our own pages can be open in tabs too.

use serde::{Deserialize, Serialize};

use thiserror::Error;

use super::{
    Event, Millis,
    endpoint::{EndpointKind, classify},
    event::{Intent, PageReport, PageSignal, TabId},
};

/// A message as it reaches the worker: `{ kind: "page-report", … }`, as `extension/js/messages.js` lists them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Message {
    /// A page signal of a content script.
    PageReport {
        /// Identifies the report; it is sent again until acknowledged.
        key: String,
        /// When it was observed, in milliseconds since the epoch.
        at: Millis,
        /// What was observed.
        saw: PageSignal,
    },
    /// A page signal of the developer tools' panel.
    Inspected {
        /// The id of the inspected tab.
        tab: TabId,
        /// Identifies the report.
        key: String,
        /// When it was observed, in milliseconds since the epoch.
        at: Millis,
        /// What was observed.
        saw: PageSignal,
    },
    /// A request of the person on one of Mend's pages.
    Intent {
        /// What the person asks for.
        intent: Intent,
    },
}

/// The sender as the browser reports it (`runtime.MessageSender`); nothing here comes from the message itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sender {
    /// Whether the sender is part of this extension.
    pub own: bool,
    /// The URL of its document.
    pub url: String,
    /// The id of its tab, if it has one.
    pub tab: Option<TabId>,
    /// Its frame id; 0 is the top frame.
    pub frame: Option<i32>,
    /// Whether its tab is in a private window; none where not known.
    pub private: Option<bool>,
    /// Whether its tab uses the cookie store of ordinary windows.
    pub default_store: bool,
}

/// Why a message was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Denied {
    /// The sender is another extension, or cannot be identified.
    #[error("not from this extension")]
    ForeignExtension,
    /// A content script sent something that only our own pages may send.
    #[error("only Mend's own pages may ask for this")]
    NotOurPage,
    /// A page signal from somewhere other than the top frame of a ChatGPT tab.
    #[error("not from a page of ChatGPT")]
    NotChatGpt,
}

/// Converts an authorized message to an event. `origin` is our own, such as `chrome-extension://abc`.
///
/// # Errors
/// The sender may not send this message.
pub fn authorize(message: Message, sender: &Sender, origin: &str) -> Result<Event, Denied> {
    match message {
        Message::Intent { intent } => sender.our_page(origin).map(|()| Event::Intent(intent)),
        Message::Inspected { tab, key, at, saw } => {
            sender.our_page(origin).map(|()| Event::Inspected(PageReport { tab, private: None, key, at, saw }))
        }
        Message::PageReport { key, at, saw } => {
            sender.chatgpt().map(|tab| Event::PageReport(PageReport { tab, private: sender.private, key, at, saw }))
        }
    }
}

impl Sender {
    /// Checks that the sender is one of our own pages; `origin` is our own.
    ///
    /// # Errors
    /// The sender is not one of our pages.
    pub fn our_page(&self, origin: &str) -> Result<(), Denied> {
        match self.url.strip_prefix(origin).is_some_and(|path| path.starts_with('/')) {
            _ if !self.own => Err(Denied::ForeignExtension),
            true => Ok(()),
            false => Err(Denied::NotOurPage),
        }
    }

    /// The id of the tab, if the sender is our content script in ChatGPT's top frame.
    ///
    /// # Errors
    /// The sender is anything else.
    pub fn chatgpt(&self) -> Result<TabId, Denied> {
        match (self.tab, self.frame) {
            _ if !self.own => Err(Denied::ForeignExtension),
            (Some(tab), Some(0))
                if !matches!(classify(&self.url).kind, EndpointKind::Unrelated | EndpointKind::Telemetry) =>
            {
                Ok(tab)
            }
            _ => Err(Denied::NotChatGpt),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::names::{Action, Rung};

    const OURS: &str = "chrome-extension://abc";

    fn sender(url: &str) -> Sender {
        Sender {
            own: true,
            url: url.to_owned(),
            tab: Some(3),
            frame: Some(0),
            private: Some(false),
            default_store: true,
        }
    }

    #[test]
    fn only_our_own_pages_may_ask() {
        let intent = || Message::Intent { intent: Intent::Run { tab: 3, rung: Rung::Reload, act: Action::Reload } };
        let refusal = |sender: &Sender| authorize(intent(), sender, OURS).err();
        assert_eq!(refusal(&sender("chrome-extension://abc/popup.html")), None);
        assert_eq!(refusal(&sender("https://chatgpt.com/c/1")), Some(Denied::NotOurPage));
        assert_eq!(refusal(&sender("chrome-extension://abcd/popup.html")), Some(Denied::NotOurPage));
        assert_eq!(refusal(&sender("https://evil.example/chrome-extension://abc/")), Some(Denied::NotOurPage));
        let forget = |url: &str| authorize(Message::Intent { intent: Intent::Forget }, &sender(url), OURS).err();
        assert_eq!(forget("chrome-extension://abc/settings.html"), None);
        assert_eq!(forget("https://chatgpt.com/"), Some(Denied::NotOurPage));
        let stranger = Sender { own: false, ..sender("chrome-extension://abc/popup.html") };
        assert_eq!(refusal(&stranger), Some(Denied::ForeignExtension));
    }

    #[test]
    fn what_the_developer_tools_show_is_told_by_our_own_page_only() {
        let inspected =
            || Message::Inspected { tab: 3, key: "k".into(), at: 1, saw: PageSignal::Thrown { by: String::new() } };
        let refusal = |url: &str| authorize(inspected(), &sender(url), OURS).err();
        assert_eq!(refusal("chrome-extension://abc/devtools.html"), None);
        assert_eq!(refusal("https://chatgpt.com/"), Some(Denied::NotOurPage));
    }

    #[test]
    fn facts_come_from_the_top_frame_of_chatgpt() {
        let fact = || Message::PageReport { key: "k".into(), at: 1, saw: PageSignal::Hello };
        let refusal = |sender: &Sender| authorize(fact(), sender, OURS).err();
        assert_eq!(refusal(&sender("https://chatgpt.com/")), None);
        assert_eq!(refusal(&sender("https://evil.example/")), Some(Denied::NotChatGpt));
        let framed = Sender { frame: Some(4), ..sender("https://chatgpt.com/") };
        assert_eq!(refusal(&framed), Some(Denied::NotChatGpt));
    }
}
