//! The lines of a long list that are in the document: the visible ones, about a screen more on either side, and those
//! that get focus next. All others are replaced by gaps of their height.

use std::ops::Range;

use super::Heights;

/// Most lines in the document, unless more are visible.
pub const MOST: usize = 300;
/// Lines that are always in the document: the first, the last, the one with focus and its neighbours.
const KEPT: usize = 5;

/// The visible part of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Its beginning, in pixels from that of the list; negative if something above the list is visible.
    pub top: f64,
    /// Its height in pixels.
    pub height: f64,
}

/// A line in the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Its index.
    pub line: usize,
    /// Height of the missing lines before it, in pixels.
    pub gap: f64,
}

/// The part of the list that is in the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Window {
    /// The lines, in order.
    pub lines: Vec<Placed>,
    /// Height of the missing lines after the last one, in pixels.
    pub rest: f64,
}

/// The window for the visible part. `focus` is the line with focus: it is kept, and so are those that Tab reaches from
/// it, or from before and after the list, so that the keyboard moves through the list as if it were complete.
pub fn window(heights: &Heights, sight: Viewport, focus: Option<usize>) -> Window {
    let near = near(heights, sight);
    let kept = || kept(heights, focus);
    let before = kept().filter(|line| *line < near.start);
    let after = kept().filter(|line| *line >= near.end);
    let mut lines: Vec<usize> = before.chain(near.clone()).chain(after).collect();
    // The line with focus may come before the first, or after the last, that can be expanded.
    lines.sort_unstable();
    lines.dedup();
    let mut next = 0;
    let place = |line: usize| {
        let gap = heights.total(next..line);
        next = line + 1;
        Placed { line, gap }
    };
    let lines = lines.into_iter().map(place).collect();
    Window { lines, rest: heights.total(next..heights.count()) }
}

/// The visible lines, with spare ones around them.
fn near(heights: &Heights, sight: Viewport) -> Range<usize> {
    let count = heights.count();
    let (mut first, mut top) = (0, 0.0);
    while first < count && top + heights.of(first) <= sight.top {
        top += heights.of(first);
        first += 1;
    }
    let (mut end, mut bottom) = (first, top);
    while end < count && bottom < sight.top + sight.height {
        bottom += heights.of(end);
        end += 1;
    }
    let spare = MOST.saturating_sub(KEPT + end - first) / 2;
    let enough = |sum: &mut f64, line: usize| {
        let more = *sum < sight.height;
        *sum += heights.of(line);
        more.then_some(())
    };
    let before = (0..first).rev().take(spare).scan(0.0, |sum, line| enough(sum, line)).count();
    let after = (end..count).take(spare).scan(0.0, |sum, line| enough(sum, line)).count();
    first - before..end + after
}

/// Unsorted, and with possible duplicates.
fn kept(heights: &Heights, focus: Option<usize>) -> impl Iterator<Item = usize> {
    let opens = |line: &usize| heights.opens(*line);
    let all = 0..heights.count();
    let focus = focus.filter(|line| all.contains(line));
    let before = focus.and_then(|line| (0..line).rev().find(opens));
    let after = focus.and_then(|line| (line + 1..all.end).find(opens));
    [all.clone().find(opens), before, focus, after, all.rev().find(opens)].into_iter().flatten()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;
    use crate::core::view::RowKind;
    use proptest::prelude::*;

    fn list(count: usize) -> Heights {
        let mut heights = Heights::new((0..count).map(|_| RowKind { opens: true, first: false }));
        heights.measure(0, 40.0, false);
        heights.settle(true);
        heights
    }

    fn lines(window: &Window) -> Vec<usize> {
        window.lines.iter().map(|one| one.line).collect()
    }

    #[test]
    fn at_the_top_what_is_in_sight_and_a_screen_more() {
        let seen = window(&list(1_000), Viewport { top: -80.0, height: 400.0 }, None);
        assert_eq!(lines(&seen), (0..18).chain([999]).collect::<Vec<_>>());
        assert_eq!((seen.lines[0].gap, seen.lines[17].gap), (0.0, 0.0));
        assert_eq!((seen.lines[18].gap, seen.rest), (981.0 * 40.0, 0.0));
    }

    #[test]
    fn the_line_with_the_keyboard_stays_and_so_do_those_beside_it() {
        let seen = window(&list(1_000), Viewport { top: 20_000.0, height: 40.0 }, Some(100));
        assert_eq!(lines(&seen), [0, 99, 100, 101, 499, 500, 501, 999]);
        assert_eq!(seen.lines[1].gap, 98.0 * 40.0);
    }

    #[test]
    fn only_what_opens_is_kept_for_the_keyboard() {
        let kinds = (0..100).map(|line| RowKind { opens: line % 10 == 5, first: false });
        let seen = window(&Heights::new(kinds), Viewport { top: 44.0 * 80.0, height: 44.0 }, Some(45));
        assert_eq!(lines(&seen), [5, 35, 45, 55, 79, 80, 81, 95]);
    }

    #[test]
    fn the_line_with_the_keyboard_may_stand_before_the_first_that_opens() {
        let kinds = (0..100).map(|line| RowKind { opens: line >= 5, first: false });
        let seen = window(&Heights::new(kinds), Viewport { top: 44.0 * 50.0, height: 44.0 }, Some(3));
        assert!(lines(&seen).starts_with(&[3, 5]) && lines(&seen).is_sorted(), "{:?}", lines(&seen));
    }

    #[test]
    fn an_empty_list_and_a_sight_beyond_the_end() {
        assert_eq!(window(&list(0), Viewport { top: 0.0, height: 400.0 }, Some(3)), Window::default());
        assert_eq!(lines(&window(&list(9), Viewport { top: 9_000.0, height: 80.0 }, None)), [0, 7, 8]);
        assert_eq!(lines(&window(&list(9), Viewport { top: -900.0, height: 80.0 }, None)), [0, 1, 8]);
    }

    proptest! {
        /// All visible lines are in the document, at the right position, and never more lines than the limit.
        #[test]
        fn what_is_in_sight_is_on_the_page(
            known in proptest::collection::vec((any::<(bool, bool)>(), proptest::option::of(20.0..900.0_f64)), 0..1_500),
            top in -500.0..60_000.0_f64, height in 0.0..4_000.0_f64, focus in proptest::option::of(0..1_600_usize),
        ) {
            let mut heights = Heights::new(known.iter().map(|((opens, first), _)| RowKind { opens: *opens, first: *first }));
            for (line, (_, height)) in known.iter().enumerate() {
                if let Some(height) = height {
                    heights.measure(line, *height, *height > 100.0);
                }
            }
            heights.settle(true);
            let seen = window(&heights, Viewport { top, height }, focus);
            let (mut at, mut visible) = (0.0, 0);
            for line in 0..known.len() {
                if at + heights.of(line) > top && at < top + height {
                    visible += 1;
                    prop_assert!(lines(&seen).contains(&line), "{line}");
                }
                at += heights.of(line);
            }
            prop_assert!(seen.lines.len() <= MOST.max(visible + KEPT));
            prop_assert!(lines(&seen).is_sorted_by(|one, next| one < next));
            prop_assert!(focus.is_none_or(|focus| focus >= known.len() || lines(&seen).contains(&focus)));
            let there: f64 = seen.lines.iter().map(|one| one.gap + heights.of(one.line)).sum();
            prop_assert!((there + seen.rest - at).abs() < 0.01, "{there} + {} of {at}", seen.rest);
        }
    }
}
