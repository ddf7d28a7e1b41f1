//! How a watch ends, and the words for it.

use crate::core::{Millis, named::named, plain::plain};

named! {
    /// What became of a watch. A page shows it until the next one, and a notification says it.
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
    pub(super) fn title(self) -> &'static str {
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
            Outcome::Back => "watch_back",
            Outcome::Works => "watch_works",
            Outcome::Answered => "watch_answered",
            Outcome::Failed => "watch_failed",
            Outcome::Unsent => "watch_unsent",
            Outcome::Unsure => "watch_unsure",
            Outcome::GaveUp => "watch_gave_up",
        }
    }
}

/// How the last watch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: Millis,
    /// How.
    pub outcome: Outcome,
}
plain!(Ended by field { at, outcome });
