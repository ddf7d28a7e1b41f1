//! Incidents and maintenances of the status page. Times are minutes before the fault was set.

use crate::components::{CONVERSATIONS_ID, FILES_ID, LOGIN_ID, VOICE_ID, WORK_ID};

/// One ongoing incident or maintenance.
#[derive(Debug)]
pub(crate) struct Incident {
    /// Incident id.
    pub id: &'static str,
    /// Headline.
    pub name: &'static str,
    /// Id of the affected component.
    pub component: &'static str,
    /// Impact on the component, as the proxy endpoint names it.
    pub impact: &'static str,
    /// Current status of the component; `operational` where it has recovered.
    pub current: &'static str,
    /// Updates, oldest first.
    pub updates: &'static [Update],
}

/// One update of an incident.
#[derive(Debug)]
pub(crate) struct Update {
    /// Minutes before the fault was set.
    pub minutes_ago: i64,
    /// Status of the incident from then on.
    pub stage: &'static str,
    /// Text of the update.
    pub words: &'static str,
}

impl Incident {
    /// Current status of the incident.
    pub fn stage(&self) -> &'static str {
        self.updates.last().map_or("investigating", |update| update.stage)
    }

    /// Minutes from its first update to when the fault was set.
    pub fn minutes_ago(&self) -> i64 {
        self.updates.first().map_or(0, |update| update.minutes_ago)
    }
}

/// Errors in conversations, under investigation.
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

/// Errors in conversations, cause identified.
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

/// Errors in conversations, fix in place.
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

/// Scheduled maintenance of conversations.
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

/// An ongoing incident whose only component is operational again.
pub(crate) const RECOVERED: Incident =
    Incident { id: "01KLAB00000000000000000005", current: "operational", ..MONITORING };

/// Outage of Voice mode only.
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

/// Outage of ChatGPT Work only.
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

/// Outage of Login only.
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

/// Outage of File uploads only.
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
