//! Whether the provider's incidents are followed, and how they stood when its page was read last.

use serde::{Deserialize, Serialize};

/// The alerts that are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentAlerts {
    /// An incident was open when the page was read last.
    pub open: bool,
}
