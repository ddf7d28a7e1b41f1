//! Reads the entries of a HAR (1.2) one at a time, whatever its size.

use std::io::BufRead;

use crate::core::{
    formats::{Fault, JsonStream, Projected, Projection},
    json::Value,
};

/// Calls `take` with the selected parts of each entry; `null` for a hole in the list.
///
/// # Errors
/// The source is not a HAR from the reported line on.
pub fn each(source: impl BufRead, looked_at: &'static Projection, mut take: impl FnMut(Value)) -> Result<(), Fault> {
    let mut entry = |json: &mut JsonStream<'_>| json.value(Projected(looked_at)).map(&mut take);
    let mut json = JsonStream::new(source);
    json.object("log", |json| json.object("entries", |json| json.list("a list of entries", &mut entry)))?;
    json.end()
}
