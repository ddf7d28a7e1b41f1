//! The lines on the page: measures, puts on and takes off what the window in the core says, at most once a frame. What is
//! in sight stays where it is when a gap above it turns out to be of another height: that is the browser's scroll
//! anchoring, which holds as long as only lines beyond the page's edge get another margin.

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

/// Pixels that do not count: a browser rounds where it scrolls to.
const ROUNDED: f64 = 2.0;

/// What is known of the list.
#[derive(Default)]
pub struct List {
    heights: Heights,
    first: Vec<bool>,
    /// On the page, in order.
    shown: Vec<Shown>,
    /// Taken off while they were open: they come back as they were.
    open: Vec<Shown>,
    /// How wide it was when it was measured.
    width: f64,
    /// A frame was asked for.
    awaited: bool,
}

struct Shown {
    line: usize,
    element: HtmlElement,
    /// The margin that stands for what is missing before it.
    gap: f64,
}

thread_local! {
    /// It lives as long as the page.
    static FRAME: Closure<dyn Fn()> = Closure::new(|| {
        BOOK.with_borrow_mut(|book| book.list.awaited = false);
        report("timeline", look());
    });
}

impl List {
    /// Of these lines; none is on the page yet.
    pub fn new(lines: &[Line]) -> List {
        let first = days(lines, midnight);
        let kinds = lines.iter().zip(&first).map(|(line, first)| RowKind { opens: line.failed, first: *first });
        List { heights: Heights::new(kinds), first, ..List::default() }
    }

    /// Measures what is on the page; whether any of it is in sight, which is so `tall`.
    fn measure(&mut self, tall: f64) -> bool {
        let mut held = false;
        for Shown { line, element, .. } in &self.shown {
            let place = element.get_bounding_client_rect();
            held |= place.bottom() > 0.0 && place.top() < tall;
            self.heights.measure(*line, place.height(), opened(element));
        }
        held
    }

    /// Puts these lines on, each where it belongs, and takes off all others; whether there were any of either.
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

/// Another width wraps lines elsewhere, another height shows more of them.
pub fn look_when_resized() -> Result<(), JsValue> {
    let resized = Closure::<dyn Fn()>::new(look_soon);
    let window = web_sys::window().ok_or("no window")?;
    window.add_event_listener_with_callback("resize", resized.as_ref().unchecked_ref())?;
    // It lives as long as the page.
    resized.forget();
    Ok(())
}

/// Looks in the next frame.
pub fn look_soon() {
    let asked = BOOK.with_borrow_mut(|book| std::mem::replace(&mut book.list.awaited, true));
    if let Some(window) = web_sys::window().filter(|_| !asked) {
        report("timeline", FRAME.with(|frame| window.request_animation_frame(frame.as_ref().unchecked_ref())));
    }
}

/// Brings the lines onto the page that belong to what is in sight now.
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
        // Who was the last needs not be it any more.
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
        // The end may be elsewhere now; who was there wants to be there.
        if at_end {
            page.set_scroll_top(i32::MAX);
        }
        // To be measured.
        look_soon();
    }
    Ok(())
}

/// The line that has the keyboard.
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
    // The browser's way to write a number is there already; Rust's would make the module larger.
    let number = js_sys::Number::from(pixels).to_string_with_radix(10)?;
    line.style().set_property(side, &format!("{}px", String::from(number)))
}

/// When the day of this time began, where the person is.
fn midnight(at: Millis) -> Millis {
    let date = js_sys::Date::new(&(at as f64).into());
    date.set_hours(0);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0) as Millis
}
