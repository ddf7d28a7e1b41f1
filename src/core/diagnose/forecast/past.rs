//! A past incident, and the table of those that Mend ships with.
//!
//! Source of the table: 95 incidents of ChatGPT, February 2023 to August 2024, derived from the data set of the
//! ICPE'25 study by atlarge-research.

use serde::{Deserialize, Serialize};

/// The course of an incident, in minutes since the provider's first notice. It began earlier (one notice came 111
/// minutes late), but Mend counts an open incident from its notice too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u16, u16, u16, bool)", into = "(u16, u16, u16, bool)")]
pub struct Past {
    /// Until the cause was identified; [`NOT_SAID`] if the provider skipped that status.
    pub known: u16,
    /// Until a fix was applied; likewise.
    pub fixed: u16,
    /// Until it was resolved, or for how long it has been open.
    pub over: u16,
    /// Whether it is resolved; otherwise the duration is censored.
    pub ended: bool,
}

/// Serialized as a tuple: with field names, sixty of them would take twice the space.
impl From<(u16, u16, u16, bool)> for Past {
    fn from((known, fixed, over, ended): (u16, u16, u16, bool)) -> Past {
        Past { known, fixed, over, ended }
    }
}

impl From<Past> for (u16, u16, u16, bool) {
    fn from(past: Past) -> (u16, u16, u16, bool) {
        (past.known, past.fixed, past.over, past.ended)
    }
}

/// The provider skipped that status.
pub const NOT_SAID: u16 = u16::MAX;

/// The past incidents of the table.
pub fn table() -> Vec<Past> {
    let mut past = Vec::new();
    for (known, fixed, over) in TABLE {
        past.push(Past { known: *known, fixed: *fixed, over: *over, ended: true });
    }
    past
}

/// Minutes until the cause was identified, until a fix was applied, and until it was resolved.
const TABLE: &[(u16, u16, u16)] = &[
    (NOT_SAID, NOT_SAID, 4),
    (NOT_SAID, 1, 4),
    (NOT_SAID, 2, 5),
    (NOT_SAID, 8, 10),
    (0, 3, 11),
    (0, NOT_SAID, 11),
    (NOT_SAID, NOT_SAID, 11),
    (6, NOT_SAID, 14),
    (NOT_SAID, 13, 15),
    (16, NOT_SAID, 17),
    (NOT_SAID, 10, 19),
    (NOT_SAID, 3, 20),
    (8, NOT_SAID, 22),
    (NOT_SAID, NOT_SAID, 22),
    (NOT_SAID, 19, 23),
    (NOT_SAID, 11, 23),
    (NOT_SAID, 15, 27),
    (NOT_SAID, 5, 27),
    (0, 13, 27),
    (0, NOT_SAID, 29),
    (NOT_SAID, 5, 30),
    (NOT_SAID, 19, 30),
    (21, 25, 32),
    (NOT_SAID, NOT_SAID, 35),
    (NOT_SAID, NOT_SAID, 39),
    (NOT_SAID, NOT_SAID, 39),
    (NOT_SAID, 25, 40),
    (0, 20, 41),
    (19, NOT_SAID, 44),
    (18, NOT_SAID, 47),
    (NOT_SAID, 22, 48),
    (NOT_SAID, 24, 59),
    (35, 55, 59),
    (0, NOT_SAID, 60),
    (NOT_SAID, NOT_SAID, 61),
    (NOT_SAID, 43, 63),
    (NOT_SAID, 42, 64),
    (NOT_SAID, 43, 68),
    (NOT_SAID, 56, 69),
    (0, 44, 70),
    (9, 41, 70),
    (NOT_SAID, 43, 71),
    (NOT_SAID, 15, 71),
    (42, 55, 72),
    (22, 35, 73),
    (NOT_SAID, 64, 75),
    (NOT_SAID, 6, 75),
    (NOT_SAID, 34, 79),
    (0, 60, 80),
    (8, 24, 82),
    (NOT_SAID, 72, 85),
    (NOT_SAID, 7, 86),
    (55, NOT_SAID, 88),
    (0, 32, 91),
    (0, 64, 93),
    (NOT_SAID, 87, 97),
    (28, 47, 98),
    (0, NOT_SAID, 98),
    (31, 62, 101),
    (NOT_SAID, 59, 102),
    (NOT_SAID, 82, 107),
    (56, 99, 112),
    (NOT_SAID, 49, 122),
    (NOT_SAID, NOT_SAID, 124),
    (NOT_SAID, 101, 124),
    (NOT_SAID, NOT_SAID, 143),
    (NOT_SAID, 84, 147),
    (NOT_SAID, 58, 154),
    (NOT_SAID, 25, 158),
    (NOT_SAID, 53, 158),
    (NOT_SAID, 66, 162),
    (NOT_SAID, NOT_SAID, 164),
    (163, 173, 180),
    (NOT_SAID, 161, 191),
    (27, 95, 207),
    (127, 184, 210),
    (5, 201, 217),
    (0, 128, 235),
    (71, 238, 264),
    (19, 144, 269),
    (113, NOT_SAID, 273),
    (NOT_SAID, 51, 337),
    (NOT_SAID, 35, 342),
    (32, NOT_SAID, 400),
    (34, 63, 427),
    (NOT_SAID, NOT_SAID, 489),
    (3, 306, 574),
    (137, 211, 613),
    (0, 28, 699),
    (92, 157, 958),
    (NOT_SAID, 38, 1518),
    (33, 1656, 1777),
    (NOT_SAID, 0, 1835),
    (NOT_SAID, 1886, 1890),
    (NOT_SAID, NOT_SAID, 4907),
];
