//! One line of the timeline, as the page shows it.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::core::{
    msg::{key, msg},
    time::utc,
    view::Line,
};
use crate::shell::{
    dom::{attribute, copy as fresh, hide, sentence, text, within},
    words::{exact_clock, exact_day},
};

/// The line at `place` of `all`, under the name of its day if it is the `first` of that.
pub fn row(line: &Line, first: bool, place: usize, all: usize) -> Result<Element, JsValue> {
    let row = fresh(if line.failed { "failure-template" } else { "row-template" })?;
    // Most lines are missing on the page; whoever hears it is told where in all of them this one is.
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
    sentence(&within(&row, ".what")?, &line.what, 0)?;
    if let Some(outcome) = &line.outcome {
        sentence(&within(&row, ".outcome")?, outcome, 0)?;
    }
    if line.failed {
        attribute(&row, "data-key", Some(&line.key))?;
        let side = within(&row, ".side")?;
        hide(&side, line.blame.is_none())?;
        if let Some(blame) = line.blame {
            attribute(&side, "data-blame", Some(blame.name()))?;
            sentence(&side, &msg(&key("side", blame.name())), 0)?;
        }
    }
    Ok(row)
}
