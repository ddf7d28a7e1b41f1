//! The lines in the document: measured, added and removed as the core's window says, at most once per frame. When a
//! gap above turns out to have another height, the visible lines stay in place by the browser's scroll anchoring,
//! which works as long as only lines outside of the viewport change their margin.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

use super::{BOOK, row::row};
use crate::core::{
    Millis,
    view::{Heights, Line, Placed, RowKind, Viewport, days, window},
};
use crate::web::{
    dom::{by_id, document},
    report::report,
};

/// Difference in pixels that is ignored: a browser rounds scroll positions.
const ROUNDED: f64 = 2.0;

/// The state of the list.
#[derive(Default)]
pub struct List {
    heights: Heights,
    first: Vec<bool>,
    /// The lines in the document, in order.
    shown: Vec<Shown>,
    /// Lines that were removed while expanded: they are added again as they were.
    open: Vec<Shown>,
    /// The list's width at the measurement, in pixels.
    width: f64,
    /// Whether a frame was requested.
    awaited: bool,
}

struct Shown {
    line: usize,
    element: HtmlElement,
    /// The margin in place of the missing lines before it.
    gap: f64,
}

thread_local! {
    /// Kept for the lifetime of the page.
    static FRAME: Closure<dyn Fn()> = Closure::new(|| {
        BOOK.with_borrow_mut(|book| book.list.awaited = false);
        report("timeline", look());
    });
}

impl List {
    /// A list of these lines, none of them in the document yet.
    pub fn new(lines: &[Line]) -> List {
        let first = days(lines, midnight);
        let kinds = lines.iter().zip(&first).map(|(line, first)| RowKind { opens: line.failed, first: *first });
        List { heights: Heights::new(kinds), first, ..List::default() }
    }

    /// Measures the lines in the document; returns whether any is in the viewport of height `tall`.
    fn measure(&mut self, tall: f64) -> bool {
        let mut held = false;
        for Shown { line, element, .. } in &self.shown {
            let place = element.get_bounding_client_rect();
            held |= place.bottom() > 0.0 && place.top() < tall;
            self.heights.measure(*line, place.height(), opened(element));
        }
        held
    }

    /// Adds these lines, each in its place, and removes all others; returns whether anything changed.
    fn show(&mut self, rows: &Element, lines: &[Line], wanted: &[Placed]) -> Result<bool, JsValue> {
        let (stay, gone): (Vec<Shown>, Vec<Shown>) = std::mem::take(&mut self.shown)
            .into_iter()
            .partition(|one| wanted.binary_search_by_key(&one.line, |wanted| wanted.line).is_ok());
        let changed = !gone.is_empty() || stay.len() != wanted.len();
        for one in gone {
            one.element.remove();
            if opened(&one.element) {
                self.open.push(one);
            }
        }
        let mut stay = stay.into_iter().peekable();
        for Placed { line, gap } in wanted {
            let mut shown = match stay.next_if(|one| one.line == *line) {
                Some(shown) => shown,
                None => {
                    let Some(shown) = self.again_or_new(lines, *line)? else { continue };
                    let next = match self.shown.last() {
                        Some(before) => before.element.next_sibling(),
                        None => rows.first_child(),
                    };
                    rows.insert_before(&shown.element, next.as_ref())?;
                    shown
                }
            };
            if shown.gap != *gap {
                margin(&shown.element, "margin-top", *gap)?;
                shown.gap = *gap;
            }
            self.shown.push(shown);
        }
        Ok(changed)
    }

    fn again_or_new(&mut self, lines: &[Line], place: usize) -> Result<Option<Shown>, JsValue> {
        if let Some(open) = self.open.iter().position(|one| one.line == place) {
            return Ok(Some(self.open.swap_remove(open)));
        }
        let Some(line) = lines.get(place) else { return Ok(None) };
        let first = self.first.get(place).copied().unwrap_or_default();
        let element = row(line, first, place, lines.len())?.dyn_into()?;
        Ok(Some(Shown { line: place, element, gap: 0.0 }))
    }
}

/// A change of width wraps lines differently, a change of height shows more or fewer.
pub fn look_when_resized() -> Result<(), JsValue> {
    let resized = Closure::<dyn Fn()>::new(look_soon);
    let window = web_sys::window().ok_or("no window")?;
    window.add_event_listener_with_callback("resize", resized.as_ref().unchecked_ref())?;
    // Kept for the lifetime of the page.
    resized.forget();
    Ok(())
}

/// Updates the list in the next frame.
pub fn look_soon() {
    let asked = BOOK.with_borrow_mut(|book| std::mem::replace(&mut book.list.awaited, true));
    if let Some(window) = web_sys::window().filter(|_| !asked) {
        report("timeline", FRAME.with(|frame| window.request_animation_frame(frame.as_ref().unchecked_ref())));
    }
}

/// Updates the lines in the document for the present viewport.
pub fn look() -> Result<(), JsValue> {
    let page = document()?.document_element().ok_or("no page")?;
    let rows = by_id("rows")?;
    let place = rows.get_bounding_client_rect();
    let tall = f64::from(page.client_height());
    let down = f64::from(page.scroll_top());
    let at_end = down > ROUNDED && f64::from(page.scroll_height()) - down - tall < ROUNDED;
    let focus = focused_line()?;
    let changed = BOOK.with_borrow_mut(|book| -> Result<bool, JsValue> {
        let list = &mut book.list;
        if list.width != place.width() {
            list.heights.forget();
            list.width = place.width();
        }
        let held = list.measure(tall);
        list.heights.settle(!held);
        let wanted = window(&list.heights, Viewport { top: -place.top(), height: tall }, focus);
        // The last line may not be the last any more.
        if let Some(last) = list.shown.last() {
            margin(&last.element, "margin-bottom", 0.0)?;
        }
        let changed = list.show(&rows, &book.lines, &wanted.lines)?;
        if let Some(last) = list.shown.last() {
            margin(&last.element, "margin-bottom", wanted.rest)?;
        }
        Ok(changed)
    })?;
    if changed {
        // At the end of the list, stay at the end, which may have moved.
        if at_end {
            page.set_scroll_top(i32::MAX);
        }
        // To measure the new lines.
        look_soon();
    }
    Ok(())
}

/// The line with focus.
fn focused_line() -> Result<Option<usize>, JsValue> {
    let active = document()?.active_element();
    let line = active.map(|one| one.closest("#rows > li")).transpose()?.flatten();
    let place: Option<usize> = line.and_then(|line| line.get_attribute("aria-posinset")?.parse().ok());
    Ok(place.and_then(|place| place.checked_sub(1)))
}

fn opened(line: &Element) -> bool {
    matches!(line.query_selector("details[open]"), Ok(Some(_)))
}

fn margin(line: &HtmlElement, side: &str, pixels: f64) -> Result<(), JsValue> {
    // The browser's number formatting is there already; Rust's would make the module larger.
    let number = js_sys::Number::from(pixels).to_string_with_radix(10)?;
    line.style().set_property(side, &format!("{}px", String::from(number)))
}

/// The beginning of this time's day, in the person's time zone.
fn midnight(at: Millis) -> Millis {
    let date = js_sys::Date::new(&(at as f64).into());
    date.set_hours(0);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0) as Millis
}
