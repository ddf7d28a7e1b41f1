//! How long an incident still lasts, as a range. The longer it has lasted, the longer it will.
//!
//! Source: ChatGPT incidents, February 2023 to August 2024, n = 140, derived from the data set of the ICPE'25 study by
//! atlarge-research.

use crate::core::{Millis, time::MINUTE};

/// Minutes gone → the middle half of the minutes that remain (25th and 75th percentile).
const REMAINING: &[(Millis, Millis, Millis)] =
    &[(240, 90, 588), (120, 39, 344), (60, 23, 194), (30, 39, 177), (0, 38, 159)];

/// From and to, in minutes, for an incident that began this long ago.
pub fn remaining(gone: Millis) -> (Millis, Millis) {
    let minutes = gone / MINUTE;
    let row = REMAINING.iter().find(|(from, ..)| minutes >= *from).or(REMAINING.last());
    row.map_or((0, 0), |(_, low, high)| (*low, *high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_is_the_one_for_the_time_gone() {
        assert_eq!(remaining(0), (38, 159));
        assert_eq!(remaining(65 * MINUTE), (23, 194));
        assert_eq!(remaining(9_999 * MINUTE), (90, 588));
        assert_eq!(remaining(-5), (38, 159));
    }
}
