//! What a person waits for after a failure, as it stands: the wait, the prompt that it is to send, and how the last one ended.

use serde::{Deserialize, Serialize};

use crate::core::{Millis, event::TabId, named::named, names::Cause};

/// One wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wait {
    /// The tab that failed; none after a restart, until a tab of ChatGPT is there again.
    pub tab: Option<TabId>,
    /// When the person began it.
    pub began: Millis,
    /// What was wrong then.
    pub cause: Cause,
    /// When the limit ends, where one is.
    pub ends: Option<Millis>,
    /// The provider's page knew of an incident when it was read last.
    pub open: bool,
    /// When something was asked, within the last hour.
    pub calls: Vec<Millis>,
    /// How often it was time to look.
    pub tries: u32,
    /// When to look next.
    pub next: Millis,
    /// The prompt to send, if one is.
    pub send: Option<PromptToSend>,
}

/// A saved prompt that is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptToSend {
    /// The number under which it is kept.
    pub prompt: Millis,
    /// Something of its answer had come.
    pub begun: bool,
    /// When the page was asked to send it. From then on it is never asked again.
    pub at: Option<Millis>,
}

named! {
    /// What became of a wait. A page shows it until the next one, and a notification says it.
    pub enum Outcome {
        /// Seen from outside, it is probably back.
        Back = "back",
        /// A message of the person's was answered.
        Works = "works",
        /// The prompt that was sent was answered.
        Answered = "answered",
        /// It was sent, and it failed again.
        Failed = "failed",
        /// It is probably back, but the prompt could not be sent, or may not be.
        Unsent = "unsent",
        /// The browser ended while it was being sent.
        Unsure = "unsure",
        /// A day has passed, or no answer came.
        GaveUp = "gave-up",
    }
}

impl Outcome {
    /// The message key of a notification's title.
    pub fn title(self) -> &'static str {
        match self {
            Outcome::Back | Outcome::Unsent => "notify_back",
            Outcome::Works | Outcome::Answered => "notify_works",
            Outcome::Failed | Outcome::Unsure => "notify_sent",
            Outcome::GaveUp => "notify_gave_up",
        }
    }

    /// The message key of its words, there and on a page.
    pub fn words(self) -> &'static str {
        match self {
            Outcome::Back => "recovery_back",
            Outcome::Works => "recovery_works",
            Outcome::Answered => "recovery_answered",
            Outcome::Failed => "recovery_failed",
            Outcome::Unsent => "recovery_unsent",
            Outcome::Unsure => "recovery_unsure",
            Outcome::GaveUp => "recovery_gave_up",
        }
    }
}

/// How the last wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitEnded {
    /// When.
    pub at: Millis,
    /// How.
    pub outcome: Outcome,
}
