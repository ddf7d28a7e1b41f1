//! Incidents and maintenances that the status page can carry.
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

/// They know what it is.
pub(crate) const IDENTIFIED: Incident = Incident {
    id: "01KLAB00000000000000000002",
    updates: &[
        Update {
            minutes_ago: 42,
            stage: "investigating",
            words: "We are investigating elevated error rates in conversations.",
        },
        Update { minutes_ago: 12, stage: "identified", words: "We have found the cause and are working on a fix." },
    ],
    ..CONVERSATIONS
};

/// They believe that it is over.
pub(crate) const MONITORING: Incident = Incident {
    id: "01KLAB00000000000000000003",
    impact: "degraded_performance",
    updates: &[
        Update {
            minutes_ago: 75,
            stage: "investigating",
            words: "We are investigating elevated error rates in conversations.",
        },
        Update { minutes_ago: 40, stage: "identified", words: "We have found the cause and are working on a fix." },
        Update { minutes_ago: 8, stage: "monitoring", words: "A fix is in place, and we are watching the recovery." },
    ],
    ..CONVERSATIONS
};

/// It was planned.
pub(crate) const MAINTENANCE: Incident = Incident {
    id: "01KLAB00000000000000000004",
    name: "Scheduled maintenance of ChatGPT conversations",
    impact: "under_maintenance",
    updates: &[Update {
        minutes_ago: 10,
        stage: "maintenance_in_progress",
        words: "The scheduled maintenance has begun. Conversations are not available until it ends.",
    }],
    ..CONVERSATIONS
};
