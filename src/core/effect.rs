//! What the core asks the browser to do: plain data that the web layer carries out. Each effect is idempotent.

use super::{Millis, Task, event::TabId, names::Blame};

/// One request to the browser.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Show the verdict on the toolbar button of a tab.
    Badge {
        /// The browser's tab id.
        tab: TabId,
        /// Sets the colour; `benign` with an empty sign means no badge.
        blame: Blame,
        /// The text of the badge: at most one character.
        sign: String,
        /// The message key of the tooltip.
        title: String,
    },
    /// Carry out an asynchronous task.
    Do {
        /// The id that comes back in `Event::Done`.
        id: u32,
        /// The task.
        task: Task,
    },
    /// Tell the content script whether to report each answer at once, and ask it for its count.
    ReportAnswers {
        /// The browser's tab id.
        tab: TabId,
        /// Whether each answer is reported.
        on: bool,
    },
    /// Show the badge of a tab again a few moments later. Each one is answered by `Event::Redraw`.
    Redraw {
        /// The browser's tab id.
        tab: TabId,
    },
    /// Switch deep inspection of a tab on or off.
    DeepInspection {
        /// The browser's tab id.
        tab: TabId,
        /// Whether it is switched on.
        on: bool,
    },
    /// Show a system notification.
    Notify {
        /// The message key of the title.
        title: &'static str,
        /// The message key of the text; its time argument is the present.
        words: &'static str,
    },
    /// Open the welcome page, after the installation.
    Welcome,
    /// Set the alarm to this time (the browser rounds up to 30 seconds from now).
    Wake {
        /// Milliseconds since the epoch.
        at: Millis,
    },
}
