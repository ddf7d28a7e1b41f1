//! Incidents that the status page can carry.
//!
//! Owns their words and their minutes before the fault was set. Never reads a clock: `status` turns minutes into times.

use crate::status::CONVERSATIONS_ID;

/// One incident that is going on.
#[derive(Debug)]
pub(crate) struct Incident {
    /// Its id.
    pub id: &'static str,
    /// Its headline.
    pub name: &'static str,
    /// The component it is about.
    pub component: &'static str,
    /// That component's status, in the words of the proxy endpoint.
    pub impact: &'static str,
    /// Oldest first; the last one names the stage.
    pub updates: &'static [Update],
}

/// One update of an incident.
#[derive(Debug)]
pub(crate) struct Update {
    /// Minutes before the fault was set.
    pub minutes_ago: i64,
    /// The stage it brought.
    pub stage: &'static str,
    /// What it says.
    pub words: &'static str,
}

impl Incident {
    /// The stage it is in.
    pub fn stage(&self) -> &'static str {
        self.updates.last().map_or("investigating", |update| update.stage)
    }

    /// Minutes before the fault was set at which it began.
    pub fn minutes_ago(&self) -> i64 {
        self.updates.first().map_or(0, |update| update.minutes_ago)
    }
}

/// Conversations fail for some; nobody knows why yet.
pub(crate) const CONVERSATIONS: Incident = Incident {
    id: "01KLAB00000000000000000001",
    name: "Elevated error rates in ChatGPT conversations",
    component: CONVERSATIONS_ID,
    impact: "partial_outage",
    updates: &[
        Update {
            minutes_ago: 15,
            stage: "investigating",
            words: "We are investigating elevated error rates in conversations.",
        },
        Update {
            minutes_ago: 6,
            stage: "investigating",
            words: "We are continuing to investigate. Some people see errors when they send a message.",
        },
    ],
};
