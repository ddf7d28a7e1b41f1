//! Incidents and maintenances that the status page can carry.
//!
//! Owns their words and their minutes before the fault was set. Never reads a clock: `status` turns minutes into times.

use crate::parts::{CONVERSATIONS_ID, FILES_ID, LOGIN_ID, VOICE_ID, WORK_ID};

/// One incident that is going on.
#[derive(Debug)]
pub(crate) struct Incident {
    /// Its id.
    pub id: &'static str,
    /// Its headline.
    pub name: &'static str,
    /// The component it is about.
    pub component: &'static str,
    /// What it did to that component, in the words of the proxy endpoint.
    pub impact: &'static str,
    /// How that component is now; "operational" again, where it has recovered.
    pub current: &'static str,
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
    current: "partial_outage",
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
    current: "degraded_performance",
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
    current: "under_maintenance",
    updates: &[Update {
        minutes_ago: 10,
        stage: "maintenance_in_progress",
        words: "The scheduled maintenance has begun. Conversations are not available until it ends.",
    }],
    ..CONVERSATIONS
};

/// It is not over, and yet its only part works again.
pub(crate) const RECOVERED: Incident =
    Incident { id: "01KLAB00000000000000000005", current: "operational", ..MONITORING };

/// Voice mode is unavailable: a part of its own.
pub(crate) const VOICE: Incident = Incident {
    id: "01KLAB00000000000000000006",
    name: "Voice mode is unavailable",
    component: VOICE_ID,
    impact: "full_outage",
    current: "full_outage",
    updates: &[Update {
        minutes_ago: 20,
        stage: "investigating",
        words: "Voice mode does not start for most people. We are looking into it.",
    }],
};

/// ChatGPT Work is unavailable: a part of its own.
pub(crate) const WORK: Incident = Incident {
    id: "01KLAB00000000000000000007",
    name: "ChatGPT Work is unavailable",
    component: WORK_ID,
    impact: "full_outage",
    current: "full_outage",
    updates: &[Update {
        minutes_ago: 20,
        stage: "investigating",
        words: "Tasks in ChatGPT Work do not start. We are looking into it.",
    }],
};

/// Some people cannot log in to ChatGPT: a part of its own.
pub(crate) const LOGIN: Incident = Incident {
    id: "01KLAB00000000000000000008",
    name: "Some people cannot log in to ChatGPT",
    component: LOGIN_ID,
    impact: "full_outage",
    current: "full_outage",
    updates: &[Update {
        minutes_ago: 20,
        stage: "investigating",
        words: "Logging in fails for some. Those who are logged in are not affected.",
    }],
};

/// File uploads fail: a part of its own.
pub(crate) const FILES: Incident = Incident {
    id: "01KLAB00000000000000000009",
    name: "File uploads fail",
    component: FILES_ID,
    impact: "full_outage",
    current: "full_outage",
    updates: &[Update {
        minutes_ago: 20,
        stage: "investigating",
        words: "Files cannot be uploaded. We are looking into it.",
    }],
};
