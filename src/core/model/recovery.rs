//! The state of a wait for recovery: the wait, the prompt to send, and the outcome of the last one.

use serde::{Deserialize, Serialize};

use crate::core::{Millis, event::TabId, named::named, names::Cause};

/// A wait for recovery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wait {
    /// The id of the tab that failed; none after a restart, until a ChatGPT tab is open again.
    pub tab: Option<TabId>,
    /// When the person began it, in milliseconds since the epoch.
    pub began: Millis,
    /// The cause at that time.
    pub cause: Cause,
    /// When the limit ends, if there is one.
    pub ends: Option<Millis>,
    /// Whether the provider's page showed an incident at the last reading.
    pub open: bool,
    /// When requests were sent within the last hour.
    pub calls: Vec<Millis>,
    /// Number of checks so far.
    pub tries: u32,
    /// When the next check is due.
    pub next: Millis,
    /// The prompt to send, if any.
    pub send: Option<PromptToSend>,
}

/// A saved prompt that will be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptToSend {
    /// The id of the prompt.
    pub prompt: Millis,
    /// Whether part of its answer had been received.
    pub begun: bool,
    /// When the page was asked to send it; it is asked only once.
    pub at: Option<Millis>,
}

named! {
    /// The outcome of a wait. Shown until the next one, and in a notification.
    pub enum Outcome {
        /// By external signs, it is probably back.
        Back = "back",
        /// A message of the person was answered.
        Works = "works",
        /// The sent prompt was answered.
        Answered = "answered",
        /// The prompt was sent and failed again.
        Failed = "failed",
        /// It is probably back, but the prompt could not be sent, or must not be.
        Unsent = "unsent",
        /// The browser was closed while it was being sent.
        Unsure = "unsure",
        /// A day has passed, or no answer came in time.
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

    /// The message key of the text of a notification and a page.
    pub fn message_key(self) -> &'static str {
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
    /// Milliseconds since the epoch.
    pub at: Millis,
    /// The outcome.
    pub outcome: Outcome,
}
