//! What the core wants done: plain data that the shell carries out, each one harmless when it is done twice.

use super::{Millis, Task, event::TabId, names::Blame};

/// One thing to do in the browser.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Show the verdict on the toolbar button of a tab.
    Badge {
        /// The tab.
        tab: TabId,
        /// Colour by blame; `benign` with an empty sign is no badge at all.
        blame: Blame,
        /// One or no character.
        sign: String,
        /// The message key of the tooltip.
        title: String,
    },
    /// Work that takes a while.
    Do {
        /// Comes back with the answer.
        id: u32,
        /// What.
        task: Task,
    },
    /// Tell the content script whether answers are to be told at once, and ask for its count.
    ReportAnswers {
        /// The tab.
        tab: TabId,
        /// Tell each answer?
        on: bool,
    },
    /// Show the badge of a tab again, a few moments from now. Answered by `Event::Redraw`, each time.
    Redraw {
        /// The tab.
        tab: TabId,
    },
    /// Read in a tab what only its page can see, or stop.
    DeepInspection {
        /// The tab.
        tab: TabId,
        /// From now on?
        on: bool,
    },
    /// Tell the person, wherever they are by now.
    Notify {
        /// The message key of the title.
        title: &'static str,
        /// The message key of the words; what it speaks of was just now.
        words: &'static str,
    },
    /// Open the page that greets whoever has just installed Mend.
    Welcome,
    /// Ring once at this time (the browser rounds up to 30 seconds from now).
    Wake {
        /// When.
        at: Millis,
    },
}
