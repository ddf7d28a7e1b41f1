//! Whether the provider's incidents are followed, and how they stood when its page was read last.

use crate::core::plain::plain;

/// What is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follow {
    /// An incident was open when the page was read last.
    pub open: bool,
}
plain!(Follow by field { open });
