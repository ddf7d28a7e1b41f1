//! Estimates the heights of the lines of a long list: measured where they were shown, otherwise the average of their
//! kind.

use std::ops::Range;

/// After this many measured lines, an average changes only while nothing on the page depends on it: otherwise each
/// measured line would move everything beyond the viewport.
const ENOUGH: usize = 60;
/// The height before any measurement, in pixels.
const GUESS: f64 = 44.0;
const KINDS: usize = 4;

/// What the height of a line depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowKind {
    /// Whether it can be expanded.
    pub opens: bool,
    /// Whether the name of its day is shown above it.
    pub first: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Height {
    kind: RowKind,
    /// The last measured height in pixels, and whether the line was expanded then.
    known: Option<(f64, bool)>,
}

/// The heights of all lines of a list, in pixels.
#[derive(Clone, Debug, Default)]
pub struct Heights {
    lines: Vec<Height>,
    typical: [Option<f64>; KINDS],
    /// Number of measured lines.
    measured: usize,
    /// Number of measured lines when the averages were last computed.
    settled: usize,
}

impl Heights {
    /// For lines of these kinds, none of them measured.
    pub fn new(kinds: impl IntoIterator<Item = RowKind>) -> Heights {
        let lines = kinds.into_iter().map(|kind| Height { kind, known: None }).collect();
        Heights { lines, ..Heights::default() }
    }

    /// Number of lines.
    pub fn count(&self) -> usize {
        self.lines.len()
    }

    /// Whether this line can be expanded, and so have focus.
    pub fn opens(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|one| one.kind.opens)
    }

    /// Records the height of a line; an expanded one does not count for the average.
    pub fn measure(&mut self, line: usize, height: f64, open: bool) {
        if let Some(one) = self.lines.get_mut(line).filter(|_| height.is_finite() && height >= 0.0) {
            self.measured += usize::from(one.known.is_none());
            one.known = Some((height, open));
        }
    }

    /// Drops all measurements, after a change of the list's width.
    pub fn forget(&mut self) {
        for one in &mut self.lines {
            one.known = None;
        }
        (self.measured, self.settled) = (0, 0);
    }

    /// Recomputes the averages, if few lines are measured yet or nothing visible could move, because the page has
    /// `jumped`.
    pub fn settle(&mut self, jumped: bool) {
        if self.settled == self.measured || !jumped && self.settled > ENOUGH {
            return;
        }
        self.settled = self.measured;
        let mut sums = [(0.0, 0.0); KINDS];
        for one in &self.lines {
            let sum = sums.get_mut(one.kind.place());
            if let (Some((height, false)), Some((sum, count))) = (one.known, sum) {
                *sum += height;
                *count += 1.0;
            }
        }
        for (typical, (sum, count)) in self.typical.iter_mut().zip(sums) {
            if count > 0.0 {
                *typical = Some(sum / count);
            }
        }
    }

    /// The measured or estimated height of this line.
    pub fn of(&self, line: usize) -> f64 {
        self.lines.get(line).map_or(0.0, |one| self.height(one))
    }

    /// The total height of these lines.
    pub fn total(&self, lines: Range<usize>) -> f64 {
        self.lines.get(lines).into_iter().flatten().map(|one| self.height(one)).sum()
    }

    fn height(&self, one: &Height) -> f64 {
        match one.known {
            Some((height, _)) => height,
            None => self.typical.get(one.kind.place()).copied().flatten().unwrap_or(GUESS),
        }
    }
}

impl RowKind {
    fn place(self) -> usize {
        usize::from(self.opens) * 2 + usize::from(self.first)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const OPENS: RowKind = RowKind { opens: true, first: false };
    const PLAIN: RowKind = RowKind { opens: false, first: false };

    #[test]
    fn what_was_not_seen_is_as_tall_as_others_of_its_kind() {
        let mut heights = Heights::new([OPENS, OPENS, OPENS, PLAIN, PLAIN]);
        assert_eq!(heights.total(0..5), 5.0 * GUESS);
        heights.measure(0, 40.0, false);
        // It is expanded.
        heights.measure(1, 400.0, true);
        heights.measure(3, 20.0, false);
        heights.measure(9, 1.0, false);
        heights.measure(4, f64::NAN, false);
        heights.settle(false);
        assert_eq!([0, 1, 2, 3, 4, 5].map(|line| heights.of(line)), [40.0, 400.0, 40.0, 20.0, 20.0, 0.0]);
    }

    #[test]
    fn another_width_forgets_but_guesses_from_what_was() {
        let mut heights = Heights::new([OPENS, OPENS]);
        heights.measure(0, 60.0, false);
        heights.settle(false);
        heights.forget();
        assert_eq!(heights.total(0..2), 120.0);
    }

    #[test]
    fn an_average_rests_while_something_in_sight_could_move() {
        let mut heights = Heights::new([OPENS; ENOUGH + 3]);
        for line in 0..=ENOUGH {
            heights.measure(line, 40.0, false);
        }
        heights.settle(false);
        heights.measure(ENOUGH + 1, 40.0 + 62.0, false);
        heights.settle(false);
        assert_eq!(heights.of(ENOUGH + 2), 40.0);
        heights.settle(true);
        assert_eq!(heights.of(ENOUGH + 2), 41.0);
    }
}
