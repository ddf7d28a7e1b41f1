//! The state of the notifications of the provider's incidents.

use serde::{Deserialize, Serialize};

/// The notifications, while they are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentAlerts {
    /// Whether an incident was open at the last reading of the page.
    pub open: bool,
}
