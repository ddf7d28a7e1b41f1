//! One line of the timeline.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::core::{
    msg::{Msg, key, msg},
    time::utc,
    view::Line,
};
use crate::web::{
    dom::{attribute, copy as fresh, hide, text, within},
    words::{exact_clock, exact_day, say},
};

/// Most texts in the cache.
const SAID: usize = 100;

thread_local! {
    /// A cache: lines repeat the same few texts, and looking up a message is slower than setting it.
    static KNOWN: RefCell<Vec<(Msg, String)>> = const { RefCell::new(Vec::new()) };
}

/// The line at index `place` of `all`, under the date if it is the `first` of its day.
pub fn row(line: &Line, first: bool, place: usize, all: usize) -> Result<Element, JsValue> {
    let row = fresh(if line.failed { "failure-template" } else { "row-template" })?;
    // Most lines are not in the document, so a screen reader needs the position among all of them.
    attribute(&row, "aria-posinset", Some(&(place + 1).to_string()))?;
    attribute(&row, "aria-setsize", Some(&all.to_string()))?;
    if first {
        let day = within(&row, ".day")?;
        text(&day, &exact_day(line.at));
        hide(&day, false)?;
    }
    let time = within(&row, "time")?;
    text(&time, &exact_clock(line.at));
    attribute(&time, "title", Some(&utc(line.at)))?;
    put(&within(&row, ".what")?, &line.what);
    if let Some(outcome) = &line.outcome {
        put(&within(&row, ".outcome")?, outcome);
    }
    if line.failed {
        attribute(&row, "data-key", Some(&line.key))?;
        let side = within(&row, ".side")?;
        hide(&side, line.blame.is_none())?;
        if let Some(blame) = line.blame {
            attribute(&side, "data-blame", Some(blame.name()))?;
            put(&side, &msg(&key("side", blame.name())));
        }
    }
    Ok(row)
}

fn put(element: &Element, message: &Msg) {
    KNOWN.with_borrow_mut(|known| match known.iter().find(|(one, _)| one == message) {
        Some((_, words)) => text(element, words),
        None => {
            let words = say(message, 0);
            text(element, &words);
            known.truncate(SAID);
            known.insert(0, (message.clone(), words));
        }
    });
}
